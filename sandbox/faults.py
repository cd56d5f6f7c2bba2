"""Faults on demand: refuse, cut, lose or slow the nth call that matches."""

from __future__ import annotations

import fnmatch
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from sandbox import envelope
from sandbox.call import ApiError
from sandbox.message import Outgoing
from sandbox.state import Workspace

PROFILES: Mapping[str, tuple[float, float]] = {
    "near": (0.005, 0.01),
    "office": (0.04, 0.08),
    "mobile": (0.15, 0.4),
    "bad": (0.5, 2.0),
}
"""The least delay and the mean of what comes on top, in seconds."""
_MESSAGES = {
    "authError": "Invalid Credentials",
    "userRateLimitExceeded": "User rate limit exceeded.",
    "rateLimitExceeded": "Rate Limit Exceeded",
    "sharingRateLimitExceeded": 'Rate limit exceeded. User message: "Sorry, you have exceeded your sharing quota."',
    "dailyLimitExceeded": "Daily Limit Exceeded",
    "quotaExceeded": "Calendar usage limits exceeded.",
    "storageQuotaExceeded": "The user's Drive storage quota has been exceeded.",
    "insufficientFilePermissions": "The user does not have sufficient permissions for this file.",
    "domainPolicy": "The domain administrators have disabled Drive apps.",
    "appNotAuthorizedToFile": "The user has not granted the app read access to the file.",
    "conditionNotMet": "Precondition Failed",
    "fullSyncRequired": "Sync token is no longer valid, a full sync is required.",
    "deleted": "Resource has been deleted",
    "duplicate": "The requested identifier already exists.",
    "notFound": "Not Found",
    "backendError": "Backend Error",
    "internalError": "Internal Error",
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Which calls, and what happens to them.

    ``method``, ``target`` and ``user`` are globs (``sheets.*``). ``nth`` counts matching calls from 1; 0 is every
    one; ``times`` is how many calls in a row, from the nth on. ``status`` answers an error instead of the call,
    as HTML with ``html``. ``reset`` closes the connection before the call is applied, ``lost`` after it.
    ``truncate`` sends that many bytes of the answer's body and closes the connection. ``latency`` seconds pass before
    anything else; ``profile`` draws them as a network would: near, office, mobile or bad. A call that is due is
    struck with ``probability``; ``seed`` repeats the same throws for the same calls in the same order."""

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
    truncate: int = -1
    profile: str = ""
    probability: float = 1.0
    seed: int = 0

    def covers(self, method: str, target: str, user: str) -> bool:
        pairs = ((method, self.method), (target, self.target), (user, self.user))
        return all(fnmatch.fnmatchcase(value, glob) for value, glob in pairs)

    def due(self, count: int) -> bool:
        numbered = self.nth == 0 or self.nth <= count < self.nth + self.times
        return numbered and (self.probability >= 1 or self._dice(count).random() < self.probability)

    def delay(self, count: int) -> float:
        """How many seconds the call with this number waits."""
        if not self.profile:
            return self.latency
        least, usual = PROFILES[self.profile]
        return self.latency + least + self._dice(-count).expovariate(1 / usual)

    def _dice(self, count: int) -> random.Random:
        return random.Random(f"{self.seed} {count}")


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
    """The first rule that strikes this call, its ``latency`` drawn, or NOTHING. Each that covers it counts it."""
    state = _state(workspace)
    struck = NOTHING
    for at, rule in enumerate(state.rules):
        if rule.covers(method, target, user):
            state.seen[at] += 1
            if struck is NOTHING and rule.due(state.seen[at]):
                struck = replace(rule, latency=rule.delay(state.seen[at]))
    return struck


def from_wire(body: Mapping[str, Any]) -> Rule:
    """A rule from JSON. Raises ValueError naming what is unknown."""
    known = {one.name for one in fields(Rule)}
    if unknown := set(body) - known:
        raise ValueError(f"unknown in a fault: {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    rule = Rule(**body)
    if rule.profile and rule.profile not in PROFILES:
        raise ValueError(f"unknown profile: {rule.profile}; known: {', '.join(PROFILES)}")
    return rule


def answer(rule: Rule, *, legacy: bool) -> Outgoing:
    """The error that the rule answers with, in the API's envelope or as HTML."""
    headers = {"Retry-After": str(rule.retry_after)} if rule.retry_after else {}
    message = rule.message or _MESSAGES.get(rule.reason) or f"Injected fault {rule.status}."
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
