"""What a workbook of an earlier version lacks, as one batchUpdate: tabs, columns, choices.

Every cell that is written stands in a tab or a column that the same batch adds, so nothing that people typed can be
written over, whatever they did since it was read; nothing is moved, renamed, recoloured or deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_templates.arrangement import Arrangement, arrange
from sheets_templates.schema import Catalogue, Column, Table, Workbook
from sheets_templates.standing import FIRST_VERSION, StandingBook
from sheets_templates.starter import Filled, fill
from sheets_templates.workbook import table_requests
from sheets_templates.workbook_columns import Rows, one_column, validation
from sheets_templates.workbook_rules import rule_requests, warn_request
from sheets_templates.workbook_tabs import header, header_look, tab_request
from sheets_templates.workbook_version import given_request, mark, version_request

Request = dict[str, object]
Lists = Mapping[str, Sequence[str]]

NEWER = (
    "This workbook is of version {theirs}; this SEN Plans knows versions up to {ours}. It was left as it is. "
    "Update SEN Plans first."
)
NOT_OURS = "This spreadsheet lacks the hidden tab that SEN Plans makes, so it was left as it is."


@dataclass(frozen=True, kw_only=True)
class Upgrade:
    """The requests of one batchUpdate, and what they add in words. ``refusal`` says why there are none."""

    requests: tuple[Request, ...] = ()
    tabs: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.requests


def plan_upgrade(
    catalogue: Catalogue,
    which: Workbook,
    book: StandingBook,
    *,
    lists: Lists,
    editors: Sequence[str],
    id_salt: str,
) -> Upgrade:
    """Everything that this workbook lacks of the catalogue. ``lists``, ``editors``, ``id_salt`` as for a new one.

    Deterministic; of a workbook that lacks nothing it is empty. A newer workbook is refused with a sentence."""
    tables = catalogue.workbook(which)
    titles = book.titles
    if (book.version or FIRST_VERSION) > catalogue.version:
        return Upgrade(refusal=NEWER.format(theirs=book.version, ours=catalogue.version))
    if not all(table.sheet_id in titles for table in tables if table.hidden and table.service_owned):
        return Upgrade(refusal=NOT_OURS)
    tabs = {tab.sheet_id: tab for tab in book.tabs}
    arranged = [arrange(table, tabs[table.sheet_id]) for table in tables if table.sheet_id in tabs]
    added = _titled((table for table in tables if table.sheet_id not in tabs), titles.values())
    today = {each.key: each for each in (*(a.table for a in arranged), *added)}
    return _planned(
        replace(catalogue, tables={**catalogue.tables, **today}), which, book, arranged, lists, editors, id_salt
    )


def _titled(tables: Iterable[Table], taken: Iterable[str]) -> list[Table]:
    """New tabs, under another title where somebody has a tab of that name."""
    used = {title.casefold() for title in taken}
    return [
        replace(table, title=f"{table.title} (SEN Plans)") if table.title.casefold() in used else table
        for table in tables
    ]


def _planned(
    catalogue: Catalogue,
    which: Workbook,
    book: StandingBook,
    arranged: Sequence[Arrangement],
    lists: Lists,
    editors: Sequence[str],
    id_salt: str,
) -> Upgrade:
    """The upgrade, from a ``catalogue`` whose tables stand as they will in this workbook."""
    filled, _ = fill(catalogue, which, starter={}, salt=id_salt)
    new_tabs = [each for each in filled if each.table.sheet_id not in book.titles]
    refreshed = [(each, column) for each in arranged for column in _stale(catalogue, each, lists)]
    requests: list[Request] = [request for each in arranged for request in each.inserts]
    requests += _tabs(catalogue, which, book, new_tabs)
    requests += [request for each in arranged for request in _columns(catalogue, each, lists)]
    for tab in new_tabs:
        requests += table_requests(catalogue, tab, lists, editors)
    requests += [_dropdown(catalogue, each, column, lists) for each, column in refreshed]
    requests += [request for each in arranged for request in _told(catalogue, each, lists)]
    if book.version != catalogue.version:
        requests.append(version_request(catalogue.version, replace=book.version is not None))
    return Upgrade(
        requests=tuple(requests),
        tabs=tuple(each.table.title for each in new_tabs),
        columns=tuple(_named(each, each.table.column(key)) for each in arranged for key in each.new),
        choices=tuple(_named(each, column) for each, column in refreshed),
    )


def _named(arranged: Arrangement, column: Column) -> str:
    return f"{arranged.table.title} › {column.header}"


def _tabs(catalogue: Catalogue, which: Workbook, book: StandingBook, new_tabs: Sequence[Filled]) -> list[Request]:
    """New tabs behind the nearest one that stands before them in the template; the others keep their order."""
    order = [tab.sheet_id for tab in book.tabs]
    template = [table.sheet_id for table in catalogue.workbook(which)]
    requests = []
    for each in new_tabs:
        before = template[: template.index(each.table.sheet_id)]
        at = next((order.index(sheet) + 1 for sheet in reversed(before) if sheet in order), 0)
        order.insert(at, each.table.sheet_id)
        requests.append(tab_request(each, at))
    return requests


def _rows(arranged: Arrangement) -> Rows:
    first = arranged.header_row + 1
    return Rows(first=first, end=max(arranged.tab.rows, first + 1))


def _columns(catalogue: Catalogue, arranged: Arrangement, lists: Lists) -> list[Request]:
    """The new columns of one tab: header, note, look, dropdown, width, tag, warning and highlight."""
    table, rows = arranged.table, _rows(arranged)
    requests = []
    for key in arranged.new:
        requests += [*_header(arranged, key), *one_column(catalogue, table, key, lists, rows)]
        if table.column(key).computed and not table.service_owned:
            requests.append(warn_request(table, table.positions[key], table.positions[key]))
    return [*requests, *rule_requests(table, arranged.new, rows, after=arranged.tab.rules)]


def _header(arranged: Arrangement, key: str) -> list[Request]:
    table, row = arranged.table, arranged.header_row
    place = table.positions[key]
    start = {"sheetId": table.sheet_id, "rowIndex": row, "columnIndex": place}
    cell = {**header(table.column(key)), "userEnteredFormat": header_look(table)}
    fields = "userEnteredValue,note,userEnteredFormat"
    return [{"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": fields}}]


def _stale(catalogue: Catalogue, arranged: Arrangement, lists: Lists) -> list[Column]:
    """Columns that were here before, whose dropdown lists other choices than it was given."""
    standing = [c for c in catalogue.table(arranged.table.key).columns if c.header and c.key not in arranged.new]
    marks = ((column, mark(catalogue, arranged.table, column, lists)) for column in standing)
    return [column for column, now in marks if now and arranged.given.get(column.key) != now]


def _dropdown(catalogue: Catalogue, arranged: Arrangement, column: Column, lists: Lists) -> Request:
    place = arranged.table.positions[column.key]
    area = {
        "sheetId": arranged.table.sheet_id,
        "startRowIndex": arranged.header_row + 1,
        "startColumnIndex": place,
        "endColumnIndex": place + 1,
    }
    return {"setDataValidation": {"range": area, "rule": validation(catalogue, arranged.table, column, lists)}}


def _told(catalogue: Catalogue, arranged: Arrangement, lists: Lists) -> list[Request]:
    """What the tab was given by now, where that is more or other than it says."""
    columns = [column for column in arranged.table.columns if column.header]
    now = {column.key: mark(catalogue, arranged.table, column, lists) for column in columns}
    after = {**arranged.given, **{key: text or arranged.given.get(key, "") for key, text in now.items()}}
    if after == arranged.tab.given:
        return []
    return [given_request(arranged.table.sheet_id, after, replace=arranged.tab.given is not None)]
