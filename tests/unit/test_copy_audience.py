"""Who may read what: staff-only fields, other households, and copies with something left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from copy_sample import sample, school_of
from docx_making import lines_of, parts_of

from server.plans.copy import plan_view
from server.plans.copy_redact import LEFT_OUT, contact_mask, name_mask
from server.plans.model import Contact, EhcPlan, LogEntry, Notification, Pupil, Record, School, View
from sheets_templates.document import Template, build_docx, load_spec, parse

TABLES = (
    *("staff", "contacts", "notifications", "ehc_plans", "pupils", "cycles", "outcomes", "provision"),
    *("log", "reviews", "meetings", "views"),
)
REFERENCES = {"pupil", "cycle", "outcomes", "provision", "household", "senco_staff", "accountable_staff"}
CODES = {"restriction_kind", "status", "who", "sen_status", "contact", "result"}
SHOWN = {
    "staff": {"name", "role", "email"},
    "contacts": {"name"},
    "pupils": {
        *("known_as", "year_group", "class_form", "home_language", "strengths", "aspiration_child"),
        *("aspiration_parent", "how_to_support"),
    },
    "cycles": {"needs_summary", "barrier_and_removal", "child_views"},
    "outcomes": {
        *("outcome", "why_it_matters", "target", "measure", "baseline", "expected", "home_part", "child_part"),
        *("actual", "decision", "area", "horizon", "impact_type"),
    },
    "provision": {"what", "delivered_by", "when_where", "evidence_basis", "evidence_note", "effect"}
    | {"kind", "tier", "expertise", "decision"},
    "reviews": {"child_view", "impact_summary", "next_step"},
    "meetings": {"type"},
    "views": {"words"},
}
"""Every field of free text that may reach a parent. A field that is not here must not."""


@pytest.fixture(scope="module")
def template() -> Template:
    return parse(build_docx(load_spec("sen_support_plan")))


def everything_in(template: Template, school: School, pupil_id: str, household: str) -> str:
    """Every part of the copy that data reaches, as XML, and its lines as read."""
    docx = template.render(plan_view(school, pupil_id, household).as_mapping(made_on=date(2026, 11, 23)))
    parts = [blob for name, blob in parts_of(docx).items() if name != "word/styles.xml"]
    return b"\n".join(parts).decode("utf-8", "replace") + "\n".join(lines_of(docx))


def complete_school() -> School:
    """P05's school with rows in the tables that the sample loader leaves empty."""
    return dataclasses.replace(
        school_of("P05"),
        notifications=(Notification(notification_id="N1", pupil="P05", contact="C10"),),
        ehc_plans=(EhcPlan(ehc_id="E1", pupil="P05"),),
        log=(LogEntry(log_id="L1", pupil="P05", provision="P05-C3-V1", by_staff="ST20"),),
    )


def fields_of_text() -> Iterator[tuple[str, str]]:
    for table in TABLES:
        record = getattr(complete_school(), table)[0]
        own_id = next(field.name for field in dataclasses.fields(record) if field.name.endswith("_id"))
        for field in dataclasses.fields(record):
            if field.type == "str" and field.name not in REFERENCES | CODES | {own_id}:
                yield table, field.name


def with_word(school: School, table: str, name: str, word: str) -> School:
    """The school with one unique word in one field of every row of a table."""
    rows: tuple[Record, ...] = getattr(school, table)
    changes: dict[str, Any] = {table: tuple(dataclasses.replace(row, **{name: word}) for row in rows)}
    return dataclasses.replace(school, **changes)


@pytest.mark.parametrize(("table", "name"), list(fields_of_text()))
def test_a_field_reaches_a_parent_only_if_it_is_meant_to(template: Template, table: str, name: str) -> None:
    word = "Zyxxyword"
    school = with_word(complete_school(), table, name, word)
    before, after = (plan_view(s, "P05", "P05-H1") for s in (complete_school(), school))
    meant = name in SHOWN.get(table, set())
    assert (word in everything_in(template, school, "P05", "P05-H1")) == meant
    assert (before.digest() != after.digest()) == meant


def test_numbers_that_parents_do_not_read_change_no_digest() -> None:
    school = complete_school()
    quiet = dataclasses.replace(
        school,
        log=(*school.log, LogEntry(log_id="L2", pupil="P05", delivered=True, response=2, note="Hard day")),
        reviews=tuple(dataclasses.replace(review, minutes=5, quality="Patchy") for review in school.reviews),
        pupils=tuple(dataclasses.replace(p, dob=date(2010, 1, 1), ready_to_share=True) for p in school.pupils),
    )
    assert plan_view(quiet, "P05", "P05-H1").digest() == plan_view(school, "P05", "P05-H1").digest()


def _separated(*, father_shares: bool) -> School:
    school = school_of("P05")
    words = View(view_id="V1", pupil="P05", cycle="P05-C3", who="parent", date=date(2026, 11, 1))
    father = dataclasses.replace(
        words, contact="C11", words="Tearful on Sundays at ours", show_to_other_household=father_shares
    )
    mother = dataclasses.replace(words, view_id="V2", contact="C10", words="Reads at breakfast")
    return dataclasses.replace(school, views=(father, mother))


def test_a_parents_words_stay_in_their_own_household(template: Template) -> None:
    school = _separated(father_shares=False)
    mothers, fathers = (everything_in(template, school, "P05", home) for home in ("P05-H1", "P05-H2"))
    assert "Reads at breakfast (Carys Enghraifft, 1 November 2026)" in mothers
    assert "Tearful on Sundays at ours (Rhys Enghraifft, 1 November 2026)" in fathers
    assert "Tearful" not in mothers
    assert "breakfast" not in fathers
    assert "Rhys" not in mothers
    assert "Carys" not in fathers


def test_words_that_a_parent_shares_are_shown_without_a_name(template: Template) -> None:
    mothers = everything_in(template, _separated(father_shares=True), "P05", "P05-H1")
    assert "Tearful on Sundays at ours (shared with you, 1 November 2026)" in mothers
    assert "Rhys" not in mothers


def test_what_parents_said_at_a_review_is_in_nobodys_copy_but_their_own(template: Template) -> None:
    said = {row["home_view"] for row in sample()["reviews"] if row["pupil_id"] == "P05"}
    assert not any(words in everything_in(template, school_of("P05"), "P05", "P05-H2") for words in said)


def test_a_view_without_an_author_is_shown_to_nobody(template: Template) -> None:
    school = school_of("P05")
    orphan = View(view_id="V1", pupil="P05", cycle="P05-C3", who="parent", words="Whose words?")
    school = dataclasses.replace(school, views=(dataclasses.replace(orphan, show_to_other_household=True),))
    assert "Whose words" not in everything_in(template, school, "P05", "P05-H1")


def test_a_contact_who_may_be_told_nothing_adds_nothing_to_a_copy(template: Template) -> None:
    school = school_of("P06")
    told = View(view_id="V1", pupil="P06", cycle="P06-C3", who="parent", contact="C13", words="I was here")
    moved = tuple(dataclasses.replace(c, household="P06-H1") for c in school.contacts)
    for shared in (False, True):
        views = (dataclasses.replace(told, show_to_other_household=shared),)
        text = everything_in(template, dataclasses.replace(school, views=views, contacts=moved), "P06", "P06-H1")
        assert "I was here" not in text
        assert "Marek" not in text


def test_an_unknown_kind_of_restriction_is_a_full_one() -> None:
    school = school_of("P06")
    odd = tuple(dataclasses.replace(c, restriction_kind="something new") for c in school.contacts)
    with pytest.raises(Exception, match="Nobody in this household"):
        plan_view(dataclasses.replace(school, contacts=odd), "P06", "P06-H1")


def test_another_households_email_is_left_out_of_every_copy(template: Template) -> None:
    words = "Ask RHYS.enghraifft@example.org or nan@example.org"
    school = with_word(school_of("P05"), "cycles", "needs_summary", words)
    text = everything_in(template, school, "P05", "P05-H1")
    assert f"Ask {LEFT_OUT} or nan@example.org" in text


def test_the_mothers_copy_has_no_trace_of_the_carer(template: Template) -> None:
    text = everything_in(template, school_of("P02"), "P02", "P02-H2").casefold()
    for trace in ("ruth", "fosterby", "priya", "placeholder", "carer", "to stay and play", "den at home"):
        assert trace not in text
    assert "took a photo of the den for [left out]" in text
    assert text.rstrip().endswith("some details are left out of this copy.")


def test_the_carers_copy_leaves_nothing_out(template: Template) -> None:
    text = everything_in(template, school_of("P02"), "P02", "P02-H1")
    assert "Took a photo of the den for Ruth" in text
    assert "Uses a den at home too (Ruth Fosterby, 6 November 2026)" in text
    assert "left out" not in text


def test_a_redacted_copy_loses_names_and_addresses_from_every_free_text(template: Template) -> None:
    secret = "ruth, RUTH’s, Fosterbys; Ruth  Fosterby at 12 Elm Road AB1 2CD, 07700 900 123, r@x.org. Hana"
    for table, names in SHOWN.items():
        for name in names - {"known_as"} if table not in {"staff", "contacts"} else ():
            text = everything_in(template, with_word(school_of("P02"), table, name, secret), "P02", "P02-H2")
            for trace in ("ruth", "fosterby", "ab1 2cd", "07700", "r@x.org"):
                assert trace not in text.casefold(), (table, name)


def test_a_redacted_copy_keeps_the_familys_own_names_and_its_own_words(template: Template) -> None:
    school = school_of("P02")
    words = "Zawadi Mfano thanks Hana"
    own = View(view_id="V1", pupil="P02", cycle="P02-C3", who="parent", contact="C04", words=words)
    text = everything_in(template, dataclasses.replace(school, views=(own,)), "P02", "P02-H2")
    assert "Zawadi Mfano thanks Hana (Zawadi Mfano)" in text


def test_words_shared_by_another_household_do_not_reach_a_redacted_copy(template: Template) -> None:
    school = school_of("P02")
    shared = tuple(dataclasses.replace(view, show_to_other_household=True) for view in school.views)
    assert "at home too" not in everything_in(template, dataclasses.replace(school, views=shared), "P02", "P02-H2")


@pytest.mark.parametrize(
    ("other", "text", "left"),
    [
        ("May Örnek", "In may he saw May and ornek", f"In may he saw {LEFT_OUT} and {LEFT_OUT}"),
        (
            "Will Li",
            "He will read. Will helps. Li too; WILL LI!",
            f"He will read. {LEFT_OUT} helps. Li too; {LEFT_OUT}!",
        ),
        ("Anna Przykład", "Anna Przyklad, Annabel", f"{LEFT_OUT}, Annabel"),
        ("李小龙", "他和李小龙去公园", f"他和{LEFT_OUT}去公园"),
        ("Amara O'Brien-Jones", "Amara, O’Brien and Jones", f"Amara, O’{LEFT_OUT} and {LEFT_OUT}"),
    ],
)
def test_names_are_found_as_people_write_them(other: str, text: str, left: str) -> None:
    pupil = Pupil(pupil_id="X1", first_name="Amara", last_name="Iheatu")
    own = [Contact(contact_id="C2", name="Nneka")]
    mask = name_mask([Contact(contact_id="C1", name=other)], own=own, pupil=pupil)
    assert mask.text(text) == left


def test_dates_survive_a_parent_called_may(template: Template) -> None:
    school = school_of("P02")
    renamed = tuple(dataclasses.replace(c, name=c.name.replace("Ruth", "November May")) for c in school.contacts)
    text = everything_in(template, dataclasses.replace(school, contacts=renamed), "P02", "P02-H2")
    assert "By when: 6 November 2026" in text
    assert "made on 23 November 2026" in text


def test_nobody_reads_another_households_number_or_address_wherever_it_was_typed() -> None:
    mask = contact_mask([Contact(contact_id="C2", phone="07700 900123", address="4 Mill Lane")])
    assert mask.text("Ring 07700  900123 or write to 4 mill lane.") == f"Ring {LEFT_OUT} or write to {LEFT_OUT}."
