"""Access and ID tokens: minted for people and service accounts, and read back."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from typing import Any

from sandbox.call import Caller
from sandbox.discovery import every_scope
from sandbox.oauth.jose import sign
from sandbox.oauth.keys import SigningKey, signing_key
from sandbox.oauth.state import Grant, full_scopes, live, oauth_state
from sandbox.state import User, Workspace

OPEN_OWNER = "owner@sandbox.example"
OPEN_CLIENT = "open.apps.googleusercontent.com"
GOOGLE = "https://accounts.google.com"


class NoSuchUser(LookupError):
    """A token was asked for somebody whom the workspace doesn't know: seed the user first."""


def mint_access_token(
    workspace: Workspace,
    *,
    email: str,
    client_id: str,
    scopes: Iterable[str],
    lifetime: float = 3600,
    offline: bool = False,
) -> str:
    """A bearer token for ``email`` through ``client_id``. ``scopes`` may be short (``drive.file``); ``lifetime`` is
    in seconds of the machine's clock, and may be negative for a token that has expired. Raises NoSuchUser."""
    _known(workspace, email)
    token = "ya29.a0" + workspace.ids.next(120)
    grant = Grant(
        email=email,
        client_id=client_id,
        scopes=full_scopes(tuple(scopes)),
        expires=time.time() + lifetime,
        offline=offline,
    )
    oauth_state(workspace).access[token] = grant
    return token


def mint_refresh_token(workspace: Workspace, *, email: str, client_id: str, scopes: Iterable[str]) -> str:
    """A refresh token for ``email`` through ``client_id``. Raises NoSuchUser."""
    _known(workspace, email)
    token = "1//0" + workspace.ids.next(90)
    grant = Grant(email=email, client_id=client_id, scopes=full_scopes(tuple(scopes)))
    oauth_state(workspace).refresh[token] = grant
    return token


def mint_id_token(
    workspace: Workspace,
    *,
    email: str,
    audience: str,
    sub: str | None = None,
    issuer: str = GOOGLE,
    issued_at: float | None = None,
    expires_at: float | None = None,
    email_verified: bool = True,
    key: SigningKey | None = None,
) -> str:
    """An ID token that says who ``email`` is, to ``audience``; times in seconds of the machine's clock, an hour from
    now where none are given. ``key`` signs it instead of the sandbox's own."""
    issued = time.time() if issued_at is None else issued_at
    payload: dict[str, Any] = {
        "iss": issuer,
        "azp": audience,
        "aud": audience,
        "sub": sub or subject(email),
        "email": email,
        "email_verified": email_verified,
        "iat": int(issued),
        "exp": int(issued + 3600 if expires_at is None else expires_at),
    }
    if user := workspace.users.get(email):
        payload |= {"name": user.name, "hd": email.partition("@")[2]}
    return sign(payload, key or signing_key())


def caller_of(workspace: Workspace, token: str) -> Caller | None:
    """Who holds this bearer token; None where it isn't, or is no longer, a token."""
    grant = oauth_state(workspace).access.get(token)
    if grant is not None and live(grant):
        return Caller(email=grant.email, client_id=grant.client_id, scopes=grant.scopes)
    if workspace.open_access and token:
        return Caller(email=open_owner(workspace), client_id=OPEN_CLIENT, scopes=every_scope())
    return None


def subject(email: str) -> str:
    """The account number that stands for this address in ID tokens."""
    return str(10**20 + int.from_bytes(hashlib.sha256(email.encode()).digest()[:8], "big"))


def open_owner(workspace: Workspace) -> str:
    """The first user, whose every token is in an open sandbox; made where there is none."""
    if not workspace.users:
        workspace.users[OPEN_OWNER] = User(email=OPEN_OWNER, name="Sandbox Owner")
    return next(iter(workspace.users))


def _known(workspace: Workspace, email: str) -> None:
    if email not in workspace.users:
        raise NoSuchUser(f"{email} is not a user of this workspace; seed it before asking for its token")
