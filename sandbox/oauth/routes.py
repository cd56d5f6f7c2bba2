"""``/token``, the published certificates, and what a token says of itself.

Source of the published keys' life: https://www.googleapis.com/oauth2/v3/certs as google-auth's clients describe it;
of the configuration: https://accounts.google.com/.well-known/openid-configuration."""

from __future__ import annotations

import base64
from typing import Any

from flask import Blueprint, Response, jsonify, request

from sandbox import journal
from sandbox.oauth import info
from sandbox.oauth.grants import JWT_BEARER, GrantRefused, exchange
from sandbox.oauth.keys import signing_key
from sandbox.oauth.state import oauth_state
from sandbox.oauth.tokens import GOOGLE, caller_of
from sandbox.state import Workspace

_USERINFO = ("/oauth2/v3/userinfo", "/v1/userinfo")
_OLD_USERINFO = ("/oauth2/v1/userinfo", "/oauth2/v2/userinfo", "/userinfo/v2/me")

_NEVER = "no-cache, no-store, max-age=0, must-revalidate"
_PLACES = {
    "authorization": "/o/oauth2/v2/auth",
    "token": "/token",
    "userinfo": "/v1/userinfo",
    "revocation": "/revoke",
}
_OFFERED = {
    "response_types_supported": ["code"],
    "subject_types_supported": ["public"],
    "id_token_signing_alg_values_supported": ["RS256"],
    "scopes_supported": ["openid", "email", "profile"],
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
    "code_challenge_methods_supported": ["plain", "S256"],
    "grant_types_supported": ["authorization_code", "refresh_token", JWT_BEARER],
}

Answer = tuple[dict[str, Any], int]


def oauth_blueprint(workspace: Workspace) -> Blueprint:
    """Google's OAuth endpoints over one workspace."""
    made = Blueprint("sandbox_oauth", __name__)
    views = Endpoints(workspace)
    made.register_error_handler(GrantRefused, _refused)
    for path in ("/token", "/oauth2/v4/token"):
        made.add_url_rule(path, f"token_{len(path)}", views.token, methods=["POST"])
    for path in ("/revoke", "/o/oauth2/revoke"):
        made.add_url_rule(path, f"revoke_{len(path)}", views.revoke, methods=["GET", "POST"])
    made.add_url_rule("/oauth2/v1/certs", "certificates", views.certificates)
    made.add_url_rule("/oauth2/v3/certs", "keys", views.keys)
    made.add_url_rule("/.well-known/openid-configuration", "configuration", views.configuration)
    for path in ("/tokeninfo", "/oauth2/v3/tokeninfo"):
        made.add_url_rule(path, f"tokeninfo_{len(path)}", views.tokeninfo, methods=["GET", "POST"])
    for path in ("/oauth2/v1/tokeninfo", "/oauth2/v2/tokeninfo"):
        made.add_url_rule(path, f"tokeninfo_{path[8]}", views.first_tokeninfo, methods=["GET", "POST"])
    for path in (*_USERINFO, *_OLD_USERINFO):
        made.add_url_rule(path, f"userinfo{path.replace('/', '_')}", views.userinfo)
    return made


class Endpoints:
    """What each endpoint does."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def token(self) -> Response:
        with self.workspace.lock:
            entry = journal.record(self.workspace, method="oauth.token", kind="oauth")
            form = _basic() | (request.form.to_dict() or request.get_json(silent=True) or {})
            try:
                answer = exchange(self.workspace, form, endpoint=request.base_url)
            except GrantRefused as refused:
                entry["status"] = refused.status
                raise
            grant = oauth_state(self.workspace).access.get(answer.get("access_token", ""))
            entry |= {"status": 200, "user": grant.email, "client": grant.client_id} if grant else {"status": 200}
        told = jsonify(answer)
        told.headers |= {"Cache-Control": _NEVER, "Pragma": "no-cache"}
        return told

    def revoke(self) -> Answer:
        token = request.values.get("token", "")
        with self.workspace.lock:
            state = oauth_state(self.workspace)
            grant = state.refresh.pop(token, None) or state.access.pop(token, None)
            if grant is None and self.workspace.open_access:
                return {}, 200
            if grant is None:
                return {"error": "invalid_token", "error_description": "Token expired or revoked"}, 400
            state.consents.pop((grant.email, grant.client_id), None)
            for held in (state.access, state.refresh):
                gone = [one for one, other in held.items() if _same(grant.email, grant.client_id, other)]
                for one in gone:
                    del held[one]
        return {}, 200

    def certificates(self) -> Response:
        return self._published({signing_key().kid: signing_key().certificate})

    def keys(self) -> Response:
        key = signing_key()
        numbers = {"n": _b64(key.modulus), "e": _b64(key.exponent)}
        return self._published({"keys": [{"kid": key.kid, "kty": "RSA", "alg": "RS256", "use": "sig"} | numbers]})

    def configuration(self) -> dict[str, Any]:
        """Where everything is, at this sandbox's address; tokens are Google's own by their issuer."""
        at = request.host_url.rstrip("/")
        places = {f"{name}_endpoint": at + path for name, path in _PLACES.items()}
        return {"issuer": GOOGLE, **places, "jwks_uri": f"{at}/oauth2/v3/certs", **_OFFERED}

    def _published(self, keys: dict[str, Any]) -> Response:
        """Keys, which callers may keep for some hours."""
        self._note("oauth.certs")
        told = jsonify(keys)
        told.headers["Cache-Control"] = "public, max-age=19800, must-revalidate, no-transform"
        return told

    def tokeninfo(self) -> Answer:
        if "id_token" in request.values:
            told = info.of_id_token(request.values["id_token"])
        else:
            told = info.of_access_token(self.workspace, request.values.get("access_token", ""))
        return (told, 200) if told else ({"error": "invalid_token", "error_description": "Invalid Value"}, 400)

    def first_tokeninfo(self) -> Answer:
        told = info.of_first_version(self.workspace, request.values.get("access_token", ""))
        return (told, 200) if told else ({"error": "invalid_token", "error_description": "Invalid Value"}, 400)

    def userinfo(self) -> Answer:
        token = request.headers.get("Authorization", "").partition(" ")[2] or request.values.get("access_token", "")
        who = caller_of(self.workspace, token)
        if who is None:
            return {"error": "invalid_request", "error_description": "Invalid Credentials"}, 401
        old = request.path in _OLD_USERINFO
        return info.of_person(self.workspace.users[who.email], who.scopes, old=old), 200

    def _note(self, method: str) -> None:
        with self.workspace.lock:
            journal.record(self.workspace, method=method, kind="oauth")["status"] = 200


def _same(email: str, client_id: str, other: Any) -> bool:
    return (other.email, other.client_id) == (email, client_id)


def _refused(error: GrantRefused) -> Answer:
    return {"error": error.error, "error_description": error.description}, error.status


def _b64(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


def _basic() -> dict[str, str]:
    """The client's id and secret where HTTP Basic gives them (RFC 6749 §2.3.1), as google-auth-oauthlib does."""
    given = request.authorization
    if given is None or given.type != "basic":
        return {}
    return {"client_id": given.username or "", "client_secret": given.password or ""}
