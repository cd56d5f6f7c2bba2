"""The web application: the add-on's routes, and health. It holds no state and reads no environment."""

from __future__ import annotations

import sys
from typing import TextIO

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from addon.event import BadEvent
from server.plans.trouble import NotSignedIn, Unreachable
from server.web.addon import addon_blueprint
from server.web.health import health_blueprint
from server.web.log import new_reference, open_log, place_of
from server.web.paths import links_at
from server.web.ports import WebServices, WebSettings

Answer = tuple[Response, int]


def create_app(services: WebServices, settings: WebSettings, *, log_to: TextIO = sys.stderr) -> Flask:
    """The service as a WSGI application. It logs JSON lines to ``log_to``."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.largest_body
    log = open_log(log_to)
    app.register_blueprint(health_blueprint())
    app.register_blueprint(addon_blueprint(services, links_at(settings.base_url), log))
    app.after_request(_uncached)

    @app.errorhandler(NotSignedIn)
    def refused(error: NotSignedIn) -> Answer:
        log.warning("refused", reason=error.reason, reference=error.reference)
        return jsonify(error="not_signed_in"), 401

    @app.errorhandler(Unreachable)
    def unproved(error: Unreachable) -> Answer:
        log.error("unproved", reason=error.reason, reference=error.reference)
        return jsonify(error="cannot_verify_caller"), 503

    @app.errorhandler(BadEvent)
    def bad_event(_error: BadEvent) -> Answer:
        return jsonify(error="not_an_event"), 400

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Answer:
        return jsonify(error=error.name.casefold().replace(" ", "_")), error.code or 500

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Answer:
        log.error("failed", kind=type(error).__name__, place=place_of(error), reference=new_reference())
        return jsonify(error="internal_error"), 500

    return app


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
