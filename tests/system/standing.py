"""Everything that stands at a sandbox's Google, comparable between two runs: ids become what they are ids of."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from sandbox.calendar.state import calendar_state
from sandbox.docs.backend import Doc, DocsState, docs_state
from sandbox.docs.exporting import export
from sandbox.drive.files import File, drive_state
from sandbox.sheets.model import Formula, SheetsState, Spreadsheet
from sandbox.state import Workspace
from server.demo.world import CLIENT

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
TEXT = "text/plain"


def state(workspace: Workspace) -> dict[str, Any]:
    """Files with their grants and texts, every cell as it was entered, named ranges, events with their guests."""
    files = [f for f in drive_state(workspace).files.values() if not f.trashed and CLIENT in f.app_properties]
    names = {file.id: _name(file) for file in files}
    calendars = [c for c in calendar_state(workspace).calendars.values() if c.client_id]
    names |= {calendar.id: "CALENDAR" for calendar in calendars}
    books = workspace.service("sheets", SheetsState).books
    return {
        "files": sorted(_file(workspace, file) for file in files),
        "cells": {names[f.id]: _cells(books[f.id], names) for f in files if f.id in books},
        "ranges": {names[f.id]: sorted(books[f.id].names) for f in files if f.id in books},
        "events": [sorted(_event(event) for event in calendar.events.values()) for calendar in calendars],
    }


def _name(file: File) -> str:
    properties = file.app_properties[CLIENT]
    kind = (properties.get(f"senplans_{key}", "") for key in ("kind", "pupil", "household", "group"))
    return "/".join(part for part in kind if part)


def _file(workspace: Workspace, file: File) -> tuple[Any, ...]:
    grants = sorted((p.role, p.type, p.target) for p in file.permissions.values())
    text = ""
    if file.id in docs_state(workspace).documents:
        text = _text(docs_state(workspace).documents[file.id].content)
    return _name(file), file.name, tuple(grants), text, file.app_properties[CLIENT].get("senplans_view", "")[:32]


@functools.lru_cache(maxsize=256)
def _text(content: bytes) -> str:
    alone = Workspace()
    alone.services["docs"] = DocsState(documents={"one": Doc(content=content)})
    return export(alone, "one", TEXT, title="").decode()


def _cells(book: Spreadsheet, names: Mapping[str, str]) -> dict[str, list[tuple[int, int, object]]]:
    return {
        sheet.title: [
            (row, column, _entered(cell.value, names))
            for row, column, cell in sheet.filled()
            if cell.value not in (None, "")
        ]
        for sheet in book.sheets
    }


def _entered(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, Formula):
        return f"formula {value.text}"
    if not isinstance(value, str):
        return value
    for file_id, name in names.items():
        if file_id in value:
            value = value.replace(file_id, f"<{name}>")
    return MOMENT.sub("<moment>", value)


def _event(event: Any) -> tuple[Any, ...]:
    draft = event.draft
    guests = sorted(guest.email for guest in draft.guests)
    return event.id, event.cancelled, draft.says("summary"), str(draft.start), str(draft.end), tuple(guests)
