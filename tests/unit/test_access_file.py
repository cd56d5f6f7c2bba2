"""An access request: all that is held, and what a person should look at before it is handed over."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from test_transfer_file import SMALL
from transfer_school import KNOWN, books

from server.plans.access_file import DETAILS, HARM, NAMES, UNAGREED, WORDS, Asker, Omission, held_rows, proposal
from server.plans.mis_flags import HEADINGS, flags, harmless
from server.plans.model import Pupil, School
from server.plans.school import assemble
from server.plans.transfer.leaving import leaving
from sheets_templates.imports.mis import read_mis

FAMILY = {
    **SMALL,
    "contacts": [
        {"contact_id": "C1", "pupil": "P1", "name": "Pat Örnek", "phone": "01632 960002", "restriction_kind": "none"},
        {
            "contact_id": "C3",
            "pupil": "P1",
            "name": "Robin Muster",
            "phone": "01632 960003",
            "note": "Court on Monday",
        },
    ],
    "views": [
        {"view_id": "W1", "pupil": "P1", "who": "parent", "contact": "C1", "words": "We read at night."},
        {"view_id": "W2", "pupil": "P1", "who": "parent", "contact": "C3", "words": "I disagree."},
        {"view_id": "W3", "pupil": "P1", "who": "child", "words": "Robin Muster makes me laugh. I sit by Mei Lizi."},
    ],
    "child_views": [{"child_view_id": "CV1", "pupil": "P1", "private": "My secret"}],
}


@pytest.fixture(scope="module")
def marked() -> dict[tuple[str, str, str], str]:
    """What is proposed to be left out where Pat asks, by tab, row and column."""
    _, omitted = proposed("C1")
    return {(each.tab, each.row_id, each.column): each.why for each in omitted}


def proposed(asked_by: str) -> tuple[str, tuple[Omission, ...]]:
    found = books(FAMILY)
    school = assemble(found[1].reading, [found[0].reading])
    rows = held_rows(KNOWN, found, leaving(KNOWN, found, "P1").every)
    contact = next((each for each in school.contacts if each.contact_id == asked_by), None)
    kept, omitted = proposal(KNOWN, Asker(school=school, pupil=school.pupils[0], contact=contact), rows)
    return str(kept), omitted


def header(table: str, column: str) -> str:
    return KNOWN.table(table).column(column).header


def test_everything_held_has_what_no_transfer_passes_on() -> None:
    found = books(FAMILY)
    text = str(held_rows(KNOWN, found, leaving(KNOWN, found, "P1").every))
    for held in ("for us", "My secret", "Train", "Help?", "Court on Monday", "next week"):
        assert held in text
    for other in ("Bo Lizi", "Mei's own"):
        assert other not in text


def test_another_parent_s_words_and_details_are_put_before_a_person(marked: dict[tuple[str, str, str], str]) -> None:
    assert marked["Views", "W2", header("views", "words")] == WORDS
    assert ("Views", "W1", header("views", "words")) not in marked
    assert marked["Contacts", "C3", header("contacts", "phone")] == DETAILS
    assert ("Contacts", "C1", header("contacts", "phone")) not in marked


def test_the_child_s_own_words_stay_but_for_others_names(marked: dict[tuple[str, str, str], str]) -> None:
    assert marked["Views", "W3", header("views", "words")] == NAMES
    text, _ = proposed("C1")
    assert "makes me laugh" in text
    assert "Robin Muster makes" not in text
    assert "Mei Lizi" not in text


def test_what_may_harm_and_what_the_child_keeps_is_marked(marked: dict[tuple[str, str, str], str]) -> None:
    assert marked["Contacts", "C3", header("contacts", "note")] == HARM
    assert marked[KNOWN.table("child_views").title, "CV1", header("child_views", "private")] == UNAGREED


def test_where_the_pupil_asks_every_parent_s_words_are_marked() -> None:
    _, omitted = proposed("")
    assert {each.row_id for each in omitted if each.why == WORDS} == {"W1", "W2"}


def test_what_is_marked_is_not_in_the_proposal() -> None:
    text, _ = proposed("C1")
    for gone in ("I disagree", "01632 960003", "Court on Monday", "My secret"):
        assert gone not in text


PUPIL = Pupil(
    pupil_id="P1", upn="A12", first_name="=HYPERLINK(1)", last_name="O'Dell", dob=date(2016, 3, 2), year_group="Y5",
    class_form="-Oak", sen_status="K", primary_need="SPLD",
)  # fmt: skip


def lines(*pupils: Pupil) -> list[list[str]]:
    return list(csv.reader(io.StringIO(flags(School(pupils=pupils), date(2026, 11, 23)))))


def test_the_mis_gets_pupils_with_sen_who_are_here_and_no_others() -> None:
    others = (replace(PUPIL, pupil_id="P2", sen_status="N"), replace(PUPIL, pupil_id="P3", left=date(2026, 7, 1)))
    first, *rest = lines(PUPIL, *others)
    assert tuple(first) == HEADINGS
    assert [row[6:9] for row in rest] == [["K", "SPLD", ""]]


def test_no_cell_of_the_mis_file_is_a_formula() -> None:
    (_, row) = lines(PUPIL)
    assert row[2].startswith("'=")
    assert row[5].startswith("'-")
    for text in ("=1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "\n=1"):
        assert harmless(text)[0] == "'"
    assert harmless("O'Dell") == "O'Dell"


def test_the_mis_file_comes_back_in_as_the_same_pupils() -> None:
    plain = replace(PUPIL, first_name="Ela", class_form="Oak")
    rows = read_mis(flags(School(pupils=(plain,)), date(2026, 11, 23)).encode(), today=date(2026, 11, 23)).rows
    (found,) = [values for (table, _), values in rows.items() if table == "pupils"]
    told = {key: found.get(key) for key in ("upn", "last_name", "dob", "year_group", "class_form", "sen_status")}
    assert told == {key: getattr(plain, key) for key in told}
    assert found["primary_need"] == "SPLD"
