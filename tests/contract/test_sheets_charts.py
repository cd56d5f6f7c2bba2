"""Charts and slicers are kept, given back, moved with their cells and refused in Google's words."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError
from sheets_client import SENCO, Book, grid, new_book, refusal

pytestmark = pytest.mark.any_google

KIND = "One of basicChart, pieChart, bubbleChart, candelstickChart, histogramChart, or orgChart must be set"


@pytest.fixture
def book(api: Any) -> Book:
    found = new_book(api("sheets", "v4", SENCO))
    found.put("A1", [["Tier", "Pupils", "Hours"], ["One", 3, 1], ["Two", 5, 2]])
    return found


def drawn(name: str, columns: tuple[int, int], rows: tuple[int, int] = (0, 3)) -> dict[str, Any]:
    return {name: {"sourceRange": {"sources": [grid(0, rows, columns)]}}}


def columns_chart(**more: Any) -> dict[str, Any]:
    basic = {
        "chartType": "COLUMN",
        "headerCount": 1,
        "domains": [drawn("domain", (0, 1))],
        "series": [drawn("series", (1, 2)), drawn("series", (2, 3))],
    }
    return {"title": "Pupils by tier", "basicChart": {**basic, **more}}


def over(row: int, column: int, sheet_id: int = 0, **more: Any) -> dict[str, Any]:
    anchor = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    return {"overlayPosition": {"anchorCell": anchor, **more}}


def add(book: Book, spec: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    chart = {"spec": spec or columns_chart(), "position": over(4, 1), **more}
    made: dict[str, Any] = book.batch({"addChart": {"chart": chart}})["replies"][0]["addChart"]["chart"]
    return made


def charts(book: Book, sheet: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = book.get()["sheets"][sheet].get("charts", [])
    return found


def sources(chart: dict[str, Any]) -> list[tuple[int, int]]:
    drawn = [each["series"]["sourceRange"]["sources"][0] for each in chart["spec"]["basicChart"]["series"]]
    return [(box["startColumnIndex"], box["endRowIndex"]) for box in drawn]


def lines(axis: str, start: int, end: int) -> dict[str, Any]:
    return {"range": {"sheetId": 0, "dimension": axis, "startIndex": start, "endIndex": end}}


def test_a_chart_is_given_back_with_its_id_size_and_font(book: Book) -> None:
    made = add(book, chartId=77, border={"color": {"red": 1}})
    assert charts(book) == [made]
    assert made["chartId"] == 77
    assert made["position"] == {
        "overlayPosition": {
            "anchorCell": {"rowIndex": 4, "columnIndex": 1},
            "widthPixels": 600,
            "heightPixels": 371,
        }
    }
    assert (made["spec"]["fontName"], made["spec"]["hiddenDimensionStrategy"]) == (
        "Roboto",
        "SKIP_HIDDEN_ROWS_AND_COLUMNS",
    )
    assert made["border"]["colorStyle"] == {"rgbColor": {"red": 1}}


def test_a_chart_and_its_cells_follow_what_is_inserted_and_deleted(book: Book) -> None:
    add(book)
    book.batch(
        {"insertDimension": lines("COLUMNS", 0, 1)},
        {"insertDimension": lines("ROWS", 2, 4)},
        {"deleteDimension": lines("ROWS", 0, 1)},
    )
    chart = charts(book)[0]
    assert sources(chart) == [(2, 4), (3, 4)]
    assert chart["position"]["overlayPosition"]["anchorCell"] == {"rowIndex": 5, "columnIndex": 2}


def test_a_deleted_column_takes_its_series_and_leaves_the_chart(book: Book) -> None:
    add(book)
    assert book.batch({"deleteDimension": lines("COLUMNS", 1, 2)})["replies"] == [{}]
    assert sources(charts(book)[0]) == [(1, 3)]
    book.batch({"deleteDimension": lines("COLUMNS", 1, 2)})
    assert charts(book)[0]["spec"]["basicChart"]["series"] == []
    assert len(charts(book)[0]["spec"]["basicChart"]["domains"]) == 1


def test_a_specification_is_replaced_whole(book: Book) -> None:
    chart_id = add(book)["chartId"]
    pie = {"pieChart": {**drawn("domain", (0, 1)), **drawn("series", (1, 2))}}
    book.batch({"updateChartSpec": {"chartId": chart_id, "spec": pie}})
    assert {"pieChart", "title", "basicChart"} & charts(book)[0]["spec"].keys() == {"pieChart"}
    with pytest.raises(HttpError) as error:
        book.batch({"updateChartSpec": {"chartId": chart_id, "spec": {"title": "New"}}})
    assert refusal(error)[1].startswith(f"Invalid requests[0].updateChartSpec: {KIND}")


def test_a_chart_moves_is_bordered_and_goes(book: Book) -> None:
    chart_id = add(book)["chartId"]
    move = {"objectId": chart_id, "newPosition": over(9, 0, widthPixels=300), "fields": "anchorCell,widthPixels"}
    border = {"objectId": chart_id, "border": {"colorStyle": {"rgbColor": {"blue": 1}}}, "fields": "*"}
    answer = book.batch({"updateEmbeddedObjectPosition": move}, {"updateEmbeddedObjectBorder": border})["replies"]
    assert answer[0]["updateEmbeddedObjectPosition"]["position"]["overlayPosition"]["widthPixels"] == 300
    kept = charts(book)[0]
    assert kept["position"]["overlayPosition"] == {
        "anchorCell": {"rowIndex": 9},
        "widthPixels": 300,
        "heightPixels": 371,
    }
    assert kept["border"]["color"] == {"blue": 1}
    assert book.batch({"deleteEmbeddedObject": {"objectId": chart_id}})["replies"] == [{}]
    assert charts(book) == []
    with pytest.raises(HttpError, match=f"No embedded object with id: {chart_id}"):
        book.batch({"deleteEmbeddedObject": {"objectId": chart_id}})


def test_a_chart_on_its_own_sheet_has_no_grid_there(book: Book) -> None:
    made = add(book, position={"newSheet": True})
    sheets = book.get()["sheets"]
    own = sheets[1]["properties"]
    assert (own["title"], own["sheetType"], "gridProperties" in own) == ("Chart1", "OBJECT", False)
    assert made["position"] == {"sheetId": own["sheetId"]}
    assert sheets[1]["charts"][0]["chartId"] == made["chartId"]
    with pytest.raises(HttpError):
        book.values("Chart1!A1")
    back = {"objectId": made["chartId"], "newPosition": over(0, 0), "fields": "*"}
    book.batch({"updateEmbeddedObjectPosition": back})
    assert [len(sheet.get("charts", [])) for sheet in book.get()["sheets"]] == [1]


def test_a_copied_sheet_has_charts_of_its_own_cells(book: Book) -> None:
    first = add(book)
    book.batch({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 9, "insertSheetIndex": 1}})
    copied = charts(book, 1)[0]
    assert copied["chartId"] != first["chartId"]
    assert copied["position"]["overlayPosition"]["anchorCell"]["sheetId"] == 9
    box = copied["spec"]["basicChart"]["series"][0]["series"]["sourceRange"]["sources"][0]
    assert box["sheetId"] == 9
    book.batch({"deleteSheet": {"sheetId": 0}})
    assert len(charts(book)[0]["spec"]["basicChart"]["series"]) == 2


@pytest.mark.parametrize(
    ("chart", "status", "message"),
    [
        ({"spec": {"title": "x"}, "position": over(0, 0)}, 400, f"Invalid requests[0].addChart: {KIND}"),
        (
            {"spec": columns_chart()},
            400,
            "Invalid requests[0].addChart: One of EmbeddedObjectPosition.overlayPosition or "
            "EmbeddedObjectPosition.sheetId must be set",
        ),
        ({"spec": {"basicChart": {"chartType": "BAR"}}, "position": over(0, 0)}, 500, "Internal error encountered"),
        (
            {"spec": columns_chart(series=[drawn("series", (1, 3))]), "position": over(0, 0)},
            400,
            "Invalid requests[0].addChart: ChartSourceRange ranges require all rows or all columns to have length "
            "of 1",
        ),
        (
            {"spec": columns_chart(), "position": over(0, 0, sheet_id=5)},
            400,
            "Invalid requests[0].addChart: No sheet",
        ),
        ({"spec": columns_chart(), "position": over(5000, 0)}, 400, "Invalid requests[0].addChart:"),
        ({"spec": columns_chart(chartType="LINE", threeDimensional=True), "position": over(0, 0)}, 400, "Invalid"),
        ({"spec": columns_chart(domains=[drawn("domain", (0, 1))] * 2), "position": over(0, 0)}, 400, "Invalid"),
    ],
)
def test_a_chart_that_cannot_be_is_refused(book: Book, chart: dict[str, Any], status: int, message: str) -> None:
    with pytest.raises(HttpError) as error:
        book.batch({"addChart": {"chart": chart}})
    assert refusal(error)[0] == status
    assert refusal(error)[1].startswith(message)
    assert charts(book) == []


def test_a_slicer_is_kept_and_follows_its_cells(book: Book) -> None:
    spec = {"dataRange": grid(0, (0, 3), (0, 3)), "columnIndex": 1, "title": "Tier"}
    answer = book.batch({"addSlicer": {"slicer": {"spec": spec, "position": over(6, 0)}}})
    made = answer["replies"][0]["addSlicer"]["slicer"]
    hide = {"filterCriteria": {"hiddenValues": ["One"]}}
    change = {"slicerId": made["slicerId"], "spec": hide, "fields": "filterCriteria"}
    book.batch({"updateSlicerSpec": change}, {"insertDimension": lines("COLUMNS", 0, 1)})
    kept = book.get()["sheets"][0]["slicers"][0]
    assert (kept["spec"]["dataRange"]["startColumnIndex"], kept["spec"]["title"]) == (1, "Tier")
    assert kept["spec"]["filterCriteria"] == {"hiddenValues": ["One"]}
    with pytest.raises(HttpError, match="At least one field must be listed"):
        book.batch({"updateSlicerSpec": {"slicerId": made["slicerId"], "spec": hide}})
    book.batch({"deleteEmbeddedObject": {"objectId": made["slicerId"]}})
    assert "slicers" not in book.get()["sheets"][0]
