"""Signed JSON tokens: made and checked with google-auth, which ships no types for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from google.auth import crypt, jwt

from sandbox.oauth.keys import SigningKey

_SIGNER: Any = crypt.RSASigner
_JWT: Any = jwt


def sign(payload: Mapping[str, Any], key: SigningKey) -> str:
    """The payload as a compact RS256 token."""
    return bytes(_JWT.encode(_SIGNER.from_string(key.private_pem, key.kid), payload)).decode()


def claims(token: str) -> Mapping[str, Any]:
    """What the token says, unchecked. Raises ValueError where it is no token."""
    found: Mapping[str, Any] = _JWT.decode(token, verify=False)
    return found


def check(token: str, *, public_key: str, audience: Sequence[str], skew: int) -> None:
    """Raises ValueError unless the key signed the token, for one of the audiences, and its time has not passed."""
    _JWT.decode(token, certs=public_key, audience=list(audience), clock_skew_in_seconds=skew)
