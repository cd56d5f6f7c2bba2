"""``transfer-file.md`` and its JSON Schema: what follows a pupil to the next school, made from the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from docs.generate import markdown
from server.plans.transfer.policy import (
    BESIDE,
    STAYING_COLUMNS,
    STAYING_ROWS,
    STAYING_TABLES,
    travelling_columns,
    travelling_tables,
)
from server.plans.transfer.record import FORMAT, UNREAD, VERSION
from sheets_templates import catalogue
from sheets_templates.schema import REFERENCES, Column, Table, limits

ABOUT = """
When a pupil changes school, the whole file goes with them within 15 school days (R55). This is its format: one open
JSON file that any program can read, with the same record as a PDF for people. How to send one and bring one in:
[the file follows the pupil](../how-to/pass-a-pupil-on.md). The schema for programs is
[`transfer-file.schema.json`](transfer-file.schema.json)."""
SHAPE = f"""
## The file

- UTF-8; keys sorted; two spaces a level; one line end at the end. The same record gives the same bytes: what is
  brought into an empty school and sent on again is byte for byte the same.
- `format` is `{FORMAT}`, `version` is {VERSION}: the file's shape. `made_with` is the version of the tables.
- `pupil` is the pupil's id; `tables` has their rows by table, in the order of the workbook, closed cycles from
  archives first. Each row is an object: its id under its id column's name, and every column that says something.
- Dates are `YYYY-MM-DD`, times `HH:MM`, ticks `true`; several choices, lines or names are lists; numbers are numbers.
  Nothing, and a box without a tick, is left out.
- A name of a row leads to a row in the same file. Members of staff and entries of the library that the pupil's rows
  name go along, with the columns listed below and no others.
- `{UNREAD}` in a row has what stood in cells that nobody could read, such as “next week” for a date.
- All of it is text to a spreadsheet: nothing in it is ever a formula.

## When it is read

A file is refused, with the reason and the place, if it is too big or no JSON; of another version; has a table, column
or value that the tables don't know, or that is never passed on; has a row of another pupil, or a name that leads
nowhere. A file made with **newer** tables is taken: what has no place here is kept in a note on its row, and told.

An id that another row has is changed, always to the same other one, and all that names it follows. A pupil who stands
there already, by UPN or by name and date of birth, keeps what stands: empty cells are filled, cells that differ are
told. Running it again adds nothing."""
STAYS = """
## What stays, and why

Everything else travels, whoever may read it in school: the next school's staff need what this school's staff needed.
Columns that the school added itself stay too, as nobody said who may read them; the command names them."""


def page() -> str:
    known = catalogue.load()
    stays = [(known.table(key).title, "all rows", why) for key, why in STAYING_TABLES.items()]
    stays += [(known.table(key).title, "some rows", why) for key, (_, why) in STAYING_ROWS.items()]
    stays += [_column(path, why) for path, why in STAYING_COLUMNS.items()]
    goes = [_row(table) for table in travelling_tables(known)]
    return markdown.page(
        "Transfer file",
        ABOUT,
        SHAPE,
        STAYS,
        markdown.table(("Tab", "What", "Why it stays"), sorted(stays)),
        "## What goes",
        markdown.table(("In the file", "Tab", "Columns"), goes),
    )


def _column(path: str, why: str) -> tuple[str, str, str]:
    key, _, column = path.partition(".")
    table = catalogue.load().table(key)
    return table.title, f"“{table.column(column).header}”", why


def _row(table: Table) -> tuple[str, str, str]:
    columns = ", ".join(markdown.code(column.key) for column in travelling_columns(table))
    return markdown.code(table.key), table.title, columns


def schema() -> str:
    """The JSON Schema of the file, draft 2020-12."""
    tables = {table.key: _rows_schema(table) for table in travelling_tables(catalogue.load())}
    properties: Mapping[str, Any] = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "made_with": {"type": "integer", "minimum": 1},
        "pupil": {"$ref": "#/$defs/id"},
        "tables": {"type": "object", "properties": tables, "required": ["pupils"], "additionalProperties": False},
    }
    held = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "SEN Plans transfer file",
        "$defs": {"id": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$"}, UNREAD: held},
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }
    return f"{json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)}\n"


def _rows_schema(table: Table) -> dict[str, Any]:
    assert table.id_column is not None
    columns = dict(_columns(table))
    needed = [table.id_column.key, *([] if table.key in BESIDE or table.key == "pupils" else ["pupil"])]
    row = {"type": "object", "properties": {**columns, UNREAD: {"$ref": f"#/$defs/{UNREAD}"}}, "required": needed}
    many = {"minItems": 1, "maxItems": 1} if table.key == "pupils" else {}
    return {"title": table.title, "type": "array", "items": {**row, "additionalProperties": False}, **many}


def _columns(table: Table) -> Iterator[tuple[str, dict[str, Any]]]:
    for column in travelling_columns(table):
        yield column.key, {"title": column.header, **_type(column)}


def _type(column: Column) -> dict[str, Any]:
    one: dict[str, Any] = {"type": "string"}
    match column.kind:
        case "bool":
            return {"type": "boolean"}
        case "number" | "integer" | "rating":
            low, high = limits(column)
            range_ = {"minimum": low, "maximum": high}
            kind = "number" if column.kind == "number" else "integer"
            return {"type": kind, **{name: limit for name, limit in range_.items() if limit is not None}}
        case "date":
            return {"type": "string", "format": "date"}
        case "time":
            return {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}
        case "link":
            return {"type": "string", "format": "uri"}
    if column.kind in REFERENCES or column.kind == "id":
        one = {"$ref": "#/$defs/id"}
    elif column.choices and not column.open:
        one = {"enum": [choice.value for choice in column.choices]}
    return {"type": "array", "items": one} if column.many else one
