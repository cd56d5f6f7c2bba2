"""Rows of a range in another order: whole cells, the merges within one row, and each row's metadata go together.

Rows that are hidden, by hand or by a filter, stay where they are and the others share the places that are left; a
row's height stays too. Seen live for hidden rows and for metadata: see ``requests.sorting``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sandbox.sheets import shift
from sandbox.sheets.box import Box
from sandbox.sheets.formulas import refs
from sandbox.sheets.model import EMPTY, Cell, Metadata, Ranged, Sheet


def movable(sheet: Sheet, box: Box) -> list[int]:
    """The rows of a closed box that a sort may move."""
    return [row for row in box.rows() if row >= len(sheet.rows) or not _hidden(sheet, row)]


def _hidden(sheet: Sheet, row: int) -> bool:
    properties = sheet.rows[row].properties
    return bool(properties.get("hiddenByUser") or properties.get("hiddenByFilter"))


def rearrange(sheet: Sheet, box: Box, places: Sequence[int], order: Sequence[int]) -> None:
    """Put the row that was at ``order[n]`` at ``places[n]``, within the box's columns."""
    taken = [_taken(sheet, box, row) for row in order]
    for new, old, (cells, metadata) in zip(places, order, taken, strict=True):
        if new == old:
            continue
        change = refs.shifted(new - old, 0)
        for column, cell in zip(box.columns(), cells, strict=True):
            if cell is not EMPTY or sheet.cell(new, column) is not EMPTY:
                sheet.put(new, column, shift.rewritten_formula(cell, change))
        if metadata or _metadata(sheet, new):
            sheet.row(new).metadata = metadata
    now = dict(zip(order, places, strict=True))
    sheet.merges = tuple(_followed(merge, box, now) for merge in sheet.merges)


def _followed(merge: Ranged, box: Box, now: dict[int, int]) -> Ranged:
    old = merge.boxes[0]
    top = now.get(old.top, old.top) if old.meets(box) else old.top
    return merge if top == old.top else replace(merge, boxes=(replace(old, top=top, bottom=top + 1),))


def _taken(sheet: Sheet, box: Box, row: int) -> tuple[list[Cell], tuple[Metadata, ...]]:
    return [sheet.cell(row, column) for column in box.columns()], _metadata(sheet, row)


def _metadata(sheet: Sheet, row: int) -> tuple[Metadata, ...]:
    return sheet.rows[row].metadata if row < len(sheet.rows) else ()
