"""New rows right under the first row of a table, so that its lists, formulas and looks reach over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from server.plans.ports import Request
from sheets_templates.reading import TableReading
from sheets_templates.schema import Table


@dataclass(frozen=True, kw_only=True)
class NewRows:
    """So many rows to come into a table as it was read."""

    table: Table
    there: TableReading
    count: int

    @property
    def top(self) -> int:
        """The index of the first new row."""
        return self._model + (1 if self.there.size else 0)

    def requests(
        self, rows: Sequence[dict[str, Any]], fields: str, *, like: Sequence[str] = ("PASTE_FORMULA",)
    ) -> Iterator[Request]:
        """Put these rows in. The first row's dropdowns are pasted over them; ``like`` is what else its worked-out
        columns give to theirs."""
        span = {"sheetId": self.table.sheet_id, "dimension": "ROWS"}
        span |= {"startIndex": self.top, "endIndex": self.top + self.count}
        start = {"sheetId": self.table.sheet_id, "rowIndex": self.top, "columnIndex": 0}
        yield {"insertDimension": {"range": span, "inheritFromBefore": True}}
        yield {"updateCells": {"start": start, "rows": list(rows), "fields": fields}}
        if not self.there.size:
            return
        yield self._pasted("PASTE_DATA_VALIDATION")
        computed = (column.key for column in self.table.columns if column.computed)
        for place in sorted(self.there.columns[key] for key in computed if key in self.there.columns):
            yield from (self._pasted(kind, place) for kind in like)

    @property
    def _model(self) -> int:
        return self.there.header_row + 1

    def _pasted(self, kind: str, place: int | None = None) -> Request:
        columns = {} if place is None else {"startColumnIndex": place, "endColumnIndex": place + 1}
        own = {"sheetId": self.table.sheet_id, **columns}
        source = {**own, "startRowIndex": self._model, "endRowIndex": self._model + 1}
        target = {**own, "startRowIndex": self.top, "endRowIndex": self.top + self.count}
        return {"copyPaste": {"source": source, "destination": target, "pasteType": kind}}
