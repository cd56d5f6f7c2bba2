"""What Google tells the add-on about a tap or an opened panel, checked and typed.

Every part may be missing, and nothing in it is trusted: what is of the wrong type or far too long counts as missing.
Shapes: https://developers.google.com/workspace/add-ons/concepts/event-objects
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST_TOKEN = 10_000
LONGEST_TEXT = 2_000
LONGEST_INPUT = 20_000
MOST_ENTRIES = 100
FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")
EDITORS = ("sheets", "docs", "slides")
SPREADSHEET = "application/vnd.google-apps.spreadsheet"


class BadEvent(ValueError):
    """The body is not an add-on event."""


@dataclass(frozen=True, kw_only=True)
class OpenFile:
    """The file beside the panel, or the one selected in Drive. ``id`` is "" until the file is granted."""

    id: str = ""
    title: str = ""
    mime_type: str = ""
    granted: bool = False


@dataclass(frozen=True, kw_only=True)
class Event:
    """One call of Google's. ``scopes`` is None where Google does not say what the person granted."""

    host: str = ""
    platform: str = ""
    locale: str = ""
    time_zone: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scopes: frozenset[str] | None = None
    file: OpenFile | None = None
    user_token: str = field(default="", repr=False)
    user_id_token: str = field(default="", repr=False)
    system_id_token: str = field(default="", repr=False)

    @property
    def spreadsheet_id(self) -> str:
        """The spreadsheet that this person opened to us, or ""."""
        if self.file is None or not self.file.granted:
            return ""
        is_sheet = self.host == "SHEETS" or self.file.mime_type == SPREADSHEET
        return self.file.id if is_sheet else ""

    @property
    def lacks_file_scope(self) -> bool:
        """Whether a spreadsheet is open that this person has not opened to us yet."""
        return self.host == "SHEETS" and not self.spreadsheet_id

    def lacks(self, scopes: frozenset[str]) -> frozenset[str]:
        """Those of ``scopes`` that this person is known not to have granted."""
        return frozenset() if self.scopes is None else scopes - self.scopes


def parse_event(body: object) -> Event:
    """The event in a request's JSON. Raises BadEvent where it is not even an object."""
    if not isinstance(body, Mapping):
        raise BadEvent("An add-on event is a JSON object.")
    common, granted = _object(body, "commonEventObject"), _object(body, "authorizationEventObject")
    host = _text(common, "hostApp").upper()
    return Event(
        host=host,
        platform=_text(common, "platform").upper(),
        locale=_text(common, "userLocale"),
        time_zone=_text(_object(common, "timeZone"), "id"),
        parameters=_texts(_object(common, "parameters")),
        inputs=_inputs(_object(common, "formInputs")),
        scopes=_scopes(granted),
        file=_file(body, host),
        user_token=_text(granted, "userOAuthToken", LONGEST_TOKEN),
        user_id_token=_text(granted, "userIdToken", LONGEST_TOKEN),
        system_id_token=_text(granted, "systemIdToken", LONGEST_TOKEN),
    )


def _object(parent: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = parent.get(key)
    return found if isinstance(found, Mapping) else {}


def _text(parent: Mapping[str, Any], key: str, longest: int = LONGEST_TEXT) -> str:
    found = parent.get(key)
    return found if isinstance(found, str) and len(found) <= longest else ""


def _texts(parent: Mapping[str, Any]) -> Mapping[str, str]:
    pairs = list(parent.items())[:MOST_ENTRIES]
    return {key: _text(parent, key) for key, value in pairs if isinstance(value, str)}


def _scopes(granted: Mapping[str, Any]) -> frozenset[str] | None:
    found = granted.get("authorizedScopes")
    if not isinstance(found, list):
        return None
    return frozenset(scope for scope in found[:MOST_ENTRIES] if isinstance(scope, str))


def _inputs(form: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Each widget's texts. Dates come as milliseconds since 1970, as text or as a number."""
    found: dict[str, tuple[str, ...]] = {}
    for name, widget in list(form.items())[:MOST_ENTRIES]:
        if isinstance(widget, Mapping):
            texts = _object(widget, "stringInputs").get("value")
            moment = _object(widget, "dateInput").get("msSinceEpoch")
            values = texts if isinstance(texts, list) else [moment]
            kept = [str(value) for value in values[:MOST_ENTRIES] if _is_input(value)]
            found[name] = tuple(kept)
    return found


def _is_input(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_INPUT
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15


def _file(body: Mapping[str, Any], host: str) -> OpenFile | None:
    if host.casefold() in EDITORS:
        return _open_file(_object(body, host.casefold()))
    if host == "DRIVE":
        drive = _object(body, "drive")
        return _open_file(_object(drive, "activeCursorItem")) if drive else None
    return None


def _open_file(item: Mapping[str, Any]) -> OpenFile:
    file_id = _text(item, "id")
    known = file_id if FILE_ID.fullmatch(file_id) else ""
    return OpenFile(
        id=known,
        title=_text(item, "title"),
        mime_type=_text(item, "mimeType"),
        granted=item.get("addonHasFileScopePermission") is True and bool(known),
    )
