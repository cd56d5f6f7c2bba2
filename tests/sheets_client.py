"""Short ways to say a Sheets request in tests, over a real client."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError

SENCO, TEACHER, STRANGER = "senco@school.example", "teacher@school.example", "stranger@else.example"


class Book:
    """One spreadsheet through google-api-python-client, as one person."""

    def __init__(self, service: Any, file_id: str) -> None:
        self.api = service.spreadsheets()
        self.id = file_id

    def batch(self, *requests: dict[str, Any], **options: Any) -> dict[str, Any]:
        body = {"requests": list(requests), **options}
        answer: dict[str, Any] = self.api.batchUpdate(spreadsheetId=self.id, body=body).execute()
        return answer

    def put(self, place: str, rows: list[list[Any]], option: str = "USER_ENTERED") -> dict[str, Any]:
        answer: dict[str, Any] = (
            self.api.values()
            .update(spreadsheetId=self.id, range=place, valueInputOption=option, body={"values": rows})
            .execute()
        )
        return answer

    def values(self, place: str, render: str = "FORMATTED_VALUE", **options: Any) -> list[list[Any]]:
        asked = self.api.values().get(spreadsheetId=self.id, range=place, valueRenderOption=render, **options)
        found: list[list[Any]] = asked.execute().get("values", [])
        return found

    def get(self, **options: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.api.get(spreadsheetId=self.id, **options).execute()
        return found

    def cell(self, place: str) -> dict[str, Any]:
        """All that Sheets says of one cell."""
        data = self.get(ranges=place, includeGridData=True)["sheets"][0]["data"][0]
        found: dict[str, Any] = data.get("rowData", [{}])[0].get("values", [{}])[0]
        return found


def new_book(service: Any, title: str = "Plans", **body: Any) -> Book:
    """A new spreadsheet that reads what is typed as in Britain, wherever its owner is."""
    properties = {"title": title, "locale": "en_GB", "timeZone": "Europe/London"}
    made = service.spreadsheets().create(body={"properties": properties, **body}).execute()
    return Book(service, made["spreadsheetId"])


def grid(
    sheet_id: int = 0, rows: tuple[int, int] | None = None, columns: tuple[int, int] | None = None
) -> dict[str, Any]:
    made = {"sheetId": sheet_id}
    if rows:
        made |= {"startRowIndex": rows[0], "endRowIndex": rows[1]}
    if columns:
        made |= {"startColumnIndex": columns[0], "endColumnIndex": columns[1]}
    return made


def refusal(error: pytest.ExceptionInfo[HttpError]) -> tuple[int, str]:
    return error.value.status_code, error.value.reason
