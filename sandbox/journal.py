"""What happened, in order: one entry per API request, per part of a batch, and per token request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.discovery import Method
from sandbox.state import Workspace

_TARGETS = ("spreadsheetId", "documentId", "fileId", "calendarId", "driveId", "teamDriveId")
_READS_BY_POST = frozenset(
    {
        "sheets.spreadsheets.getByDataFilter",
        "sheets.spreadsheets.values.batchGetByDataFilter",
        "sheets.spreadsheets.developerMetadata.search",
        "calendar.freebusy.query",
        "drive.files.download",
    }
)


def is_write(method: Method) -> bool:
    """Whether the method changes anything."""
    return method.http_method != "GET" and method.id not in _READS_BY_POST


def target(params: Mapping[str, Any]) -> str:
    """The id of the file or calendar that the parameters name, or ``""``."""
    return next((str(params[name]) for name in _TARGETS if name in params), "")


def made(result: Any) -> str:
    """The id of what a create call made."""
    if not isinstance(result, Mapping):
        return ""
    return str(next((result[name] for name in ("spreadsheetId", "documentId", "id") if name in result), ""))


def record(
    workspace: Workspace,
    *,
    method: str,
    kind: str = "call",
    user: str = "",
    client: str = "",
    target: str = "",
    write: bool = False,
    in_batch: bool = False,
) -> dict[str, Any]:
    """A new last entry, with status 0 until the answer is known. ``kind`` is call, batch or oauth."""
    entry = {
        "n": len(workspace.journal) + 1,
        "kind": kind,
        "user": user,
        "client": client,
        "method": method,
        "target": target,
        "status": 0,
        "write": write,
        "in_batch": in_batch,
    }
    workspace.journal.append(entry)
    return entry
