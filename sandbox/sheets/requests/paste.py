"""copyPaste and cutPaste.

Source: discovery document (what each paste type takes, repeats, transposing, that all of a cut goes); the words for a
cut merge as many users report them. That formats bring their conditional rules along, and that references and named
ranges follow what is cut, is as in the editor (assumed)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sandbox.sheets import shift
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import CUT_MERGE, Refused
from sandbox.sheets.formulas import refs
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.formulas.values import FormulaError
from sandbox.sheets.model import EMPTY, Cell, Json, Ranged, Sheet

_WITH_MERGES = ("PASTE_NORMAL", "PASTE_NO_BORDERS")
_WITH_RULES = ("PASTE_NORMAL", "PASTE_NO_BORDERS", "PASTE_FORMAT", "PASTE_CONDITIONAL_FORMATTING")


@dataclass(frozen=True, slots=True)
class _Tile:
    """The source laid at one place; transposed, its rows stand as columns."""

    source: Box
    top: int
    left: int
    turned: bool

    def box(self, sheet_id: int) -> Box:
        height, width = len(self.source.rows()), len(self.source.columns())
        high, wide = (width, height) if self.turned else (height, width)
        return Box(sheet_id=sheet_id, top=self.top, bottom=self.top + high, left=self.left, right=self.left + wide)

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The source's cell for a place."""
        down, across = row - self.top, column - self.left
        down, across = (across, down) if self.turned else (down, across)
        return self.source.top + down, self.source.left + across

    def moved(self, box: Box, sheet_id: int) -> Box:
        """A box within the source, as it is laid here."""
        down, across = box.top - self.source.top, box.left - self.source.left
        height, width = len(box.rows()), len(box.columns())
        if self.turned:
            down, across, height, width = across, down, width, height
        top, left = self.top + down, self.left + across
        return Box(sheet_id=sheet_id, top=top, bottom=top + height, left=left, right=left + width)


def copy_paste(edit: Edit, request: Json) -> Json:
    """Copy cells; a larger destination is filled with repeats, and formulas shift as when copied by hand."""
    kind = request.get("pasteType", "PASTE_NORMAL")
    source = edit.closed(Box.from_json(request.get("source", {})))
    target = edit.closed(Box.from_json(request.get("destination", {})))
    if not (source.rows() and source.columns()):
        raise Refused("The source range must hold at least one cell.")
    tiles = list(_tiles(source, target, turned=request.get("pasteOrientation") == "TRANSPOSE"))
    sheet, origin, evaluator = edit.sheet(target.sheet_id), edit.sheet(source.sheet_id).copy(), edit.evaluator()
    boxes = [sheet.clamp(tile.box(sheet.sheet_id)) for tile in tiles]
    edit.allow(_around(boxes))
    if kind in _WITH_MERGES:
        _merge(sheet, origin, tiles, boxes)
    for tile, box in zip(tiles, boxes, strict=True):
        for row, column in box.cells():
            old = tile.origin(row, column)
            cell = origin.cell(*old)
            if kind == "PASTE_VALUES":
                cell = replace(cell, value=value_of(evaluator, origin, *old))
            copied = shift.rewritten_formula(cell, refs.shifted(row - old[0], column - old[1]))
            sheet.put(row, column, _pasted(sheet.cell(row, column), copied, kind))
    if kind in _WITH_RULES:
        _spread_rules(sheet, origin, source, tiles)
    return {}


def _tiles(source: Box, target: Box, *, turned: bool) -> Iterator[_Tile]:
    height, width = len(source.rows()), len(source.columns())
    if turned:
        height, width = width, height
    for down in range(max(1, len(target.rows()) // height)):
        for across in range(max(1, len(target.columns()) // width)):
            yield _Tile(source, target.top + down * height, target.left + across * width, turned)


def _around(boxes: list[Box]) -> Box:
    return replace(boxes[0], bottom=boxes[-1].bottom, right=boxes[-1].right)


def _merge(sheet: Sheet, origin: Sheet, tiles: list[_Tile], boxes: list[Box]) -> None:
    """Merges in the source are made again; those that stood in the way go."""
    if any(_cut(merge.boxes[0], box) for merge in sheet.merges for box in boxes) or any(
        _cut(merge.boxes[0], tiles[0].source) for merge in origin.merges
    ):
        raise Refused(CUT_MERGE)
    kept = [merge for merge in sheet.merges if not any(merge.boxes[0].within(box) for box in boxes)]
    copied = [merge.boxes[0] for merge in origin.merges if merge.boxes[0].within(tiles[0].source)]
    made = [sheet.clamp(tile.moved(box, sheet.sheet_id)) for tile in tiles for box in copied]
    sheet.merges = (*kept, *(Ranged(boxes=(box,)) for box in made if not box.is_single()))


def _cut(merge: Box, box: Box) -> bool:
    return merge.meets(box) and not merge.within(box)


def _spread_rules(sheet: Sheet, origin: Sheet, source: Box, tiles: list[_Tile]) -> None:
    """Conditional formats of the source hold where it was pasted too."""
    for rule in origin.conditional_formats:
        parts = [part for box in rule.boxes if (part := _shared(origin.clamp(box), source))]
        new = tuple(sheet.clamp(tile.moved(part, sheet.sheet_id)) for tile in tiles for part in parts)
        if new and origin.sheet_id == sheet.sheet_id:
            sheet.conditional_formats = tuple(
                replace(each, boxes=_joined(each.boxes, new)) if each is rule else each
                for each in sheet.conditional_formats
            )
        elif new:
            sheet.conditional_formats = (*sheet.conditional_formats, replace(rule, boxes=_joined((), new)))


def _shared(one: Box, other: Box) -> Box | None:
    if not one.meets(other):
        return None
    bottom, right = min(one.bottom or 0, other.bottom or 0), min(one.right or 0, other.right or 0)
    return replace(one, top=max(one.top, other.top), bottom=bottom, left=max(one.left, other.left), right=right)


def _joined(old: tuple[Box, ...], new: tuple[Box, ...]) -> tuple[Box, ...]:
    found = list(old)
    for box in new:
        if not any(box.within(each) for each in found):
            found.append(box)
    return tuple(found)


def cut_paste(edit: Edit, request: Json) -> Json:
    """Move cells; what pointed at them points at where they are now. Row and column metadata doesn't go along."""
    kind = request.get("pasteType", "PASTE_NORMAL")
    source = edit.closed(Box.from_json(request.get("source", {})))
    start = request.get("destination", {})
    tile = _Tile(source, start.get("rowIndex", 0), start.get("columnIndex", 0), turned=False)
    target = tile.box(start.get("sheetId", 0))
    sheet, origin = edit.sheet(target.sheet_id), edit.sheet(source.sheet_id)
    edit.closed(target)
    edit.allow(source)
    edit.allow(target)
    _move_merges(sheet, origin, tile, target, again=kind in _WITH_MERGES)
    taken = {place: origin.cell(*place) for place in source.cells()}
    for row, column in taken:
        origin.put(row, column, EMPTY)
    for (row, column), cell in taken.items():
        place = (row - source.top + tile.top, column - source.left + tile.left)
        if place[0] < sheet.row_count and place[1] < sheet.column_count:
            sheet.put(*place, _pasted(sheet.cell(*place), cell, kind))
    if kind == "PASTE_NORMAL":
        _follow(edit, sheet, origin, tile, target)
    return {}


def _move_merges(sheet: Sheet, origin: Sheet, tile: _Tile, target: Box, *, again: bool) -> None:
    if any(_cut(merge.boxes[0], tile.source) for merge in origin.merges) or any(
        _cut(merge.boxes[0], target) for merge in sheet.merges
    ):
        raise Refused(CUT_MERGE)
    moving = [merge.boxes[0] for merge in origin.merges if merge.boxes[0].within(tile.source)]
    origin.merges = tuple(merge for merge in origin.merges if merge.boxes[0] not in moving)
    sheet.merges = tuple(merge for merge in sheet.merges if not merge.boxes[0].within(target))
    if again:
        sheet.merges = (*sheet.merges, *(Ranged(boxes=(tile.moved(box, sheet.sheet_id),)) for box in moving))


def _follow(edit: Edit, sheet: Sheet, origin: Sheet, tile: _Tile, target: Box) -> None:
    """Formulas and named ranges that lie wholly in what was cut go along."""
    if sheet is not origin:
        home = refs.named_after(origin.title)
        for row, column in sheet.clamp(target).cells():
            sheet.put(row, column, shift.rewritten_formula(sheet.cell(row, column), home))
    slide = tile.top - tile.source.top, tile.left - tile.source.left
    here = refs.carried(tile.source, (origin.title, sheet.title), *slide)
    for other in edit.book.sheets:
        shift.rewrite_formulas(other, here(other.title))
    edit.book.names = {
        name: replace(found, boxes=tuple(_carried(box, tile, sheet.sheet_id) for box in found.boxes))
        for name, found in edit.book.names.items()
    }


def _carried(box: Box, tile: _Tile, sheet_id: int) -> Box:
    return tile.moved(box, sheet_id) if box.within(tile.source) else box


def value_of(evaluator: Evaluator, sheet: Sheet, row: int, column: int) -> str | float | bool | None:
    """What the cell shows to formulas, as something that can be entered: an error is its text, a link its label."""
    value = evaluator.outcome(sheet.sheet_id, row, column)
    if isinstance(value, FormulaError):
        return value.code
    if isinstance(value, str):
        return str(value)
    return float(value) if isinstance(value, float) else value


def _pasted(onto: Cell, cell: Cell, kind: str) -> Cell:
    if kind == "PASTE_NORMAL":
        return cell
    if kind == "PASTE_NO_BORDERS":
        return replace(cell, format={name: part for name, part in cell.format.items() if name != "borders"})
    if kind == "PASTE_FORMAT":
        return replace(onto, format=cell.format)
    if kind == "PASTE_DATA_VALIDATION":
        return replace(onto, validation=cell.validation)
    if kind == "PASTE_CONDITIONAL_FORMATTING":
        return onto
    return replace(onto, value=cell.value, extra={})
