"""The table of two columns that a built-in document may hold: sized for A4, at home on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from lxml import etree

from sheets_templates.document_spec import Block

TINT = "E6F0F4"
_LINE = "B8CCD6"
_WIDTHS = (Cm(5.6), Cm(11.4))
_ROOM = {"top": "40", "left": "120", "bottom": "40", "right": "120"}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def element(name: str, **attributes: str) -> BaseOxmlElement:
    """A WordprocessingML element with its attributes."""
    made = cast(BaseOxmlElement, OxmlElement(name))
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_facts(document: DocxDocument, block: Block) -> None:
    """A table with a header row that repeats on every page, one fact a row, no row torn in two."""
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    _set_up(table, f"{block.head[0]} and {block.head[1]}")
    for number, words in enumerate((block.head, *block.facts)):
        _fill(table.add_row(), words, is_head=number == 0)


def _set_up(table: Table, about: str) -> None:
    """The table's properties in the order Word expects; its caption is what a screen reader says."""
    properties = table._tbl.tblPr
    properties[:] = [
        element("w:tblW", w="5000", type="pct"),
        _grouped(
            "w:tblBorders", {side: {"val": "single", "sz": "4", "space": "0", "color": _LINE} for side in _SIDES}
        ),
        element("w:tblLayout", type="fixed"),
        _grouped("w:tblCellMar", {side: {"w": room, "type": "dxa"} for side, room in _ROOM.items()}),
        element("w:tblLook", val="0420", firstRow="1", firstColumn="0", noVBand="1"),
        element("w:tblCaption", val=about),
    ]
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), _WIDTHS, strict=True):
        column.set(qn("w:w"), _twips(width))


def _grouped(name: str, sides: Mapping[str, Mapping[str, str]]) -> etree._Element:
    made = OxmlElement(name)
    for side, attributes in sides.items():
        made.append(element(f"w:{side}", **attributes))
    return made


def _twips(length: int) -> str:
    return str(round(length / 635))


def _fill(row: _Row, words: tuple[str, str], *, is_head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    if is_head:
        properties.append(element("w:tblHeader"))
    for number, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
        cell.width = _WIDTHS[number]
        _write(cell, text, bold=is_head or number == 0, tint=is_head)


def _write(cell: _Cell, text: str, *, bold: bool, tint: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.add_run(text).bold = bold or None
    if tint:
        cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=TINT))
