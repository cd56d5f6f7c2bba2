"""What one person does by hand in a browser: typing, sorting, copying, sharing, dragging. With their own token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import clients
import gspread

from server.demo.world import World
from sheets_templates import catalogue
from sheets_templates.schema import Table

BROWSER = "a-browser.sandbox.example"


@dataclass
class Person:
    """Somebody with an account, sitting at Google's own pages."""

    world: World
    email: str

    @cached_property
    def drive(self) -> Any:
        return clients.service(self.world.sandbox, "drive", "v3", self.email, client_id=BROWSER)

    @cached_property
    def calendar(self) -> Any:
        return clients.service(self.world.sandbox, "calendar", "v3", self.email, client_id=BROWSER)

    def share(self, file_id: str, **grant: str) -> None:
        self.drive.permissions().create(fileId=file_id, body=grant, sendNotificationEmail=False).execute()

    def open(self, file_id: str, table: Table) -> Tab:
        """A table's tab of a spreadsheet, still titled as it was made."""
        client = clients.spreadsheets(self.world.sandbox, self.email, client_id=BROWSER)
        return Tab(file_id, table.title, table.sheet_id, client.http_client)


@dataclass
class Tab:
    """One open tab. Rows are numbered as the sheet shows them: the headers stand in row 1."""

    file_id: str
    title: str
    sheet_id: int
    http: gspread.HTTPClient

    @property
    def table(self) -> Table:
        return next(t for t in catalogue.load().tables.values() if t.sheet_id == self.sheet_id)

    def rows(self, part: str = "") -> list[list[Any]]:
        """Rows as people see them, the headers first; ``part`` narrows them, such as ``1:1``."""
        place = f"{self._quoted}!{part}" if part else self._quoted
        found: list[list[Any]] = self.http.values_get(self.file_id, place).get("values", [])
        return found

    def place(self, column: str) -> int:
        """Where a column stands today, from 0, by its header."""
        return self.rows("1:1")[0].index(self.table.column(column).header)

    def column(self, column: str) -> list[str]:
        """What stands in a column today, under its header."""
        letters = gspread.utils.rowcol_to_a1(1, self.place(column) + 1)[:-1]
        return [str(row[0]) if row else "" for row in self.rows(f"{letters}2:{letters}")]

    def row_of(self, row_id: str) -> int:
        """The number of the row that carries this id today."""
        ids = self.column(self.table.id_column.key if self.table.id_column else "")
        return ids.index(row_id) + 2

    def cell(self, column: str, row: int) -> str:
        found = self.rows(self._corner(column, row))
        return str(found[0][0]) if found and found[0] else ""

    def _corner(self, column: str, row: int) -> str:
        return str(gspread.utils.rowcol_to_a1(row, self.place(column) + 1))

    def type(self, column: str, row: int, value: object, *, raw: bool = False) -> None:
        """Type into a cell, or paste with ``raw``."""
        corner = self._corner(column, row)
        how = {"valueInputOption": "RAW" if raw else "USER_ENTERED"}
        self.http.values_update(self.file_id, f"{self._quoted}!{corner}", how, {"values": [[value]]})

    def put(self, row: int, place: int, value: object) -> None:
        """Type into a cell told by its row and its place from 0."""
        corner = gspread.utils.rowcol_to_a1(row, place + 1)
        how = {"valueInputOption": "USER_ENTERED"}
        self.http.values_update(self.file_id, f"{self._quoted}!{corner}", how, {"values": [[value]]})

    def empty(self, first: int = 2) -> None:
        """Delete whatever stands in the rows from ``first`` on."""
        self.http.values_clear(self.file_id, f"{self._quoted}!A{first}:ZZ")

    def fill(self, rows: Sequence[Sequence[object]]) -> None:
        """Paste rows over the top left corner under the headers."""
        how = {"valueInputOption": "RAW"}
        self.http.values_update(self.file_id, f"{self._quoted}!A2", how, {"values": [list(row) for row in rows]})

    def fill_row(self, row: int, cells: Sequence[object]) -> None:
        """Paste cells over the beginning of one row."""
        how = {"valueInputOption": "RAW"}
        self.http.values_update(self.file_id, f"{self._quoted}!A{row}", how, {"values": [list(cells)]})

    def lengthen(self, rows: int) -> None:
        self.do("appendDimension", {"sheetId": self.sheet_id, "dimension": "ROWS", "length": rows})

    def sort(self, column: str, *, ascending: bool = False) -> None:
        order = "ASCENDING" if ascending else "DESCENDING"
        spec = [{"dimensionIndex": self.place(column), "sortOrder": order}]
        self.do("sortRange", {"range": {"sheetId": self.sheet_id, "startRowIndex": 1}, "sortSpecs": spec})

    def insert_row(self, row: int) -> None:
        self.do("insertDimension", {"range": self._span("ROWS", row - 1), "inheritFromBefore": False})

    def delete_row(self, row: int) -> None:
        self.do("deleteDimension", {"range": self._span("ROWS", row - 1)})

    def copy_row(self, row: int, to: int) -> None:
        """Copy a whole row over another one, its id too."""
        source, target = self._line(row), self._line(to)
        self.do("copyPaste", {"source": source, "destination": target, "pasteType": "PASTE_NORMAL"})

    def move_column(self, column: str, to: int) -> None:
        source = self._span("COLUMNS", self.place(column))
        self.do("moveDimension", {"source": source, "destinationIndex": to})

    def delete_column(self, column: str) -> None:
        self.do("deleteDimension", {"range": self._span("COLUMNS", self.place(column))})

    def rename_header(self, column: str, header: str) -> None:
        self.type(column, 1, header)

    def rename(self, title: str) -> None:
        self.do(
            "updateSheetProperties", {"properties": {"sheetId": self.sheet_id, "title": title}, "fields": "title"}
        )
        self.title = title

    @property
    def _quoted(self) -> str:
        title = self.title.replace("'", "''")
        return f"'{title}'"

    def _span(self, dimension: str, start: int) -> Mapping[str, Any]:
        return {"sheetId": self.sheet_id, "dimension": dimension, "startIndex": start, "endIndex": start + 1}

    def _line(self, row: int) -> Mapping[str, Any]:
        return {"sheetId": self.sheet_id, "startRowIndex": row - 1, "endRowIndex": row}

    def do(self, kind: str, request: Mapping[str, Any]) -> None:
        self.http.batch_update(self.file_id, {"requests": [{kind: request}]})
