"""Tables: a range with typed columns, its first row their names. What the header cells say are the columns' names.

Sources: https://developers.google.com/workspace/sheets/api/guides/tables, the discovery document (footers), and what
the authors of https://github.com/mmedum/google-sheets-mcp saw live (spikes J and T): names, refusals, checkboxes,
and that a deleted table takes the conditional formats over it along."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox.sheets import headers
from sandbox.sheets import mask as masks
from sandbox.sheets.box import Box
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Json, Ranged, Sheet
from sandbox.sheets.requests import tablecolumns
from sandbox.sheets.validation import check_condition

_ID_LETTERS = "0123456789"


def add_table(edit: Edit, request: Json) -> Json:
    """A new table; columns that the request neither names nor types take their names from the first row."""
    asked = masks.both_colours(request.get("table", {}))
    table_id = asked.get("tableId") or edit.ids.next(9, _ID_LETTERS)
    if any(table.body["tableId"] == table_id for _, table in every(edit)):
        raise Refused(f"A table with id {table_id} already exists.")
    columns = asked.get("columnProperties", ())
    made = _made(edit, asked, table_id)
    sheet = edit.sheet(made.boxes[0].sheet_id)
    made = tablecolumns.typed(made, columns)
    headers.write(sheet, made.boxes[0], tablecolumns.new_names(columns))
    tablecolumns.fill(sheet, made)
    sheet.tables = (*sheet.tables, made)
    headers.settle(sheet)
    return {"table": headers.table_json(sheet, made)}


def update_table(edit: Edit, request: Json) -> Json:
    """Columns, where they are among the fields, are replaced as a whole: one that is left out loses its type."""
    mask = masks.read("Table", request.get("fields", ""))
    asked = masks.both_colours(request.get("table", {}))
    sheet, old = find(edit, asked.get("tableId", ""))
    after = masks.merged(mask, headers.table_json(sheet, old), asked)
    made = _made(edit, _footed(mask, old, after), old.body["tableId"], but=old)
    if made.boxes[0].sheet_id != sheet.sheet_id:
        raise Refused("A table can't move to another sheet.")
    if "columnProperties" in mask or "*" in mask:
        columns = asked.get("columnProperties", ())
        made = tablecolumns.typed(made, columns)
        headers.write(sheet, made.boxes[0], tablecolumns.own_names(columns))
        tablecolumns.fill(sheet, made)
    else:
        made = tablecolumns.kept(made, old)
    sheet.tables = tuple(made if table is old else table for table in sheet.tables)
    headers.settle(sheet)
    return {}


def delete_table(edit: Edit, request: Json) -> Json:
    """The table goes with everything that its cells hold, and with the conditional formats over it."""
    sheet, old = find(edit, request.get("tableId", ""))
    box = sheet.clamp(old.boxes[0])
    edit.allow(box)
    for row, column, cell in list(sheet.filled()):
        if box.holds(row, column):
            sheet.put(row, column, replace(cell, value=None, validation=None, note="", extra={}))
    sheet.tables = tuple(table for table in sheet.tables if table is not old)
    sheet.conditional_formats = tuple(
        rule for rule in sheet.conditional_formats if not all(each.within(box) for each in rule.boxes)
    )
    return {}


def every(edit: Edit) -> list[tuple[Sheet, Ranged]]:
    """All tables of the book, with their sheets."""
    return [(sheet, table) for sheet in edit.book.sheets for table in sheet.tables]


def find(edit: Edit, table_id: str) -> tuple[Sheet, Ranged]:
    """The table of that id. Raises Refused where there is none."""
    for sheet, table in every(edit):
        if table.body["tableId"] == table_id:
            return sheet, table
    raise Refused(f"No table with id: {table_id}")


def table_box(edit: Edit, table_id: str) -> Box:
    """The cells of the table of that id, header and footer included."""
    return find(edit, table_id)[1].boxes[0]


def free_name(taken: set[str], name: str) -> str:
    """A table's name that no other has: the name itself, or with a number behind it."""
    number, found = 2, name
    while found.casefold() in taken:
        found, number = f"{name}_{number}", number + 1
    return found


def _made(edit: Edit, asked: Json, table_id: str, *, but: Ranged | None = None) -> Ranged:
    if "range" not in asked:
        raise Refused("A table must have a range.")
    box = edit.closed(Box.from_json(asked["range"]))
    others = [table for _, table in every(edit) if table is not but]
    edit.allow(box)
    if any(table.boxes[0].meets(box) for table in others):
        raise Refused("You can't create a table over a range that overlaps another table.")
    taken = {table.body["name"].casefold() for table in others}
    name = asked.get("name") or _first_name(taken)
    if name.casefold() in taken:
        raise Refused(f"A table with the name {name} already exists.")
    body: dict[str, Any] = {"tableId": table_id, "name": name}
    if asked.get("rowsProperties"):
        body["rowsProperties"] = asked["rowsProperties"]
    for column in asked.get("columnProperties", ()):
        _check_rule(column)
    return Ranged(boxes=(box,), body={**body, "columns": {}})


def _first_name(taken: set[str]) -> str:
    number = 1
    while f"table{number}" in taken:
        number += 1
    return f"Table{number}"


def _check_rule(column: Json) -> None:
    dropdown, rule = column.get("columnType") == "DROPDOWN", column.get("dataValidationRule")
    if dropdown and not (rule and rule.get("condition")):
        raise Refused("Condition must be set for dropdown column type.")
    if rule is not None and not dropdown:
        raise Refused("Cannot set condition for non-dropdown column type.")
    if rule is not None:
        check_condition(rule["condition"])
        if rule["condition"]["type"] != "ONE_OF_LIST":
            raise Refused("The condition of a dropdown column must be of type ONE_OF_LIST.")


def _footed(mask: Json, old: Ranged, after: Json) -> Json:
    """A table that gains a footer is one row longer; one that loses it is one row shorter."""
    if "range" in mask or "*" in mask:
        return after
    gained = tablecolumns.footed(after) - tablecolumns.footed(old.body)
    box = old.boxes[0]
    return {**after, "range": replace(box, bottom=(box.bottom or 0) + gained).to_json()} if gained else after
