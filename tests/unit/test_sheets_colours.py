"""Conditional formats: which cells a rule colours, today and wherever its cells have gone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sandbox.sheets import conditions
from sandbox.sheets.box import Box
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.model import Cell, Entered, Ranged, Sheet, Spreadsheet

RED = {"backgroundColor": {"red": 1}}


def coloured(values: list[Entered], kind: str, *operands: dict[str, str]) -> list[int]:
    """Rows of a column that a rule of that kind colours."""
    sheet = Sheet(sheet_id=0, title="Main")
    for row, value in enumerate(values):
        sheet.put(row, 0, Cell(value=value))
    rule: dict[str, Any] = {"booleanRule": {"condition": {"type": kind, "values": list(operands)}, "format": RED}}
    sheet.conditional_formats = (Ranged(boxes=(Box(sheet_id=0, right=1),), body=rule),)
    book = Spreadsheet(id="b", title="Book", locale="en_GB", sheets=[sheet])
    evaluator = Evaluator(book, date(2026, 9, 5))
    return [row for row in range(len(values)) if conditions.applied(evaluator, sheet, row, 0)]


def typed(*texts: str) -> list[dict[str, str]]:
    return [{"userEnteredValue": text} for text in texts]


@pytest.mark.parametrize(
    ("values", "kind", "operands", "rows"),
    [
        (["Overdue", "overdue", "fine"], "TEXT_EQ", typed("Overdue"), [0, 1]),
        (["is overdue", "fine"], "TEXT_CONTAINS", typed("overdue"), [0]),
        (["fine", "well"], "TEXT_NOT_CONTAINS", typed("fi"), [1]),
        ([1.0, 5.0, "5"], "NUMBER_GREATER", typed("4"), [1]),
        ([1.0, 5.0, 9.0], "NUMBER_BETWEEN", typed("2", "6"), [1]),
        (["x", None, ""], "BLANK", [], [1, 2]),
        (["x", None], "NOT_BLANK", [], [0]),
        ([46269.0, 46270.0, 46271.0, "late"], "DATE_BEFORE", [{"relativeDate": "TODAY"}], [0]),
        ([46270.0, 46271.0], "DATE_EQ", typed("05/09/2026"), [0]),
        ([1.0, 2.0, 1.0], "CUSTOM_FORMULA", typed("=A1=$A$1"), [0, 2]),
        ([1.0], "CUSTOM_FORMULA", typed("=1/0"), []),
    ],
)
def test_a_rule_colours_the_cells_it_says(
    values: list[Entered], kind: str, operands: list[dict[str, str]], rows: list[int]
) -> None:
    assert coloured(values, kind, *operands) == rows


def test_the_earlier_of_two_rules_wins() -> None:
    sheet = Sheet(sheet_id=0, title="Main")
    box = (Box(sheet_id=0),)
    for colour in ("green", "red"):
        body = {"booleanRule": {"condition": {"type": "BLANK"}, "format": {"backgroundColor": {colour: 1}}}}
        sheet.conditional_formats = (*sheet.conditional_formats, Ranged(boxes=box, body=body))
    evaluator = Evaluator(Spreadsheet(id="b", title="Book", sheets=[sheet]), date(2026, 9, 5))
    assert conditions.applied(evaluator, sheet, 0, 0) == {"backgroundColor": {"green": 1}}
