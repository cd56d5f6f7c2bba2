"""Which calendars a token reaches, and as what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.calendar import errors
from sandbox.calendar.state import CalendarRecord, Event, calendar_state, primary_of
from sandbox.call import Call, Caller
from sandbox.state import User, Workspace

ROLES = ("none", "freeBusyReader", "reader", "writerWithoutPrivateAccess", "writer", "owner")


@dataclass(frozen=True, kw_only=True)
class Reach:
    """A calendar as this caller meets it: what they may do there."""

    calendar: CalendarRecord
    role: str

    def at_least(self, role: str) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


def reach(call: Call) -> Reach:
    """The calendar that the call names. 404 where the token cannot see it, whatever the cause."""
    record = find_calendar(call.workspace, call.caller.email, call.params["calendarId"])
    if record is None or not _app_may(call, record):
        raise errors.not_found()
    role = role_of(record, call.caller.email)
    if role == "none":
        raise errors.not_found()
    return Reach(calendar=record, role=_capped(call.caller, role))


def reach_to_write(call: Call) -> Reach:
    """As ``reach``, and 403 where the caller may only look."""
    found = reach(call)
    if not found.at_least("writerWithoutPrivateAccess"):
        raise errors.access_level("writer")
    return found


def reach_as_owner(call: Call) -> Reach:
    """As ``reach``, and 403 for everybody but owners."""
    found = reach(call)
    if found.role != "owner":
        raise errors.forbidden()
    return found


def find_calendar(workspace: Workspace, email: str, calendar_id: str) -> CalendarRecord | None:
    """The calendar of that id; ``primary`` and people's addresses name primary calendars."""
    wanted = email.lower() if calendar_id == "primary" else calendar_id.lower()
    if wanted in workspace.users:
        return primary_of(workspace, workspace.users[wanted])
    if wanted == email.lower():
        return primary_of(workspace, User(email=wanted))
    return calendar_state(workspace).calendars.get(calendar_id)


def role_of(record: CalendarRecord, email: str) -> str:
    """The highest role that any of the calendar's rules gives this person."""
    given = ["none"]
    for rule in record.rules.values():
        applies = (
            rule.scope == "default"
            or (rule.scope in ("user", "group") and rule.value == email.lower())
            or (rule.scope == "domain" and rule.value == email.lower().partition("@")[2])
        )
        if applies:
            given.append(rule.role)
    return max(given, key=ROLES.index)


def sees_details(event: Event, viewer: str, role: str) -> bool:
    """Whether this person sees more of the event than when it takes place."""
    if role == "freeBusyReader":
        return False
    if event.draft.says("visibility") not in ("private", "confidential") or role in ("writer", "owner"):
        return True
    return any(guest.email == viewer.lower() for guest in event.draft.guests)


def _app_may(call: Call, record: CalendarRecord) -> bool:
    """``calendar.app.created`` alone opens only the calendars that this OAuth client made."""
    caller = call.caller
    if call.workspace.open_access or not caller.has("calendar.app.created"):
        return True
    return record.client_id == caller.client_id or _wider(call.method, caller.scopes)


def _wider(method: str, scopes: Iterable[str]) -> bool:
    """Whether a scope beside ``calendar.app.created`` allows this method."""
    resource = method.split(".")[1].lower()
    names = {scope.rpartition("/")[2] for scope in scopes}
    return bool(names & {"calendar", "calendar.readonly"}) or any(
        name.startswith(f"calendar.{resource}") for name in names
    )


def _capped(caller: Caller, role: str) -> str:
    """A token that holds free/busy alone sees no more than that."""
    names = {scope.rpartition("/")[2] for scope in caller.scopes if "calendar" in scope}
    return "freeBusyReader" if names and names <= {"calendar.events.freebusy", "calendar.freebusy"} else role
