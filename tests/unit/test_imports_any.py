"""However a school arranges its sheet, the same rows come of it; hostile files are refused, or inert."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_templates.catalogue import load
from sheets_templates.imports.delimited import read_delimited
from sheets_templates.imports.frequency import parse_frequency
from sheets_templates.imports.grid import BadFile, book_of_values
from sheets_templates.imports.matching import propose_rows
from sheets_templates.imports.mis import read_mis
from sheets_templates.imports.moments import read_moment
from sheets_templates.imports.people import parse_name, parse_people
from sheets_templates.imports.sheet import Import, read_book
from sheets_templates.imports.xlsx import book_of_xlsx
from sheets_templates.reading import Row

HEADINGS = {
    "name": ["Name", "Pupil", "Child's name", "Full name"],
    "year": ["Yr", "Year", "Year group"],
    "status": ["SEN", "SEN status", "K or E?"],
    "target": ["Target", "SMART target", "Short term target", "Learning target"],
    "help": ["Provision", "Intervention", "Support", "Strategy"],
    "who": ["Who", "Led by", "Adult", "By whom"],
    "often": ["How often", "Frequency"],
    "met": ["Met?", "Achieved", "Target met"],
}
_KEYS = ("name", "year", "status", "target", "help", "who", "often", "met")
_BEA = ("EXEMPLAR, Bea", "Y4", "K", "Read 30 of 45 words", "Precision teaching", "Kay Helperton", "3 x 20 mins", "Y")
_OTIS = ("VOORBEELD, Otis", "Yr 5", "E", "Join a game for 10 minutes", "Games club", "Pat", "daily 10 mins", "Partly")
_NIAMH = (
    "O'SAMPLE, Niamh",
    3,
    "SEN Support",
    "Answer who and what",
    "Talk",
    "Kay",
    "weekly 40 mins, group of 6",
    "N",
)
ROWS: list[dict[str, object]] = [dict(zip(_KEYS, row, strict=True)) for row in (_BEA, _OTIS, _NIAMH)]


def sheet(order: Sequence[str], names: dict[str, str], *, above: int, gaps: Sequence[int], left: int) -> Import:
    grid: list[list[object]] = [["Quillbrook targets"], *[[] for _ in range(above)], [names[key] for key in order]]
    for number, row in enumerate(ROWS):
        grid += [[] for _ in range(gaps[number])]
        grid.append([row[key] for key in order])
    return read_book(book_of_values({"Targets": [[*[""] * left, *row] for row in grid]}))


def told(found: Import) -> Any:
    return sorted((table, sorted(row.items(), key=str)) for (table, _), row in found.rows.items())


PLAIN = told(sheet(list(HEADINGS), {k: v[0] for k, v in HEADINGS.items()}, above=1, gaps=(0, 0, 0), left=0))


@given(data=st.data())
def test_columns_shuffled_renamed_and_moved_give_the_same_rows(data: st.DataObject) -> None:
    order = data.draw(st.permutations(list(HEADINGS)))
    names = {key: data.draw(st.sampled_from(words)) for key, words in HEADINGS.items()}
    gaps = data.draw(st.tuples(*[st.integers(0, 2)] * 3))
    found = sheet(order, names, above=data.draw(st.integers(0, 4)), gaps=gaps, left=data.draw(st.integers(0, 3)))
    assert told(found) == PLAIN


_ANY = st.one_of(st.none(), st.text(max_size=30), st.integers(-9, 60000), st.floats(), st.booleans(), st.dates())
_HEADED = st.sampled_from([word for words in HEADINGS.values() for word in words])


@given(st.lists(_HEADED, min_size=1, max_size=6), st.lists(st.lists(_ANY, max_size=6), max_size=6))
def test_every_cell_of_any_sheet_is_accounted_for_once(headings: list[str], rows: list[list[object]]) -> None:
    book = book_of_values({"Any": [headings, *rows]})
    lines = [line.cell for line in read_book(book).report.lines]
    assert sorted(lines) == sorted(cell.address for tab in book for cell in tab.cells.values())


@given(st.text(max_size=60))
def test_readers_never_fail_on_what_people_type(text: str) -> None:
    parse_name(text)
    parse_people(text)
    read_moment(text, date(2025, 9, 1))
    assert parse_frequency(text) is not None


@given(st.binary(max_size=400))
def test_any_bytes_are_a_list_or_a_sentence(data: bytes) -> None:
    said = []
    for read in (read_mis, read_delimited, book_of_xlsx):
        try:
            read(data)
        except BadFile as refused:
            said.append(str(refused))
    assert all(sentence.endswith(".") for sentence in said)


EXPORT = (
    "Report of 1 Sept\n\nForename;Surname;DOB;UPN;SEN Status;Contact 1 Name;Contact 1 Email\n"
    "Zoë;Müller;2015-03-04;X1;K;\"Ann\nMüller\";=cmd|'/c calc'!A1\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_an_export_is_read_in_any_encoding_with_any_separator(encoding: str, separator: str) -> None:
    found = read_mis(EXPORT.replace(";", separator).encode(encoding))
    row = found.rows["pupils", "P1"]
    assert (row["first_name"], row["last_name"], row["dob"]) == ("Zoë", "Müller", date(2015, 3, 4))
    assert found.rows["contacts", "P1-K1"]["name"] == "Ann\nMüller"


def test_a_formula_in_an_export_is_never_an_address() -> None:
    found = read_mis(EXPORT.encode())
    assert "email" not in found.rows["contacts", "P1-K1"]
    assert any("is not an email address" in asked.question for asked in found.report.questions)


def xlsx(**parts: bytes) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Name"
    out, source = io.BytesIO(), io.BytesIO()
    book.save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], old.read(name)))
    return out.getvalue()


_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'
HOSTILE = {
    "bomb": _SHEET % (b" " * 70_000_000),
    "entities": b'<!DOCTYPE x [<!ENTITY a "b">]>' + _SHEET % b"<sheetData/>",
    "many cells": _SHEET % (b"<sheetData><row>" + b'<c r="A1"/>' * 300_000 + b"</row></sheetData>"),
    "one merge": _SHEET % b'<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    "broken": b"<worksheet><sheetData>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(BadFile):
        book_of_xlsx(xlsx(sheet1=HOSTILE[name]))


def test_formulas_of_a_workbook_are_never_worked_out() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Name", "Target", "Provision"])
    book.worksheets[0].append(["Bea Exemplar", '=HYPERLINK("http://example.org","x")', "=1+1"])
    out = io.BytesIO()
    book.save(out)
    found = read_book(book_of_xlsx(out.getvalue()))
    assert {line.verdict for line in found.report.lines if line.text.startswith("=")} == {"left"}


def test_rows_that_stand_are_not_proposed_again_and_others_cells_are_not_overwritten() -> None:
    rows = read_mis(EXPORT.encode()).rows
    standing = Row(
        id="P-1", values={"first_name": "Zoë", "last_name": "Müller", "upn": "X1", "sen_status": "E"}, cells={}
    )
    found = propose_rows(load(), rows, {}, {"pupils": [standing]}, salt="s")
    assert [add.table for add in found.adds] == ["contacts"]
    assert found.adds[0].pupil == "P-1"
    assert [(c.column, c.after) for c in found.fills] == [("dob", date(2015, 3, 4))]
    assert [(c.column, c.before, c.after) for c in found.changes] == [("sen_status", "E", "K")]
