"""The basic filter: it hides rows from view and may sort them; values are read all the same.

A filter is applied when it is set. What is typed into a row afterwards doesn't hide or show it until the filter is
set again, as in the editor. Filter views hide nothing: they are each viewer's own. Source: discovery document
(BasicFilter, FilterCriteria) and https://developers.google.com/workspace/sheets/api/guides/filters; when a filter is
applied again is assumed."""

from __future__ import annotations

from sandbox.sheets import conditions, criteria, ordering, permute
from sandbox.sheets.box import Box
from sandbox.sheets.colours import same_colour
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.model import Json, Ranged, Sheet
from sandbox.sheets.requests.tables import table_box
from sandbox.sheets.show import shown

_COLOURS = {
    "visibleBackgroundColorStyle": "backgroundColorStyle",
    "visibleForegroundColorStyle": "foregroundColorStyle",
}


def set_basic_filter(edit: Edit, request: Json) -> Json:
    """The sheet's filter in the place of the one it had."""
    asked = request.get("filter", {})
    box = edit.closed(filtered_box(edit, asked))
    sheet = edit.sheet(box.sheet_id)
    edit.allow_sheet(sheet)
    if any(merge.boxes[0].meets(box) for merge in tall_merges(sheet)):
        raise Refused("You can't create a filter over a range containing vertical merges.")
    _show_all(sheet)
    kept = {"tableId": asked["tableId"]} if "tableId" in asked else {}
    sheet.basic_filter = Ranged(boxes=(box,), body={**kept, **criteria.read(asked, box)})
    _sort(edit, sheet, box, sheet.basic_filter.body.get("sortSpecs", ()))
    _hide(edit.evaluator(), sheet, sheet.basic_filter)
    return {}


def clear_basic_filter(edit: Edit, request: Json) -> Json:
    sheet = edit.sheet(request.get("sheetId", 0))
    sheet.basic_filter = None
    _show_all(sheet)
    return {}


def filtered_box(edit: Edit, asked: Json) -> Box:
    """The cells that a filter is asked for: a range, or a table's."""
    if "tableId" not in asked:
        return Box.from_json(asked.get("range", {}))
    if "range" in asked:
        raise Refused("Only one of range and tableId can be set.")
    return table_box(edit, asked["tableId"])


def tall_merges(sheet: Sheet) -> list[Ranged]:
    """Merges over several rows, which no sort or filter can take apart."""
    return [merge for merge in sheet.merges if (merge.boxes[0].bottom or 0) - merge.boxes[0].top > 1]


def _show_all(sheet: Sheet) -> None:
    for row in sheet.rows:
        row.properties.pop("hiddenByFilter", None)


def _sort(edit: Edit, sheet: Sheet, box: Box, orders: list[Json]) -> None:
    body = Box(sheet_id=box.sheet_id, top=box.top + 1, bottom=box.bottom, left=box.left, right=box.right)
    if orders and body.rows():
        edit.allow(body)
        places = permute.movable(sheet, body)
        permute.rearrange(sheet, body, places, ordering.ordered(edit.evaluator(), sheet, places, orders))


def _hide(evaluator: Evaluator, sheet: Sheet, found: Ranged) -> None:
    box, specs = found.boxes[0], found.body.get("filterSpecs", ())
    for row in range(box.top + 1, box.bottom or 0) if specs else ():
        if not all(_shows(evaluator, sheet, box, row, spec) for spec in specs):
            sheet.row(row).properties["hiddenByFilter"] = True


def _shows(evaluator: Evaluator, sheet: Sheet, box: Box, row: int, spec: Json) -> bool:
    column, asked = spec["columnIndex"], spec["filterCriteria"]
    if _text(evaluator, sheet, row, column) in asked.get("hiddenValues", ()):
        return False
    moved = (row - box.top - 1, 0)
    if "condition" in asked and not conditions.met(evaluator, sheet, asked["condition"], (row, column), moved):
        return False
    return all(
        same_colour(evaluator, sheet, (row, column), kind, asked[name])
        for name, kind in _COLOURS.items()
        if name in asked
    )


def _text(evaluator: Evaluator, sheet: Sheet, row: int, column: int) -> str:
    """What the cell shows; hidden values are named by it, and "" by an empty cell."""
    cell = sheet.cell(row, column)
    if cell.value is None:
        return ""
    return shown(evaluator.outcome(sheet.sheet_id, row, column), cell.number_format(), evaluator.book.locale)
