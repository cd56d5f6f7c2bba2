"""Rules and worklists look at four times as many rows for four times as many pupils: no list is gone through for
every row of another."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from types import CodeType
from typing import Any

import pytest
from sample_schools import sample_school

from server.plans.model import Record, School
from server.plans.practitioners import practitioners
from server.plans.register import Register
from server.plans.rules import RULES, findings
from server.plans.today import sessions
from server.plans.worklists import worklists

TODAY = date(2026, 11, 23)
FEW, MANY = 2, 8
FIELDS = (
    *("contacts", "notifications", "ehc_plans", "pupils", "cycles", "outcomes", "provision", "log", "reviews"),
    *("meetings", "views"),
)
IDS = frozenset(
    {
        *("pupil", "pupil_id", "contact_id", "notification_id", "cycle", "cycle_id", "outcome_id", "provision"),
        *("provision_id", "log_id", "review_id", "meeting_id", "view_id", "contact", "ehc_id", "carried_from"),
    }
)


def grown(times: int) -> School:
    """The sample's largest school, so many times over, each time with ids of its own."""
    school = sample_school("S2")
    rows = {name: tuple(_copy(row, n) for n in range(times) for row in getattr(school, name)) for name in FIELDS}
    papers = {
        tab: tuple(_paper(row, n) for n in range(times) for row in held)
        for tab, held in school.papers.items()
        if tab != "library"
    }
    return replace(school, papers=papers, copies_sent={}, **rows)


def _copy(row: Any, number: int) -> Record:
    named = {name: f"{getattr(row, name)}x{number}" for name in row.declared if name in IDS and getattr(row, name)}
    if outcomes := getattr(row, "outcomes", ()):
        named["outcomes"] = tuple(f"{name}x{number}" for name in outcomes)
    return replace(row, **named)


def _paper(row: Any, number: int) -> Record:
    values = {
        name: f"{value}x{number}" if name in IDS and isinstance(value, str) and value else value
        for name, value in row.values.items()
    }
    return replace(row, paper_id=f"{row.paper_id}x{number}", pupil=f"{row.pupil}x{number}", values=values)


def steps(work: Callable[[], object]) -> int:
    """How many lines of our own code it takes."""
    count = 0

    def traced(frame: Any, event: str, _arg: object) -> Any:
        nonlocal count
        code: CodeType = frame.f_code
        if "/plans/" not in code.co_filename.replace("\\", "/"):
            return None
        count += event == "line"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


SCHOOLS = {times: grown(times) for times in (FEW, MANY)}


def _growth(work: Callable[[Register], object]) -> float:
    """Lines for four times the school, by the lines for it. Ways in that are built once are built before."""
    counted = {}
    for times, school in SCHOOLS.items():
        register = Register(school, TODAY)
        counted[times] = steps(partial(work, register))
    return counted[MANY] / max(counted[FEW], 1)


def test_going_through_all_rows_for_every_pupil_would_be_seen() -> None:
    source = "def slow(register):\n    return [sum(row.pupil == p.pupil_id for row in register.school.meetings)"
    source += " for p in register.school.pupils]\n"
    made: dict[str, Any] = {}
    exec(compile(source, "/plans/slow.py", "exec"), made)
    assert _growth(made["slow"]) > 10


def test_a_school_four_times_as_large_has_four_times_the_findings() -> None:
    few, many = (len(findings(SCHOOLS[times], TODAY)) for times in (FEW, MANY))
    assert few > 20
    assert abs(many / few - MANY / FEW) < 0.2


@pytest.mark.parametrize("number", range(len(RULES)), ids=[rule.id for rule, _ in RULES])
def test_a_rule_takes_no_more_than_four_times_the_steps(number: int) -> None:
    check = RULES[number][1]
    assert _growth(lambda register: list(check(register, TODAY))) < 4.6


def test_worklists_sessions_and_adults_take_no_more_than_four_times_the_steps() -> None:
    found = {id(school): findings(school, TODAY) for school in SCHOOLS.values()}
    assert _growth(lambda register: worklists(register, found[id(register.school)])) < 4.6
    assert _growth(lambda register: sessions(register, TODAY)) < 4.6
    assert _growth(practitioners) < 4.6
