"""What a run on somebody's account may do: it is asked before every call, and told every answer.

All that a run makes stands in its folder or in calendars that it knows, it changes nothing else, and it writes to no
address that it was not given.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ground import NotHere

MARK = "Made by senplans live-check; may be deleted."
_FILES = re.compile(r"^(?:/resumable)?(?:/upload)?/drive/v[23]/files(?:/[^/]+/copy)?$")
_FILE = re.compile(r"^(?:/upload)?/drive/v[23]/files/([^/]+)")
_MADE = {"/v4/spreadsheets": "spreadsheetId", "/v1/documents": "documentId", "/calendar/v3/calendars": "id"}
_NATIVE = re.compile(r"^/v(?:4/spreadsheets|1/documents)/([^/:]+)")
_CALENDAR = re.compile(r"^/calendar/v3/(?:users/me/calendarList|calendars)/([^/]+)")
_FORBIDDEN = re.compile(r"/drives(?:/|$)|/teamdrives|/files/trash$|/calendarList$|/watch$")
_EVENT = re.compile(r"^/calendar/v3/calendars/[^/]+/events(?:/([^/]+))?$")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_INNER = re.compile(r"^(POST|PUT|PATCH|DELETE) (\S+)", re.MULTILINE)
_METADATA = re.compile(
    rb"(Content-Type: application/json[^\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\n)(.*?)(\r?\n--)", re.S | re.I
)
_PARENTS = re.compile(r'"parents": (\[[^\]]*\])')
_LONGEST_INVENTED = 15


class Keeper:
    """``folder`` is the run's; ``addresses`` are those that may be shared with. ``files``, ``calendars`` and
    ``events`` are what was made so far, ``loose`` the files that Google put elsewhere and that have to be moved."""

    def __init__(self, addresses: frozenset[str]) -> None:
        self.folder = ""
        self.addresses = addresses
        self.files: set[str] = set()
        self.calendars: set[str] = set()
        self.events: set[str] = set()
        self.loose: list[str] = []

    def before(self, verb: str, url: str, body: Any) -> Any:
        """The body to send instead. Raises NotHere where the call would leave the run's own things."""
        if verb == "GET":
            return body
        parts = urlsplit(url)
        if parts.path.startswith("/batch"):
            self._batch(_text(body))
            return body
        self._own(parts.path)
        self._reached(parts.path, _text(body))
        return self._making(parts.path, parse_qs(parts.query), body) if verb == "POST" else body

    def after(self, verb: str, url: str, status: int, content: bytes) -> None:
        """Remember what was made."""
        path, query = urlsplit(url)[2:4]
        kept = _FILES.match(path) or path in _MADE or _EVENT.match(path)
        if status >= 300 or verb not in ("POST", "PUT") or not kept:
            return
        made = [str(one) for one in [_object(content).get(_MADE.get(path, "id"))] if one]
        if path.startswith("/calendar"):
            (self.calendars if path in _MADE else self.events).update(made)
            return
        self.files.update(made)
        if path in _MADE or "uploadType=media" in query:
            self.loose += made

    def _own(self, path: str) -> None:
        if _FORBIDDEN.search(path):
            raise NotHere(f"A check on a person's account must not call {path}.")
        event = _EVENT.match(path)
        if event and event[1] in self.events:
            return
        for pattern, known in ((_FILE, self.files), (_NATIVE, self.files), (_CALENDAR, self.calendars)):
            found = pattern.match(path)
            name = found[1].replace("%40", "@") if found else ""
            if _somebodys(name) and name not in known and name != self.folder:
                raise NotHere("A check on a person's account must change only what it made.")

    def _reached(self, path: str, text: str) -> None:
        if re.search(r"/(?:permissions|acl|events)", path):
            others = set(_ADDRESS.findall(text.lower())) - self.addresses - self.calendars
            if others:
                raise NotHere("It would write to an address that was not given.")

    def _batch(self, text: str) -> None:
        made = 0
        for verb, target in _INNER.findall(text):
            path = urlsplit(target).path
            self._own(path)
            made += verb == "POST" and (path in _MADE or bool(_FILES.match(path)))
            self._reached(path, text)
        places = [json.loads(found) for found in _PARENTS.findall(text)]
        if len(places) < made or any(self._strange(place) for place in places):
            raise NotHere("A batch would make something outside the run's folder.")

    def _making(self, path: str, query: dict[str, list[str]], body: Any) -> Any:
        if not (path in _MADE or _FILES.match(path)):
            return body
        mask = ",".join(query.get("fields", ["*"]))
        if "*" not in mask and _MADE.get(path, "id") not in mask:
            raise NotHere("It would make something without being told its id.")
        if path.startswith("/calendar"):
            return json.dumps({"description": MARK} | _object(body)).encode()
        return body if path in _MADE or query.get("uploadType") == ["media"] else self._placed(body)

    def _placed(self, body: Any) -> Any:
        """The same creation, in the run's folder where it named no other of its own."""
        if isinstance(body, bytes) and (found := _METADATA.search(body)):
            return body[: found.start(2)] + self._parented(found[2]) + body[found.end(2) :]
        return self._parented(body)

    def _parented(self, body: Any) -> bytes:
        metadata = _object(body)
        named = metadata.get("parents") or [self.folder]
        if self._strange(named):
            raise NotHere("It would make a file outside the run's folder.")
        return json.dumps(metadata | {"parents": named}).encode()

    def _strange(self, places: Any) -> bool:
        return any(_somebodys(str(one)) and one not in self.files | {self.folder} for one in places)


def _somebodys(name: str) -> bool:
    """Whether a person's file or calendar may be called so, unlike the missing ones that tests ask for."""
    return name in ("root", "primary") or "@" in name or len(name) > _LONGEST_INVENTED


def _text(body: Any) -> str:
    return body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body or "")


def _object(body: Any) -> dict[str, Any]:
    try:
        found = json.loads(body or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
