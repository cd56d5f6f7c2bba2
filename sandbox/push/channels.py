"""Notification channels: what is watched, by whom, until when, and the messages that are due.

Source: https://developers.google.com/workspace/drive/api/guides/push and its Calendar twin; refusals as issues quote
them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from sandbox.call import Call
from sandbox.push import errors
from sandbox.push.courier import Courier, is_here
from sandbox.state import Workspace

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What a channel is opened on. ``resource`` is its name in the sandbox, ``uri`` Google's address of it; a channel
    lasts ``usual`` unless it asks for another time, ``longest`` at most."""

    resource: str
    uri: str
    usual: timedelta
    longest: timedelta


@dataclass
class Channel:
    """One channel. ``resource`` is what it watches (``events/<calendar>``); ``number`` counts its messages."""

    id: str
    resource: str
    resource_id: str
    uri: str
    address: str
    token: str
    user: str
    client_id: str
    expires: datetime
    number: int = 0

    def headers(self, state: str, changed: str = "") -> dict[str, str]:
        """The next message's headers. ``changed`` says what of the resource did, in Drive's messages."""
        self.number += 1
        told = {
            "X-Goog-Channel-ID": self.id,
            "X-Goog-Channel-Expiration": format_datetime(self.expires.astimezone(UTC), usegmt=True),
            "X-Goog-Resource-State": state,
            "X-Goog-Message-Number": str(self.number),
            "X-Goog-Resource-ID": self.resource_id,
            "X-Goog-Resource-URI": self.uri,
            "User-Agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
        }
        told |= {"X-Goog-Channel-Token": self.token} if self.token else {}
        return told | ({"X-Goog-Changed": changed} if changed else {})


@dataclass
class ChannelState:
    """All channels by id, and who carries their messages."""

    channels: dict[str, Channel] = field(default_factory=dict)
    courier: Courier = field(default_factory=Courier)


def channel_state(workspace: Workspace) -> ChannelState:
    return workspace.service("push channels", ChannelState)


def open_channel(call: Call, watched: Watched) -> Mapping[str, Any]:
    """A new channel, whose first message says ``sync``."""
    state, body = channel_state(call.workspace), call.body
    _check(call, state)
    made = Channel(
        id=body["id"],
        resource=watched.resource,
        resource_id=_resource_id(watched.resource, call.caller.email),
        uri=watched.uri,
        address=body["address"],
        token=body.get("token") or "",
        user=call.caller.email,
        client_id=call.caller.client_id,
        expires=_expires(call, watched),
    )
    state.channels[made.id] = made
    state.courier.carry(made.address, made.headers("sync"))
    return _print(made)


def stop(call: Call) -> Mapping[str, Any]:
    """No messages any more. 404 for a channel that is not there, is over, or is another client's."""
    state, wanted = channel_state(call.workspace), call.body.get("id") or ""
    forget_expired(call.workspace)
    found = state.channels.get(wanted)
    theirs = found is not None and found.client_id == call.caller.client_id and found.user == call.caller.email
    if found is None or not theirs or found.resource_id != call.body.get("resourceId"):
        raise errors.channel_not_found(wanted)
    del state.channels[wanted]
    return {}


def announce(
    workspace: Workspace,
    resource: str,
    *,
    state: str = "exists",
    user: str = "",
    changed: str = "",
    body: bytes = b"",
) -> None:
    """Tell every live channel on ``resource`` (of ``user`` alone where one is named) that it changed."""
    if not channel_state(workspace).channels:
        return
    forget_expired(workspace)
    held = channel_state(workspace)
    for channel in held.channels.values():
        if channel.resource == resource and user in ("", channel.user):
            held.courier.carry(channel.address, channel.headers(state, changed), body)


def forget_expired(workspace: Workspace) -> None:
    """Channels end at their time on the sandbox's clock."""
    held, now = channel_state(workspace), workspace.clock.now()
    held.channels = {name: one for name, one in held.channels.items() if one.expires > now}


def _check(call: Call, state: ChannelState) -> None:
    body = call.body
    for name in ("id", "type", "address"):
        if not body.get(name):
            raise errors.required(f"Missing required field: {name}" if name != "id" else "Missing channel id.")
    if body["type"] not in ("web_hook", "webhook"):
        raise errors.invalid("Invalid channel type.")
    if len(body["id"]) > 64:
        raise errors.invalid("Invalid channel id.")
    forget_expired(call.workspace)
    if body["id"] in state.channels:
        raise errors.channel_not_unique(body["id"])
    _check_address(body["address"])


def _check_address(address: str) -> None:
    """HTTPS as Google wants it; on this machine plain HTTP will do.

    Source: NangoHQ/integration-templates' recordings of 2026 (no domain is asked to be verified)."""
    scheme = urlsplit(address).scheme
    if scheme != "https" and not (scheme == "http" and is_here(address)):
        raise errors.webhook_not_https(address)


def _expires(call: Call, watched: Watched) -> datetime:
    now = call.workspace.clock.now()
    ttl = (call.body.get("params") or {}).get("ttl")
    if call.body.get("expiration"):
        asked = datetime.fromtimestamp(int(call.body["expiration"]) / 1000, UTC)
    else:
        asked = now + (timedelta(seconds=int(ttl)) if ttl and str(ttl).isdigit() else watched.usual)
    if asked <= now:
        raise errors.invalid("Invalid channel expiration.")
    return min(asked, now + watched.longest)


def _resource_id(resource: str, user: str) -> str:
    """The same for the same thing watched by the same person."""

    digest = hashlib.sha256(f"{resource} {user}".encode()).digest()[:20]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _print(channel: Channel) -> dict[str, Any]:
    return {
        "kind": "api#channel",
        "id": channel.id,
        "resourceId": channel.resource_id,
        "resourceUri": channel.uri,
        **({"token": channel.token} if channel.token else {}),
        "expiration": str((channel.expires - _EPOCH) // timedelta(milliseconds=1)),
    }
