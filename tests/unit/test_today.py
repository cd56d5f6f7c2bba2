"""The day's list of sessions, and the row that one tap writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rules_school import SCHOOL, provision

from server.plans.model import LogEntry, School
from server.plans.register import Register
from server.plans.today import Session, sessions
from server.plans.today_log import noted
from server.plans.trouble import Invalid
from sheets_templates.imports.matching import Proposals

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)


def on(school: School, day: date, staff_id: str = "") -> tuple[Session, ...]:
    return sessions(Register(school, day), day, staff_id=staff_id)


def logged(school: School, *days: date, delivered: bool = True) -> School:
    rows = tuple(
        LogEntry(log_id=f"L-{number}", pupil="P1", provision="V1", date=day, delivered=delivered)
        for number, day in enumerate(days)
    )
    return replace(school, log=rows)


def test_help_with_named_days_stands_on_those_days_alone() -> None:
    school = provision(days=("Mon", "Wed"), sessions_per_week=2)
    assert [row.is_fixed for row in on(school, MONDAY)] == [True]
    assert on(school, TUESDAY) == ()


def test_days_alone_make_the_list_where_no_number_is_given() -> None:
    school = provision(days=("Tue",), sessions_per_week=None)
    assert len(on(school, TUESDAY)) == 1
    assert on(school, MONDAY) == ()


def test_help_without_days_stands_until_the_week_has_seen_as_many_as_planned() -> None:
    school = provision(sessions_per_week=2)
    assert len(on(logged(school, MONDAY), TUESDAY)) == 1
    assert on(logged(school, MONDAY, TUESDAY), FRIDAY) == ()


def test_a_session_missed_early_in_the_week_is_offered_again() -> None:
    school = logged(provision(sessions_per_week=1), MONDAY, delivered=False)
    assert [row.is_open for row in on(school, TUESDAY)] == [True]


def test_rarer_help_stands_until_one_took_place_in_its_weeks() -> None:
    school = provision(sessions_per_week=0.5)
    week_before = date(2026, 11, 17)
    assert on(logged(school, week_before), MONDAY) == ()
    assert len(on(logged(school, date(2026, 11, 13)), MONDAY)) == 1


def test_twice_a_day_is_two_sessions() -> None:
    assert [row.number for row in on(provision(sessions_per_week=10), MONDAY)] == [1, 2]
    assert [row.number for row in on(provision(sessions_per_week=4, days=("Mon", "Tue")), MONDAY)] == [1, 2]


def test_what_was_written_down_today_is_shown_with_its_row() -> None:
    (row,) = on(logged(provision(sessions_per_week=1), MONDAY), MONDAY)
    assert row.entry is not None
    assert row.entry.log_id == "L-0"
    assert not row.is_open


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 11, 28), "a Saturday"),
        (date(2026, 10, 28), "half-term"),
        (date(2026, 9, 18), "before the plan"),
    ],
)
def test_a_day_without_school_or_before_the_help_has_no_list(day: date, why: str) -> None:
    assert on(SCHOOL, day) == (), why


def test_help_that_has_lasted_its_weeks_is_off_the_list() -> None:
    school = provision(start_date=date(2026, 11, 2), weeks=3)
    assert len(on(school, date(2026, 11, 20))) == 1
    assert on(school, date(2026, 11, 23)) == ()


def test_help_that_is_not_counted_in_sessions_is_not_on_the_list() -> None:
    assert on(provision(sessions_per_week=None), MONDAY) == ()


def test_a_closed_cycle_or_one_not_agreed_has_no_sessions() -> None:
    held = replace(SCHOOL, cycles=(replace(SCHOOL.cycles[0], review_held_date=date(2026, 11, 20)),))
    draft = replace(SCHOOL, cycles=(replace(SCHOOL.cycles[0], plan_agreed_date=None),))
    assert on(held, MONDAY) == ()
    assert on(draft, MONDAY) == ()


def test_a_list_is_for_who_gives_the_help_and_for_the_key_person() -> None:
    assert len(on(SCHOOL, MONDAY, "ST2")) == 1
    assert len(on(SCHOOL, MONDAY, "ST1")) == 1
    assert on(SCHOOL, MONDAY, "ST3") == ()


def tap(school: School, *, took_place: bool, number: int = 1, day: date = MONDAY) -> Proposals:
    return noted(school, day, "V1", number, took_place=took_place, by_staff="ST2")


def after(school: School, done: Proposals) -> School:
    """The school once what was proposed stands in Do."""
    rows = {row.log_id: row for row in school.log}
    for add in done.adds:
        values = dict(add.values)
        rows[add.row_id] = LogEntry(log_id=add.row_id, **values)  # type: ignore[arg-type]
    for change in done.changes:
        rows[change.row_id] = replace(rows[change.row_id], delivered=bool(change.after))
    return replace(school, log=tuple(rows.values()))


def test_one_tap_writes_one_row_of_do() -> None:
    (add,) = tap(SCHOOL, took_place=True).adds
    assert (add.table, add.pupil) == ("log", "P1")
    assert add.values == {"pupil": "P1", "provision": "V1", "date": MONDAY, "delivered": True, "by_staff": "ST2"}


def test_the_same_tap_twice_writes_nothing_more() -> None:
    once = tap(SCHOOL, took_place=True)
    assert tap(SCHOOL, took_place=True).adds[0].row_id == once.adds[0].row_id
    assert tap(after(SCHOOL, once), took_place=True).is_empty


def test_the_other_tap_changes_the_same_row_and_back() -> None:
    school = after(SCHOOL, tap(SCHOOL, took_place=True))
    undone = after(school, tap(school, took_place=False))
    assert [row.delivered for row in undone.log] == [False]
    assert [row.delivered for row in after(undone, tap(undone, took_place=True)).log] == [True]


def test_a_row_that_a_teacher_typed_is_the_session_and_is_not_doubled() -> None:
    school = logged(SCHOOL, MONDAY, delivered=False)
    done = tap(school, took_place=True)
    assert done.adds == ()
    assert [(change.row_id, change.after) for change in done.changes] == [("L-0", True)]


def test_two_sessions_of_a_day_are_two_rows() -> None:
    school = provision(sessions_per_week=10)
    first = after(school, tap(school, took_place=True))
    second = after(first, tap(first, took_place=True, number=2))
    assert len({row.log_id for row in second.log}) == 2


def test_the_afternoon_may_be_tapped_before_the_morning() -> None:
    school = provision(sessions_per_week=10)
    late = after(school, tap(school, took_place=True, number=2))
    assert [row.is_open for row in on(late, MONDAY)] == [True, False]
    assert tap(late, took_place=True, number=2).is_empty
    assert [row.is_open for row in on(after(late, tap(late, took_place=False)), MONDAY)] == [False, False]


def test_a_session_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(Invalid, match="not on the day's list"):
        tap(SCHOOL, took_place=True, number=2)
    with pytest.raises(Invalid, match="not on the day's list"):
        tap(SCHOOL, took_place=True, day=date(2026, 11, 28))
