"""Who calls, and whether the token's scopes cover the method."""

from __future__ import annotations

import re

from sandbox.call import ApiError, Caller
from sandbox.discovery import Method, every_scope
from sandbox.message import Incoming
from sandbox.oauth.state import oauth_state
from sandbox.oauth.tokens import caller_of
from sandbox.state import Workspace

_EXPECTED = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
_UNREGISTERED = (
    "Method doesn't allow unregistered callers (callers without established identity). "
    "Please use API Key or other form of API consumer identity to call this API."
)
_PUBLIC = re.compile(
    r"GET (sheets\.|drive\.(files|comments|replies|revisions)\.|calendar\.(calendars|colors|events)\.)"
    r"|POST (sheets\.spreadsheets\.(values\.batchG|g)etByDataFilter$|calendar\.freebusy\.query)"
)
"""What may be asked with an API key: what reads and belongs to no person."""


class Denied(ApiError):
    """A refusal by Google's front end, before the API saw the call. ``short`` is what ``errors[]`` says of it."""

    def __init__(
        self, status: int, message: str, *, short: str, reason: str, name: str, info: str, method: Method
    ) -> None:
        service = f"{method.api.name}.googleapis.com"
        detail = {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": info,
            "domain": "googleapis.com",
            "metadata": {"service": service, "method": method.id},
        }
        super().__init__(
            status,
            message,
            reason=reason,
            status_name=name,
            location="Authorization" if status == 401 else "",
            location_type="header" if status == 401 else "",
            details=() if method.api.legacy else (detail,),
        )
        self.short = short


def caller(workspace: Workspace, request: Incoming, method: Method) -> Caller:
    """Whose token the request carries, or nobody's where it has an API key alone. Raises Denied (401) for a token
    that is none, and for neither what Google says: 401 in Docs, 403 in the APIs that take an API key."""
    token = bearer(request)
    if not token and method.api.name != "docs":
        return _nobody(workspace, request, method)
    if not token:
        raise _missing(method)
    found = caller_of(workspace, token)
    if found is None:
        raise Denied(
            401,
            f"Request had invalid authentication credentials. {_EXPECTED}",
            short="Invalid Credentials",
            reason="authError",
            name="UNAUTHENTICATED",
            info="ACCESS_TOKEN_INVALID",
            method=method,
        )
    return found


def _nobody(workspace: Workspace, request: Incoming, method: Method) -> Caller:
    """A caller with an API key: without a name, for whom only what is public is there to be read.

    Source: google-spreadsheet's live suite and its issue 490."""
    key = request.headers.get("X-Goog-Api-Key") or dict(request.query).get("key", "")
    if not key:
        raise ApiError(403, _UNREGISTERED, reason="forbidden", status_name="PERMISSION_DENIED")
    project = oauth_state(workspace).api_keys.get(key)
    if project is None and not workspace.open_access:
        raise _bad_key(method)
    if not _PUBLIC.match(f"{method.http_method} {method.id}"):
        raise _missing(method)
    return Caller(email="", client_id=project or key, scopes=every_scope())


def _missing(method: Method) -> Denied:
    return Denied(
        401,
        f"Request is missing required authentication credential. {_EXPECTED}",
        short="Login Required.",
        reason="required",
        name="UNAUTHENTICATED",
        info="CREDENTIALS_MISSING",
        method=method,
    )


def _bad_key(method: Method) -> Denied:
    message = "API key not valid. Please pass a valid API key."
    name, info = "INVALID_ARGUMENT", "API_KEY_INVALID"
    return Denied(400, message, short=message, reason="badRequest", name=name, info=info, method=method)


def check_scopes(who: Caller, method: Method) -> None:
    """Raises Denied (403) where none of the method's scopes was granted."""
    if method.scopes and not method.scopes & who.scopes:
        raise Denied(
            403,
            "Request had insufficient authentication scopes.",
            short="Insufficient Permission",
            reason="insufficientPermissions",
            name="PERMISSION_DENIED",
            info="ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            method=method,
        )


def bearer(request: Incoming) -> str:
    """The token in the Authorization header or the query, or ``""``."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return token.strip()
    query = dict(request.query)
    return query.get("access_token") or query.get("oauth_token") or ""
