"""What a client may write of an event: parsed, checked and kept as one value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.calendar import errors
from sandbox.calendar.people import Guest, parse_guests, write_guest
from sandbox.calendar.recurrence import parse_lines
from sandbox.calendar.times import When, check_range, parse_when, write_when

PLAIN = (
    "summary",
    "description",
    "location",
    "colorId",
    "transparency",
    "visibility",
    "anyoneCanAddSelf",
    "guestsCanInviteOthers",
    "guestsCanModify",
    "guestsCanSeeOtherGuests",
    "source",
    "attachments",
    "status",
)
GUEST_RULES = ("anyoneCanAddSelf", "guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests")
_UNSAID = {
    "status": "confirmed",
    "transparency": "opaque",
    "visibility": "default",
    "anyoneCanAddSelf": False,
    "guestsCanInviteOthers": True,
    "guestsCanModify": False,
    "guestsCanSeeOtherGuests": True,
}
_EVENT_ID = re.compile(r"[a-v0-9]{5,1024}")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The writable part of an event. ``plain`` holds what is passed through, defaults left out; ``private`` and
    ``shared`` are the extended properties; ``reminders`` is as Google prints it; ``recurrence`` holds the lines of a
    series."""

    start: When
    end: When
    plain: Mapping[str, Any] = field(default_factory=dict)
    guests: tuple[Guest, ...] = ()
    private: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
    reminders: Mapping[str, Any] = field(default_factory=lambda: {"useDefault": True})
    recurrence: tuple[str, ...] = ()

    def says(self, key: str) -> Any:
        """A plain field, or its default."""
        return self.plain.get(key, _UNSAID.get(key))

    def meeting(self, data: Mapping[str, Any] | None) -> Draft:
        """The draft with that video meeting, or without one."""
        plain = {key: value for key, value in self.plain.items() if key != "conferenceData"}
        return replace(self, plain=plain | ({"conferenceData": data} if data else {}))


def parse_draft(body: Mapping[str, Any], *, attachments: bool = False) -> Draft:
    """The event that this JSON asks for. Raises Google's 400, or 501 for what the sandbox does not have."""
    _refuse_unbuilt(body)
    start, end = parse_when(body.get("start"), "start"), parse_when(body.get("end"), "end")
    check_range(start, end)
    extended = body.get("extendedProperties") or {}
    return Draft(
        start=start,
        end=end,
        plain=_plain(body, attachments),
        guests=parse_guests(body.get("attendees") or ()),
        private=_properties(extended.get("private")),
        shared=_properties(extended.get("shared")),
        reminders=_reminders(body.get("reminders"), all_day=start.day is not None),
        recurrence=parse_lines(body.get("recurrence") or (), start),
    )


def write_draft(draft: Draft) -> dict[str, Any]:
    """The JSON that would make this draft again: the base a patch is merged into."""
    return {
        **draft.plain,
        "start": write_when(draft.start),
        "end": write_when(draft.end),
        "attendees": [write_guest(guest) for guest in draft.guests],
        "extendedProperties": {"private": dict(draft.private), "shared": dict(draft.shared)},
        "reminders": dict(draft.reminders),
        "recurrence": list(draft.recurrence),
    }


def merge_patch(base: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """JSON merge patch (RFC 7396): objects merge, null removes, anything else replaces."""
    merged = dict(base)
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping):
            old = merged.get(key)
            merged[key] = merge_patch(old if isinstance(old, Mapping) else {}, value)
        else:
            merged[key] = value
    return merged


def check_event_id(event_id: str) -> None:
    if not _EVENT_ID.fullmatch(event_id):
        raise errors.invalid("Invalid resource id value.")


def _refuse_unbuilt(body: Mapping[str, Any]) -> None:
    if body.get("eventType", "default") != "default":
        raise errors.not_built(f"events of type {body['eventType']}")


def _plain(body: Mapping[str, Any], attachments: bool) -> dict[str, Any]:
    kept = {key: body[key] for key in PLAIN if body.get(key) is not None and body[key] != _UNSAID.get(key)}
    if not attachments:
        kept.pop("attachments", None)
    return kept


def _properties(given: Mapping[str, Any] | None) -> dict[str, str]:
    """Long keys are dropped and long values cut, both silently, as Calendar does."""
    kept = {key: str(value)[:1024] for key, value in (given or {}).items() if len(key) <= 44 and value is not None}
    if len(kept) > 300 or sum(len(key) + len(value) for key, value in kept.items()) > 32 * 1024:
        raise errors.invalid("Extended properties exceed the size limit.")
    return kept


def _reminders(given: Mapping[str, Any] | None, *, all_day: bool) -> dict[str, Any]:
    """An all-day event has no default reminders unless it asks for them.

    Source: recordings of compass and of NangoHQ/integration-templates."""
    if not given:
        return {"useDefault": not all_day}
    if given.get("useDefault") and given.get("overrides"):
        raise errors.two_kinds_of_reminder()
    if given.get("overrides"):
        return {"useDefault": False, "overrides": [dict(one) for one in given["overrides"]]}
    return {"useDefault": bool(given.get("useDefault", False))}
