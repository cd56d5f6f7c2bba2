"""A form of a review: read like cells, compared with the row, closed reviews left as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_next_cycle import CYCLE, GOAL, MET, school
from year_school import TODAY, with_paper

from server.plans.model import Action, Record, School, Staff
from server.plans.new_ids import NewIds
from server.plans.register import Register
from server.plans.review_forms import CLOSED, FORMS, NEEDED, Entry, Typed, entry, mark_of
from server.plans.trouble import Invalid
from sheets_templates.catalogue import load

OPEN = replace(CYCLE, review_held_date=None)
STAFF = (Staff(staff_id="ST1", name="A"), Staff(staff_id="ST2", name="B"))
UNRATED = replace(GOAL, actual="", actual_rating=None, decision="", result="Not yet rated")


def put(form: str, row: Record | None = None, found: School | None = None, *, mark: str = "", **values: Any) -> Entry:
    there = replace(found or school(cycle=OPEN, goal=UNRATED), staff=STAFF)
    typed = Typed(
        form=form,
        cycle_id="C2",
        row_id=row.id if row else "",
        mark=mark or mark_of(row),
        values={name: tuple(value.split("|")) for name, value in values.items()},
    )
    return entry(Register(there, TODAY), NewIds(load(), "x", {}), typed)


def written(found: Entry) -> dict[str, object]:
    return {change.column: change.after for change in (*found.proposals.fills, *found.proposals.changes)}


def test_every_field_of_every_form_is_a_column_of_its_table() -> None:
    for form in FORMS.values():
        assert set(form.fields) <= {column.key for column in load().table(form.table).inputs}


def test_a_rating_is_written_with_the_word_it_means() -> None:
    assert written(put("outcome", UNRATED, actual_rating="5")) == {"actual_rating": 5, "result": "Some progress"}
    assert written(put("outcome", UNRATED, actual_rating="6"))["result"] == "Achieved"


def test_a_result_that_somebody_chose_by_hand_stays() -> None:
    chosen = replace(UNRATED, result="Exceeded")
    told = put("outcome", chosen, school(cycle=OPEN, goal=chosen), actual_rating="5")
    assert written(told) == {"actual_rating": 5}


def test_what_says_the_same_is_not_written_again() -> None:
    assert put("meeting", MET, child_view="I like it", led_by="ST1", staff_present="ST1|ST2").proposals.is_empty


@pytest.mark.parametrize(
    ("field", "text"),
    [*(("actual_rating", text) for text in ("11", "0", "five")), ("decision", "Perhaps"), ("goal_score", "3")],
)
def test_what_can_t_be_read_is_told_at_its_field_and_nothing_is_written(field: str, text: str) -> None:
    found = put("outcome", UNRATED, actual="fine", **{field: text})
    assert set(found.problems) == {field}
    assert found.proposals.is_empty


def test_somebody_who_is_not_in_staff_can_t_lead_a_review() -> None:
    assert "led_by" in put("meeting", MET, led_by="ST9").problems


def test_a_row_that_changed_meanwhile_is_told_with_what_it_says_now() -> None:
    found = put("meeting", MET, mark="of another day", child_view="New words")
    assert found.conflict == ("What the child thinks now says: I like it",)
    assert found.proposals.is_empty


@pytest.mark.parametrize("value", ["Something else", ""])
def test_in_a_closed_review_only_gaps_are_filled(value: str) -> None:
    closed = school(goal=UNRATED)
    assert put("meeting", MET, closed, child_view=value).problems == {"child_view": CLOSED}
    gap = replace(MET, child_view="")
    filled = put("meeting", gap, school(review=gap), child_view="She likes it")
    assert written(filled) == {"child_view": "She likes it"}


def test_what_was_written_may_be_emptied_while_the_review_is_open() -> None:
    assert written(put("meeting", MET, apologies="", home_view="")) == {"home_view": None}


def test_the_first_record_of_a_review_is_a_new_row_of_its_cycle() -> None:
    bare = replace(school(cycle=OPEN), reviews=())
    (add,) = put("meeting", None, bare, child_view="Fine").proposals.adds
    assert add.values == {"pupil": "P1", "cycle": "C2", "child_view": "Fine"}
    assert put("meeting", None, bare, child_view="").proposals.is_empty


def test_an_action_says_what_who_and_by_when() -> None:
    (add,) = put("action", action="Call", owner="ST1", due="2026-12-04").proposals.adds
    assert add.values["review"] == "R2"
    assert put("action", action="Call", owner="", due="2026-12-04").problems == {"owner": NEEDED}


def test_an_action_from_before_is_done_or_dropped_also_after_its_review_was_closed() -> None:
    found = with_paper(school(), "actions", action="Call", owner="ST1", status="Open")
    (row,) = Register(found, TODAY).of(Action, "P1")
    assert written(put("promise", row, found, status="Done", done="2026-11-20")) == {
        "status": "Done",
        "done": date(2026, 11, 20),
    }


def test_a_row_that_is_gone_is_told() -> None:
    with pytest.raises(Invalid):
        put("outcome", replace(UNRATED, outcome_id="O9"), actual="x")


@given(st.text(max_size=80), st.sampled_from([name for form in FORMS.values() for name in form.fields]))
def test_any_text_is_written_as_it_is_or_refused(text: str, field: str) -> None:
    form = next(name for name, each in FORMS.items() if field in each.fields)
    row = {"meeting": MET, "outcome": UNRATED}.get(form)
    if row is not None:
        put(form, row, **{field: text.replace("|", "")})
