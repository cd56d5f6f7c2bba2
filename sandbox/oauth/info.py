"""What a token says of itself (tokeninfo) and of its person (userinfo), as much as its scopes allow."""

from __future__ import annotations

import time
from typing import Any

from sandbox.oauth import jose
from sandbox.oauth.keys import signing_key
from sandbox.oauth.state import Grant, live, oauth_state
from sandbox.oauth.tokens import GOOGLE, subject
from sandbox.state import User, Workspace

_AUTH = "https://www.googleapis.com/auth/"
_EMAIL = frozenset({"email", f"{_AUTH}userinfo.email"})
_PROFILE = frozenset({"profile", f"{_AUTH}userinfo.profile"})
_IDENTITY = _EMAIL | _PROFILE | {"openid"}
_NO_PICTURE = "https://lh3.googleusercontent.com/a/default-user=s96-c"


def of_access_token(workspace: Workspace, token: str) -> dict[str, Any] | None:
    """What ``/tokeninfo`` and ``/oauth2/v3/tokeninfo`` say of an access token; None where it is none."""
    grant = oauth_state(workspace).access.get(token)
    if grant is None or not live(grant):
        return None
    told = {
        "azp": grant.client_id,
        "aud": grant.client_id,
        **({"sub": subject(grant.email)} if grant.scopes & _IDENTITY else {}),
        "scope": " ".join(sorted(grant.scopes)),
        "exp": str(int(grant.expires)),
        "expires_in": str(int(grant.expires - time.time())),
    }
    return told | _address(grant) | {"access_type": "offline" if grant.offline else "online"}


def of_first_version(workspace: Workspace, token: str) -> dict[str, Any] | None:
    """The same in the words of ``/oauth2/v1/tokeninfo`` and ``/oauth2/v2/tokeninfo``."""
    found = of_access_token(workspace, token)
    if found is None:
        return None
    told = {"issued_to": found["azp"], "audience": found["aud"], "scope": found["scope"]}
    told |= {"user_id": found["sub"]} if "sub" in found else {}
    told |= {"expires_in": int(found["expires_in"])}
    if "email" in found:
        told |= {"email": found["email"], "verified_email": True}
    return told | {"access_type": found["access_type"]}


def of_id_token(token: str) -> dict[str, Any] | None:
    """What ``/tokeninfo?id_token=`` says: its claims as text, where the sandbox signed it and it is still good."""
    try:
        claims = jose.claims(token)
        jose.check(token, public_key=signing_key().certificate, audience=(str(claims.get("aud")),), skew=0)
    except ValueError:
        return None
    if claims.get("iss") not in (GOOGLE, GOOGLE.removeprefix("https://")):
        return None
    told = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in claims.items()}
    return told | {"alg": "RS256", "kid": signing_key().kid, "typ": "JWT"}


def of_person(user: User, scopes: frozenset[str], *, old: bool) -> dict[str, Any]:
    """What ``userinfo`` says of the token's person; ``old`` in the words of its versions 1 and 2.

    Source: gspread-pandas' recordings, a service account's ``/userinfo/v2/me``."""
    told: dict[str, Any] = {"id" if old else "sub": subject(user.email)}
    if scopes & _EMAIL or not scopes & _IDENTITY:
        told |= {"email": user.email, "verified_email" if old else "email_verified": True}
    if not user.service_account and (scopes & _PROFILE or not scopes & _IDENTITY):
        told |= _names(user)
    return told | {"picture": _NO_PICTURE} | ({} if user.service_account else {"hd": user.email.partition("@")[2]})


def _names(user: User) -> dict[str, str]:
    given, _, family = user.name.partition(" ")
    names = {"name": user.name, "given_name": given, "family_name": family, "locale": user.locale.partition("_")[0]}
    return {key: value for key, value in names.items() if value}


def _address(grant: Grant) -> dict[str, str]:
    return {"email": grant.email, "email_verified": "true"} if grant.scopes & _EMAIL else {}
