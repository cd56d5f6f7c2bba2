"""Google refuses, tires or loses an answer in the middle of a round: what can be done is done, the rest is said."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import snapshots
from town import TODAY, Town, begun_snapshot, small_sample

from server.plans.trouble import Busy, Trouble, Unreachable
from server.workflows.lease import SECONDS


def files_and_events(town: Town) -> tuple[object, object]:
    state = town.state()
    return state["files"], state["events"]


def but_the_log(state: dict[str, Any]) -> dict[str, Any]:
    """All but the Sharing log, which also tells that somebody had lost a copy for a while."""
    for tabs in state["cells"].values():
        tabs.pop("Sharing log", None)
    return state


def begun() -> dict[str, object]:
    town = Town(snapshots.world_of(small_sample(), TODAY))
    snapshots.restore(town.world, begun_snapshot())
    return town.state()


@pytest.mark.parametrize(
    ("status", "reason", "next_step"),
    [
        (400, "invalidSharingRequest", "administrator"),
        (403, "domainPolicy", "administrator"),
        (403, "shareOutNotPermitted", "administrator"),
        (403, "publishOutNotPermitted", "administrator"),
        (403, "cannotInviteNonGoogleUser", "on paper"),
        (403, "sharingRateLimitExceeded", "Wait"),
        (403, "somethingGoogleNeverDocumented", "Try again"),
    ],
)
def test_a_refused_share_is_told_with_what_to_do_and_the_other_families_are_served(
    school: Town, status: int, reason: str, next_step: str
) -> None:
    for contact in ("C20", "C21", "C22"):
        school.edit("Contacts", "email", contact, f"new.{contact.lower()}@example.org")
    school.fault(method="drive.permissions.create", nth=2, times=1, status=status, reason=reason)
    result = school.play()
    (refused,) = result.refused
    assert next_step in refused.message
    assert refused.reason == reason
    given = [outcome for outcome in result.done.permissions if outcome.done and not outcome.change.removes]
    assert len(given) == 2
    school.end_faults()
    assert school.play().refused == ()
    every = school.readers("P10", "H1") | school.readers("P11", "H1") | school.readers("P11", "H2")
    assert every == {(f"new.{contact}@example.org", "reader") for contact in ("c20", "c21", "c22")}
    school.forget_calls()
    school.play()
    assert school.writes() == 0


def test_a_share_that_stays_refused_is_tried_and_told_again_on_every_run(school: Town) -> None:
    school.edit("Contacts", "email", "C21", "lucia.new@example.org")
    school.fault(method="drive.permissions.create", nth=1, times=99, status=403, reason="domainPolicy")
    for _ in range(2):
        (refused,) = school.play().refused
        assert "administrator" in refused.message
    assert school.readers("P11", "H1") == set()
    assert school.meeting_status("M050") == "In Calendar"


def test_an_event_that_google_refuses_is_told_and_booked_by_the_next_run(town: Town) -> None:
    town.fault(method="calendar.events.insert", nth=1, times=1, status=403, reason="quotaExceeded")
    result = town.begin()
    (refused,) = result.refused
    assert "Wait" in refused.message
    town.end_faults()
    town.play()
    assert files_and_events(town) == (begun()["files"], begun()["events"])


def test_server_errors_on_the_events_batch_are_told_and_the_next_run_books_each_meeting_once(town: Town) -> None:
    town.fault(method="calendar.events.insert", nth=1, times=99, status=503, reason="backendError")
    result = town.begin()
    assert len(result.refused) == 2
    assert all("nothing is done twice" in refused.message for refused in result.refused)
    town.end_faults()
    town.play()
    assert files_and_events(town) == (begun()["files"], begun()["events"])


WRITES = (
    "calendar.events.update",
    "drive.files.update",
    "drive.permissions.create",
    "drive.permissions.delete",
    "sheets.spreadsheets.batchUpdate",
)


@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("method", WRITES)
def test_an_answer_lost_after_google_did_it_doubles_nothing(school: Town, method: str, nth: int) -> None:
    school.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    school.edit("Meetings", "date", "M050", "2026-12-05")
    school.edit("Contacts", "email", "C21", "lucia.new@example.org")
    before = snapshots.take(school.sandbox.workspace)
    school.play()
    expected = but_the_log(school.state())
    snapshots.restore(school.world, before)
    school.fault(method=method, nth=nth, times=1, lost=True)
    with suppress(Unreachable):
        school.play()
    school.end_faults()
    school.now += SECONDS + 1
    school.play()
    assert but_the_log(school.state()) == expected
    school.forget_calls()
    school.play()
    assert school.writes() == 0


@pytest.mark.parametrize("nth", [1, 2, 3, 4, 6])
def test_an_answer_lost_after_a_file_was_made_is_healed_by_the_next_run(town: Town, nth: int) -> None:
    town.fault(method="drive.files.create", nth=nth, times=1, lost=True)
    with pytest.raises(Unreachable):
        town.begin()
    town.end_faults()
    town.now += SECONDS + 1
    town.begin()
    assert town.state() == begun()


def test_a_quota_that_is_used_up_is_waited_for_as_long_as_google_asks(school: Town) -> None:
    school.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    reads = "sheets.spreadsheets.values.batchGetByDataFilter"
    school.fault(method=reads, nth=1, times=2, status=429, reason="RATE_LIMIT_EXCEEDED", retry_after=7)
    assert school.play().written == (("P10", "P10-H1"),)
    assert school.slept == [7, 7]


def test_a_quota_that_stays_used_up_ends_the_run_with_nothing_changed(school: Town) -> None:
    school.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    before = school.state()
    reads = "sheets.spreadsheets.values.batchGetByDataFilter"
    school.fault(method=reads, nth=1, times=999, status=429, retry_after=30)
    with pytest.raises(Busy):
        school.play()
    assert sum(school.slept) < 61
    school.end_faults()
    assert school.state() == before


def test_a_server_error_while_reading_is_tried_again(school: Town) -> None:
    school.fault(method="drive.files.list", nth=1, times=1, status=503, reason="backendError")
    school.play()
    assert len(school.slept) == 1


def test_a_share_that_waits_for_the_quota_is_done_in_the_same_run(school: Town) -> None:
    school.edit("Contacts", "email", "C21", "lucia.new@example.org")
    school.fault(method="drive.permissions.create", nth=1, times=1, status=403, reason="userRateLimitExceeded")
    assert school.play().refused == ()
    assert school.readers("P11", "H1") == {("lucia.new@example.org", "reader")}
    assert school.slept


def test_a_token_that_was_taken_back_changes_nothing(school: Town) -> None:
    school.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    before = school.state()
    school.fault(method="*", nth=1, times=999, status=401, reason="authError")
    with pytest.raises(Trouble):
        school.play()
    school.end_faults()
    assert school.state() == before
