"""Requests about whole sheets and the spreadsheet itself."""

from __future__ import annotations

from sandbox.sheets import mask as masks
from sandbox.sheets import objects, shift
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.formulas import refs
from sandbox.sheets.model import Json, Sheet
from sandbox.sheets.properties import book_properties, is_grid, set_book_properties, sheet_properties
from sandbox.sheets.requests.copying import copied
from sandbox.sheets.requests.growth import check


def add_sheet(edit: Edit, request: Json) -> Json:
    asked = request.get("properties", {})
    sheet_id = asked["sheetId"] if "sheetId" in asked else edit.number()
    if sheet_id < 0:
        raise Refused("Sheet id must be non-negative.")
    if edit.book.find(sheet_id):
        raise Refused(f"Sheet with id {sheet_id} already exists.")
    title = asked.get("title") or _free_title(edit, "Sheet")
    _check_title(edit, title)
    sheet = Sheet(sheet_id=sheet_id, title=title)
    _set(edit, sheet, {name: value for name, value in asked.items() if name not in ("sheetId", "title", "index")})
    _place(edit, sheet, asked.get("index", len(edit.book.sheets)))
    check(edit)
    return {"properties": sheet_properties(edit.book, sheet)}


def delete_sheet(edit: Edit, request: Json) -> Json:
    sheet = edit.sheet(request.get("sheetId", 0), noun="sheet")
    edit.allow(sheet.box())
    rest = [other for other in edit.book.sheets if other is not sheet]
    if not rest:
        raise Refused("You can't remove all the sheets in a document.")
    if all(other.properties.get("hidden") for other in rest):
        raise Refused("You can't remove all the visible sheets in a document.")
    edit.book.sheets = rest
    edit.book.names = {
        name: thing for name, thing in edit.book.names.items() if thing.boxes[0].sheet_id != sheet.sheet_id
    }
    objects.follow(edit.book, lambda box: None if box.sheet_id == sheet.sheet_id else box)
    for other in rest:
        shift.rewrite_formulas(other, refs.retitled(sheet.title, None), mentioning=sheet.title)
    return {}


def update_sheet_properties(edit: Edit, request: Json) -> Json:
    mask = masks.read("SheetProperties", request.get("fields", ""))
    asked = masks.both_colours(request.get("properties", {}))
    sheet = edit.sheet(asked.get("sheetId", 0), noun="sheet")
    edit.allow_sheet(sheet)
    before = sheet_properties(edit.book, sheet)
    after = masks.merged(mask, before, asked)
    if after.get("title", "") != sheet.title:
        _rename(edit, sheet, after.get("title", ""))
    _set(edit, sheet, after)
    index = after.get("index", len(edit.book.sheets))
    if index != before["index"]:
        edit.book.sheets.remove(sheet)
        # Google counts the new index while the sheet still stands in its old place.
        _place(edit, sheet, index - (index > before["index"]))
    if all(other.properties.get("hidden") for other in edit.book.sheets):
        raise Refused("You can't hide all the sheets in a document.")
    check(edit)
    return {}


def duplicate_sheet(edit: Edit, request: Json) -> Json:
    source = edit.sheet(request.get("sourceSheetId", 0), noun="sheet")
    sheet_id = request["newSheetId"] if "newSheetId" in request else edit.number()
    if edit.book.find(sheet_id):
        raise Refused(f"Sheet with id {sheet_id} already exists.")
    title = request.get("newSheetName") or _free_title(edit, f"Copy of {source.title}", bare=True)
    _check_title(edit, title)
    made = copied(source.copy(), sheet_id, title, edit)
    shift.rewrite_formulas(made, refs.retitled(source.title, title))
    _place(edit, made, request.get("insertSheetIndex", 0))
    check(edit)
    return {"properties": sheet_properties(edit.book, made)}


def take_in(edit: Edit, source: Sheet) -> Json:
    """A copy of another spreadsheet's sheet, behind the sheets that are there. Returns its properties."""
    title = _free_title(edit, f"Copy of {source.title}", bare=True)
    made = copied(source.copy(), edit.number(), title, edit)
    shift.rewrite_formulas(made, refs.retitled(source.title, title))
    _place(edit, made, len(edit.book.sheets))
    check(edit)
    return sheet_properties(edit.book, made)


def update_spreadsheet_properties(edit: Edit, request: Json) -> Json:
    mask = masks.read("SpreadsheetProperties", request.get("fields", ""))
    asked = request.get("properties", {})
    set_book_properties(edit.book, masks.merged(mask, book_properties(edit.book), asked))
    return {}


def _rename(edit: Edit, sheet: Sheet, title: str) -> None:
    _check_title(edit, title, but=sheet)
    for other in edit.book.sheets:
        shift.rewrite_formulas(other, refs.retitled(sheet.title, title))
    sheet.title = title


def _check_title(edit: Edit, title: str, *, but: Sheet | None = None) -> None:
    if not title:
        raise Refused("The sheet name cannot be empty.")
    if len(title) > 100:
        raise Refused("The sheet name cannot be greater than 100 characters.")
    found = edit.book.titled(title)
    if found is not None and found is not but:
        raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _free_title(edit: Edit, stem: str, *, bare: bool = False) -> str:
    if bare and edit.book.titled(stem) is None:
        return stem
    number = 2 if bare else len(edit.book.sheets) + 1
    glue = " " if bare else ""
    while edit.book.titled(f"{stem}{glue}{number}"):
        number += 1
    return f"{stem}{glue}{number}"


def _place(edit: Edit, sheet: Sheet, index: int) -> None:
    if index < 0 or index > len(edit.book.sheets):
        raise Refused(f"Sheet index {index} is out of range.")
    edit.book.sheets.insert(index, sheet)


def _set(edit: Edit, sheet: Sheet, asked: Json) -> None:
    """Take over SheetProperties; rows and columns past a smaller grid are lost, as in Sheets."""
    asked = masks.both_colours(asked)
    kind = {"sheetType": "OBJECT"} if not is_grid(sheet) else {}
    if asked.get("sheetType", "GRID") != kind.get("sheetType", "GRID"):
        raise Refused("Only grid sheets can be added.")
    kept = ("hidden", "rightToLeft", "tabColor", "tabColorStyle")
    sheet.properties = {**kind, **{name: asked[name] for name in kept if asked.get(name)}}
    if not kind:
        _set_grid(edit, sheet, asked)


def _set_grid(edit: Edit, sheet: Sheet, asked: Json) -> None:
    grid = dict(asked.get("gridProperties", {}))
    rows, columns = grid.pop("rowCount", sheet.row_count), grid.pop("columnCount", sheet.column_count)
    _resize(edit, sheet, rows, columns)
    sheet.grid = {name: value for name, value in grid.items() if value}
    if sheet.grid.get("frozenRowCount", 0) >= sheet.row_count:
        raise Refused("You can't freeze all visible rows on the sheet.")
    if sheet.grid.get("frozenColumnCount", 0) >= sheet.column_count:
        raise Refused("You can't freeze all visible columns on the sheet.")


def _resize(edit: Edit, sheet: Sheet, rows: int, columns: int) -> None:
    if rows < 1 or columns < 1:
        raise Refused("A sheet must have at least one row and one column.")
    for start, end, box in (
        (rows, sheet.row_count, Box(sheet_id=sheet.sheet_id, top=rows)),
        (columns, sheet.column_count, Box(sheet_id=sheet.sheet_id, left=columns)),
    ):
        if start < end and edit.book.find(sheet.sheet_id):
            edit.allow(box)
    del sheet.rows[rows:], sheet.columns[columns:]
    for row in sheet.rows:
        del row.cells[columns:]
    sheet.row_count, sheet.column_count = rows, columns
