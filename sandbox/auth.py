"""Who calls, and whether the token's scopes cover the method."""

from __future__ import annotations

from sandbox.call import ApiError, Caller
from sandbox.discovery import Method
from sandbox.message import Incoming
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
    """Whose token the request carries. Raises Denied (401) for a token that is none, and for no token at all what
    Google says: 401 in Docs, 403 in the APIs that would take an API key instead."""
    token = bearer(request)
    if not token and method.api.name != "docs":
        raise ApiError(403, _UNREGISTERED, reason="forbidden", status_name="PERMISSION_DENIED")
    if not token:
        raise Denied(
            401,
            f"Request is missing required authentication credential. {_EXPECTED}",
            short="Login Required.",
            reason="required",
            name="UNAUTHENTICATED",
            info="CREDENTIALS_MISSING",
            method=method,
        )
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
