"""A person's Google account as a Google to test against, with a folder made at the start and removed at the end."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import clients
import httplib2
import pytest
import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import AuthorizedSession, Request
from googleapiclient.errors import HttpError
from ground import FOLDER, OWNER, SECOND, Google, NotHere
from live.keeper import Keeper
from live.leftovers import NAME, TAG, ids, leftover_calendars, leftover_folders
from live.watched import PlainSession, WatchedHttp, WatchedSession

from server import wiring
from server.google.credentials import authorized_user, service_account
from server.plans.trouble import Invalid, Trouble
from server.settings import Settings

PATIENCE = (2, 8, 30, 65)
_SCOPE = "https://www.googleapis.com/auth/"
_EVERY = frozenset(clients.SCOPES)


class Account(Google):
    """The account that the settings name. Only what ``keeper`` allows leaves this machine."""

    def __init__(
        self,
        settings: Settings,
        *,
        ask: Callable[[str], bool] | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(settings.google_url)
        self._settings, self._ask, self._wait = settings, ask, wait
        self._held: dict[Any, Credentials] = {}
        self.second = self._address(SECOND) if settings.live_second_credentials else ""
        self.owner = self._address(OWNER)
        self.alias, self.no_account = settings.live_alias, settings.live_no_account
        known = {self.owner, self.second, self.alias, self.no_account} - {""}
        self.keeper = Keeper(frozenset(one.lower() for one in known))
        self._began = datetime.now(UTC)
        self.notes: list[str] = []

    def credentials(self, email: str, scopes: Iterable[str], client_id: str) -> Credentials:
        if client_id != clients.CLIENT_ID:
            raise NotHere("It needs a second OAuth client.")
        if email not in (OWNER, SECOND) or (email == SECOND and not self._settings.live_second_credentials):
            raise NotHere("It needs a second person's account.")
        key = (email, frozenset(scopes))
        if key not in self._held:
            self._held[key] = self._credentials(email, sorted(key[1]))
        return self._held[key]

    def http(self) -> httplib2.Http:
        return WatchedHttp(self.watched)

    def session(self, held: Credentials | None) -> requests.Session:
        return WatchedSession(held, self.watched) if held else PlainSession(self.watched)

    def pause(self, seconds: float) -> None:
        self._wait(seconds)

    def asks(self, steps: str) -> bool:
        return bool(self._ask and self._ask(steps))

    def watched(self, verb: str, url: str, body: Any, send: Callable[[Any], Any], read: Callable[[Any], Any]) -> Any:
        """The answer to one call that the keeper allows, repeated where Google says that it came too fast.
        ``read`` gives status and content of what ``send`` gives."""
        allowed = self.keeper.before(verb, url, body)
        for seconds in (*PATIENCE, None):
            answer = send(allowed)
            status, content = read(answer)
            if seconds is None or not (status == 429 or (status == 403 and b"ateLimitExceeded" in content)):
                break
            self._wait(seconds)
        self.keeper.after(verb, url, status, content)
        self._gather()
        return answer

    def _gather(self) -> None:
        """Put what Google made in the root into the run's folder."""
        while self.keeper.loose and self.keeper.folder:
            made = self.keeper.loose.pop()
            files = self.service("drive", "v3").files()
            before = ",".join(files.get(fileId=made, fields="parents").execute().get("parents", []))
            files.update(fileId=made, addParents=self.keeper.folder, removeParents=before, fields="id").execute()

    def _credentials(self, email: str, scopes: Sequence[str]) -> Credentials:
        settings = self._settings
        path = settings.live_second_credentials if email == SECOND else settings.live_credentials
        subject = settings.live_second_subject if email == SECOND else settings.live_subject
        info = json.loads(Path(path).read_text("utf-8"))
        places, full = wiring.endpoints(settings), [_SCOPE + scope for scope in scopes]
        if info.get("type") == "service_account":
            if not subject:
                raise Invalid("A service account keeps no files of its own. Set SENPLANS_LIVE_SUBJECT to the address "
                              "of the person it speaks for.", place="settings")  # fmt: skip
            return service_account(info, scopes=full, endpoints=places, subject=subject)
        whole = frozenset(scopes) >= _EVERY
        held = authorized_user(info, scopes=() if whole else full, endpoints=places)
        return held if whole else _narrowed(held, full)

    def _address(self, email: str) -> str:
        held = AuthorizedSession(self.credentials(email, clients.SCOPES, clients.CLIENT_ID))
        with held:
            answer = held.get(self.url("/drive/v3/about?fields=user/emailAddress"), timeout=60)
        if not answer.ok:
            raise Invalid(f"Drive did not let this account in: it answered {answer.status_code}.", place="settings")
        return str(answer.json()["user"]["emailAddress"])

    @property
    def folder(self) -> str:
        return self.keeper.folder

    def arrive(self) -> None:
        """Bin what an earlier run left behind, then make this run's folder."""
        drive, calendar = self.service("drive", "v3"), self.service("calendar", "v3")
        for one in leftover_folders(drive):
            self.keeper.files.add(one)
            drive.files().update(fileId=one, body={"trashed": True}).execute()
        for one in leftover_calendars(calendar):
            self.keeper.calendars.add(one)
            calendar.calendars().delete(calendarId=one).execute()
        left = len(self.keeper.files), len(self.keeper.calendars)
        if any(left):
            self.notes.append(f"Removed what an earlier run had left: {left[0]} folders, {left[1]} calendars.")
        self.keeper.files.clear()
        self.keeper.calendars.clear()
        self._make_folder(drive)

    def _make_folder(self, drive: Any) -> None:
        name = f"{NAME} {self._began:%Y-%m-%d %H:%M} (may be deleted)"
        body = {"name": name, "mimeType": FOLDER, "appProperties": TAG, "parents": ["root"]}
        self.keeper.files.add("root")
        try:
            self.keeper.folder = drive.files().create(body=body, fields="id").execute()["id"]
        finally:
            self.keeper.files.discard("root")

    def leave(self) -> None:
        """Remove all that was made; what can't be removed is told in ``notes``, each beginning with "Left behind"."""
        for one in sorted(self.keeper.calendars):
            self._remove("a calendar", self.service("calendar", "v3").calendars().delete(calendarId=one))
        files = self.service("drive", "v3").files()
        if self.keeper.folder:
            strange = set(ids(files, f"'{self.keeper.folder}' in parents")) - self.keeper.files
            if strange:
                self.notes.append(
                    f"The folder held {len(strange)} files that this run knows nothing of: it is in the bin."
                )
                self._remove("the folder", files.update(fileId=self.keeper.folder, body={"trashed": True}))
            else:
                self._remove("the folder", files.delete(fileId=self.keeper.folder))
        since = (self._began - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S")
        for one in set(ids(files, f"createdTime > '{since}' and trashed = false")) & self.keeper.files:
            self._remove("a file", files.delete(fileId=one))
        self.close()

    def _remove(self, what: str, request: Any) -> None:
        try:
            request.execute()
        except HttpError as error:
            if error.status_code not in (404, 410):
                self.notes.append(f"Left behind: {what}, because Google answered {error.status_code}.")


@contextmanager
def opened(asked: Any) -> Iterator[Account]:
    """The account of ``asked.settings``, ready; whatever happens, what was made in it is removed at the end."""
    try:
        account = Account(asked.settings, ask=asked.ask)
    except (Trouble, GoogleAuthError, ValueError, OSError) as error:
        asked.trouble = f"This account can't be used, so nothing was tried. {_reason(error)}"
        pytest.exit(asked.trouble)
    asked.domain, account.notes = account.owner.partition("@")[2], asked.notes
    try:
        account.arrive()
        yield account
    finally:
        account.leave()


def _reason(error: Exception) -> str:
    if isinstance(error, GoogleAuthError):
        return f"Google would not accept the credentials: {error.args[0]}"
    return str(error)


def _narrowed(held: Any, scopes: Sequence[str]) -> Any:
    """The same person with fewer rights; Google does so for a refresh token that has these among its own."""
    names = ", ".join(scope.removeprefix(_SCOPE) for scope in scopes)
    refused = NotHere(f"These credentials can't be narrowed to {names}: sign in again and grant that as well.")
    try:
        held.refresh(Request())
    except GoogleAuthError:
        raise refused from None
    if set(held.granted_scopes or ()) != set(scopes):
        raise refused
    return held
