"""The cards about a school's own form: every tag can be changed, nothing is used before it is confirmed."""

from __future__ import annotations

import json

from addon.cards import choose_card, form_card, forms_card
from addon.views import FormsView, FormTag, FormView
from server.web.paths import links_at

LINKS = links_at("https://plans.example/")
TAG = FormTag(number=3, tag="pupil.dob", said="Born", name="Date of birth", confidence="Likely")
FORM = FormView(
    form_id="form1",
    title="Our form",
    tags=(TAG,),
    left=("Religion",),
    fields=(("pupil.dob", "Date of birth"), ("pupil.upn", "UPN")),
    pupils=(("P1", "Ada T"),),
)


def said(card: object) -> str:
    return json.dumps(card, ensure_ascii=False)


def test_each_tag_tells_its_label_its_field_and_how_sure_it_is() -> None:
    card = said(form_card(FORM, LINKS))
    assert all(words in card for words in ("Born", "Date of birth", "Likely", "Religion", "Ada T", "Confirm all"))
    assert "Use for parents" not in card


def test_only_a_confirmed_form_without_problems_can_be_used() -> None:
    assert "Use for parents" in said(form_card(FormView(form_id="f", title="t", is_confirmed=True), LINKS))
    wrong = FormView(form_id="f", title="t", is_confirmed=True, problems=("paragraph 1: not a tag",))
    assert "Use for parents" not in said(form_card(wrong, LINKS))


def test_a_tag_is_changed_by_a_dropdown_of_fields_with_the_present_one_chosen() -> None:
    card = choose_card(FORM, 3, LINKS)
    assert '"type": "DROPDOWN"' in said(card)
    assert '{"text": "Date of birth", "value": "pupil.dob", "selected": true}' in said(card)
    assert "Leave it empty" in said(card)


def test_a_selected_file_is_offered_and_without_one_it_says_how() -> None:
    assert "Make a copy with tags" in said(forms_card(FormsView(file_id="abc", title="Form C"), LINKS))
    assert "Select a Google Doc" in said(forms_card(FormsView(), LINKS))
