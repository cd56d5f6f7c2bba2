"""Whatever one person can get out of Google and the side panel with their own token, every byte of it searchable."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import requests
from browser_person import BROWSER
from clients import credentials
from flask.testing import FlaskClient
from pypdf import PdfReader

from sandbox.oauth.tokens import mint_id_token
from server.demo.world import ADDON_ACCOUNT, CLIENT, World
from server.web import paths
from server.web.scopes import CALENDAR, FILES

PRESSED = tuple(path for path in (*paths.TRIGGERS, *paths.WIDGETS) if path != paths.SETUP)
"""Setting up makes a school of one's own, so it shows nobody's."""


def as_text(data: bytes) -> str:
    """Every letter of a file, whatever it is packed in; a PDF's without blanks, as its lines end inside words."""
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return "\n".join(name + as_text(packed.read(name)) for name in packed.namelist())
    if data.startswith(b"%PDF"):
        pages = PdfReader(BytesIO(data)).pages
        return re.sub(r"\s", "", "".join(page.extract_text() for page in pages)).casefold()
    return data.decode("utf-8", "replace").casefold()


@dataclass
class Reach:
    """One person at everything they may ask Google for. ``file_ids`` and ``calendar_id`` are links that somebody may
    have passed on to them; ``only`` is the format they export, where they don't take all."""

    world: World
    email: str
    file_ids: Iterable[str]
    calendar_id: str
    only: str = ""

    @cached_property
    def session(self) -> requests.Session:
        made = requests.Session()
        held = credentials(self.world.sandbox, self.email, client_id=BROWSER)
        made.headers["Authorization"] = f"Bearer {held.token}"
        return made

    @cached_property
    def got(self) -> dict[str, str]:
        """Each answer, refusals too, by what was asked for."""
        with self.session:
            return dict(self._everything())

    @property
    def text(self) -> str:
        return "\n".join(self.got.values())

    def exports(self) -> dict[str, str]:
        """What was exported of all files together, by format."""
        found: dict[str, str] = {}
        for what, text in self.got.items():
            if what.startswith("export "):
                kind = what.split()[1]
                found[kind] = found.get(kind, "") + text
        return found

    def _everything(self) -> Iterator[tuple[str, str]]:
        yield "files", self._get("/drive/v3/files?fields=*&pageSize=1000")[1]
        yield "changes", self._get("/drive/v3/changes?pageToken=1&fields=*&pageSize=1000")[1]
        for file_id in self.file_ids:
            yield from self._file(file_id)
        yield "calendars", self._get("/calendar/v3/users/me/calendarList")[1]
        for calendar_id in ("primary", self.calendar_id):
            yield f"events {calendar_id}", self._get(f"/calendar/v3/calendars/{calendar_id}/events")[1]
        mails = [mail for mail in self.world.sandbox.workspace.outbox if mail["to"] == self.email]
        yield "mails", json.dumps(mails, ensure_ascii=False).casefold()

    def _file(self, file_id: str) -> Iterator[tuple[str, str]]:
        place = f"/drive/v3/files/{file_id}"
        answer, text = self._get(f"{place}?fields=*")
        yield f"file {file_id}", text
        for kind in answer.json().get("exportLinks", ()):
            if self.only in ("", kind):
                yield f"export {kind} {file_id}", self._get(f"{place}/export", mimeType=kind)[1]
        for part in ("?alt=media", "/comments?fields=*", "/revisions?fields=*", "/permissions?fields=*"):
            yield f"{part} {file_id}", self._get(place + part)[1]
        yield f"doc {file_id}", self._get(f"/v1/documents/{file_id}")[1]
        yield f"sheet {file_id}", self._get(f"/v4/spreadsheets/{file_id}")[1]

    def _get(self, path: str, **parameters: str) -> tuple[requests.Response, str]:
        answer = self.session.get(self.world.sandbox.url + path, params=parameters, timeout=30)
        assert answer.status_code < 500, path
        return answer, as_text(answer.content)


@dataclass
class PanelOf:
    """The side panel in front of one person, beside the plan workbook."""

    world: World
    web: FlaskClient
    base: str
    email: str
    sheet_id: str

    def home(self) -> str:
        """The first card."""
        return self._press(paths.HOME, self._event()).casefold()

    def every_card(self, pupils: Iterable[str]) -> str:
        """Every card, each button pressed, those about a pupil for each of these."""
        event = self._event()
        shown = [self._press(path, event) for path in PRESSED]
        for pupil in pupils:
            event["commonEventObject"] = {"hostApp": "SHEETS", "parameters": {"pupil": pupil}}
            shown += [self._press(path, event) for path in (paths.PUPIL, paths.PUBLISH)]
        return "\n".join(shown).casefold()

    def _event(self) -> dict[str, object]:
        identity = mint_id_token(self.world.sandbox.workspace, email=self.email, audience=CLIENT)
        return {
            "commonEventObject": {"hostApp": "SHEETS", "parameters": {}},
            "authorizationEventObject": {
                "userOAuthToken": self.world.token(self.email),
                "userIdToken": identity,
                "authorizedScopes": sorted(FILES | CALENDAR),
            },
            "sheets": {"id": self.sheet_id, "addonHasFileScopePermission": True},
        }

    def _press(self, path: str, event: dict[str, object]) -> str:
        system = mint_id_token(self.world.sandbox.workspace, email=ADDON_ACCOUNT, audience=self.base + path)
        answer = self.web.post(path, json=event, headers={"Authorization": f"Bearer {system}"})
        assert answer.status_code == 200, path
        return answer.get_data(as_text=True)
