"""A review written down in the side panel, by the SENCO or a teacher: form by form, closed, and gone on from."""

from __future__ import annotations

import functools
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import snapshots
from test_workbooks_panel import panel_of
from town import TODAY, Town, begun_snapshot, small_sample

from addon.event import Event, OpenFile
from sandbox.drive.access import grant_file_scope
from server.demo.world import CLIENT
from server.plans.model import Action
from server.plans.register import Register
from server.plans.trouble import Invalid
from server.web.handlers import Visit
from server.web.paths import links_at
from server.web.ports import Caller
from server.web.review_handlers import review
from server.workflows.survey import survey

MEETING = {
    "minutes": "45",
    "led_by": "ST34",
    "note_taker": "ST31",
    "parents_present": "Lucia Ejemplo",
    "child_participation": "Whole meeting",
    "child_view": "Science is fine now",
    "home_view": "Less tired",
    "impact_summary": "Sofi answers most diagram questions alone.",
    "overall_progress": "As expected",
    "next_step": "Leave as it is",
    "parent_agreement": "Agree",
}


def ms(day: date) -> str:
    return str(round(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000))


@functools.cache
def _begun() -> snapshots.Snapshot:
    town = Town(snapshots.world_of(small_sample(), TODAY))
    snapshots.restore(town.world, begun_snapshot())
    return snapshots.take(town.sandbox.workspace)


@pytest.fixture
def town() -> Town:
    found = Town(snapshots.world_of(small_sample(), TODAY))
    snapshots.restore(found.world, _begun())
    return found


class At:
    """Somebody at the panel. Pressing gives the card that is shown then, as text."""

    def __init__(self, town: Town, teacher: str = "") -> None:
        self.panel, senco = panel_of(town)
        self.caller, self.town = senco, town
        if teacher:
            grant_file_scope(town.sandbox.workspace, teacher, CLIENT, town.workbook("plan"))
            self.caller = Caller(token=town.world.token(teacher), email=teacher, spreadsheet_id=town.workbook("plan"))

    def press(self, do: str = "", inputs: dict[str, tuple[str, ...]] | None = None, **told: str) -> str:
        parameters = {"pupil": "P11", "cycle": "P11-C3", "do": do, **told}
        event = Event(host="SHEETS", parameters=parameters, inputs=inputs or {}, file=OpenFile(id="x", granted=True))
        visit = Visit(event=event, caller=self.caller, services=self.panel, links=links_at("https://plans.example"))
        return json.dumps(review(visit), ensure_ascii=False)

    def fill(self, form: str, row: str = "", **typed: str | tuple[str, ...]) -> str:
        """Open a form and save it with these values."""
        card = self.press("form", form=form, row=row)
        mark = mark_in(card)
        inputs = {name: (value,) if isinstance(value, str) else value for name, value in typed.items()}
        return self.press("save", inputs, form=form, row=row, mark=mark)


def parameters_of(card: Any) -> list[dict[str, str]]:
    if isinstance(card, dict):
        own = card.get("parameters", [])
        return [*own, *(each for value in card.values() for each in parameters_of(value))]
    return [each for item in card for each in parameters_of(item)] if isinstance(card, list) else []


def mark_in(card: str) -> str:
    """The mark of the row that a form carries; "" where there is no row yet."""
    return next((p["value"] for p in parameters_of(json.loads(card)) if p.get("key") == "mark"), "")


def seen(town: Town) -> Register:
    with town.run() as run:
        return Register(survey(run, town.school_id).school, town.today)


def teacher_of(town: Town) -> str:
    people = (person for person in seen(town).school.staff if person.edits_plans and not person.external)
    return next(person.email for person in people if "SENCO" not in person.role and person.email != town.senco)


def write_it_down(at: At) -> None:
    held = date(2026, 11, 20)
    at.fill(
        "meeting", date=ms(held), next_review_date=ms(date(2027, 3, 10)), staff_present=("ST34", "ST31"), **MEETING
    )
    at.fill("outcome", "P11-C3-O1", actual="6 of 10", actual_rating="5", decision="Leave as it is")
    at.fill("outcome", "P11-C3-O2", actual="2", actual_rating="6", decision="Achieved – new outcome")
    for row in ("P11-C3-V1", "P11-C3-V2"):
        at.fill("help", row, effect="Some", decision="Keep")


@pytest.mark.parametrize("teacher", [False, True], ids=["senco", "teacher"])
def test_a_review_is_written_down_closed_and_gone_on_from(town: Town, teacher: bool) -> None:
    at = At(town, teacher_of(town) if teacher else "")
    first = at.press()
    assert "The record of the meeting" in first
    assert "Close the review" not in first
    write_it_down(at)
    assert "Close the review" in at.press()
    assert "27 November 2026" in at.press("close"), "copies are due within seven days"
    register = seen(town)
    cycle = register.cycle["P11-C3"]
    (row,) = register.reviews["P11-C3"]
    outcome = {each.outcome_id: each for each in register.outcomes["P11-C3"]}
    assert cycle.review_held_date == row.date == date(2026, 11, 20)
    assert row.staff_present == ("ST34", "ST31")
    assert (outcome["P11-C3-O1"].result, outcome["P11-C3-O2"].result) == ("Some progress", "Achieved")
    town.forget_calls()
    assert "Write this as a draft" in at.press("next")
    assert town.writes() == 0
    assert "Cycle 4 stands as a draft" in at.press("write")
    (live,) = [each for each in seen(town).live if each.pupil.pupil_id == "P11"]
    assert [each.carried_from for each in live.outcomes] == ["P11-C3-O1"]
    town.forget_calls()
    at.press("write")
    assert town.writes() == 0


def test_what_can_t_be_read_is_refused_beside_what_was_typed(town: Town) -> None:
    card = At(town).fill("outcome", "P11-C3-O1", actual="She did it all alone", actual_rating="eleven")
    assert "She did it all alone" in card
    assert "eleven" in card
    assert "should be a whole number from 1 to 10" in card
    assert seen(town).outcomes["P11-C3"][0].actual == ""


def test_a_row_that_somebody_changed_meanwhile_is_shown_and_not_overwritten(town: Town) -> None:
    at = At(town)
    card = at.press("form", form="outcome", row="P11-C3-O1")
    mark = mark_in(card)
    town.edit("Plan", "actual", "P11-C3-O1", "typed in the sheet")
    told = at.press("save", {"actual": ("typed in the card",)}, form="outcome", row="P11-C3-O1", mark=mark)
    assert "now says: typed in the sheet" in told
    assert "typed in the card" in told
    assert seen(town).outcomes["P11-C3"][0].actual == "typed in the sheet"
    after = mark_in(told)
    at.press("save", {"actual": ("typed in the card",)}, form="outcome", row="P11-C3-O1", mark=after)
    assert seen(town).outcomes["P11-C3"][0].actual == "typed in the card"


def test_a_closed_review_stays_as_it_is_and_only_its_gaps_are_filled(town: Town) -> None:
    at, before = At(town), seen(town)
    told = _at_closed(at)
    assert "This review is closed" in told
    after = seen(town)
    assert after.school.reviews == before.school.reviews


def _at_closed(at: At) -> str:
    card = at.press("form", form="meeting", row="", cycle="P11-C2")
    mark = mark_in(card)
    return at.press("save", {"child_view": ("Something else",)}, form="meeting", cycle="P11-C2", mark=mark)


def test_what_is_too_long_to_come_through_does_not_empty_the_cell(town: Town) -> None:
    at = At(town)
    at.fill("outcome", "P11-C3-O1", actual="6 of 10")
    with pytest.raises(Invalid, match="too long"):
        at.press("save", {"actual": (), "decision": ("Tweak",)}, form="outcome", row="P11-C3-O1", mark="x")
    assert seen(town).outcomes["P11-C3"][0].actual == "6 of 10"


def test_a_second_tap_saves_nothing_twice(town: Town) -> None:
    at = At(town)
    action = {"action": "Send the past papers in large print", "owner": "Exams office", "due": ms(date(2026, 12, 4))}
    at.fill("action", **action)
    town.forget_calls()
    assert "said so already" in at.fill("action", **action)
    assert town.writes() == 0
    (row,) = [each for each in seen(town).of(Action, "P11") if each.owner == "Exams office"]
    at.fill("promise", row.action_id, status="Done", done=ms(date(2026, 11, 20)))
    assert not next(each for each in seen(town).of(Action, "P11") if each.id == row.id).is_open
