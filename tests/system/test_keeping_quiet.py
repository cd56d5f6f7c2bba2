"""A check kept quiet from the side panel: one row with its reason, once, in the right workbook, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from crashes import left_behind
from test_crash import taken_up
from town import Town

from server.panel_quiet import heard_again, kept_quiet
from server.plans.model import Exemption
from server.plans.quiet import NEVER, Wish
from server.plans.register import Register
from server.plans.trouble import Invalid
from server.web.ports import Caller, Done
from server.workflows.entering import Desk
from server.workflows.quieting import quieten
from server.workflows.survey import survey

WISH = Wish(
    pupil_id="P11", rule="R16", row="P11-C3", until=date(2026, 12, 14), reason="=Read aloud, ask me", by_staff="ST34"
)


def exceptions(town: Town) -> list[Exemption]:
    with town.run() as run:
        return list(Register(survey(run, town.school_id).school, town.today).all(Exemption))


def speaks(town: Town) -> bool:
    with town.run() as run:
        return any((row.pupil_id, row.rule) == ("P11", "R16") for row in survey(run, town.school_id).findings)


def keep(town: Town, wish: Wish = WISH) -> Done:
    with town.run() as run:
        return kept_quiet(run, Caller(token="", email=town.senco), wish)


def hear(town: Town, exception_id: str) -> Done:
    with town.run() as run:
        return heard_again(run, Caller(token="", email=town.senco), "P11", exception_id)


def test_a_senco_keeps_a_check_quiet_with_a_reason_and_takes_it_back(school: Town) -> None:
    assert speaks(school)
    assert "until 14 December 2026" in keep(school).happened[0]
    (row,) = exceptions(school)
    assert (row.pupil, row.rule, row.row, row.reason) == ("P11", "R16", "P11-C3", "=Read aloud, ask me")
    assert (row.by_staff, row.decided, row.until) == ("ST34", school.today, date(2026, 12, 14))
    assert not speaks(school)
    school.forget_calls()
    assert not keep(school).changed, "a second tap adds nothing"
    assert hear(school, row.exception_id).changed
    (ended,) = exceptions(school)
    assert (ended.reason, ended.until) == (row.reason, school.today)
    assert speaks(school)
    assert not hear(school, row.exception_id).changed


def test_what_the_law_asks_for_is_refused_before_anything_is_written(school: Town) -> None:
    school.edit("Pupils", "primary_need", "P11", "")
    school.forget_calls()
    with pytest.raises(Invalid) as refused:
        keep(school, replace(WISH, rule="R06", row="P11"))
    assert refused.value.message == NEVER
    assert exceptions(school) == []


def test_a_teacher_keeps_a_check_quiet_in_the_workbook_they_opened(school: Town) -> None:
    desk = Desk(workbooks=(school.workbook("plan"),))
    with school.run() as run:
        assert quieten(run, desk, WISH, dry_run=True).added == 0
    assert exceptions(school) == []
    for _ in range(2):
        with school.run() as run:
            quieten(run, desk, WISH)
    assert len(exceptions(school)) == 1


def test_a_wish_cut_short_at_any_call_is_one_row(school: Town) -> None:
    states = left_behind(school, lambda: keep(school))
    assert len(states) > 1
    for state in states:
        assert len(exceptions(taken_up(state, keep))) == 1
