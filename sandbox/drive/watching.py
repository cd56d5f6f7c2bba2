"""``files.watch`` and ``changes.watch``: channels that really post, opened on one file or on a person's changes.

Source: https://developers.google.com/workspace/drive/api/guides/push; an hour where no time is asked for, and the
form of ``resourceUri``, from logs of answers in issues of Ballerina's Drive connector. A longer time than Google's
longest is cut to it: assumed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from sandbox.call import Call
from sandbox.drive import access, changes
from sandbox.push.channels import Watched, open_channel

_BASE = "https://www.googleapis.com/drive/v3/"
_HOUR, _DAY, _WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def file(call: Call) -> Mapping[str, Any]:
    """Follows one file that the caller can see, for a day at most."""
    watched = access.require(call, call.params["fileId"], "reader")
    query = {"acknowledgeAbuse": False, "supportsAllDrives": False, "supportsTeamDrives": False}
    return _opened(call, f"file {watched.id}", f"files/{watched.id}", query, longest=_DAY)


def all_changes(call: Call) -> Mapping[str, Any]:
    """Follows the caller's changes, or with ``driveId`` a shared drive's, for a week at most."""
    changes.check_token(call)
    drive_id = str(call.params.get("driveId") or "")
    if drive_id:
        access.require_drive(call, drive_id, "reader")
    query = {
        **({"driveId": drive_id} if drive_id else {}),
        "includeCorpusRemovals": False,
        "includeItemsFromAllDrives": False,
        "includeRemoved": True,
        "includeTeamDriveItems": False,
        "pageSize": 100,
        "pageToken": "",
        "restrictToMyDrive": False,
        "spaces": "drive",
        "supportsAllDrives": False,
        "supportsTeamDrives": False,
    }
    return _opened(call, f"changes {drive_id}".strip(), "changes", query, longest=_WEEK)


def _opened(
    call: Call, resource: str, path: str, query: Mapping[str, Any], *, longest: timedelta
) -> Mapping[str, Any]:
    asked = {name: _written(call.params.get(name, usual)) for name, usual in query.items()}
    uri = f"{_BASE}{path}?{urlencode({**asked, 'alt': 'json'})}"
    return open_channel(call, Watched(resource=resource, uri=uri, usual=_HOUR, longest=longest))


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
