"""The consent page: who signs in, and which of the app's wishes they grant. No passwords: this is a sandbox."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from markupsafe import Markup, escape

from sandbox import journal
from sandbox.oauth import codes
from sandbox.oauth.codes import ConsentRefused, Request
from sandbox.oauth.tokens import open_owner
from sandbox.state import Workspace

PATHS = ("/o/oauth2/v2/auth", "/o/oauth2/auth")
_FORM = """<!DOCTYPE html>
<html lang=en>
<meta charset=utf-8>
<title>Sign in – sandbox</title>
<h1>{client} wants to access your account</h1>
<form method=post action="{action}">
<fieldset><legend>Account</legend>
{people}
</fieldset>
<fieldset><legend>Select what it can access</legend>
{scopes}
</fieldset>
<button name=decision value=allow>Continue</button>
<button name=decision value=deny>Cancel</button>
</form>
"""
_REFUSED = """<!DOCTYPE html>
<html lang=en>
<meta charset=utf-8>
<title>Error {status}: {error}</title>
<h1>Access blocked: this app's request is invalid</h1>
<p>Error {status}: {error}
"""


def blueprint(workspace: Workspace) -> Blueprint:
    """``/o/oauth2/v2/auth`` over one workspace: GET shows the page, POST decides."""
    made = Blueprint("sandbox_consent", __name__)
    made.register_error_handler(ConsentRefused, _refused)
    for path in PATHS:
        made.add_url_rule(path, f"ask_{len(path)}", lambda: _ask(workspace), methods=["GET"])
        made.add_url_rule(path, f"decide_{len(path)}", lambda: _decide(workspace), methods=["POST"])
    return made


def _ask(workspace: Workspace) -> Response | str:
    with workspace.lock:
        asked = _read(workspace)
        known = codes.settled(workspace, asked)
        if known:
            return _granted(workspace, asked, known, asked.scopes)
        if asked.silent:
            return _back(asked.back(error="interaction_required"))
        if workspace.open_access:
            open_owner(workspace)
        return _page(asked, sorted(workspace.users))


def _decide(workspace: Workspace) -> Response:
    with workspace.lock:
        asked = _read(workspace)
        email = request.form.get("email", "")
        if request.form.get("decision") != "allow":
            return _back(asked.back(error="access_denied"))
        if email not in workspace.users:
            raise ConsentRefused("invalid_request")
        ticked = frozenset(request.form.getlist("scope"))
        if not ticked & asked.scopes:
            return _back(asked.back(error="access_denied"))
        return _granted(workspace, asked, email, ticked)


def _read(workspace: Workspace) -> Request:
    entry = journal.record(workspace, method="oauth.auth", kind="oauth")
    try:
        asked = codes.read(workspace, request.args.to_dict())
    except ConsentRefused as refused:
        entry["status"] = refused.status
        raise
    entry |= {"status": 200, "client": asked.client.client_id}
    return asked


def _granted(workspace: Workspace, asked: Request, email: str, ticked: frozenset[str]) -> Response:
    code = codes.grant(workspace, asked, email=email, ticked=ticked)
    told = " ".join(sorted(asked.scopes & ticked))
    return _back(asked.back(code=code, scope=told))


def _back(address: str) -> Response:
    answer: Response = redirect(address)  # type: ignore[assignment]  # werkzeug's type for Flask's own class
    return answer


def _page(asked: Request, people: Iterable[str]) -> str:
    chosen = asked.hint
    accounts = [_choice("radio", "email", one, on=one == chosen) for one in people]
    wishes = [_choice("checkbox", "scope", one, on=True) for one in sorted(asked.scopes)]
    return _FORM.format(
        client=escape(asked.client.client_id),
        action=escape(f"{request.path}?{urlencode(list(request.args.items(multi=True)))}"),
        people=Markup("\n").join(accounts),
        scopes=Markup("\n").join(wishes),
    )


def _choice(kind: str, name: str, value: str, *, on: bool) -> Markup:
    checked = Markup(" checked") if on else ""
    return Markup('<p><label><input type={} name={} value="{}"{}> {}</label>').format(
        kind, name, value, checked, value
    )


def _refused(error: ConsentRefused) -> tuple[str, int]:
    return _REFUSED.format(status=error.status, error=escape(error.error)), error.status
