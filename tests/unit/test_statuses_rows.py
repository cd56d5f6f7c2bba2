"""What the workbooks show of our work."""

from __future__ import annotations

from datetime import date, timedelta

from server.plans.model import Cycle, Finding, Pupil, School, Settings
from server.plans.statuses import pupil_status, status_rows

TODAY = date(2026, 11, 23)
PUPIL = Pupil(pupil_id="P1", sen_status="K")


def school(*cycles: Cycle) -> School:
    return School(settings=Settings(school_id="S1"), pupils=(PUPIL,), cycles=cycles)


def cycle(due: date | None, number: int = 1, held: date | None = None) -> Cycle:
    return Cycle(
        cycle_id=f"Y{number}",
        pupil="P1",
        cycle_number=number,
        plan_agreed_date=date(2026, 9, 14),
        review_due_date=due,
        review_held_date=held,
    )


def test_a_pupil_s_row_says_the_stage_and_when_the_review_is_due() -> None:
    assert pupil_status(school(cycle(date(2026, 12, 3))), PUPIL, TODAY) == "Do – review due 3 Dec 2026"
    assert "overdue" in pupil_status(school(cycle(date(2026, 11, 22))), PUPIL, TODAY)
    assert "overdue" not in pupil_status(school(cycle(TODAY)), PUPIL, TODAY)
    assert "no review date yet" in pupil_status(school(cycle(None)), PUPIL, TODAY)


def test_of_two_running_cycles_the_later_counts() -> None:
    both = school(cycle(date(2026, 12, 3), 2), cycle(date(2026, 11, 3), 1))
    assert pupil_status(both, PUPIL, TODAY).endswith("3 Dec 2026")


def test_a_pupil_with_sen_and_no_running_cycle_is_said_so() -> None:
    assert pupil_status(school(cycle(None, held=TODAY)), PUPIL, TODAY) == "No plan running"


def test_texts_change_on_events_not_every_day() -> None:
    one = school(cycle(date(2026, 12, 3)))
    days = [status_rows(one, (), {}, {}, TODAY + timedelta(days=n)) for n in range(5)]
    assert all(rows == days[0] for rows in days)


def test_an_open_cycle_names_the_rules_that_have_something_to_do_once_each() -> None:
    told = [
        Finding(rule=r, level=v, pupil_id="P1", cell="", message="")
        for r, v in (("R22", "amber"), ("R22", "red"), ("R50", "info"), ("R04", "block"))
    ]
    rows = status_rows(school(cycle(None)), told, {}, {}, TODAY)
    (text,) = [row.status for row in rows if row.kind == "cycle"]
    assert text == "To do: see the side panel (R22, R04)"
