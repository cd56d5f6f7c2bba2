"""Whether the service is up. Asks nobody and says nothing else."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from server.web.paths import HEALTH


def health_blueprint() -> Blueprint:
    blueprint = Blueprint("health", __name__)
    blueprint.add_url_rule(HEALTH, view_func=healthz)
    return blueprint


def healthz() -> Response:
    return jsonify(status="ok")
