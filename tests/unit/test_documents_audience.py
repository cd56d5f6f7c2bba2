"""A unique word in every cell: what the finished bytes of every document hold, in every part of the file."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO

import pytest
from worded_school import DAD, KNOWN, MUM, OTHER, TODAY, contact_of, rows_of, word, worded_school

from server.workflows.papers import paper, reader_of
from sheets_templates import plan_templates
from sheets_templates.document import load_spec
from sheets_templates.plan_templates import column_at

SCHOOL = worded_school()
TEMPLATES = plan_templates.load()
FOR_HOMES = tuple(key for key in TEMPLATES if load_spec(key).view.name == "household")
FOR_STAFF = tuple(key for key in TEMPLATES if load_spec(key).view.name == "staff")
WORDED = frozenset({"text", "longtext", "lines", "link"})
HOMES = ((MUM, "P1"), (DAD, "P1"), (OTHER, "P2"))
BY_CONTACT = ("notifications", "parent_views", "views")


@cache
def bytes_of(key: str, pupil: str, home: str) -> str:
    """Every part of a finished document, unpacked, as one text."""
    made = paper(reader_of(SCHOOL, pupil, key, home, TODAY), key, anyway=True)
    with zipfile.ZipFile(BytesIO(made.docx)) as file:
        return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist()).casefold()


def words(audience: str, *, pupil: str = "", not_by: str = "") -> set[str]:
    """The words of this audience's columns, about one pupil where named, said by others than ``not_by``."""
    return {
        word(table.key, column.key, row)
        for table in KNOWN.tables.values()
        if not table.service_owned and table.key != "settings"
        for column in table.columns
        if column.kind in WORDED and column.audience == audience
        for row, about in rows_of(table)
        if pupil in ("", about) and not (table.key in BY_CONTACT and not_by == contact_of(table, row))
    }


def in_text(asked: set[str], text: str) -> set[str]:
    return {each for each in asked if each in text}


@pytest.mark.parametrize("key", FOR_HOMES)
def test_no_homes_document_holds_a_word_for_staff_only(key: str) -> None:
    names = {word("contacts", "name", home) for home, _ in HOMES}
    told = {word("staff", column, row) for column in ("name", "role", "email") for row in ("S1", "S2", "ST1", "ST2")}
    for home, pupil in HOMES:
        assert in_text(words("S") - names - told, bytes_of(key, pupil, home)) == set()


@pytest.mark.parametrize("key", FOR_HOMES)
def test_no_homes_document_holds_what_another_parent_said_or_who_they_are(key: str) -> None:
    for home, pupil in HOMES:
        text = bytes_of(key, pupil, home)
        others = {other for other, _ in HOMES} - {home}
        assert in_text({word("contacts", "name", other) for other in others}, text) == set()
        mine = {word("parent_views", c.key, r) for c in KNOWN.table("parent_views").columns for r in _own_rows(home)}
        shared = words("A") - mine if home != OTHER else words("A", pupil="P1")
        assert in_text(shared - _by_home(home), text) == set()


def _own_rows(home: str) -> list[str]:
    return [
        row for row, _ in rows_of(KNOWN.table("parent_views")) if contact_of(KNOWN.table("parent_views"), row) == home
    ]


def _by_home(home: str) -> set[str]:
    return words("A") - words("A", not_by=home)


@pytest.mark.parametrize("key", FOR_HOMES)
def test_no_document_holds_a_word_about_another_pupil(key: str) -> None:
    for home, pupil in HOMES:
        other = {"P1": "P2", "P2": "P1"}[pupil]
        assert in_text(words("P", pupil=other), bytes_of(key, pupil, home)) == set()


@pytest.mark.parametrize("key", FOR_HOMES)
def test_every_word_a_home_may_read_of_the_template_stands_in_its_document(key: str) -> None:
    """Fails where a document forgets a field; so the tests above can fail too."""
    text = bytes_of(key, "P2", OTHER)
    asked = {path for field in TEMPLATES[key].fields if field.audience != "S" for path in field.at}
    missing = {path for path in asked - ELSEWHERE if (w := _word_of(path, "P2")) and w not in text}
    assert missing == set()


ELSEWHERE = {
    *("outcomes.area", "outcomes.need", "outcomes.measure", "outcomes.why_it_matters", "outcomes.target"),
    *("provision.outcomes", "pupils.strengths"),
}
"""What a review need not repeat of each outcome."""


def _word_of(path: str, pupil: str) -> str:
    column = column_at(KNOWN, path)
    table = KNOWN.table(path.partition(".")[0])
    if column is None or column.kind not in WORDED or column.audience == "S":
        return ""
    row = next(row for row, about in rows_of(table) if about == pupil)
    return word(table.key, column.key, row)


@pytest.mark.parametrize("key", FOR_STAFF)
def test_a_staff_document_holds_what_it_costs_and_no_other_pupil(key: str) -> None:
    text = bytes_of(key, "P1", "")
    assert word("provision", "training_gap", "V1") in text or "training gap" in text
    assert in_text(words("P", pupil="P2"), text) == set()
