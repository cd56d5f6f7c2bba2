"""Protection, colours that mean something, and filters, as Sheets API requests."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from sheets_templates.address import letters
from sheets_templates.schema import Highlight, Table
from sheets_templates.starter import Filled
from sheets_templates.workbook_columns import Rows
from sheets_templates.workbook_tabs import colour, row_count

Request = dict[str, object]
_MISSING = "#FFF8E1"


def protection_requests(table: Table, editors: Sequence[str]) -> list[Request]:
    """Hidden tabs take writes from ``editors`` only; our columns on visible tabs warn, so sorting works."""
    if table.hidden:
        return [_protect({"sheetId": table.sheet_id}, "Kept by SEN Plans", editors={"users": list(editors)})]
    if table.service_owned:
        return [_protect({"sheetId": table.sheet_id}, "Written by SEN Plans", warningOnly=True)]
    return [warn_request(table, first, last) for first, last in _runs(table)]


def warn_request(table: Table, first: int, last: int) -> Request:
    """A warning before typing in columns that SEN Plans fills in."""
    area: dict[str, object] = {
        "sheetId": table.sheet_id,
        "startColumnIndex": first,
        "endColumnIndex": last + 1,
    }
    return _protect(area, "Filled in by SEN Plans; typing here breaks links to this row", warningOnly=True)


def _protect(area: dict[str, object], description: str, **how: object) -> Request:
    return {"addProtectedRange": {"protectedRange": {"range": area, "description": description, **how}}}


def _runs(table: Table) -> Iterator[tuple[int, int]]:
    """First and last place of each run of neighbouring id, label and lookup columns."""
    ours = [place for place, column in enumerate(table.columns) if column.computed or column.kind == "id"]
    for _, run in groupby(enumerate(ours), key=lambda pair: pair[1] - pair[0]):
        places = [place for _, place in run]
        yield places[0], places[-1]


def highlight_requests(filled: Filled) -> list[Request]:
    """Conditional formats: the table's highlights first, then needed cells that are empty in a row in use."""
    keys = filled.table.positions.keys()
    return rule_requests(filled.table, keys, Rows(end=row_count(filled)))


def rule_requests(table: Table, keys: Collection[str], rows: Rows, *, after: int = 0) -> list[Request]:
    """The conditional formats that these columns need, behind the ``after`` rules that the tab has."""
    rules = [_highlight(table, each, rows) for each in table.highlights if each.column in keys]
    rules += _missing(table, keys, rows)
    return [{"addConditionalFormatRule": {"rule": rule, "index": index}} for index, rule in enumerate(rules, after)]


def _highlight(table: Table, highlight: Highlight, rows: Rows) -> dict[str, object]:
    place = table.positions[highlight.column]
    first, last = (0, len(table.columns) - 1) if highlight.whole_row else (place, place)
    cell = f"${letters(place)}{rows.first + 1}"
    return _rule([_area(table, first, last, rows)], _test(highlight, cell), highlight.colour)


def _test(highlight: Highlight, cell: str) -> str:
    if highlight.contains:
        return f'=ISNUMBER(SEARCH("{highlight.contains}",{cell}))'
    tests = ",".join(f'{cell}="{value}"' for value in highlight.equals)
    return f"=OR({tests})"


def _missing(table: Table, keys: Collection[str], rows: Rows) -> list[dict[str, object]]:
    """Pale yellow for a needed cell left empty, once anything that names the row stands in it."""
    needed = [place for place, column in enumerate(table.columns) if column.required == "M" and column.kind != "bool"]
    chosen = [place for place in needed if table.columns[place].key in keys]
    if not chosen or table.service_owned:
        return []
    row = rows.first + 1
    named = "&".join(f"${letters(place)}{row}" for place in needed[:2])
    test = f"=AND(LEN({named})>0,LEN({letters(chosen[0])}{row})=0)"
    return [_rule([_area(table, place, place, rows) for place in chosen], test, _MISSING)]


def _area(table: Table, first: int, last: int, rows: Rows) -> dict[str, object]:
    columns = {"startColumnIndex": first, "endColumnIndex": last + 1}
    return {"sheetId": table.sheet_id, "startRowIndex": rows.first, "endRowIndex": rows.end, **columns}


def _rule(areas: list[dict[str, object]], test: str, shade: str) -> dict[str, object]:
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": test}]}
    return {
        "ranges": areas,
        "booleanRule": {"condition": condition, "format": {"backgroundColorStyle": colour(shade)}},
    }


def filter_request(filled: Filled) -> list[Request]:
    """A filter on every column of a tab that people work in."""
    if filled.table.hidden:
        return []
    area = {
        "sheetId": filled.table.sheet_id,
        "startRowIndex": 0,
        "startColumnIndex": 0,
        "endColumnIndex": len(filled.table.columns),
    }
    return [{"setBasicFilter": {"filter": {"range": area}}}]
