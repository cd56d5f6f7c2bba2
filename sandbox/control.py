"""``/_sandbox/``: reset, seed, clock, tokens, journal, outbox, faults. JSON in, JSON out, from this machine only."""

from __future__ import annotations

import dataclasses
import ipaddress
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request

from sandbox import faults, quotas
from sandbox.drive import policy as drive_policy
from sandbox.oauth.state import Client, ServiceAccount, oauth_state
from sandbox.oauth.tokens import NoSuchUser, mint_access_token, mint_id_token, mint_refresh_token
from sandbox.state import Clock, Ids, User, Workspace

INDEX = {
    "POST reset": "forget everything, users included",
    "POST seed": "add users, clients, api_keys, service_accounts; set drive policies",
    "GET clock": "the sandbox's time",
    "POST clock": "set {now} or {advance: seconds}",
    "POST tokens": "mint {email, client_id, scopes, lifetime}, {refresh: true} or {audience} for an ID token",
    "GET journal": "every call",
    "DELETE journal": "forget the calls",
    "GET outbox": "every mail",
    "GET faults": "the rules in force",
    "POST faults": "add a rule",
    "DELETE faults": "remove all rules",
    "GET quotas": "whether Google's quotas hold, their limits, what is used",
    "POST quotas": "put quotas in force: {on, limits: {'sheets.read.user': 60}}",
    "DELETE quotas": "no quotas any more",
}


def blueprint(workspace: Workspace) -> Blueprint:
    """The routes over one workspace."""
    control = Control(workspace)
    made = Blueprint("sandbox_control", __name__, url_prefix="/_sandbox")
    made.before_request(_only_this_machine)
    made.register_error_handler(ValueError, _refused)
    made.register_error_handler(LookupError, _refused)
    made.register_error_handler(TypeError, _refused)
    made.add_url_rule("/", "index", lambda: jsonify(INDEX))
    for rule, view in control.table().items():
        verb, name = rule.split()
        made.add_url_rule(f"/{name}", f"{verb.lower()}_{name}", view, methods=[verb])
    return made


class Control:
    """What each route does."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def table(self) -> Mapping[str, Any]:
        return {
            "POST reset": self.reset,
            "POST seed": self.seed,
            "GET clock": self.clock,
            "POST clock": self.set_clock,
            "POST tokens": self.tokens,
            "GET journal": lambda: jsonify(self.workspace.journal),
            "DELETE journal": self.forget_journal,
            "GET outbox": lambda: jsonify(self.workspace.outbox),
            "GET faults": self.faults,
            "POST faults": self.add_fault,
            "DELETE faults": self.clear_faults,
            "GET quotas": self.quotas,
            "POST quotas": self.set_quotas,
            "DELETE quotas": self.clear_quotas,
        }

    def reset(self) -> Response:
        with self.workspace.lock:
            reset(self.workspace)
        return jsonify({})

    def seed(self) -> Response:
        with self.workspace.lock:
            seed(self.workspace, _json())
        return jsonify({"users": sorted(self.workspace.users)})

    def clock(self) -> Response:
        return jsonify({"now": self.workspace.clock.now().isoformat()})

    def set_clock(self) -> Response:
        body = _json()
        if "now" in body:
            moment = datetime.fromisoformat(body["now"])
            self.workspace.clock.set(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        self.workspace.clock.advance(float(body.get("advance", 0)))
        return self.clock()

    def tokens(self) -> Response:
        body = _json()
        with self.workspace.lock:
            if "audience" in body:
                return jsonify({"id_token": mint_id_token(self.workspace, **body)})
            if body.pop("refresh", False):
                return jsonify({"refresh_token": mint_refresh_token(self.workspace, **body)})
            return jsonify({"access_token": mint_access_token(self.workspace, **body)})

    def forget_journal(self) -> Response:
        self.workspace.journal.clear()
        return jsonify({})

    def faults(self) -> Response:
        listed = faults.listed(self.workspace)
        return jsonify([dataclasses.asdict(rule) | {"seen": seen} for rule, seen in listed])

    def add_fault(self) -> Response:
        with self.workspace.lock:
            faults.add(self.workspace, faults.from_wire(_json()))
        return self.faults()

    def clear_faults(self) -> Response:
        with self.workspace.lock:
            faults.clear(self.workspace)
        return self.faults()

    def quotas(self) -> Response:
        with self.workspace.lock:
            return jsonify(quotas.told(self.workspace))

    def set_quotas(self) -> Response:
        with self.workspace.lock:
            quotas.switch(self.workspace, **_json())
        return self.quotas()

    def clear_quotas(self) -> Response:
        with self.workspace.lock:
            quotas.switch(self.workspace, on=False)
        return self.quotas()


def reset(workspace: Workspace) -> None:
    """Empties a workspace in place."""
    workspace.clock, workspace.ids = Clock(), Ids()
    for held in (workspace.users, workspace.outbox, workspace.journal, workspace.services):
        held.clear()


def seed(workspace: Workspace, body: Mapping[str, Any]) -> None:
    """Adds people (``users``), OAuth ``clients``, ``api_keys`` and ``service_accounts``; each a list of objects."""
    for one in body.get("users", ()):
        workspace.users[one["email"]] = User(**one)
    if settings := body.get("drive"):
        drive_policy.seed(workspace, settings)
    state = oauth_state(workspace)
    for one in body.get("clients", ()):
        state.clients[one["client_id"]] = Client(
            **(dict(one) | {"redirect_uris": tuple(one.get("redirect_uris", ()))})
        )
    for one in body.get("api_keys", ()):
        state.api_keys[one["key"]] = one["client_id"]
    for one in body.get("service_accounts", ()):
        account = ServiceAccount(**(dict(one) | {"delegated": frozenset(one.get("delegated", ()))}))
        state.service_accounts[account.email] = account
        workspace.users[account.email] = User(email=account.email, name=account.email, service_account=True)


def _json() -> dict[str, Any]:
    sent = request.get_data()
    body = json.loads(sent) if sent else {}
    if not isinstance(body, dict):
        raise ValueError("the body must be a JSON object")
    return body


def _only_this_machine() -> tuple[Response, int] | None:
    address = request.remote_addr or "127.0.0.1"
    if ipaddress.ip_address(address).is_loopback:
        return None
    return jsonify({"error": "only served to this machine"}), 403


def _refused(error: Exception) -> tuple[Response, int]:
    text = f"missing: {error}" if isinstance(error, KeyError) and not isinstance(error, NoSuchUser) else str(error)
    return jsonify({"error": text}), 400
