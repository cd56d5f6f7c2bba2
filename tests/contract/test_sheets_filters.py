"""Filters hide rows from view and sort them; what is read stays whole. Through Google's own client."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError
from sheets_client import SENCO, Book, grid, new_book

pytestmark = pytest.mark.any_google

ROWS = [["Name", "Tier"], ["Cora", 2], ["Ada", 1], ["Ben", 3], ["", 1]]


@pytest.fixture
def book(api: Any) -> Book:
    found = new_book(api("sheets", "v4", SENCO))
    found.put("A1", ROWS)
    return found


def show(book: Book, **asked: Any) -> None:
    book.batch({"setBasicFilter": {"filter": {"range": grid(0, (0, 5), (0, 2)), **asked}}})


def hidden(book: Book) -> list[int]:
    rows = book.get(ranges="A1:B9", includeGridData=True)["sheets"][0]["data"][0]["rowMetadata"]
    return [number for number, row in enumerate(rows) if row.get("hiddenByFilter")]


def column(index: int, **criteria: Any) -> dict[str, Any]:
    return {"filterSpecs": [{"columnIndex": index, "filterCriteria": criteria}]}


def condition(kind: str, *values: str) -> dict[str, Any]:
    return {"condition": {"type": kind, "values": [{"userEnteredValue": value} for value in values]}}


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        (column(0, hiddenValues=["Ada", ""]), [2, 4]),
        (column(1, **condition("NUMBER_GREATER", "1")), [2, 4]),
        (column(0, **condition("NOT_BLANK")), [4]),
        (column(0, **condition("CUSTOM_FORMULA", "=B2=2")), [2, 3, 4]),
        (column(1, hiddenValues=["3"], **condition("NUMBER_GREATER", "1")), [2, 3, 4]),
        ({"criteria": {"0": {"hiddenValues": ["Ben"]}}}, [3]),
        (column(0, visibleBackgroundColor={"red": 1}), [1, 2, 3, 4]),
    ],
)
def test_a_filter_hides_the_rows_that_do_not_fit_and_values_are_read_all_the_same(
    book: Book, asked: dict[str, Any], rows: list[int]
) -> None:
    show(book, **asked)
    assert hidden(book) == rows
    assert len(book.values("A1:B5")) == 5
    kept = book.get()["sheets"][0]["basicFilter"]
    assert {str(spec["columnIndex"]): spec["filterCriteria"] for spec in kept["filterSpecs"]} == kept["criteria"]


def test_another_filter_or_none_shows_the_rows_again(book: Book) -> None:
    show(book, **column(0, hiddenValues=["Ada"]))
    show(book, **column(0, hiddenValues=["Ben"]))
    assert hidden(book) == [3]
    book.batch({"clearBasicFilter": {"sheetId": 0}})
    assert hidden(book) == []
    assert "basicFilter" not in book.get()["sheets"][0]


def test_a_filter_sorts_the_rows_below_its_header(book: Book) -> None:
    show(book, sortSpecs=[{"dimensionIndex": 1, "sortOrder": "ASCENDING"}, {"dimensionIndex": 0}])
    assert [(row or [""])[0] for row in book.values("A1:A5")] == ["Name", "Ada", "", "Cora", "Ben"]


def test_hidden_rows_stay_where_they_are_when_the_rest_is_sorted(book: Book) -> None:
    show(book, **column(0, hiddenValues=["Ada"]))
    order = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
    book.batch({"sortRange": {"range": grid(0, (1, 4)), "sortSpecs": order}})
    assert [row[0] for row in book.values("A2:A4")] == ["Ben", "Ada", "Cora"]


def test_a_filter_view_hides_nothing_and_keeps_its_criteria(book: Book) -> None:
    asked = {"title": "Mine", "range": grid(0, (0, 5), (0, 2)), **column(0, hiddenValues=["Ada"])}
    view = book.batch({"addFilterView": {"filter": asked}})["replies"][0]["addFilterView"]["filter"]
    assert hidden(book) == []
    assert view["criteria"] == {"0": {"hiddenValues": ["Ada"]}}
    new = {"filterViewId": view["filterViewId"], "criteria": {"1": {"hiddenValues": ["3"]}}}
    book.batch({"updateFilterView": {"filter": new, "fields": "criteria"}})
    kept = book.get()["sheets"][0]["filterViews"][0]
    assert kept["filterSpecs"] == [{"columnIndex": 1, "filterCriteria": {"hiddenValues": ["3"]}}]


def test_criteria_stay_on_their_column(book: Book) -> None:
    show(book, **column(1, hiddenValues=["3"]))
    front = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    book.batch({"insertDimension": {"range": front}})
    kept = book.get()["sheets"][0]["basicFilter"]
    assert (kept["range"]["startColumnIndex"], list(kept["criteria"])) == (1, ["2"])


@pytest.mark.parametrize(
    "asked",
    [
        column(7, hiddenValues=["x"]),
        {"sortSpecs": [{"dimensionIndex": 9}]},
        {"criteria": {"A": {}}},
        column(0, condition={"type": "NUMBER_BETWEEN", "values": [{"userEnteredValue": "1"}]}),
        {"tableId": "nobody"},
    ],
)
def test_a_filter_that_cannot_be_is_refused(book: Book, asked: dict[str, Any]) -> None:
    with pytest.raises(HttpError) as error:
        show(book, **asked)
    assert error.value.status_code == 400
    assert hidden(book) == []
