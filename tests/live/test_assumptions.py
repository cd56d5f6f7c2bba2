"""Each line of docs/unverified.md, tried: on the sandbox here, on a real account by ``senplans live-check``."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from ground import Google
from live.all import CHECKS
from live.outcome import NOT_HELD, Check


@pytest.mark.any_google
@pytest.mark.parametrize("check", CHECKS, ids=[check.heading for check in CHECKS])
def test_assumption(check: Check, google: Google, record_property: Callable[[str, object], None]) -> None:
    outcome = check.run(google)
    record_property("outcome", dataclasses.asdict(outcome))
    assert outcome.kind != NOT_HELD, outcome.saw
