"""Sync tokens: whatever happens to a calendar, a client that follows them never misses and never repeats a change."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings

from sandbox.app import create_app
from sandbox.state import User, Workspace

EVENTS = "/calendar/v3/calendars/primary/events"
NAMES = ("single0", "reading0", "dail000")
RULES = {
    "single0": [],
    "reading0": ["RRULE:FREQ=WEEKLY;COUNT=4"],
    "dail000": ["RRULE:FREQ=DAILY;COUNT=5"],
}
OTHER_RULES = st.sampled_from(
    [[], ["RRULE:FREQ=DAILY;COUNT=2"], ["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/London:20261130T100000"]]
)
STEPS = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(NAMES), st.integers(0, 3)),
    st.tuples(st.just("patch"), st.sampled_from(NAMES), st.integers(0, 99)),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just(0)),
    st.tuples(st.just("rule"), st.sampled_from(NAMES), OTHER_RULES),
    st.tuples(st.just("move"), st.sampled_from(NAMES), st.integers(0, 3)),
    st.tuples(st.just("one"), st.sampled_from(NAMES), st.integers(0, 4)),
    st.tuples(st.just("not one"), st.sampled_from(NAMES), st.integers(0, 4)),
    st.tuples(st.just("sync"), st.just(""), st.integers(1, 3)),
)


class Follower:
    """A client that keeps its own copy of a calendar by sync tokens alone."""

    def __init__(self, http: FlaskClient, *, singles: bool) -> None:
        self.http, self.singles = http, singles
        self.held: dict[str, Any] = {}
        self.token = ""

    def ask(self, **params: Any) -> dict[str, Any]:
        query = {"singleEvents": str(self.singles).lower()} | params
        answer = self.http.get(EVENTS, query_string=query, headers={"Authorization": "Bearer any"})
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json or {}
        return told

    def sync(self, size: int = 250, between: Any = None) -> list[str]:
        """Follow the pages of one sync, with ``between`` happening after the first; the ids that it told of."""
        base = {"syncToken": self.token} if self.token else {}
        page, told = self.ask(maxResults=size, **base), []
        while True:
            for one in page["items"]:
                told.append(one["id"])
                self.held.pop(one["id"], None)
                if one["status"] != "cancelled":
                    self.held[one["id"]] = one
            if "nextPageToken" not in page:
                self.token = page["nextSyncToken"]
                return told
            if between:
                between()
                between = None
            page = self.ask(maxResults=size, pageToken=page["nextPageToken"], **base)

    def truth(self) -> dict[str, Any]:
        return {one["id"]: one for one in self.ask(maxResults=2500)["items"] if one["status"] != "cancelled"}


def times(day: int) -> dict[str, Any]:
    hours = {"start": 10, "end": 11}
    return {
        end: {"dateTime": f"2026-11-{23 + day}T{hour}:00:00", "timeZone": "Europe/London"}
        for end, hour in hours.items()
    }


def step(http: FlaskClient, kind: str, name: str, value: Any) -> None:
    """One thing that somebody does; refusals (a deleted or missing event) are as good as nothing done."""
    auth = {"Authorization": "Bearer any"}
    instance = f"{name}_202611{23 + value:02}T100000Z" if isinstance(value, int) else ""
    if kind == "put":
        body = {"id": name, "summary": "x", "recurrence": RULES[name], **times(value)}
        if http.post(EVENTS, json=body, headers=auth).status_code == 409:
            http.put(f"{EVENTS}/{name}", json=body, headers=auth)
    elif kind in ("patch", "one"):
        path, said = (f"{EVENTS}/{name}", {"summary": str(value)}) if kind == "patch" else (
            f"{EVENTS}/{instance}", {"location": "Hall", **times((value + 1) % 5)})  # fmt: skip
        http.patch(path, json=said, headers=auth)
    elif kind in ("rule", "move"):
        http.patch(f"{EVENTS}/{name}", json={"recurrence": value} if kind == "rule" else times(value), headers=auth)
    elif kind in ("delete", "not one"):
        http.delete(f"{EVENTS}/{name if kind == 'delete' else instance}", headers=auth)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEPS, max_size=14), singles=st.booleans())
def test_a_follower_never_misses_and_never_repeats_a_change(steps: list[tuple[str, str, Any]], singles: bool) -> None:
    workspace = Workspace(open_access=True)
    workspace.users["a@school.example"] = User(email="a@school.example")
    http = create_app(workspace).test_client()
    follower = Follower(http, singles=singles)
    follower.sync()
    for kind, name, value in steps:
        if kind == "sync":
            told = follower.sync(size=value)
            assert len(told) == len(set(told))
            assert follower.held == follower.truth()
        else:
            step(http, kind, name, value)
    follower.sync(size=1)
    assert follower.held == follower.truth()
    assert follower.sync() == []


@settings(max_examples=40, deadline=None)
@given(first=st.lists(STEPS, min_size=2, max_size=8), meanwhile=STEPS, singles=st.booleans())
def test_a_change_between_two_pages_is_told_by_the_next_sync_at_the_latest(
    first: list[tuple[str, str, Any]], meanwhile: tuple[str, str, Any], singles: bool
) -> None:
    workspace = Workspace(open_access=True)
    workspace.users["a@school.example"] = User(email="a@school.example")
    http = create_app(workspace).test_client()
    for one in first:
        step(http, *one)
    follower = Follower(http, singles=singles)
    follower.sync(size=1, between=lambda: step(http, *meanwhile))
    follower.sync()
    assert follower.held == follower.truth()
    assert follower.sync() == []
