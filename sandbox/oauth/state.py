"""Who may act: OAuth clients, service accounts, and the tokens handed out."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.state import Workspace


@dataclass(frozen=True, kw_only=True)
class Client:
    """An OAuth client of some Cloud project. Without ``redirect_uris`` it may send browsers back to this machine."""

    client_id: str
    secret: str = ""
    redirect_uris: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ServiceAccount:
    """A service account. ``delegated`` are the scopes an administrator lets it use in other people's names."""

    email: str
    client_id: str
    public_key: str
    delegated: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What a token stands for. ``expires`` is on the machine's real clock; 0 never."""

    email: str
    client_id: str
    scopes: frozenset[str]
    expires: float = 0.0
    offline: bool = False


@dataclass(frozen=True, kw_only=True)
class Code:
    """What a code stands for. ``expires`` is by the sandbox's clock; ``refresh`` asks for a refresh token."""

    email: str
    client_id: str
    scopes: frozenset[str]
    redirect_uri: str
    expires: datetime
    refresh: bool
    challenge: str = ""
    challenge_method: str = "plain"


@dataclass
class OAuthState:
    """All of it. ``access`` and ``refresh`` map a token to its grant; ``consents`` is what each person granted each
    client; ``api_keys`` maps an API key to the client of its project."""

    clients: dict[str, Client] = field(default_factory=dict)
    service_accounts: dict[str, ServiceAccount] = field(default_factory=dict)
    api_keys: dict[str, str] = field(default_factory=dict)
    access: dict[str, Grant] = field(default_factory=dict)
    refresh: dict[str, Grant] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    consents: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)


def oauth_state(workspace: Workspace) -> OAuthState:
    """The workspace's OAuth state."""
    return workspace.service("oauth", OAuthState)


def full_scopes(scopes: frozenset[str] | set[str] | list[str] | tuple[str, ...]) -> frozenset[str]:
    """Scopes as whole URLs: ``drive.file`` may be written short; ``openid`` and ``email`` stay."""
    plain = {"openid", "email", "profile"}
    prefix = "https://www.googleapis.com/auth/"
    return frozenset(s if "://" in s or s in plain else prefix + s for s in scopes)


def live(grant: Grant | None) -> bool:
    """Whether the grant is there and hasn't expired."""
    return grant is not None and (grant.expires == 0 or grant.expires > time.time())
