"""Faults on demand: refuse, cut, lose or slow the nth call that matches."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sandbox import envelope
from sandbox.call import ApiError
from sandbox.message import Outgoing
from sandbox.state import Workspace


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Which calls, and what happens to them.

    ``method``, ``target`` and ``user`` are globs (``sheets.*``). ``nth`` counts matching calls from 1; 0 is every
    one; ``times`` is how many calls in a row, from the nth on. ``status`` answers an error instead of the call,
    as HTML with ``html``. ``reset`` closes the connection before the call is applied, ``lost`` after it.
    ``latency`` seconds pass before anything else."""

    method: str = "*"
    target: str = "*"
    user: str = "*"
    nth: int = 0
    times: int = 1
    status: int = 0
    reason: str = ""
    message: str = ""
    html: bool = False
    retry_after: int = 0
    reset: bool = False
    lost: bool = False
    latency: float = 0.0

    def covers(self, method: str, target: str, user: str) -> bool:
        pairs = ((method, self.method), (target, self.target), (user, self.user))
        return all(fnmatch.fnmatchcase(value, glob) for value, glob in pairs)

    def due(self, count: int) -> bool:
        return self.nth == 0 or self.nth <= count < self.nth + self.times


@dataclass
class FaultState:
    """The rules in force, each with how many calls it has seen."""

    rules: list[Rule] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)


NOTHING = Rule()


def add(workspace: Workspace, rule: Rule) -> None:
    """Puts one more rule in force; it counts calls from now on."""
    state = _state(workspace)
    state.rules.append(rule)
    state.seen.append(0)


def clear(workspace: Workspace) -> None:
    """No faults any more."""
    workspace.services["faults"] = FaultState()


def listed(workspace: Workspace) -> list[tuple[Rule, int]]:
    """The rules in force and how many calls each has seen."""
    state = _state(workspace)
    return list(zip(state.rules, state.seen, strict=True))


def due(workspace: Workspace, *, method: str, target: str, user: str) -> Rule:
    """The first rule that strikes this call, or NOTHING. Every rule that covers the call counts it."""
    state = _state(workspace)
    struck = NOTHING
    for at, rule in enumerate(state.rules):
        if rule.covers(method, target, user):
            state.seen[at] += 1
            if struck is NOTHING and rule.due(state.seen[at]):
                struck = rule
    return struck


def from_wire(body: Mapping[str, Any]) -> Rule:
    """A rule from JSON. Raises ValueError naming what is unknown."""
    known = {one.name for one in fields(Rule)}
    if unknown := set(body) - known:
        raise ValueError(f"unknown in a fault: {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    return Rule(**body)


def answer(rule: Rule, *, legacy: bool) -> Outgoing:
    """The error that the rule answers with, in the API's envelope or as HTML."""
    headers = {"Retry-After": str(rule.retry_after)} if rule.retry_after else {}
    message = rule.message or f"Injected fault {rule.status}."
    if rule.html:
        made = envelope.page(rule.status, message)
        return Outgoing(status=made.status, content_type=made.content_type, headers=headers, body=made.body)
    domain = "usageLimits" if "imit" in rule.reason or "uota" in rule.reason else "global"
    error = ApiError(
        rule.status,
        message,
        reason=rule.reason,
        domain=domain,
        headers=headers,
        details=_details(rule, legacy=legacy),
    )
    return envelope.refusal(error, legacy=legacy)


def _details(rule: Rule, *, legacy: bool) -> tuple[Mapping[str, Any], ...]:
    if legacy or rule.status != 429:
        return ()
    reason = rule.reason or "RATE_LIMIT_EXCEEDED"
    return ({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com"},)


def _state(workspace: Workspace) -> FaultState:
    return workspace.service("faults", FaultState)
