"""Page and sync tokens: opaque to a client, and good only for the list that gave them."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sandbox.calendar import errors
from sandbox.calendar.times import micros
from sandbox.call import Call

LIFE = timedelta(days=28)


def pack(said: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode()


def page(call: Call) -> dict[str, Any]:
    """What the request's page token says; nothing where it has none. Raises 400 for one that is no page token."""
    token = call.params.get("pageToken", "")
    said = _unpack(token) if token else {}
    if token and "after" not in said:
        raise errors.invalid(location="pageToken")
    return said


def sync(call: Call, *, of: str, newest: int) -> dict[str, Any] | None:
    """What the request's sync token says; None where it has none. Raises 410 for one of another list or too old."""
    token = call.params.get("syncToken")
    if not token:
        return None
    said = _unpack(token)
    age = micros(call.workspace.clock.now()) - said.get("at", 0)
    stale = age > LIFE / timedelta(microseconds=1) or not 0 <= said.get("change", -1) <= newest
    if said.get("of") != of or stale:
        raise errors.full_sync_required()
    return said


def sync_token(call: Call, *, of: str, change: int, **more: Any) -> str:
    """The token that a later sync of this list starts from."""
    return pack({"of": of, "change": change, "at": micros(call.workspace.clock.now()), **more})


def _unpack(token: str) -> dict[str, Any]:
    """What a token says; nothing where it is none of ours."""
    try:
        said = json.loads(base64.urlsafe_b64decode(token.encode()))
    except (ValueError, binascii.Error):
        return {}
    return said if isinstance(said, dict) else {}
