"""The authorization-code grant: what an app asks for, what the person ticks, and the code that stands for it."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from sandbox.oauth.state import Client, Code, full_scopes, oauth_state
from sandbox.oauth.tokens import OPEN_CLIENT
from sandbox.state import Workspace

LIFE = timedelta(minutes=10)


class ConsentRefused(Exception):
    """What Google's page says instead of asking: ``error`` is its name (``redirect_uri_mismatch``)."""

    def __init__(self, error: str, *, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.status = status


@dataclass(frozen=True, kw_only=True)
class Request:
    """An app's request for consent, checked."""

    client: Client
    redirect_uri: str
    scopes: frozenset[str]
    state: str = ""
    offline: bool = False
    ask_again: bool = False
    silent: bool = False
    widen: bool = False
    hint: str = ""
    challenge: str = ""
    challenge_method: str = "plain"

    def back(self, **said: str) -> str:
        """The address that the browser returns to, with what is said to the app there."""
        told = {key: value for key, value in {**said, "state": self.state}.items() if value}
        joint = "&" if urlsplit(self.redirect_uri).query else "?"
        return f"{self.redirect_uri}{joint}{urlencode(told)}"


def read(workspace: Workspace, query: Mapping[str, str]) -> Request:
    """The request in this query. Raises ConsentRefused where Google would not send the browser back at all."""
    client = _client(workspace, query.get("client_id", ""))
    uri = query.get("redirect_uri", "")
    if not _allowed(client, uri):
        raise ConsentRefused("redirect_uri_mismatch" if uri else "invalid_request")
    if query.get("response_type") != "code":
        raise ConsentRefused("unsupported_response_type" if query.get("response_type") else "invalid_request")
    scopes = full_scopes(query.get("scope", "").split())
    if not scopes:
        raise ConsentRefused("invalid_request")
    prompts = query.get("prompt", "").split()
    return Request(
        client=client,
        redirect_uri=uri,
        scopes=scopes,
        state=query.get("state", ""),
        offline=query.get("access_type") == "offline",
        ask_again="consent" in prompts or query.get("approval_prompt") == "force",
        silent="none" in prompts,
        widen=query.get("include_granted_scopes") == "true",
        hint=query.get("login_hint", ""),
        challenge=query.get("code_challenge", ""),
        challenge_method=query.get("code_challenge_method", "plain"),
    )


def grant(workspace: Workspace, asked: Request, *, email: str, ticked: frozenset[str]) -> str:
    """The person's consent to the scopes they ticked: the code for the app. Google keeps what was granted before."""
    state = oauth_state(workspace)
    held = state.consents.get((email, asked.client.client_id), frozenset())
    first = not asked.scopes & ticked <= held or not held
    state.consents[email, asked.client.client_id] = held | (asked.scopes & ticked)
    code = "4/0A" + workspace.ids.next(60)
    state.codes[code] = Code(
        email=email,
        client_id=asked.client.client_id,
        scopes=(asked.scopes & ticked) | (held if asked.widen else frozenset()),
        redirect_uri=asked.redirect_uri,
        expires=workspace.clock.now() + LIFE,
        refresh=asked.offline and (first or asked.ask_again),
        challenge=asked.challenge,
        challenge_method=asked.challenge_method,
    )
    return code


def settled(workspace: Workspace, asked: Request) -> str:
    """The person who needs no asking: named by the app, and consented to all of it before. ``""`` for nobody."""
    held = oauth_state(workspace).consents.get((asked.hint, asked.client.client_id), frozenset())
    return asked.hint if asked.hint in workspace.users and asked.scopes <= held and not asked.ask_again else ""


def redeem(workspace: Workspace, form: Mapping[str, str], client: Client) -> Code | None:
    """What the form's code stands for, once; None where it doesn't fit."""
    found: Any = oauth_state(workspace).codes.pop(form.get("code", ""), None)
    if not isinstance(found, Code) or found.client_id != client.client_id or not _fresh(workspace, found.expires):
        return None
    if found.redirect_uri != form.get("redirect_uri", ""):
        return None
    return found if _proved(found, form.get("code_verifier", "")) else None


def _client(workspace: Workspace, client_id: str) -> Client:
    client = oauth_state(workspace).clients.get(client_id)
    if client is None and workspace.open_access and client_id:
        return Client(client_id=OPEN_CLIENT)
    if client is None:
        raise ConsentRefused("invalid_client", status=401)
    return client


def _allowed(client: Client, uri: str) -> bool:
    """A registered address, or one of this machine where the client registered none."""
    if client.redirect_uris:
        return uri in client.redirect_uris
    host = urlsplit(uri).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _fresh(workspace: Workspace, expires: datetime) -> bool:
    return workspace.clock.now() < expires


def _proved(code: Code, verifier: str) -> bool:
    """PKCE (RFC 7636)."""
    if not code.challenge:
        return True
    if code.challenge_method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=") == code.challenge
    return verifier == code.challenge
