"""Two runs at once: one does it, the other waits or gives way, and nothing is doubled or undone."""

from __future__ import annotations

import functools
from typing import Any

import pytest
import snapshots
from town import TODAY, Between, Killed, Killer, Town, begun_snapshot, small_sample

from server.plans.trouble import InUse, Invalid, Refused, Trouble
from server.workflows.lease import LOCK, SECONDS

EVERY_STEP_OF_CLAIMING = range(2, 9)
SOME_LATER_STEPS = (13, 22)


@functools.cache
def begun() -> dict[str, Any]:
    """What stands after one undisturbed first run."""
    town = new_town()
    snapshots.restore(town.world, begun_snapshot())
    return town.state()


def new_town() -> Town:
    return Town(snapshots.world_of(small_sample(), TODAY))


def second_of(town: Town) -> Town:
    """Another process over the same sandbox, with runs of its own."""
    other = Town(town.world, school_id=town.school_id)
    other.ids = iter(range(1000, 2000))
    return other


class Race:
    """Starts a whole second run before the ``nth`` request of the first, once."""

    def __init__(self, town: Town, verb: str, nth: int) -> None:
        self.town, self.verb = town, verb
        self.second = second_of(town)
        self.between = Between(self._second_run, nth)
        self.outcomes: list[str] = []

    def run(self) -> list[str]:
        self._play(self.town, self.between)
        return self.outcomes

    def _second_run(self) -> None:
        self._play(self.second, None)

    def _play(self, town: Town, probe: Between | None) -> None:
        try:
            getattr(town, self.verb)(probe=probe)
        except InUse:
            self.outcomes.append("gave way")
        else:
            self.outcomes.append("done")


@pytest.mark.parametrize("nth", [*EVERY_STEP_OF_CLAIMING, *SOME_LATER_STEPS])
def test_of_two_installs_at_once_one_makes_the_school_and_the_other_gives_way(nth: int) -> None:
    town = new_town()
    assert sorted(Race(town, "begin", nth).run()) == ["done", "gave way"]
    assert town.state() == begun()


@functools.cache
def updated() -> tuple[snapshots.Snapshot, dict[str, Any], int]:
    """A school with three edits waiting, what stands once one run has seen them, and that run's requests."""
    town = new_town()
    snapshots.restore(town.world, begun_snapshot())
    town.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    town.edit("Contacts", "receives_plan_copy", "C22", "FALSE")
    town.edit("Meetings", "date", "M050", "2026-12-05")
    waiting, counter = snapshots.take(town.sandbox.workspace), Killer()
    town.play(probe=counter)
    return waiting, town.state(), counter.seen


def test_of_two_runs_at_once_one_gives_way_or_finds_all_done_wherever_the_second_starts() -> None:
    waiting, expected, requests = updated()
    for nth in range(1, requests + 1, 3):
        town = new_town()
        snapshots.restore(town.world, waiting)
        outcomes = Race(town, "play", nth).run()
        assert "done" in outcomes, nth
        assert town.state() == expected, f"the second run started before request {nth}"


def test_a_run_that_finds_the_lease_held_changes_nothing_and_says_until_when(school: Town) -> None:
    school.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    with pytest.raises(Killed):
        school.play(probe=Killer(8))
    before = school.state()
    with pytest.raises(InUse) as told:
        school.play()
    assert told.value.until > school.now
    assert school.state() == before


def test_a_stale_lease_is_taken_over_after_its_time(school: Town) -> None:
    school.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    with pytest.raises(Killed):
        school.play(probe=Killer(8))
    school.now += SECONDS + 1
    assert school.play().written == (("P10", "P10-H1"),)
    assert LOCK not in {name for names in school.state()["ranges"].values() for name in names}


def test_a_run_that_was_taken_for_dead_can_write_the_school_s_workbook_no_more() -> None:
    waiting, expected, requests = updated()
    taken_over = 0
    for nth in range(2, requests + 1, 4):
        town = new_town()
        snapshots.restore(town.world, waiting)
        second = second_of(town)
        second.now += SECONDS + 1
        try:
            town.play(probe=Between(second.play, nth))
        except Refused:
            taken_over += 1
        assert town.state() == expected, nth
    assert taken_over > 0


def test_of_two_who_take_over_a_stale_lease_one_gives_way(school: Town) -> None:
    school.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    with pytest.raises(Killed):
        school.play(probe=Killer(8))
    before = snapshots.take(school.sandbox.workspace)
    counter = Killer()
    school.now += SECONDS + 1
    school.play(probe=counter)
    expected = school.state()
    for nth in range(1, counter.seen + 1, 4):
        snapshots.restore(school.world, before)
        race = Race(school, "play", nth)
        race.second.now = school.now
        assert "done" in race.run()
        assert school.state() == expected, nth


def test_trouble_gives_the_lease_back_so_that_nobody_waits(school: Town) -> None:
    school.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    school.fault(method="drive.files.update", nth=1, times=99, status=403, reason="forbidden")
    with pytest.raises(Trouble):
        school.play()
    school.end_faults()
    assert school.play().written == (("P10", "P10-H1"),)


@pytest.mark.parametrize("method", ["drive.files.list", "sheets.spreadsheets.values.batchGetByDataFilter"])
def test_trouble_while_looking_again_gives_the_lease_back_too(school: Town, method: str) -> None:
    school.edit("Plan", "target", "P10-C3-O1", "Starts 18 of 20 lessons")
    once_before = {"drive.files.list": 2}.get(method, 3)
    school.fault(method=method, nth=once_before, times=99, status=403, reason="forbidden")
    with pytest.raises(Trouble):
        school.play()
    school.end_faults()
    assert school.play().written == (("P10", "P10-H1"),)


def test_a_set_up_that_fails_half_way_can_be_tried_again_at_once(town: Town) -> None:
    town.fault(method="drive.files.create", nth=3, times=99, status=403, reason="storageQuotaExceeded")
    with pytest.raises(Trouble):
        town.begin()
    town.end_faults()
    town.begin()
    assert town.state() == begun()


def test_a_copy_of_the_senco_workbook_runs_nothing(school: Town) -> None:
    original = school.files().senco
    assert original is not None
    drive = school.app_drive()
    body = {"name": "Copy of SENCO workbook", "appProperties": dict(original.properties)}
    drive.files().copy(fileId=original.file_id, body=body).execute()
    drive.files().update(fileId=original.file_id, body={"trashed": True}).execute()
    before = school.state()
    with pytest.raises(Invalid, match="copy"):
        school.play()
    assert school.state() == before
