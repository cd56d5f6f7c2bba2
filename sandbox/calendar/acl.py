"""``calendar.acl``: who may see or change a calendar. For its owners only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sandbox.calendar import errors, feed
from sandbox.calendar.access import ROLES, reach_as_owner
from sandbox.calendar.state import CalendarRecord, Rule, calendar_state
from sandbox.calendar.times import micros
from sandbox.call import Call, Reply

SCOPES = ("default", "user", "group", "domain")
EVERYBODY = "__public_principal__@public.calendar.google.com"
"""The value of the scope ``default``. Source: NangoHQ/integration-templates' recordings of 2026."""


def list_rules(call: Call) -> Mapping[str, Any]:
    """Every rule; a sync also tells of removed ones, by the role ``none``."""
    record = reach_as_owner(call).calendar
    rules = [feed.Item(changed=rule.changed, wire=_print(rule)) for rule in record.rules.values()]
    rules += [feed.Item(changed=rule.changed, wire=_print(rule), gone=True) for rule in record.gone_rules.values()]
    rules.sort(key=lambda item: item.changed)
    etag = f'"p{micros(max(item.changed for item in rules)):x}"'
    return {"kind": "calendar#acl", "etag": etag, **feed.feed(call, rules, of=f"acl {record.id}")}


def get(call: Call) -> Mapping[str, Any]:
    return _print(_rule(reach_as_owner(call).calendar, call))


def insert(call: Call) -> Mapping[str, Any]:
    """A rule; the same scope again replaces its role."""
    record = reach_as_owner(call).calendar
    scope = call.body.get("scope") or {}
    kind, value = scope.get("type"), str(scope.get("value") or "").lower().removeprefix(EVERYBODY)
    if kind not in SCOPES or bool(value) == (kind == "default"):
        raise errors.invalid("Invalid scope value.")
    rule = Rule(scope=kind, value=value, role=_role(call.body), changed=_now(call))
    if rule.id == f"user:{record.owner}":
        raise errors.forbidden()
    record.rules[rule.id] = rule
    record.gone_rules.pop(rule.id, None)
    return _print(rule)


def patch(call: Call) -> Mapping[str, Any]:
    record = reach_as_owner(call).calendar
    rule = _rule(record, call)
    if "role" in call.body:
        if rule.id == f"user:{record.owner}":
            raise errors.forbidden()
        rule.role, rule.changed = _role(call.body), _now(call)
    return _print(rule)


def delete(call: Call) -> Reply:
    record = reach_as_owner(call).calendar
    rule = _rule(record, call)
    if rule.id == f"user:{record.owner}":
        raise errors.forbidden()
    del record.rules[rule.id]
    record.gone_rules[rule.id] = replace(rule, role="none", changed=_now(call))
    return Reply(status=204, content_type="text/html")


def _rule(record: CalendarRecord, call: Call) -> Rule:
    rule = record.rules.get(call.params["ruleId"])
    if rule is None:
        raise errors.not_found()
    return rule


def _role(body: Mapping[str, Any]) -> str:
    role = body.get("role")
    if not role:
        raise errors.required("Missing role.")
    if role not in ROLES:
        raise errors.invalid("Invalid role value.")
    return str(role)


def _now(call: Call) -> datetime:
    return calendar_state(call.workspace).tick(call.workspace)


def _print(rule: Rule) -> dict[str, Any]:
    return {
        "kind": "calendar#aclRule",
        "etag": f'"{micros(rule.changed):020d}"',
        "id": rule.id,
        "scope": {"type": rule.scope, "value": rule.value or EVERYBODY},
        "role": rule.role,
    }
