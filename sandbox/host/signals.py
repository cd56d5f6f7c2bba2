"""The event object that Google's hosts send to an HTTP add-on, and the call that carries it.

Shapes: https://developers.google.com/workspace/add-ons/concepts/event-objects"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import requests

from sandbox.calendar.access import find_calendar
from sandbox.calendar.state import Event, calendar_state
from sandbox.drive.files import drive_state
from sandbox.host.config import HostConfig
from sandbox.host.scopes import PREFIX
from sandbox.host.state import Ask, Json, Place, granted
from sandbox.oauth.tokens import mint_access_token, mint_id_token
from sandbox.state import User, Workspace

TIMEOUT = 30


class AddonFailed(Exception):
    """The add-on gave no answer that Google could show. The text says what was wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """The line from one person's panel to the add-on."""

    workspace: Workspace
    config: HostConfig
    email: str
    place: Place

    def send(self, ask: Ask) -> Json:
        """The add-on's answer. Raises AddonFailed for anything but a JSON object with status 200."""
        with self.workspace.lock:
            event = self.event(ask)
            headers = self._headers(event)
        try:
            answer = requests.post(ask.url, json=event, headers=headers, timeout=TIMEOUT, allow_redirects=False)
        except requests.Timeout:
            raise AddonFailed(f"It did not answer within {TIMEOUT} seconds.") from None
        except requests.RequestException as error:
            raise AddonFailed(f"It could not be reached ({type(error).__name__}).") from None
        return _read(answer)

    def event(self, ask: Ask) -> dict[str, Any]:
        """The event object of this call."""
        return {
            "commonEventObject": self._common(ask),
            "authorizationEventObject": self._authorization(ask.url),
            self.place.host: self._context(),
        }

    def _scopes(self) -> list[str]:
        return granted(self.workspace, self.config, self.email)

    def _has(self, scope: str) -> bool:
        return PREFIX + scope in self._scopes()

    def _user(self) -> User:
        return self.workspace.users.get(self.email, User(email=self.email))

    def _common(self, ask: Ask) -> dict[str, Any]:
        common: dict[str, Any] = {"hostApp": self.place.host.upper(), "platform": "WEB"}
        if self.config.common.get("useLocaleFromApp") and self._has("script.locale"):
            now = self.workspace.clock.now().astimezone(ZoneInfo(self._user().time_zone))
            offset = now.utcoffset()
            common["userLocale"] = self._user().locale.replace("_", "-")
            common["timeZone"] = {
                "id": self._user().time_zone,
                "offset": int(offset.total_seconds() * 1000) if offset else 0,
            }
        if ask.inputs:
            common["formInputs"] = dict(ask.inputs)
        if ask.parameters:
            common["parameters"] = dict(ask.parameters)
        return common

    def _authorization(self, url: str) -> dict[str, Any]:
        scopes, client = self._scopes(), self.config.client_id
        token = mint_access_token(self.workspace, email=self.email, client_id=client, scopes=scopes)
        system = mint_id_token(self.workspace, email=self.config.service_account, audience=url)
        found = {"userOAuthToken": token, "systemIdToken": system, "authorizedScopes": scopes}
        if self._has("userinfo.email"):
            found["userIdToken"] = mint_id_token(self.workspace, email=self.email, audience=client)
        return found

    def _headers(self, event: Mapping[str, Any]) -> dict[str, str]:
        wanted = self.config.addons.get("httpOptions", {}).get("authorizationHeader", "SYSTEM_ID_TOKEN")
        key = {"SYSTEM_ID_TOKEN": "systemIdToken", "USER_ID_TOKEN": "userIdToken"}.get(wanted, "")
        token = event["authorizationEventObject"].get(key, "")
        return {"Authorization": f"Bearer {token}"} if token else {}

    def _context(self) -> dict[str, Any]:
        if self.place.host in ("sheets", "docs"):
            return self._file(self.place.file_id) if self._may_see(self.place.file_id) else {}
        if self.place.host == "drive" and self.place.selected:
            items = [self._item(one) for one in self.place.selected]
            return {"selectedItems": items, "activeCursorItem": items[-1]}
        return self._calendar_event() if self.place.event_id else {}

    def _may_see(self, file_id: str) -> bool:
        opened = (self.email.lower(), self.config.client_id, file_id) in drive_state(self.workspace).authorised
        return opened and self._has("drive.file")

    def _file(self, file_id: str) -> dict[str, Any]:
        file = drive_state(self.workspace).files[file_id]
        return {"id": file.id, "title": file.name, "addonHasFileScopePermission": self._may_see(file_id)}

    def _item(self, file_id: str) -> dict[str, Any]:
        file = drive_state(self.workspace).files[file_id]
        icon = f"https://drive-thirdparty.googleusercontent.com/32/type/{file.mime_type}"
        return {**self._file(file_id), "mimeType": file.mime_type, "iconUrl": icon}

    def _calendar_event(self) -> dict[str, Any]:
        event = visible_event(self.workspace, self.email, self.place.event_id)
        if event is None:
            return {}
        found: dict[str, Any] = {
            "id": event.id,
            "calendarId": event.calendar_id,
            "organizer": {"email": event.organizer},
            "capabilities": {"canSeeAttendees": True, "canAddAttendees": not event.is_copy},
        }
        access = self.config.addons.get("calendar", {}).get("currentEventAccess", "")
        if access in ("READ", "READ_WRITE") and self._has("calendar.addons.current.event.read"):
            hidden = event.is_copy and not event.draft.says("guestsCanSeeOtherGuests")
            shown = [one for one in event.draft.guests if not hidden or one.email == self.email]
            found["attendees"] = [{"email": one.email, "responseStatus": one.response} for one in shown]
        return found if access else {}


def visible_event(workspace: Workspace, email: str, event_id: str) -> Event | None:
    """The event in this person's own calendar, or in one that they own."""
    home = find_calendar(workspace, email, "primary")
    owned = [one for one in calendar_state(workspace).calendars.values() if one.owner == email and one is not home]
    for calendar in [*owned, *([home] if home else [])]:
        if event_id in calendar.events:
            return calendar.events[event_id]
    return None


def _read(answer: requests.Response) -> Json:
    if answer.status_code != 200:
        raise AddonFailed(f"It answered with status {answer.status_code}.")
    try:
        said = answer.json()
    except ValueError:
        raise AddonFailed("Its answer is not JSON.") from None
    if not isinstance(said, dict):
        raise AddonFailed("Its answer is not a JSON object.")
    return said
