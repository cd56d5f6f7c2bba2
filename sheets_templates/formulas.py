"""The formulas of label and lookup columns, for the first row under the header.

They refer to their own row by relative references, so they follow it when the tab is sorted or columns move."""

from __future__ import annotations

from sheets_templates.address import letters, quoted
from sheets_templates.schema import Catalogue, Column, Lookup, Part, Table

FIRST_ROW = 2


def formula(catalogue: Catalogue, table: Table, column: Column) -> str:
    """The formula that a computed column holds in row 2."""
    if column.lookup:
        return _lookup(table, catalogue.table(column.lookup.table), column.lookup)
    return _label(table, column)


def _label(table: Table, column: Column) -> str:
    parts = [_piece(table, part) for part in column.parts]
    told = "&".join(parts)
    named = [_own(table, table.id_column.key), *parts] if table.id_column else parts
    joined = '&" "&'.join(named)
    return f'=IF(LEN({told})=0,"",TRIM({joined}))'


def _piece(table: Table, part: Part) -> str:
    cell = _own(table, part.column)
    return f"LEFT({cell},{part.limit})" if part.limit else cell


def _own(table: Table, key: str) -> str:
    return f"{letters(table.positions[key])}{FIRST_ROW}"


def _lookup(table: Table, target: Table, lookup: Lookup) -> str:
    shown = _found(table, target, lookup.kind, lookup.show)
    if lookup.link:
        shown = _link(_found(table, target, lookup.kind, lookup.link), shown, lookup)
    return f'=IFERROR({shown},"")'


def _link(where: str, shown: str, lookup: Lookup) -> str:
    url = f'"{lookup.link_prefix}"&{where}' if lookup.link_prefix else where
    text = f'"{lookup.text}"' if lookup.text else shown
    unlinked = '""' if lookup.text else shown
    return f"IF(LEN({where})=0,{unlinked},HYPERLINK({url},{text}))"


def _found(table: Table, target: Table, kind: str, key: str) -> str:
    """The text in the hidden tab for this kind and this row's id: its first column holds both together."""
    first, last = letters(0), letters(len(target.columns) - 1)
    own_id = _own(table, table.columns[0].key)
    area = f"{quoted(target.title)}!${first}:${last}"
    return f'VLOOKUP("{kind} "&{own_id},{area},{target.positions[key] + 1},FALSE)&""'
