"""What runs leave in an account that were cut off: found again by their marks."""

from __future__ import annotations

from typing import Any

from ground import FOLDER
from live.keeper import MARK

NAME = "senplans live-check"
TAG = {"senplans_live_check": "run"}


def leftover_folders(drive: Any) -> list[str]:
    """Folders of earlier runs that were cut off."""
    ((key, value),) = TAG.items()
    tagged = f"appProperties has {{ key='{key}' and value='{value}' }}"
    query = f"{tagged} and mimeType = '{FOLDER}' and trashed = false and 'me' in owners"
    return ids(drive.files(), query)


def leftover_calendars(calendar: Any) -> list[str]:
    """Calendars of earlier runs that were cut off."""
    found: list[str] = []
    entries = calendar.calendarList()
    request = entries.list(showHidden=True, maxResults=250)
    while request is not None:
        page = request.execute()
        found += [
            one["id"]
            for one in page.get("items", [])
            if one.get("description") == MARK and one["accessRole"] == "owner" and not one.get("primary")
        ]
        request = entries.list_next(request, page)
    return found


def ids(files: Any, query: str) -> list[str]:
    """The ids of all files that a query finds."""
    found: list[str] = []
    request = files.list(q=query, pageSize=1000, fields="nextPageToken,files(id)")
    while request is not None:
        page = request.execute()
        found += [one["id"] for one in page["files"]]
        request = files.list_next(request, page)
    return found
