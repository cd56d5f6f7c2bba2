"""Any run of insertions and deletions leaves what a string model leaves, on one unbroken line of indexes."""

from __future__ import annotations

from typing import Any

import docx
from hypothesis import given
from hypothesis import strategies as st

from sandbox.docs import edits, tree
from sandbox.docs.body import Writer
from sandbox.docs.edit import Edit

TEXTS = st.text(alphabet="ab\n\té🎓", min_size=1, max_size=6)
STEPS = st.lists(
    st.tuples(st.sampled_from(("insert", "delete", "bold")), st.integers(0, 99), st.integers(1, 9), TEXTS)
)


def text_of(document: Any) -> str:
    parts = list(tree.body(document).paragraphs())
    return "".join("".join(piece.text for piece in p.pieces) + "\n" for p in parts)


def points_of(text: str) -> list[str]:
    """One entry an index: a letter's, with "" for the second half of one beyond the first plane."""
    return [unit for letter in text for unit in ([letter, ""] if ord(letter) > 0xFFFF else [letter])]


def on_letters(line: list[str], at: int) -> int:
    return at - 1 if at < len(line) and line[at] == "" else at


@given(STEPS)
def test_edits_agree_with_a_string(steps: list[tuple[str, int, int, str]]) -> None:
    edit = Edit(document=docx.Document(), ranges={}, new_id=lambda: "kix.1")
    line = ["\n"]
    for kind, at, length, text in steps:
        start = on_letters(line, at % len(line))
        end = on_letters(line, min(start + length, len(line) - 1))
        if kind == "insert":
            edits.apply(edit, {"insertText": {"location": {"index": start + 1}, "text": text}}, 0)
            line[start:start] = points_of(text)
        elif start < end and kind == "delete":
            edits.apply(edit, {"deleteContentRange": {"range": {"startIndex": start + 1, "endIndex": end + 1}}}, 0)
            del line[start:end]
        elif start < end:
            style = {"range": {"startIndex": start + 1, "endIndex": end + 1}, "textStyle": {"bold": True}}
            edits.apply(edit, {"updateTextStyle": {**style, "fields": "bold"}}, 0)
    assert text_of(edit.document) == "".join(line)
    assert_unbroken(Writer(edit.document).resource()["body"]["content"])


def assert_unbroken(content: list[dict[str, Any]]) -> None:
    at = 0
    for part in content:
        assert part.get("startIndex", 0) == at
        for element in part.get("paragraph", {}).get("elements", ()):
            assert element["startIndex"] == at
            at = element["endIndex"]
            text = element["textRun"]["content"]
            assert at - element["startIndex"] == len(text.encode("utf-16-le")) // 2
        at = part["endIndex"]


TURNS = st.lists(
    st.tuples(
        st.sampled_from(("insertTableRow", "insertTableColumn", "deleteTableRow", "deleteTableColumn", "insertText")),
        st.integers(0, 9),
        st.integers(0, 9),
        st.booleans(),
    ),
    max_size=8,
)


def cells_of(document: Any) -> list[list[str]]:
    """The text of the only table's cells; [] where it is gone."""
    tables = list(tree.body(document).tables())
    rows = tables[0].rows if tables else []
    return [["".join(piece.text for p in cell.blocks for piece in p.pieces) for cell in row.cells] for row in rows]  # type: ignore[union-attr]  # no table stands in a cell here


def turned(cells: list[list[str]], kind: str, row: int, column: int, after: bool, word: str) -> None:
    """The same on a list of rows."""
    if kind == "insertTableRow":
        cells.insert(row + after, [""] * len(cells[0]))
    elif kind == "insertTableColumn":
        for line in cells:
            line.insert(column + after, "")
    elif kind == "deleteTableRow":
        del cells[row]
    elif kind == "deleteTableColumn":
        for line in cells:
            del line[column]
    else:
        cells[row][column] = word + cells[row][column]


@given(TURNS)
def test_a_table_agrees_with_rows_of_words_and_a_named_range_keeps_its_word(
    turns: list[tuple[str, int, int, bool]],
) -> None:
    edit = Edit(document=docx.Document(), ranges={}, new_id=lambda: "kix.1")
    for request in (
        {"insertTable": {"rows": 2, "columns": 2, "location": {"index": 1}}},
        {"insertText": {"location": {"index": 5}, "text": "🎓kept"}},
        {"createNamedRange": {"name": "n", "range": {"startIndex": 7, "endIndex": 11}}},
    ):
        edits.apply(edit, request, 0)
    cells = [["🎓kept", ""], ["", ""]]
    for number, (kind, row, column, after) in enumerate(turns):
        row, column = row % len(cells), column % len(cells[0])
        place = {"tableStartLocation": {"index": 2}, "rowIndex": row, "columnIndex": column}
        if kind == "insertText":
            at = next(iter(tree.body(edit.document).tables())).rows[row].cells[column].start + 1
            edits.apply(edit, {kind: {"location": {"index": at}, "text": f"w{number}"}}, 0)
        else:
            edits.apply(edit, {kind: {"tableCellLocation": place, "insertBelow": after, "insertRight": after}}, 0)
        turned(cells, kind, row, column, after, f"w{number}")
        if not cells or not cells[0]:
            break
    assert cells_of(edit.document) == [line for line in cells if line]
    kept = any("kept" in cell for line in cells for cell in line)
    assert len(edit.ranges) == kept
    if kept:
        (found,) = edit.ranges.values()
        paragraph = next(p for p in tree.body(edit.document).paragraphs() if p.start <= found.start < p.end)
        text = "".join(piece.text for piece in paragraph.pieces)
        start = (found.start - paragraph.start) * 2
        assert text.encode("utf-16-le")[start : start + 8].decode("utf-16-le") == "kept"
