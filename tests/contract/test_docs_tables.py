"""Tables through Google's own client: columns, merged cells, styles of cells, rows and columns."""

from __future__ import annotations

from typing import Any

import pytest
from drive_helpers import DOC, SENCO, refusal, upload

pytestmark = pytest.mark.any_google

POINT = {"magnitude": 1, "unit": "PT"}
RED = {"color": {"rgbColor": {"red": 1}}}


@pytest.fixture
def doc(api: Any) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{letter}</td>" for letter in row) + "</tr>" for row in ("abc", "def", "ghi")
    )
    html = f"<p>Before</p><table>{rows}</table><p>After</p>"
    body = {"name": "Table", "mimeType": DOC}
    files = api("drive", "v3", SENCO).files()
    return str(files.create(body=body, media_body=upload(html.encode(), "text/html")).execute()["id"])


def call(docs: Any, doc: str, *requests: Any) -> Any:
    return docs.documents().batchUpdate(documentId=doc, body={"requests": list(requests)})


def get(docs: Any, doc: str) -> Any:
    return docs.documents().get(documentId=doc).execute()


def table(docs: Any, doc: str) -> Any:
    (found,) = (one for one in get(docs, doc)["body"]["content"] if "table" in one)
    return found["table"] | {"at": found["startIndex"]}


def texts(docs: Any, doc: str) -> list[str]:
    """Each row's cells, those that a merged cell covers too, paragraphs divided by /."""
    return [
        "|".join(
            "/".join(p["paragraph"]["elements"][0]["textRun"]["content"].strip() for p in cell["content"])
            for cell in row["tableCells"]
        )
        for row in table(docs, doc)["tableRows"]
    ]


def spans(docs: Any, doc: str) -> list[list[tuple[int, int]]]:
    rows = table(docs, doc)["tableRows"]
    styles = [[cell["tableCellStyle"] for cell in row["tableCells"]] for row in rows]
    return [[(style["rowSpan"], style["columnSpan"]) for style in row] for row in styles]


def cell(docs: Any, doc: str, row: int, column: int) -> Any:
    start = {"index": table(docs, doc)["at"]}
    return {"tableCellLocation": {"tableStartLocation": start, "rowIndex": row, "columnIndex": column}}


def part(docs: Any, doc: str, row: int, column: int, rows: int, columns: int) -> Any:
    return {"tableRange": cell(docs, doc, row, column) | {"rowSpan": rows, "columnSpan": columns}}


def edit(docs: Any, doc: str, kind: str, asked: Any) -> None:
    assert call(docs, doc, {kind: asked}).execute()["replies"] == [{}]


def test_columns_come_and_go(docs: Any, doc: str) -> None:
    edit(docs, doc, "insertTableColumn", cell(docs, doc, 0, 0) | {"insertRight": True})
    edit(docs, doc, "insertTableColumn", cell(docs, doc, 2, 0))
    assert texts(docs, doc) == ["|a||b|c", "|d||e|f", "|g||h|i"]
    edit(docs, doc, "deleteTableColumn", cell(docs, doc, 1, 3))
    assert texts(docs, doc) == ["|a||c", "|d||f", "|g||i"]
    assert table(docs, doc)["columns"] == 4
    for _ in range(4):
        edit(docs, doc, "deleteTableColumn", cell(docs, doc, 0, 0))
    assert not [one for one in get(docs, doc)["body"]["content"] if "table" in one]


def test_merged_cells_keep_all_text_in_the_first(docs: Any, doc: str) -> None:
    edit(docs, doc, "mergeTableCells", part(docs, doc, 0, 0, 2, 2))
    assert texts(docs, doc) == ["a/b/d/e||c", "||f", "g|h|i"]
    assert spans(docs, doc) == [[(2, 2), (1, 1), (1, 1)], [(1, 1), (1, 1), (1, 1)], [(1, 1)] * 3]
    edit(docs, doc, "unmergeTableCells", part(docs, doc, 0, 0, 3, 3))
    assert texts(docs, doc) == ["a/b/d/e||c", "||f", "g|h|i"]
    assert spans(docs, doc) == [[(1, 1)] * 3] * 3


def test_a_merged_cell_grows_with_a_column_and_a_row_inside_it(docs: Any, doc: str) -> None:
    edit(docs, doc, "mergeTableCells", part(docs, doc, 0, 0, 2, 2))
    edit(docs, doc, "insertTableColumn", cell(docs, doc, 2, 0) | {"insertRight": True})
    edit(docs, doc, "insertTableRow", cell(docs, doc, 0, 3) | {"insertBelow": True})
    assert spans(docs, doc)[0][0] == (3, 3)
    assert texts(docs, doc) == ["a/b/d/e|||c", "|||", "|||f", "g||h|i"]


def test_a_merged_cell_goes_with_its_rows_or_columns(docs: Any, doc: str) -> None:
    edit(docs, doc, "mergeTableCells", part(docs, doc, 0, 0, 2, 2))
    edit(docs, doc, "deleteTableColumn", cell(docs, doc, 1, 1))
    assert texts(docs, doc) == ["c", "f", "i"]
    edit(docs, doc, "mergeTableCells", part(docs, doc, 0, 0, 2, 1))
    edit(docs, doc, "deleteTableRow", cell(docs, doc, 1, 0))
    assert texts(docs, doc) == ["i"]


def test_named_ranges_follow_their_cells(docs: Any, doc: str) -> None:
    def place(row: int, column: int) -> Any:
        found = table(docs, doc)["tableRows"][row]["tableCells"][column]["content"][-1]["paragraph"]["elements"][0]
        return {"startIndex": found["startIndex"], "endIndex": found["startIndex"] + 1}

    call(docs, doc, {"createNamedRange": {"name": "f", "range": place(1, 2)}}).execute()
    edit(docs, doc, "insertTableColumn", cell(docs, doc, 0, 0))
    edit(docs, doc, "insertTableRow", cell(docs, doc, 0, 0))
    edit(docs, doc, "mergeTableCells", part(docs, doc, 1, 1, 2, 3))
    (found,) = get(docs, doc)["namedRanges"]["f"]["namedRanges"]
    assert found["ranges"] == [place(1, 1)]
    edit(docs, doc, "deleteTableColumn", cell(docs, doc, 1, 1))
    assert "namedRanges" not in get(docs, doc)


def test_cells_are_coloured_padded_and_aligned(docs: Any, doc: str) -> None:
    wide = {"magnitude": 9, "unit": "PT"}
    style = {"backgroundColor": RED, "paddingTop": wide, "contentAlignment": "MIDDLE"}
    asked = part(docs, doc, 1, 0, 1, 2) | {"tableCellStyle": style, "fields": ",".join(style)}
    edit(docs, doc, "updateTableCellStyle", asked)
    rows = table(docs, doc)["tableRows"]
    plain = rows[0]["tableCells"][0]["tableCellStyle"]
    assert plain["backgroundColor"] == {}
    assert [cell["tableCellStyle"] for cell in rows[1]["tableCells"]] == [plain | style, plain | style, plain]
    start = {"tableStartLocation": {"index": table(docs, doc)["at"]}}
    edit(docs, doc, "updateTableCellStyle", start | {"tableCellStyle": {}, "fields": "*"})
    assert [row["tableCells"][0]["tableCellStyle"] for row in table(docs, doc)["tableRows"]] == [plain] * 3


def test_a_border_is_its_neighbours_too(docs: Any, doc: str) -> None:
    line = {"color": RED, "width": POINT, "dashStyle": "DASH"}
    hidden = {"color": {"color": {"rgbColor": {}}}, "width": {"unit": "PT"}, "dashStyle": "SOLID"}
    style = {"borderRight": line, "borderTop": hidden}
    edit(docs, doc, "updateTableCellStyle", part(docs, doc, 1, 0, 1, 1) | {"tableCellStyle": style, "fields": "*"})
    rows = [[cell["tableCellStyle"] for cell in row["tableCells"]] for row in table(docs, doc)["tableRows"]]
    assert rows[1][0]["borderRight"] == rows[1][1]["borderLeft"] == line
    assert rows[1][0]["borderTop"] == rows[0][0]["borderBottom"] == hidden
    assert "borderRight" not in rows[0][0]


def test_rows_and_columns_have_sizes_and_headers(docs: Any, doc: str) -> None:
    start = {"tableStartLocation": {"index": table(docs, doc)["at"]}}
    height, width = {"magnitude": 21, "unit": "PT"}, {"magnitude": 90, "unit": "PT"}
    asked = start | {"tableRowStyle": {"minRowHeight": height}, "fields": "min_row_height", "rowIndices": [1]}
    edit(docs, doc, "updateTableRowStyle", asked)
    edit(docs, doc, "pinTableHeaderRows", start | {"pinnedHeaderRowsCount": 2})
    fixed = {"widthType": "FIXED_WIDTH", "width": width}
    columns = {"tableColumnProperties": fixed, "fields": "width,widthType", "columnIndices": [2]}
    edit(docs, doc, "updateTableColumnProperties", start | columns)
    found = table(docs, doc)
    even = {"widthType": "EVENLY_DISTRIBUTED"}
    assert found["tableStyle"]["tableColumnProperties"] == [even, even, fixed]
    none = {"unit": "PT"}
    assert [row["tableRowStyle"] for row in found["tableRows"]] == [
        {"minRowHeight": none, "tableHeader": True},
        {"minRowHeight": height, "tableHeader": True},
        {"minRowHeight": none},
    ]
    edit(docs, doc, "updateTableRowStyle", start | {"tableRowStyle": {}, "fields": "*"})
    edit(docs, doc, "pinTableHeaderRows", start)
    assert {str(row["tableRowStyle"]) for row in table(docs, doc)["tableRows"]} == {str({"minRowHeight": none})}
    header = start | {"tableRowStyle": {"tableHeader": True}, "fields": "tableHeader"}
    error = refusal(call(docs, doc, {"updateTableRowStyle": header}), 400)
    assert error["message"].endswith("updateTableRowStyle: Unallowed field: tableHeader")


def test_a_new_tables_cells_have_none_of_the_named_styles_spacing(docs: Any, doc: str) -> None:
    place = {"rows": 1, "columns": 1, "endOfSegmentLocation": {}}
    call(docs, doc, {"insertTable": place}).execute()
    made = next(one for one in reversed(get(docs, doc)["body"]["content"]) if "table" in one)["table"]
    (paragraph,) = made["tableRows"][0]["tableCells"][0]["content"]
    none = {"unit": "PT"}
    line = {"color": {}, "width": none, "padding": none, "dashStyle": "SOLID"}
    lengths = ("spaceAbove", "spaceBelow", "indentFirstLine", "indentStart", "indentEnd")
    off = ("keepLinesTogether", "keepWithNext", "avoidWidowAndOrphan", "pageBreakBefore")
    assert paragraph["paragraph"]["paragraphStyle"] == {
        "namedStyleType": "NORMAL_TEXT",
        "alignment": "START",
        "lineSpacing": 100,
        "direction": "LEFT_TO_RIGHT",
        "shading": {"backgroundColor": {}},
        **dict.fromkeys(lengths, none),
        **dict.fromkeys(off, False),
        **{f"border{side}": line for side in ("Between", "Top", "Bottom", "Left", "Right")},
    }


REFUSED = [
    ("insertTableColumn", {"rowIndex": 3}, {}, "Row index 3 must be less than the number of rows, 3."),
    ("deleteTableColumn", {"columnIndex": 3}, {}, "Column index 3 must be less than the number of columns, 3."),
    ("mergeTableCells", {"columnIndex": 2}, {"rowSpan": 1, "columnSpan": 2}, "within the table's 3 rows"),
    ("unmergeTableCells", {}, {"rowSpan": 0, "columnSpan": 2}, "must be at least 1."),
]


@pytest.mark.parametrize(("kind", "place", "size", "words"), REFUSED, ids=[one[0] for one in REFUSED])
def test_a_place_outside_the_table_is_refused(
    docs: Any, doc: str, kind: str, place: Any, size: Any, words: str
) -> None:
    location = {"tableCellLocation": {"tableStartLocation": {"index": table(docs, doc)["at"]}, **place}}
    asked = {"tableRange": location | size} if size else location
    assert words in refusal(call(docs, doc, {kind: asked}), 400)["message"]


def test_a_column_has_at_least_five_points(docs: Any, doc: str) -> None:
    narrow = {"tableColumnProperties": {"widthType": "FIXED_WIDTH", "width": POINT}, "fields": "*"}
    asked = narrow | {"tableStartLocation": {"index": table(docs, doc)["at"]}}
    assert "at least 5 points" in refusal(call(docs, doc, {"updateTableColumnProperties": asked}), 400)["message"]
