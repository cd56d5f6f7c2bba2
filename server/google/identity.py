"""Who is calling: ID tokens checked against Google's published certificates.

google-auth fetches the certificates for every token it checks, forged ones too; here they are fetched when they are
stale, or when a well-formed token names a key they lack, and then at most once a minute.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests
from google.auth import jwt
from google.auth.exceptions import GoogleAuthError

from server.google.endpoints import Endpoints
from server.google.errors import new_reference
from server.google.transport import Probe, open_session
from server.plans.trouble import NotSignedIn, Unreachable

ISSUERS = frozenset({"https://accounts.google.com", "accounts.google.com"})
CERTIFICATES_LAST = 3600.0
REFETCH_AFTER = 60.0
TIMEOUT = (5.0, 10.0)
LONGEST_TOKEN = 10_000


@dataclass(frozen=True, kw_only=True)
class UserIdentity:
    """A signed-in person. ``sub`` never changes; ``email`` may, and is "" where the person does not share it."""

    sub: str
    email: str = ""


class Certificates:
    """Google's current signing certificates by key id. Shared between threads."""

    def __init__(self, url: str, *, clock: Callable[[], float], probe: Probe | None) -> None:
        self._url = url
        self._clock = clock
        self._session = open_session(probe)
        self._lock = threading.Lock()
        self._known: Mapping[str, str] = {}
        self._fetched: float | None = None

    def holding(self, key_id: str) -> Mapping[str, str]:
        """The certificates, fetched again where they are stale or lack ``key_id``."""
        with self._lock:
            if self._must_fetch(key_id):
                self._known = self._fetch()
                self._fetched = self._clock()
            return self._known

    def _must_fetch(self, key_id: str) -> bool:
        if self._fetched is None:
            return True
        age = self._clock() - self._fetched
        return age > CERTIFICATES_LAST or (key_id not in self._known and age > REFETCH_AFTER)

    def _fetch(self) -> Mapping[str, str]:
        try:
            answer = self._session.get(self._url, timeout=TIMEOUT)
            answer.raise_for_status()
            found: Mapping[str, str] = answer.json()
        except requests.RequestException as error:
            raise Unreachable(
                "Google's certificates could not be fetched, so nobody can be let in.",
                call="oauth2.certs",
                reason=type(error).__name__,
                reference=new_reference(),
            ) from None
        return found


class Verifier:
    """Says who a token belongs to, or raises NotSignedIn. Safe to share between threads.

    ``system_audiences`` are the exact addresses Google calls us at; ``service_account`` is the address Google's
    add-on runtime signs as; ``oauth_client_id`` is what people's tokens are made out to."""

    def __init__(
        self,
        endpoints: Endpoints,
        *,
        system_audiences: Sequence[str],
        service_account: str,
        oauth_client_id: str,
        clock_skew_seconds: int = 10,
        clock: Callable[[], float] = time.monotonic,
        probe: Probe | None = None,
    ) -> None:
        self._certificates = Certificates(endpoints.certs_url, clock=clock, probe=probe)
        self._system_audiences = list(system_audiences)
        self._service_account = service_account
        self._oauth_client_id = oauth_client_id
        self._skew = clock_skew_seconds

    def system(self, token: str) -> None:
        """Return if the token shows that Google's add-on runtime is calling us; else raise NotSignedIn."""
        claims = self._claims(token, self._system_audiences)
        if not self._service_account or claims.get("email") != self._service_account:
            raise _refused("wrongCaller")
        if claims.get("email_verified") is not True:
            raise _refused("unverifiedEmail")

    def user(self, token: str) -> UserIdentity:
        """The person the token belongs to; raises NotSignedIn where it proves nobody."""
        claims = self._claims(token, [self._oauth_client_id])
        email = str(claims.get("email", ""))
        if email and claims.get("email_verified") is not True:
            raise _refused("unverifiedEmail")
        if not claims.get("sub"):
            raise _refused("noSubject")
        return UserIdentity(sub=str(claims["sub"]), email=email.lower())

    def _claims(self, token: str, audiences: list[str]) -> Mapping[str, Any]:
        certificates = self._certificates.holding(_key_id(token))
        try:
            claims: Mapping[str, Any] = jwt.decode(
                token,
                certs=certificates,
                audience=[audience for audience in audiences if audience],
                clock_skew_in_seconds=self._skew,
            )
        except (ValueError, TypeError, GoogleAuthError):
            raise _refused("invalidToken") from None
        if claims.get("iss") not in ISSUERS:
            raise _refused("wrongIssuer")
        return claims


def _key_id(token: str) -> str:
    """The key a token claims to be signed with. A token that is not one is refused before anything is fetched."""
    if not token or len(token) > LONGEST_TOKEN:
        raise _refused("noToken")
    try:
        header = jwt.decode_header(token)
    except (ValueError, TypeError, GoogleAuthError):
        raise _refused("invalidToken") from None
    key_id = header.get("kid")
    if not isinstance(key_id, str) or not key_id or header.get("alg") != "RS256":
        raise _refused("invalidToken")
    return key_id


def _refused(reason: str) -> NotSignedIn:
    return NotSignedIn(
        "This request does not show who is calling.",
        call="oauth2.verify",
        reason=reason,
        status=401,
        reference=new_reference(),
    )
