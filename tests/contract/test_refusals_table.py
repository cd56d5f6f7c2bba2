"""What Google refuses, and in which words: each row of the table of refusals, against one sandbox or account."""

from __future__ import annotations

from typing import Any

import pytest
import refusals
from ground import Google
from refusals import CALENDAR, DOCS, DRIVE, SHEETS, UPDATE, Things, difference, requests_of, send

pytestmark = pytest.mark.any_google


@pytest.fixture(scope="module")
def things(modules_google: Google) -> Things:
    return refusals.things(modules_google)


@pytest.mark.parametrize(("verb", "path", "body", "status", "reason", "words"), SHEETS + DOCS)
def test_sheets_and_docs_refuse_with_a_canonical_status(
    modules_google: Google, things: Things, verb: str, path: str, body: Any, status: int, reason: str, words: str
) -> None:
    answer = send(modules_google, things, verb, path, body)
    assert not difference((verb, path, body, status, reason, words), answer)
    assert set(answer.json()["error"]) <= {"code", "message", "status", "details"}


@pytest.mark.parametrize(("verb", "path", "body", "status", "reason", "words"), DRIVE + CALENDAR)
def test_drive_and_calendar_refuse_with_a_list_of_errors(
    modules_google: Google, things: Things, verb: str, path: str, body: Any, status: int, reason: str, words: str
) -> None:
    answer = send(modules_google, things, verb, path, body)
    assert not difference((verb, path, body, status, reason, words), answer)


def test_a_refusal_changes_nothing(modules_google: Google, things: Things) -> None:
    before = send(modules_google, things, "GET", "/v4/spreadsheets/{sheet}", None).json()
    half = requests_of({"addSheet": {"properties": {"title": "New"}}}, {"deleteSheet": {"sheetId": 999}})
    assert send(modules_google, things, "POST", UPDATE, half).status_code == 400
    assert send(modules_google, things, "GET", "/v4/spreadsheets/{sheet}", None).json() == before


def test_the_table_is_long_enough() -> None:
    assert len(SHEETS + DOCS + DRIVE + CALENDAR) >= 60
