"""A Google to test against: the sandbox, or the account of somebody who wants to know (``senplans live-check``).

A test or module marked ``any_google`` promises what Google promises, and asks for nothing that only the sandbox has:
no faults, no clock, no journal, no second made-up person. What it must not try on a person's account, it marks
``sandbox_only`` with the reason.
"""

from __future__ import annotations

import itertools
import json
import time
import uuid
from collections.abc import Iterable
from typing import Any

import clients
import google_auth_httplib2
import gspread
import httplib2
import pytest
import requests
from google.auth.credentials import Credentials
from google.auth.transport.requests import AuthorizedSession
from googleapiclient.discovery import build_from_document
from googleapiclient.http import build_http

from sandbox.server import RunningSandbox

OWNER, SECOND = "senco@school.example", "colleague@school.example"
FOLDER = "application/vnd.google-apps.folder"
HOSTS = {"/v4/": "https://sheets.googleapis.com", "/v1/documents": "https://docs.googleapis.com"}
REST = "https://www.googleapis.com"
_counted = itertools.count()


class NotHere(pytest.skip.Exception):
    """What this Google can't be asked, and why: not a failure, so a test that meets it is left out."""


class Google:
    """Real clients of one Google.

    ``owner`` is the address of the person whose account it is, ``second`` that of another person, ``alias`` a second
    address of that person's, ``no_account`` a mailbox that is no Google account: ``""`` where there is none. ``base``
    is the one address that answers for all of Google, or ``""`` for Google's own addresses."""

    owner = OWNER
    second = alias = no_account = ""

    def __init__(self, base: str = "") -> None:
        self.base = base.rstrip("/")
        self._services: dict[Any, Any] = {}
        self._sessions: list[requests.Session] = []
        self._folder = self._calendar = ""

    def credentials(self, email: str, scopes: Iterable[str], client_id: str) -> Credentials:
        """What the calls of this person carry. Raises NotHere where there is no such person here."""
        raise NotImplementedError

    def http(self) -> httplib2.Http:
        """What the clients' calls go through."""
        return build_http()

    def session(self, held: Credentials | None) -> requests.Session:
        """What plain requests go through; without ``held``, with no token at all."""
        return AuthorizedSession(held) if held else requests.Session()

    def pause(self, seconds: float) -> None:
        """Let time go by."""
        time.sleep(seconds)

    def asks(self, steps: str) -> bool:
        """Whether a person is there and says that they have done this."""
        return False

    def service(
        self,
        name: str,
        version: str,
        email: str = OWNER,
        *,
        scopes: Iterable[str] = clients.SCOPES,
        client_id: str = clients.CLIENT_ID,
    ) -> Any:
        """A google-api-python-client service acting as this person; OWNER is whose account it is."""
        key = (name, version, email, tuple(scopes), client_id)
        if key not in self._services:
            document = json.loads(clients.document(name, version))
            if self.base:
                document |= {"rootUrl": f"{self.base}/", "baseUrl": f"{self.base}/{document['servicePath']}"}
            held = self.credentials(email, scopes, client_id)
            http = google_auth_httplib2.AuthorizedHttp(held, http=self.http())
            self._services[key] = build_from_document(document, http=http)
        return self._services[key]

    def spreadsheets(
        self, email: str = OWNER, *, scopes: Iterable[str] = clients.SCOPES, client_id: str = clients.CLIENT_ID
    ) -> gspread.Client:
        """A gspread client acting as this person."""
        held = self.credentials(email, scopes, client_id)
        return gspread.Client(auth=held, session=_Elsewhere(self, self._kept(held)))

    def request(self, verb: str, path: str, *, signed_in: bool = True, **options: Any) -> requests.Response:
        """The answer to one plain request of the owner's."""
        held = self.credentials(OWNER, clients.SCOPES, clients.CLIENT_ID) if signed_in else None
        return self._kept(held).request(verb, self.url(path), timeout=60, **options)

    def url(self, path: str) -> str:
        """Where this path of Google's is answered."""
        host = next((host for start, host in HOSTS.items() if path.startswith(start)), REST)
        return (self.base or host) + path

    @property
    def folder(self) -> str:
        """A folder for what is made."""
        if not self._folder:
            files = self.service("drive", "v3").files()
            self._folder = files.create(body={"name": "Folder", "mimeType": FOLDER}, fields="id").execute()["id"]
        return self._folder

    @property
    def calendar(self) -> str:
        """A calendar for what is booked, in London's time."""
        if not self._calendar:
            body = {"summary": "Reviews", "timeZone": "Europe/London"}
            self._calendar = self.service("calendar", "v3").calendars().insert(body=body).execute()["id"]
        return self._calendar

    def event_id(self) -> str:
        """An id that no event of ``calendar`` ever had."""
        return f"{uuid.uuid4().hex}{next(_counted):04}"

    def close(self) -> None:
        """Give the connections back."""
        for service in self._services.values():
            service.close()
        for session in self._sessions:
            session.close()
        self._services.clear()
        self._sessions.clear()

    def _kept(self, held: Credentials | None) -> requests.Session:
        self._sessions.append(self.session(held))
        return self._sessions[-1]


class Sandbox(Google):
    """The sandbox: anybody can be there, and waiting takes no time."""

    no_account = "parent@family.example"

    def __init__(self, running: RunningSandbox) -> None:
        super().__init__(running.url)
        self._running = running

    @property
    def second(self) -> str:  # type: ignore[override]  # whoever is asked for is there from then on
        self.credentials(SECOND, clients.SCOPES, clients.CLIENT_ID)
        return SECOND

    def credentials(self, email: str, scopes: Iterable[str], client_id: str) -> Credentials:
        return clients.credentials(self._running, email, scopes=scopes, client_id=client_id)

    def pause(self, seconds: float) -> None:
        self._running.workspace.clock.advance(seconds)


class _Elsewhere(requests.Session):
    """Sends what is meant for Google's hosts to where this Google is."""

    def __init__(self, google: Google, through: requests.Session) -> None:
        super().__init__()
        self._google, self._through = google, through

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        options.setdefault("timeout", 60)
        path = "/" + str(url).partition("://")[2].partition("/")[2]
        return self._through.request(method, self._google.url(path), *args, **options)
