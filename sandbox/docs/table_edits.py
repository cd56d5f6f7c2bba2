"""Tables put in, and their rows."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Length

from sandbox.docs.edit import Edit, Refused, check_tab, paragraph_at, table_at
from sandbox.docs.text_edits import insert
from sandbox.docs.tree import Row, Segment, Table

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def insert_table(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """A newline, and behind it a table of empty cells."""
    segment, index = edit.place(request)
    rows, columns = int(request.get("rows", 0)), int(request.get("columns", 0))
    if rows < 1 or columns < 1:
        raise Refused("The number of rows and columns must be at least 1.")
    insert(edit, segment, index, "\n")
    segment = edit.segment(segment.id)
    tbl = CT_Tbl.new_tbl(rows, columns, Length(edit.document._block_width))
    _bordered(tbl)
    paragraph_at(segment, index).p.addnext(tbl)
    edit.inserted(segment, index + 1, 2 + rows * (1 + 2 * columns))
    return {}


def insert_row(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """An empty row above or below the cell's, its cells like that row's."""
    segment, _, row = _row(edit, request)
    made = deepcopy(row.tr)
    for tc in made.iterchildren(qn("w:tc")):
        _empty(tc)
    below = bool(request.get("insertBelow"))
    (row.tr.addnext if below else row.tr.addprevious)(made)
    edit.inserted(segment, row.end if below else row.start, 1 + 2 * len(row.cells))
    return {}


def delete_row(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """The cell's row; a table without rows goes too."""
    segment, table, row = _row(edit, request)
    if len(table.rows) == 1:
        table.tbl.getparent().remove(table.tbl)
        edit.removed(segment, table.start, table.end)
        return {}
    row.tr.getparent().remove(row.tr)
    edit.removed(segment, row.start, row.end)
    return {}


def _row(edit: Edit, request: Mapping[str, Any]) -> tuple[Segment, Table, Row]:
    cell = request.get("tableCellLocation", {})
    start = cell.get("tableStartLocation", {})
    check_tab(start)
    segment = edit.segment(str(start.get("segmentId", "")))
    table = table_at(segment, int(start.get("index", 0)))
    row, column = int(cell.get("rowIndex", 0)), int(cell.get("columnIndex", 0))
    if not 0 <= row < len(table.rows):
        raise Refused(f"Row index {row} must be less than the number of rows, {len(table.rows)}.")
    if not 0 <= column < len(table.rows[row].cells):
        raise Refused(f"Column index {column} must be less than the number of columns, {len(table.rows[row].cells)}.")
    return segment, table, table.rows[row]


def _empty(tc: Any) -> None:
    """Leave a cell its properties and one empty paragraph like its first."""
    first = tc.find(qn("w:p"))
    properties = first.find(qn("w:pPr")) if first is not None else None
    for child in list(tc):
        if child.tag != qn("w:tcPr"):
            tc.remove(child)
    paragraph = OxmlElement("w:p")
    if properties is not None:
        paragraph.append(deepcopy(properties))
    tc.append(paragraph)
    for merge in tc.findall(f"{qn('w:tcPr')}/{qn('w:vMerge')}"):
        merge.getparent().remove(merge)


def _bordered(tbl: Any) -> None:
    """Thin black lines, as Docs draws a new table."""
    borders = OxmlElement("w:tblBorders")
    for side in _SIDES:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    tbl.tblPr.append(borders)
