"""Tables put in, and their rows.

Source of a new cell's paragraph style: NangoHQ/integration-templates' recordings of google-docs, 2026."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Tbl
from docx.shared import Length

from sandbox.docs import table_grid, table_looks
from sandbox.docs.anchors import following
from sandbox.docs.edit import Edit, Refused, paragraph_at
from sandbox.docs.text_edits import insert
from sandbox.docs.tree import Row

_PLAIN = (
    f"<w:pPr {nsdecls('w')}>"
    '<w:keepNext w:val="0"/><w:keepLines w:val="0"/><w:pageBreakBefore w:val="0"/><w:widowControl w:val="0"/>'
    "<w:pBdr>"
    + "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "between"))
    + "</w:pBdr>"
    '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'
    '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
)
"""How Docs says of a new cell's paragraph that nothing of the named style's spacing is left."""
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
    for tc in tbl.iter(qn("w:tc")):
        table_looks.set_width(tc, None)
        next(tc.iterchildren(qn("w:p"))).insert(0, parse_xml(_PLAIN))
    paragraph_at(segment, index).p.addnext(tbl)
    edit.inserted(segment, index + 1, 2 + rows * (1 + 2 * columns))
    return {}


def insert_row(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """An empty row above or below the cell's, its cells like that row's; a merged cell it falls inside of grows."""
    grid = table_grid.at_cell(edit, request.get("tableCellLocation", {}))
    spot = grid.spot(grid.row, grid.column)
    below = bool(request.get("insertBelow"))
    at = spot.row + table_grid.row_span(grid.table, spot.row, spot.column) if below else spot.row
    model = grid.table.rows[at - 1 if below else at]
    made = deepcopy(model.tr)
    after = grid.table.rows[at] if at < grid.rows else None
    for number, tc in enumerate(made.iterchildren(qn("w:tc"))):
        emptied(tc)
        if after is not None and _inside(after, number):
            tc.get_or_add_tcPr().vMerge_val = "continue"
    with following(edit, grid.segment):
        (model.tr.addnext if below else model.tr.addprevious)(made)
    return {}


def delete_row(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """The rows that the cell spans; a table without rows goes too."""
    grid = table_grid.at_cell(edit, request.get("tableCellLocation", {}))
    spot = grid.spot(grid.row, grid.column)
    rows = table_grid.row_span(grid.table, spot.row, spot.column)
    with following(edit, grid.segment):
        if rows == grid.rows:
            grid.table.tbl.getparent().remove(grid.table.tbl)
            return {}
        if spot.row + rows < grid.rows:
            _begin_merges(grid.table.rows[spot.row + rows])
        for row in grid.table.rows[spot.row : spot.row + rows]:
            row.tr.getparent().remove(row.tr)
    return {}


def _inside(row: Row, number: int) -> bool:
    """Whether that cell of the row goes on from the one above."""
    cells = [cell.tc for cell in row.cells if cell.tc is not None]
    return number < len(cells) and table_grid.continues(cells[number])


def _begin_merges(row: Row) -> None:
    """What the row above began begins here."""
    for cell in row.cells:
        if table_grid.continues(cell.tc):
            cell.tc.get_or_add_tcPr().vMerge_val = "restart"


def emptied(tc: Any) -> None:
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
