"""Cells copied, cut, filled on and taken apart, through Google's own client."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError
from sheets_client import SENCO, Book, grid, new_book, refusal

pytestmark = pytest.mark.any_google

NOTED = {
    "userEnteredValue": {"formulaValue": "=1+1"},
    "userEnteredFormat": {"textFormat": {"bold": True}},
    "dataValidation": {"condition": {"type": "BOOLEAN"}},
}


@pytest.fixture
def book(api: Any) -> Book:
    return new_book(api("sheets", "v4", SENCO))


def paste(source: dict[str, Any], destination: dict[str, Any], kind: str = "NORMAL", **more: Any) -> dict[str, Any]:
    return {"copyPaste": {"source": source, "destination": destination, "pasteType": f"PASTE_{kind}", **more}}


def cut(source: dict[str, Any], row: int, column: int, sheet_id: int = 0) -> dict[str, Any]:
    to = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    return {"cutPaste": {"source": source, "destination": to, "pasteType": "PASTE_NORMAL"}}


def fill(source: dict[str, Any], length: int, dimension: str = "ROWS", **more: Any) -> dict[str, Any]:
    way = {"source": source, "dimension": dimension, "fillLength": length}
    return {"autoFill": {"sourceAndDestination": way, **more}}


def red_where(*boxes: dict[str, Any]) -> dict[str, Any]:
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=A1>1"}]}
    rule = {"condition": condition, "format": {"backgroundColor": {"red": 1}}}
    return {"addConditionalFormatRule": {"rule": {"ranges": list(boxes), "booleanRule": rule}}}


@pytest.mark.parametrize(
    ("kind", "has"),
    [
        ("NORMAL", {"formulaValue", "bold", "borders", "rule"}),
        ("NO_BORDERS", {"formulaValue", "bold", "rule"}),
        ("VALUES", {"numberValue"}),
        ("FORMULA", {"formulaValue"}),
        ("FORMAT", {"bold", "borders"}),
        ("DATA_VALIDATION", {"rule"}),
        ("CONDITIONAL_FORMATTING", set()),
    ],
)
def test_a_paste_takes_what_its_type_says_and_no_more(book: Book, kind: str, has: set[str]) -> None:
    box, target = grid(0, (0, 1), (0, 1)), grid(0, (5, 6), (3, 4))
    solid = {"style": "SOLID"}
    book.batch(
        {"repeatCell": {"range": box, "cell": NOTED, "fields": "*"}},
        {"updateBorders": {"range": box, "top": solid}},
        red_where(box),
        paste(box, target, kind),
    )
    found = book.cell("D6")
    made = set(found.get("userEnteredValue", {}))
    style = found.get("userEnteredFormat", {})
    made |= {"bold"} & style.get("textFormat", {}).keys() | {"borders"} & style.keys()
    assert made | ({"rule"} if "dataValidation" in found else set()) == has
    ruled = len(book.get()["sheets"][0]["conditionalFormats"][0]["ranges"])
    assert ruled == (2 if kind in ("NORMAL", "NO_BORDERS", "FORMAT", "CONDITIONAL_FORMATTING") else 1)


def test_a_copy_fills_a_larger_destination_and_runs_past_a_smaller_one(book: Book) -> None:
    book.put("A1", [[1, 2], [3, 4]])
    book.batch(paste(grid(0, (0, 2), (0, 2)), grid(0, (0, 5), (3, 7))))
    assert book.values("D1:G5", "UNFORMATTED_VALUE") == [[1, 2, 1, 2], [3, 4, 3, 4], [1, 2, 1, 2], [3, 4, 3, 4]]
    book.batch(paste(grid(0, (0, 2), (0, 2)), grid(0, (9, 10), (0, 1))))
    assert book.values("A10:B11", "UNFORMATTED_VALUE") == [[1, 2], [3, 4]]


def test_a_transposed_copy_stands_on_its_side_with_its_merges(book: Book) -> None:
    book.put("A1", [[1, "", 3], [4, 5, 6]])
    wide = grid(0, (0, 1), (0, 2))
    book.batch(
        {"mergeCells": {"range": wide, "mergeType": "MERGE_ALL"}},
        paste(grid(0, (0, 2), (0, 3)), grid(0, (5, 6), (0, 1)), pasteOrientation="TRANSPOSE"),
    )
    assert book.values("A6:B8", "UNFORMATTED_VALUE") == [[1, 4], ["", 5], [3, 6]]
    merge = book.get()["sheets"][0]["merges"][1]
    assert [merge[name] for name in ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")] == [
        5,
        7,
        0,
        1,
    ]


def test_no_paste_cuts_a_merge(book: Book) -> None:
    book.batch({"mergeCells": {"range": grid(0, (0, 2), (0, 2)), "mergeType": "MERGE_ALL"}})
    for request in (
        paste(grid(0, (5, 6), (5, 6)), grid(0, (0, 1), (0, 1))),
        paste(grid(0, (0, 1), (0, 1)), grid(0, (5, 6), (5, 6))),
        cut(grid(0, (0, 1), (0, 1)), 5, 5),
        {"insertRange": {"range": grid(0, (0, 1), (0, 1)), "shiftDimension": "ROWS"}},
    ):
        with pytest.raises(HttpError) as error:
            book.batch(request)
        kind = next(iter(request))
        assert refusal(error)[1] == (
            f"Invalid requests[0].{kind}: You can't perform a paste that partially intersects a merge."
        )


def test_what_is_cut_takes_merges_names_and_references_along(book: Book) -> None:
    book.put("A1", [[7, "=A1*2"], ["=SUM(A1:B1)", "=A1"]])
    named = {"name": "Pair", "range": grid(0, (0, 1), (0, 2))}
    book.batch({"addNamedRange": {"namedRange": named}}, {"addSheet": {"properties": {"sheetId": 5, "title": "Far"}}})
    book.batch(cut(grid(0, (0, 1), (0, 2)), 3, 2))
    assert book.values("C4:D4", "FORMULA") == [[7, "=C4*2"]]
    assert book.values("A1:B2", "FORMULA") == [[], ["=SUM(C4:D4)", "=C4"]]
    assert book.values("Pair") == [["7", "14"]]
    book.batch(cut(grid(0, (1, 2), (0, 2)), 0, 0, sheet_id=5))
    assert book.values("Far!A1:B1", "FORMULA") == [["=SUM(Sheet1!C4:D4)", "=Sheet1!C4"]]
    assert book.values("Far!A1:B1") == [["21", "7"]]


@pytest.mark.parametrize(
    ("values", "more", "filled"),
    [
        ([[1], [3]], {}, [5, 7, 9]),
        ([[1], [3]], {"useAlternateSeries": True}, [1, 3, 1]),
        ([[4]], {}, [4, 4, 4]),
        ([[4]], {"useAlternateSeries": True}, [5, 6, 7]),
        ([["Target 1"]], {}, ["Target 2", "Target 3", "Target 4"]),
        ([["Mon"]], {}, ["Tue", "Wed", "Thu"]),
        ([["a"], ["b"]], {}, ["a", "b", "a"]),
        ([["=B1"]], {}, ["=B2", "=B3", "=B4"]),
        ([["2026-11-23"]], {}, ["2026-11-24", "2026-11-25", "2026-11-26"]),
    ],
)
def test_a_line_is_filled_on(book: Book, values: list[list[Any]], more: dict[str, Any], filled: list[Any]) -> None:
    book.put("A1", values)
    start = len(values)
    book.batch(fill(grid(0, (0, start), (0, 1)), 3, **more))
    option = "FORMATTED_VALUE" if isinstance(filled[0], str) and filled[0][0] == "2" else "FORMULA"
    assert [row[0] for row in book.values(f"A{start + 1}:A{start + 3}", option)] == filled


def test_a_fill_goes_backwards_and_finds_its_own_source(book: Book) -> None:
    book.put("B5", [[5, 6]])
    book.batch(fill(grid(0, (4, 5), (1, 3)), -2), {"autoFill": {"range": grid(0, (4, 5), (1, 6))}})
    assert book.values("B3:F5", "UNFORMATTED_VALUE") == [[5, 6], [5, 6], [5, 6, 7, 8, 9]]
    with pytest.raises(HttpError):
        book.batch(fill(grid(0, (0, 1), (0, 1)), -1))


def test_rows_are_shuffled_whole(book: Book) -> None:
    book.put("A1", [[n, n * n] for n in range(30)])
    book.batch({"randomizeRange": {"range": grid(0, (0, 30), (0, 2))}})
    found = book.values("A1:B30", "UNFORMATTED_VALUE")
    assert sorted(found) == [[n, n * n] for n in range(30)]
    assert found != sorted(found)


def test_text_splits_at_a_delimiter_of_several_letters(book: Book) -> None:
    book.put("A1", [["one--two--3"]])
    split = {"source": grid(0, (0, 1), (0, 1)), "delimiterType": "CUSTOM", "delimiter": "--"}
    where = {"sheetId": 0, "rowIndex": 2, "columnIndex": 0}
    book.batch(
        {"textToColumns": split},
        {"pasteData": {"coordinate": where, "data": "a::b\nc::4", "delimiter": "::", "type": "PASTE_NORMAL"}},
    )
    assert book.values("A1:C4", "UNFORMATTED_VALUE") == [["one", "two", 3], [], ["a", "b"], ["c", 4]]
