"""The token endpoint's grants: authorization code, refresh token, a service account's signed assertion (RFC 7523)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from sandbox.discovery import every_scope
from sandbox.oauth import codes, jose
from sandbox.oauth.state import Client, Grant, ServiceAccount, full_scopes, live, oauth_state
from sandbox.oauth.tokens import OPEN_CLIENT, mint_access_token, mint_id_token, mint_refresh_token, open_owner
from sandbox.state import Workspace

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIFETIME = 3599
_LONGEST_ASSERTION = 3660
_NOT_DELEGATED = (
    "Client is unauthorized to retrieve access tokens using this method, "
    "or client not authorized for any of the scopes requested."
)
_NOT_SHORT_LIVED = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)
_AUDIENCES = ("https://oauth2.googleapis.com/token", "https://www.googleapis.com/oauth2/v4/token",
              "https://accounts.google.com/o/oauth2/token")  # fmt: skip


class GrantRefused(Exception):
    """What the token endpoint answers instead of a token."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status


def exchange(workspace: Workspace, form: Mapping[str, str], *, endpoint: str) -> dict[str, Any]:
    """The token endpoint's answer to this form. ``endpoint`` is the URL it was sent to. Raises GrantRefused."""
    kind = form.get("grant_type", "")
    if kind == "authorization_code":
        return _redeemed(workspace, form)
    if kind == "refresh_token":
        return _refreshed(workspace, form)
    if kind == JWT_BEARER:
        return _asserted(workspace, form.get("assertion", ""), endpoint)
    raise GrantRefused("unsupported_grant_type", f"Invalid grant_type: {kind}")


def _redeemed(workspace: Workspace, form: Mapping[str, str]) -> dict[str, Any]:
    client = _client(workspace, form)
    _require(form, "code")
    code = codes.redeem(workspace, form, client)
    if code is None:
        raise GrantRefused("invalid_grant", "Bad Request")
    email, scopes = code.email, code.scopes
    token = mint_access_token(workspace, email=email, client_id=client.client_id, scopes=scopes, offline=code.refresh)
    answer = _bearer(token, scopes)
    if code.refresh:
        held = mint_refresh_token(workspace, email=email, client_id=client.client_id, scopes=scopes)
        answer["refresh_token"] = held
    if "openid" in code.scopes:
        answer["id_token"] = mint_id_token(workspace, email=code.email, audience=client.client_id)
    return answer


def _require(form: Mapping[str, str], name: str) -> None:
    if not form.get(name):
        raise GrantRefused("invalid_request", f"Missing required parameter: {name}")


def _client(workspace: Workspace, form: Mapping[str, str]) -> Client:
    """The client that the form names, with its secret. An open sandbox takes any."""
    client = oauth_state(workspace).clients.get(form.get("client_id", ""))
    if client is None and workspace.open_access:
        return Client(client_id=OPEN_CLIENT)
    if client is None:
        raise GrantRefused("invalid_client", "The OAuth client was not found.", status=401)
    if client.secret and client.secret != form.get("client_secret", ""):
        raise GrantRefused("invalid_client", "Unauthorized", status=401)
    return client


def _refreshed(workspace: Workspace, form: Mapping[str, str]) -> dict[str, Any]:
    state, client = oauth_state(workspace), _client(workspace, form)
    _require(form, "refresh_token")
    if workspace.open_access and form.get("refresh_token") not in state.refresh:
        return _opened(workspace)
    grant = state.refresh.get(form.get("refresh_token", ""))
    if grant is None or not live(grant) or grant.client_id != client.client_id:
        raise GrantRefused("invalid_grant", "Token has been expired or revoked.")
    scopes = _narrowed(grant, form.get("scope", ""))
    token = mint_access_token(workspace, email=grant.email, client_id=grant.client_id, scopes=scopes, offline=True)
    answer = _bearer(token, scopes)
    if "openid" in scopes:
        answer["id_token"] = mint_id_token(workspace, email=grant.email, audience=grant.client_id)
    return answer


def _opened(workspace: Workspace) -> dict[str, Any]:
    """An open sandbox's answer to whatever it doesn't know: a token of its owner, for everything."""
    email, scopes = open_owner(workspace), every_scope()
    return _bearer(mint_access_token(workspace, email=email, client_id=OPEN_CLIENT, scopes=scopes), scopes)


def _narrowed(grant: Grant, asked: str) -> frozenset[str]:
    scopes = full_scopes(asked.split()) if asked.strip() else grant.scopes
    if not scopes <= grant.scopes:
        raise GrantRefused("invalid_scope", "Some requested scopes were not granted.")
    return scopes


def _asserted(workspace: Workspace, assertion: str, endpoint: str) -> dict[str, Any]:
    if workspace.open_access and not oauth_state(workspace).service_accounts:
        target = _audience_of(assertion)
        if target:
            return {"id_token": mint_id_token(workspace, email=open_owner(workspace), audience=target)}
        return _opened(workspace)
    account, claims = _verified(workspace, assertion, endpoint)
    if "target_audience" in claims:
        target = str(claims["target_audience"])
        return {"id_token": mint_id_token(workspace, email=account.email, audience=target, sub=account.client_id)}
    scopes = full_scopes(str(claims.get("scope", "")).split())
    if not scopes:
        raise GrantRefused("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
    email = _on_behalf(workspace, account, str(claims.get("sub") or account.email), scopes)
    token = mint_access_token(workspace, email=email, client_id=account.client_id, scopes=scopes)
    return _bearer(token, scopes)


def _audience_of(assertion: str) -> str:
    """For whom an assertion wants an ID token; "" where it wants access or can't be read."""
    try:
        return str(jose.claims(assertion).get("target_audience", ""))
    except ValueError:
        return ""


def _verified(workspace: Workspace, assertion: str, endpoint: str) -> tuple[ServiceAccount, Mapping[str, Any]]:
    try:
        claims = jose.claims(assertion)
    except ValueError:
        raise GrantRefused("invalid_request", "Bad Request") from None
    account = oauth_state(workspace).service_accounts.get(str(claims.get("iss", "")))
    if account is None:
        raise GrantRefused("invalid_grant", "Invalid grant: account not found")
    try:
        jose.check(assertion, public_key=account.public_key, audience=(*_AUDIENCES, endpoint), skew=300)
    except ValueError as error:
        raise GrantRefused("invalid_grant", _why(str(error))) from None
    if claims["exp"] - claims["iat"] > _LONGEST_ASSERTION or claims["exp"] < time.time() - 300:
        raise GrantRefused("invalid_grant", _NOT_SHORT_LIVED)
    return account, claims


def _why(error: str) -> str:
    """Google's words for what google-auth found wrong with an assertion."""
    said = error.lower()
    if "audience" in said:
        return f"Invalid JWT: Failed audience check. The right audience is {_AUDIENCES[0]}"
    if "expired" in said or "too early" in said or "iat" in said or "exp" in said:
        return _NOT_SHORT_LIVED
    return "Invalid JWT Signature." if "signature" in said else f"Invalid JWT: {error}"


def _on_behalf(workspace: Workspace, account: ServiceAccount, email: str, scopes: frozenset[str]) -> str:
    if email == account.email:
        return email
    if not scopes <= full_scopes(account.delegated):
        raise GrantRefused("unauthorized_client", _NOT_DELEGATED, status=401)
    if email not in workspace.users:
        raise GrantRefused("invalid_grant", "Invalid email or User ID")
    return email


def _bearer(token: str, scopes: frozenset[str]) -> dict[str, Any]:
    return {"access_token": token, "expires_in": LIFETIME, "token_type": "Bearer", "scope": " ".join(sorted(scopes))}
