"""sortRange and randomizeRange: whole cells change rows, and each row's metadata goes with them.

A formula's relative references shift with its row, as if it was copied. Whether live Sheets also shifts references
to other sheets in a sort is not documented; the sandbox treats them alike. That ``dimensionIndex`` counts the sheet's
columns, that metadata goes along, that hidden rows stay, and the words for merges were seen live by the authors of
https://github.com/mmedum/google-sheets-mcp (docs/architecture.md, spike K) and of a public inbox agent's tests."""

from __future__ import annotations

from sandbox.sheets import a1, ordering, permute
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Json, Sheet
from sandbox.sheets.requests.filters import tall_merges


def sort_range(edit: Edit, request: Json) -> Json:
    sheet, closed = _asked(edit, request)
    specs = request.get("sortSpecs", [])
    if not specs:
        raise Refused("At least one sort spec must be given.")
    for spec in specs:
        if spec.get("dimensionIndex", 0) not in closed.columns():
            raise Refused("Sort column index is outside of the range.")
    _check_merges(sheet, closed)
    edit.allow(closed)
    places = permute.movable(sheet, closed)
    permute.rearrange(sheet, closed, places, ordering.ordered(edit.evaluator(), sheet, places, specs))
    return {}


def randomize_range(edit: Edit, request: Json) -> Json:
    """The range's rows in an order drawn from the sandbox's own numbers, so that the same calls give the same."""
    sheet, closed = _asked(edit, request)
    _check_merges(sheet, closed)
    edit.allow(closed)
    places = permute.movable(sheet, closed)
    draws = {row: edit.number() for row in places}
    permute.rearrange(sheet, closed, places, sorted(places, key=lambda row: draws[row]))
    return {}


def _asked(edit: Edit, request: Json) -> tuple[Sheet, Box]:
    box = Box.from_json(request.get("range", {}))
    sheet = edit.sheet(box.sheet_id)
    for start, count, name in (
        (box.top, sheet.row_count, "startRowIndex"),
        (box.left, sheet.column_count, "startColumnIndex"),
    ):
        if start >= count:
            raise Refused(f"range.{name} is larger than current grid size ({count})")
    return sheet, edit.closed(box)


def _check_merges(sheet: Sheet, box: Box) -> None:
    for merge in tall_merges(sheet):
        if merge.boxes[0].meets(box):
            where = a1.write(merge.boxes[0], sheet.title).rpartition("!")[2]
            raise Refused(f"You can't sort a range containing vertical merges. There is a vertical merge at {where}")
    wide = [merge.boxes[0] for merge in sheet.merges if merge.boxes[0].meets(box)]
    if any(merge.left < box.left or (merge.right or 0) > (box.right or 0) for merge in wide):
        raise Refused("You can't sort a range that cuts through a merged cell.")
