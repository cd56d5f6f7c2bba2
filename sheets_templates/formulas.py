"""The formulas of label and lookup columns, for the first row under the header (row 2 unless it was moved down).

They refer to their own row by relative references, so they follow it when the tab is sorted or columns move."""

from __future__ import annotations

from sheets_templates.address import letters, quoted
from sheets_templates.schema import Catalogue, Column, Lookup, Part, Table

FIRST_ROW = 2


def formula(catalogue: Catalogue, table: Table, column: Column, row: int = FIRST_ROW) -> str:
    """The formula that a computed column holds in a row, counted from 1."""
    if column.lookup:
        return _lookup(table, catalogue.table(column.lookup.table), column.lookup, row)
    return _label(table, column, row)


def _label(table: Table, column: Column, row: int) -> str:
    parts = [_piece(table, part, row) for part in column.parts]
    told = "&".join(parts)
    named = [_own(table, table.id_column.key, row), *parts] if table.id_column else parts
    joined = '&" "&'.join(named)
    return f'=IF(LEN({told})=0,"",TRIM({joined}))'


def _piece(table: Table, part: Part, row: int) -> str:
    cell = _own(table, part.column, row)
    return f"LEFT({cell},{part.limit})" if part.limit else cell


def _own(table: Table, key: str, row: int) -> str:
    return f"{letters(table.positions[key])}{row}"


def _lookup(table: Table, target: Table, lookup: Lookup, row: int) -> str:
    own_id = _own(table, (table.id_column or table.columns[0]).key, row)
    shown = _found(own_id, target, lookup.kind, lookup.show)
    if lookup.link:
        shown = _link(_found(own_id, target, lookup.kind, lookup.link), shown, lookup)
    return f'=IFERROR({shown},"")'


def _link(where: str, shown: str, lookup: Lookup) -> str:
    url = f'"{lookup.link_prefix}"&{where}' if lookup.link_prefix else where
    text = f'"{lookup.text}"' if lookup.text else shown
    unlinked = '""' if lookup.text else shown
    return f"IF(LEN({where})=0,{unlinked},HYPERLINK({url},{text}))"


def _found(own_id: str, target: Table, kind: str, key: str) -> str:
    """The text in the hidden tab for this kind and this row's id: its first column holds both together."""
    first, last = letters(0), letters(len(target.columns) - 1)
    area = f"{quoted(target.title)}!${first}:${last}"
    return f'VLOOKUP("{kind} "&{own_id},{area},{target.positions[key] + 1},FALSE)&""'
