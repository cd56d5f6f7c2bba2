"""The cards about a school's own form: every tag can be changed, nothing is used before it is confirmed."""

from __future__ import annotations

import json

from addon.cards import choose_card, form_card, forms_card, pupils_card
from addon.cards.template import page_of
from addon.views import FormsView, FormTag, FormView
from server.web.paths import links_at

LINKS = links_at("https://plans.example/")
TAG = FormTag(number=3, tag="pupil.dob", said="Born", name="Date of birth", confidence="Likely")
FORM = FormView(
    form_id="form1",
    title="Our form",
    tags=(TAG,),
    left=("Religion",),
    missing=(("About the pupil", "UPN, SENCO"),),
    fields=(("pupil.dob", "Date of birth"), ("pupil.upn", "UPN")),
)
MANY = FormView(
    form_id="form1",
    title="Our long form",
    tags=tuple(
        FormTag(number=n, tag="pupil.dob", said=f"Label {n}.", name="Born", confidence="?") for n in range(1, 66)
    ),
    left=tuple(f"What the council asks in question {n}?" for n in range(1, 90)),
)


def said(card: object) -> str:
    return json.dumps(card, ensure_ascii=False)


def test_each_tag_tells_its_label_its_field_and_how_sure_it_is() -> None:
    card = said(form_card(FORM, LINKS))
    assert all(words in card for words in ("Born", "Date of birth", "Likely", "Religion", "UPN, SENCO"))
    assert "Confirm all" in card
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


def test_every_tag_of_a_long_form_is_on_one_page_and_every_label_left_on_each() -> None:
    pages = [said(form_card(MANY, LINKS, page=page)) for page in range(1, page_of(65) + 1)]
    for tag in MANY.tags:
        assert [page for page, card in enumerate(pages, 1) if f'"{tag.said}"' in card] == [page_of(tag.number)]
    assert all(left in card for card in pages for left in MANY.left)
    assert ["More tags" in card for card in pages] == [True, True, True, False]
    assert ["Earlier tags" in card for card in pages] == [False, True, True, True]


def test_a_page_that_is_not_there_is_the_nearest_one() -> None:
    assert form_card(MANY, LINKS, page=0) == form_card(MANY, LINKS)
    assert form_card(MANY, LINKS, page=99) == form_card(MANY, LINKS, page=4)


def test_a_change_names_the_tag_it_changes_and_leads_back_to_its_page() -> None:
    card = said(choose_card(MANY, 45, LINKS))
    assert '{"key": "was", "value": "pupil.dob"}' in card
    assert '{"key": "page", "value": "3"}' in card


def test_a_tag_that_is_no_field_by_itself_stays_chosen() -> None:
    line = FormTag(number=1, tag="relational_plan_calm.text", said="Calm", name="What calms me", confidence="Sure")
    card = said(choose_card(FormView(form_id="f", title="t", tags=(line,), fields=FORM.fields), 1, LINKS))
    assert '{"text": "What calms me", "value": "relational_plan_calm.text", "selected": true}' in card


def test_no_pupil_is_lost_between_the_pages_of_the_preview() -> None:
    pupils = [(f"P{n}", f"Pupil {n}.") for n in range(1, 131)]
    pages = [said(pupils_card("form1", pupils, LINKS, page=page)) for page in (1, 2, 3)]
    assert all(sum(f'"{name}"' in card for card in pages) == 1 for _, name in pupils)
