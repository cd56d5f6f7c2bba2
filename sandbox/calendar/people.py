"""Guests of an event: parsed, kept and printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.calendar import errors

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
RESPONSES = ("needsAction", "declined", "tentative", "accepted")


@dataclass(frozen=True, kw_only=True)
class Guest:
    """One attendee. ``email`` is lower case; ``response`` one of RESPONSES."""

    email: str
    display_name: str = ""
    response: str = "needsAction"
    optional: bool = False
    resource: bool = False
    comment: str = ""
    additional: int = 0


def parse_guests(given: Iterable[Mapping[str, Any]]) -> tuple[Guest, ...]:
    """The guests in the order given, one each however often an address is repeated."""
    found: dict[str, Guest] = {}
    for one in given:
        guest = _parse_guest(one)
        found.setdefault(guest.email, guest)
    return tuple(found.values())


def _parse_guest(one: Mapping[str, Any]) -> Guest:
    email = str(one.get("email") or "").strip().lower()
    if not email:
        raise errors.required("Missing attendee email.")
    if not _ADDRESS.fullmatch(email):
        raise errors.invalid("Invalid attendee email.")
    response = one.get("responseStatus") or "needsAction"
    if response not in RESPONSES:
        raise errors.invalid("Invalid attendee response status.")
    return Guest(
        email=email,
        display_name=str(one.get("displayName") or ""),
        response=response,
        optional=bool(one.get("optional")),
        resource=bool(one.get("resource")),
        comment=str(one.get("comment") or ""),
        additional=int(one.get("additionalGuests") or 0),
    )


def write_guest(guest: Guest) -> dict[str, Any]:
    """A guest's JSON without the flags that depend on who looks; defaults left out."""
    return {
        "email": guest.email,
        **({"displayName": guest.display_name} if guest.display_name else {}),
        **({"resource": True} if guest.resource else {}),
        **({"optional": True} if guest.optional else {}),
        "responseStatus": guest.response,
        **({"comment": guest.comment} if guest.comment else {}),
        **({"additionalGuests": guest.additional} if guest.additional else {}),
    }


def print_guest(guest: Guest, *, organizer: str, owner: str) -> dict[str, Any]:
    """A guest as seen on the calendar of ``owner``."""
    wire = write_guest(guest)
    flags = {"organizer": guest.email == organizer, "self": guest.email == owner}
    tail = ("responseStatus", "comment", "additionalGuests")
    return {
        **{key: value for key, value in wire.items() if key not in tail},
        **{key: True for key, holds in flags.items() if holds},
        **{key: value for key, value in wire.items() if key in tail},
    }


def emails(guests: Sequence[Guest]) -> frozenset[str]:
    return frozenset(guest.email for guest in guests)
