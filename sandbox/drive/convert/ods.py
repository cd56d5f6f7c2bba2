"""A spreadsheet as an OpenDocument spreadsheet, and such a spreadsheet's sheets. Formulas go out as their values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, repeat

from lxml import etree

from sandbox.drive.convert import odf
from sandbox.drive.convert.odf import OFFICE, TABLE, TEXT, attribute, escaped
from sandbox.sheets import serial
from sandbox.sheets.box import Box
from sandbox.sheets.delimited import new_sheet_id
from sandbox.sheets.edit import today
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.model import Cell, Entered, Ranged, Sheet, Spreadsheet
from sandbox.sheets.show import shown
from sandbox.state import Workspace

KIND = "application/vnd.oasis.opendocument.spreadsheet"
_MOST_ROWS = 100_000
_BLANK = "<table:table-row><table:table-cell/></table:table-row>"


def written(workspace: Workspace, book: Spreadsheet) -> bytes:
    """All sheets; numbers, dates and truths typed as such."""
    evaluator = Evaluator(book, today(book, workspace.clock.now()))
    tables = "".join(_table(evaluator, sheet) for sheet in book.sheets)
    return odf.package(
        KIND, body=f"<office:spreadsheet>{tables}</office:spreadsheet>", automatic="", title=book.title
    )


def read(workspace: Workspace, data: bytes) -> list[Sheet]:
    """The file's sheets in order. Raises what ``odf.content`` does."""
    tables = odf.content(data).iter(f"{TABLE}table")
    return [_sheet(workspace, table) for table in tables]


def _table(evaluator: Evaluator, sheet: Sheet) -> str:
    spans = {(merge.boxes[0].top, merge.boxes[0].left): sheet.clamp(merge.boxes[0]) for merge in sheet.merges}
    used = evaluator.used(sheet.box())
    rows = "".join(
        "<table:table-row>"
        + "".join(_cell(evaluator, sheet, row, column, spans.get((row, column))) for column in used.columns())
        + "</table:table-row>"
        for row in used.rows()
    )
    return f"<table:table table:name={attribute(sheet.title)}>{rows or _BLANK}</table:table>"


def _cell(evaluator: Evaluator, sheet: Sheet, row: int, column: int, span: Box | None) -> str:
    cell = sheet.cell(row, column)
    wide = (
        f' table:number-rows-spanned="{len(span.rows())}" table:number-columns-spanned="{len(span.columns())}"'
        if span
        else ""
    )
    note = f"<office:annotation><text:p>{escaped(cell.note)}</text:p></office:annotation>" if cell.note else ""
    if cell.value is None:
        return f"<table:table-cell{wide}>{note}</table:table-cell>"
    value = evaluator.outcome(sheet.sheet_id, row, column)
    text = escaped(shown(value, cell.number_format(), evaluator.book.locale))
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell{wide}{_typed(value, cell)}>{note}{lines}</table:table-cell>"


def _typed(value: object, cell: Cell) -> str:
    if isinstance(value, bool):
        return f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    if not isinstance(value, (int, float)):
        return ' office:value-type="string"'
    kind = cell.number_format().get("type")
    if kind in ("DATE", "DATE_TIME"):
        when = serial.moment(float(value))
        shape = when.date().isoformat() if kind == "DATE" else when.isoformat()
        return f' office:value-type="date" office:date-value="{shape}"'
    name = "percentage" if kind == "PERCENT" else "float"
    return f' office:value-type="{name}" office:value="{float(value):.15g}"'


def _sheet(workspace: Workspace, table: etree._Element) -> Sheet:
    sheet = Sheet(sheet_id=new_sheet_id(workspace), title=table.get(f"{TABLE}name", "Sheet1"))
    merges: list[Ranged] = []
    for row, line in enumerate(_rows(table)):
        for column, element in enumerate(_cells(line)):
            if cell := _entered(element):
                sheet.put(row, column, cell)
            if span := _span(sheet.sheet_id, row, column, element):
                merges.append(Ranged(boxes=(span,)))
    sheet.merges = tuple(merges)
    sheet.row_count = max(1000, len(sheet.rows))
    sheet.column_count = max(26, *(len(row.cells) for row in sheet.rows), 0)
    return sheet


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows as often as each is repeated; a repeated row with nothing in it ends the sheet."""
    lines = list(table.iter(f"{TABLE}table-row"))
    while lines and not any(_entered(cell) for cell in lines[-1]):
        lines.pop()
    times = (min(int(line.get(f"{TABLE}number-rows-repeated", "1")), _MOST_ROWS) for line in lines)
    return chain.from_iterable(repeat(line, count) for line, count in zip(lines, times, strict=True))


def _cells(line: etree._Element) -> Iterator[etree._Element]:
    found = list(line)
    while found and not _entered(found[-1]) and not found[-1].get(f"{TABLE}number-columns-spanned"):
        found.pop()
    times = (min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), 18_278) for cell in found)
    return chain.from_iterable(repeat(cell, count) for cell, count in zip(found, times, strict=True))


def _span(sheet_id: int, row: int, column: int, element: etree._Element) -> Box | None:
    down, across = (int(element.get(f"{TABLE}number-{name}-spanned", "1")) for name in ("rows", "columns"))
    if down == across == 1:
        return None
    return Box(sheet_id=sheet_id, top=row, bottom=row + down, left=column, right=column + across)


def _entered(element: etree._Element) -> Cell | None:
    """What stands in a cell, None for nothing."""
    kind = element.get(f"{OFFICE}value-type", "")
    note = " ".join(_words(one) for one in element.findall(f"{OFFICE}annotation"))
    value, form = _value(element, kind)
    if value is None and not note:
        return None
    return Cell(value=value, format={"numberFormat": {"type": form}} if form else {}, note=note)


def _value(element: etree._Element, kind: str) -> tuple[Entered, str]:
    if kind in ("float", "currency", "percentage"):
        return float(element.get(f"{OFFICE}value", "0")), "PERCENT" if kind == "percentage" else ""
    if kind == "boolean":
        return element.get(f"{OFFICE}boolean-value") == "true", ""
    if kind == "date":
        text = element.get(f"{OFFICE}date-value", "")
        return serial.moment_number(datetime.fromisoformat(text)), "DATE_TIME" if "T" in text else "DATE"
    if kind == "time":
        return _duration(element.get(f"{OFFICE}time-value", "")), "TIME"
    text = "\n".join(_words(part) for part in element.findall(f"{TEXT}p"))
    return text or None, ""


def _words(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _duration(text: str) -> float:
    """``PT10H30M00S`` as a part of a day."""
    hours, _, rest = text.removeprefix("PT").partition("H")
    minutes, _, seconds = rest.partition("M")
    gone = timedelta(hours=int(hours or 0), minutes=int(minutes or 0), seconds=float(seconds.rstrip("S") or 0))
    return gone.total_seconds() / 86400
