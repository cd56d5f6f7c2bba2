"""What schools' sheets say in their own ways: read as meant or asked about, nothing worked out, nothing dropped."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_templates.imports.delimited import book_of_list, read_delimited
from sheets_templates.imports.grid import BadFile, Book, book_of_values
from sheets_templates.imports.mis import read_mis
from sheets_templates.imports.own import read_own
from sheets_templates.imports.people import Name
from sheets_templates.imports.sheet import Import, read_book
from sheets_templates.imports.source import book_of_file

TABLE = [["Target", "Support", "RAG"], ["Read 20 words", "Paired reading", "A"], ["Count to 50", "Games", "G"]]
NOAH, OTHER = Name(first="Noah", last="Sample"), Name(first="Noah", last="Tester")


def pupils(found: Import) -> list[str]:
    return [f"{r.get('first_name')} {r.get('last_name')}" for (t, _), r in found.rows.items() if t == "pupils"]


def test_a_tab_titled_by_a_first_name_is_that_pupil_s_where_one_alone_is_called_so() -> None:
    assert pupils(read_book(book_of_values({"Noah": TABLE}), pupils=[NOAH])) == ["Noah Sample"]
    assert pupils(read_book(book_of_values({"Noah T": TABLE}), pupils=[NOAH, OTHER])) == ["Noah Tester"]
    both = read_book(book_of_values({"Noah": TABLE}), pupils=[NOAH, OTHER])
    assert any("2 pupils may be meant" in asked.question for asked in both.report.questions)


def test_label_and_answer_in_one_cell_are_parted_and_the_whole_cell_is_told_of() -> None:
    grid = [["Name of child: Noah Sample"], ["DoB: 4.5.2016\nClass: 5 Heron"], [], *TABLE]
    found = read_book(book_of_values({"Plan": grid}))
    child = next(row for (table, _), row in found.rows.items() if table == "pupils")
    assert (child["last_name"], str(child["dob"]), child["year_group"]) == ("Sample", "2016-05-04", "Y5")
    assert found.report.lines[0].text == "Name of child: Noah Sample"


def test_a_letter_is_what_the_sheet_s_own_key_says_else_a_traffic_light() -> None:
    rows = [["Name", *TABLE[0]], ["Noah Sample", *TABLE[1]], ["Ada Sample", *TABLE[2]]]
    light = read_book(book_of_values({"T": rows}))
    keyed = read_book(book_of_values({"T": [*rows, [], ["A = achieved, G = not yet"]]}))
    results = [[r["result"] for (t, _), r in f.rows.items() if t == "outcomes"] for f in (light, keyed)]
    assert results == [["Some progress", "Achieved"], ["Achieved", "No change"]]


def test_a_list_s_headings_are_known_however_they_are_shortened() -> None:
    text = "Stu. Forename,Stu. Surname,D.O.B.,SEN Prov. Code,Par1 Rel.,Par1 Name,Par1 Tel (mob)\n"
    found = read_mis((text + "Ada,Sample,4/5/2016,K,MOTH,Eve Sample,07700 900123\n").encode())
    contact = next(row for (table, _), row in found.rows.items() if table == "contacts")
    assert [c.field for c in found.columns[2:4]] == ["pupils.dob", "pupils.sen_status"]
    assert contact == {"name": "Eve Sample", "relationship": "Mother", "phone": "07700 900123"}


def test_a_choice_for_one_of_two_columns_of_one_heading_moves_that_one_alone() -> None:
    book = book_of_values({"T": [["Name", "Target", "Date", "Date"], ["Ada Sample", "Read", "1/9/2025", "1/4/2026"]]})
    before = read_own(book).columns
    chosen = read_own(book, choices={before[3].key: ""}).columns
    assert [c.field for c in chosen[:2]] == [c.field for c in before[:2]]
    assert chosen[2].field
    assert chosen[3].field == ""


_CELL = st.one_of(
    st.none(),
    st.sampled_from(["Name: Noah Sample", "Class: 3 Ash", "R", "A", "=IMPORTXML(1)", "@x", "+1", "A = met, G = not"]),
    st.text(max_size=40),
    st.integers(-9, 60_000),
    st.dates(),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(_CELL, max_size=6), max_size=12), st.sampled_from(["Noah", "Y3 Ash", "!!", "Sheet1"]))
def test_cells_in_are_taken_changed_left_and_asked_together(rows: list[list[object]], title: str) -> None:
    book: Book = book_of_values({title: [["Pupil", "Target", "RAG", "Support"], *rows]})
    for report in (read_book(book, pupils=[NOAH]).report, read_own(book).report):
        assert sum(report.counts.values()) == sum(len(tab.cells) for tab in book)
        assert all(line.why for line in report.lines if line.verdict != "taken")


def ods(body: str) -> bytes:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content{names}>{body}</office:document-content>")
    return out.getvalue()


def test_an_ods_sheet_with_a_million_empty_rows_is_read_and_its_formulas_are_not_worked_out() -> None:
    cells = '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'
    dated = '<table:table-cell office:value-type="date" office:date-value="2016-05-04" table:formula="of:=TODAY()"/>'
    rows = f"<table:table-row>{cells % 'Name'}{cells % 'DOB'}</table:table-row>"
    rows += f"<table:table-row>{cells % 'Noah Sample'}{dated}</table:table-row>"
    rows += '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
    tab = book_of_file(ods(f'<table:table table:name="T">{rows}</table:table>'), "x.ods")[0]
    assert [cell.text for cell in tab.cells.values()] == ["Name", "DOB", "Noah Sample", "2016-05-04"]
    assert tab.cells[1, 1].formula


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "old.xls"),
        (b"%PDF-1.7", "plan.pdf"),
        (b"Name;Target\x00\n", "plan.csv"),
        (b"no zip", "plan.xlsx"),
        (ods('<!DOCTYPE x [<!ENTITY a "b">]>'), "plan.ods"),
        (ods(" " * 61_000_000), "bomb.ods"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_can_not_be_read_safely_is_refused_with_a_sentence(data: bytes, name: str) -> None:
    with pytest.raises(BadFile, match=r"\.$"):
        book_of_file(data, name)


def test_text_that_would_be_a_formula_stays_text_in_a_list() -> None:
    lines = 'Name;Target\nNoah Sample;=IMPORTXML("http://example.org")\nAda Sample;+1 more word\n'
    found = read_book(book_of_list(read_delimited(lines.encode()), "T"))
    told = {line.text: line.verdict for line in found.report.lines}
    assert told['=IMPORTXML("http://example.org")'] in ("taken", "left", "ask")
    assert told["+1 more word"] == "taken"
