"""The day on which a family had the updated plan, as sharing notes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from year_school import BEFORE, LIVE, REVIEW, SCHOOL, TODAY, said

from server.plans.ledger import Entry, Ledger
from server.plans.model import School
from server.plans.told import copies_sent, newly_told, outlived

UNSENT = replace(SCHOOL, reviews=(replace(REVIEW, copy_sent=None),))


def ledger(*entries: Entry) -> Ledger:
    return Ledger.of(entries, workbook_id="w")


def noted(school: School, *entries: Entry, shared: bool = True) -> list[Entry]:
    return list(newly_told(school, ledger(*entries), TODAY, lambda _pupil: shared))


def test_a_shared_plan_after_a_review_is_noted_once_with_the_day() -> None:
    (line,) = noted(UNSENT)
    assert (line.kind, line.key, line.day) == ("told", "R1", TODAY)
    own = Entry(kind="self", key="workbook", remote_id="w")
    assert list(newly_told(UNSENT, ledger(own, line), date(2026, 12, 1), lambda _pupil: True)) == []


@pytest.mark.parametrize(
    "school",
    [
        SCHOOL,
        replace(UNSENT, reviews=()),
        replace(UNSENT, cycles=(LIVE,)),
        replace(UNSENT, cycles=(BEFORE,)),
        replace(UNSENT, cycles=(BEFORE, replace(LIVE, plan_agreed_date=date(2026, 7, 6)))),
        replace(UNSENT, reviews=(replace(REVIEW, copy_sent=None, impact_summary=" "),)),
    ],
)
def test_nothing_is_noted_by_hand_unwritten_or_while_no_next_plan_is_begun(school: School) -> None:
    assert noted(school) == []


def test_a_plan_begun_on_the_day_of_the_review_is_the_next_one() -> None:
    same_day = replace(LIVE, plan_agreed_date=date(2026, 7, 7))
    assert len(noted(replace(UNSENT, cycles=(BEFORE, same_day)))) == 1


def test_nothing_is_noted_while_a_copy_waits() -> None:
    assert noted(UNSENT, shared=False) == []


def test_a_noted_day_answers_r35() -> None:
    own = Entry(kind="self", key="workbook", remote_id="w")

    def told(time: str) -> School:
        return replace(UNSENT, copies_sent=copies_sent(ledger(own, Entry(kind="told", key="R1", time=time))))

    assert [row.level for row in said(told("2026-07-14"), "R35")] == []
    assert [row.level for row in said(told("2026-07-15"), "R35")] == ["history"]
    assert [row.level for row in said(told("yesterday"), "R35")] == ["red"]


@pytest.mark.parametrize(
    ("reviews", "gone"), [((REVIEW,), []), ((replace(REVIEW, review_id="R2"),), ["R1"]), ((), [])]
)
def test_a_line_goes_with_its_review_but_not_when_no_review_could_be_read(reviews: Any, gone: list[str]) -> None:
    own = Entry(kind="self", key="workbook", remote_id="w")
    lines = ledger(own, Entry(kind="told", key="R1", time="2026-07-14"))
    assert [key for _, key in outlived(lines, reviews)] == gone
