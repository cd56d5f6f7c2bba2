"""The lease as requests: who holds it, and until when."""

from __future__ import annotations

import pytest

from server.workflows.lease import LOCK, SECONDS, Lease, holder, mark

LEASE = Lease(spreadsheet_id="w", sheet_id=7, run_id="r_1")


def names(now: float) -> dict[str, str]:
    added = [request["addNamedRange"]["namedRange"] for request in LEASE.take(now)]
    return {each["namedRangeId"]: each["name"] for each in added}


def test_whoever_took_the_lease_is_told_from_its_name() -> None:
    assert holder(names(1000.9)) == ("r_1", 1000 + SECONDS)


def test_the_lock_has_one_id_for_everybody_and_the_mark_one_for_each_run() -> None:
    assert set(names(0)) == {LOCK, mark("r_1")}


@pytest.mark.parametrize("name", ["", "senplans_lock_", "somebody's own range", "senplans_lock_r_soon"])
def test_a_lock_that_says_nothing_sensible_is_nobody_s(name: str) -> None:
    assert holder({LOCK: name}) == ("", 0.0)


def test_renewing_first_deletes_our_own_mark_so_that_it_fails_once_taken_over() -> None:
    first, *_ = LEASE.renew(0)
    assert first == {"deleteNamedRange": {"namedRangeId": mark("r_1")}}
