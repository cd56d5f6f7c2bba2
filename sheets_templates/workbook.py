"""A whole workbook as one batchUpdate: plain request dicts for the Sheets API, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_templates.ledger import append_log_requests, ledger_requests
from sheets_templates.schema import Catalogue, CellProblem, Workbook
from sheets_templates.starter import Filled, Starter, fill
from sheets_templates.workbook_cells import cell_requests
from sheets_templates.workbook_columns import column_requests
from sheets_templates.workbook_rules import filter_request, highlight_requests, protection_requests
from sheets_templates.workbook_tabs import header_requests, tab_request
from sheets_templates.workbook_version import given, given_request, version_request

__all__ = ["Made", "append_log_requests", "ledger_requests", "make_requests"]

Request = dict[str, object]
GOOGLES_FIRST_SHEET = 0


@dataclass(frozen=True, kw_only=True)
class Made:
    """The requests of one batchUpdate, in order, and the starter values that no cell can hold."""

    requests: tuple[Request, ...]
    problems: tuple[CellProblem, ...] = ()


def make_requests(
    catalogue: Catalogue,
    which: Workbook,
    *,
    starter: Starter,
    lists: Mapping[str, Sequence[str]],
    editors: Sequence[str],
    id_salt: str,
    lease: Mapping[str, object] | None = None,
    spare_rows: int | None = None,
    locale: str = "en_GB",
    time_zone: str = "Europe/London",
) -> Made:
    """Everything that turns a spreadsheet Google has just made into this workbook.

    ``starter`` has rows by table and column key (tables of the other workbook are passed over); ``lists`` has the
    dropdown of a table that lives in another workbook (its labels, by table key); ``editors`` are the addresses
    that may write the hidden tabs; ``lease`` is a NamedRange (id and name) to take in the same batch. Raises
    ValueError for tables or columns that do not exist."""
    filled, problems = fill(catalogue, which, starter=starter, salt=id_salt, spare_rows=spare_rows)
    requests: list[Request] = [_properties(locale, time_zone)]
    requests += [tab_request(each, index) for index, each in enumerate(filled)]
    if lease:
        requests.append(_lease_request(lease, filled))
    for each in filled:
        requests += table_requests(catalogue, each, lists, editors)
    requests.append(version_request(catalogue.version))
    requests.append({"deleteSheet": {"sheetId": GOOGLES_FIRST_SHEET}})
    return Made(requests=tuple(requests), problems=problems)


def _properties(locale: str, time_zone: str) -> Request:
    properties = {"locale": locale, "timeZone": time_zone}
    return {"updateSpreadsheetProperties": {"properties": properties, "fields": "locale,timeZone"}}


def _lease_request(lease: Mapping[str, object], filled: Sequence[Filled]) -> Request:
    """The lease stands on the first cell of the last hidden tab unless it says where."""
    first_cell = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    place = {"sheetId": filled[-1].table.sheet_id, **first_cell}
    return {"addNamedRange": {"namedRange": {"range": place, **lease}}}


def table_requests(
    catalogue: Catalogue, filled: Filled, lists: Mapping[str, Sequence[str]], editors: Sequence[str]
) -> list[Request]:
    """Everything that goes into a tab that was just added."""
    return [
        *header_requests(filled.table),
        *cell_requests(filled),
        *column_requests(catalogue, filled, lists),
        *protection_requests(filled.table, editors),
        *highlight_requests(filled),
        *filter_request(filled),
        given_request(filled.table.sheet_id, given(catalogue, filled.table, lists)),
    ]
