"""The sandbox as one Flask app over one workspace."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Mapping

from flask import Flask, Response, request
from requests.structures import CaseInsensitiveDict
from werkzeug.routing import Rule

from sandbox import batch, control, headers, uploads
from sandbox.call import Handler
from sandbox.drive import links
from sandbox.message import Incoming, Outgoing
from sandbox.oauth import consent
from sandbox.oauth.routes import oauth_blueprint
from sandbox.state import Workspace
from sandbox.wire import Wire

SERVICES = ("sheets", "drive", "docs", "calendar")
_VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


class LateRule(Rule):
    """A rule whose code for building addresses is made when the first address is: hardly any is ever built here, and
    making it was nearly all that a new app cost."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        builder = functools.cache(super()._compile_builder)
        return lambda rule, **values: builder(append_unknown)(rule, **values)


class _App(Flask):
    url_rule_class = LateRule


def create_app(workspace: Workspace, routes: Mapping[str, Handler] | None = None) -> Flask:
    """Serves ``workspace`` with Google's paths. ``routes`` replaces the services' own handlers."""
    app = _App(__name__, static_folder=None)
    app.url_map.merge_slashes = False
    app.config["PROPAGATE_EXCEPTIONS"] = True
    wire = Wire(workspace=workspace, routes=service_routes() if routes is None else routes)
    app.register_blueprint(control.blueprint(workspace))
    app.register_blueprint(oauth_blueprint(workspace))
    app.register_blueprint(consent.blueprint(workspace))
    app.add_url_rule("/<path:path>", "google", lambda path: respond(wire), methods=_VERBS)  # noqa: ARG005 (Flask's)
    return app


def service_routes() -> dict[str, Handler]:
    """All services' tables in one."""
    tables = (importlib.import_module(f"sandbox.{name}.routes").ROUTES for name in SERVICES)
    return {method: handler for table in tables for method, handler in table.items()}


def respond(wire: Wire) -> Response:
    """Answers Flask's current request by the wire."""
    asked = links.followed(incoming())
    if batch.is_batch(asked):
        return response(batch.answer(wire, asked))
    made = uploads.answer(wire, asked) if uploads.is_resumable(asked) else wire.answer(asked)
    return response(headers.pressed(asked, made))


def incoming() -> Incoming:
    """Flask's current request, its path still percent-encoded."""
    target = request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or request.full_path
    if "://" in target.partition("?")[0]:
        target = "/" + target.partition("://")[2].partition("/")[2]
    if "?" not in target and request.query_string:  # Flask's own test client keeps the two apart
        target = f"{target}?{request.query_string.decode('ascii')}"
    sent = CaseInsensitiveDict(request.headers.items())
    origin = request.host_url.rstrip("/")
    return Incoming(http_method=request.method, target=target, headers=sent, body=request.get_data(), origin=origin)


def response(made: Outgoing) -> Response:
    """An answer as Flask sends it."""
    answer = Response(made.body, status=made.status)
    answer.headers.pop("Content-Type")
    if made.content_type:
        answer.headers["Content-Type"] = made.content_type
    for name, value in made.headers.items():
        answer.headers[name] = value
    return answer
