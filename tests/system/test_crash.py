"""A run may die at any call, before or after Google acted on it. The next run puts everything right.

What a dead run leaves is what Google holds at that moment, so one run is watched and its states kept, parts of
batches too; then each of those states is taken up by a run of its own."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest
import snapshots
from crashes import left_behind
from snapshots import Snapshot
from town import TODAY, Town, begun_snapshot, small_sample

from server.workflows.lease import SECONDS

PARTS = 4


@functools.cache
def first_round() -> tuple[list[Snapshot], dict[str, Any]]:
    town = Town(snapshots.world_of(small_sample(), TODAY))
    return left_behind(town, town.begin), town.state()


@functools.cache
def update_round() -> tuple[list[Snapshot], dict[str, Any]]:
    town = Town(snapshots.world_of(small_sample(), TODAY))
    snapshots.restore(town.world, begun_snapshot())
    town.edit("Plan", "target", "P11-C3-O1", "Start 9 of 10 lessons")
    town.edit("Contacts", "receives_plan_copy", "C20", "FALSE")
    town.edit("Meetings", "date", "M050", "2026-12-05")
    return left_behind(town, town.play), town.state()


def taken_up(state: Snapshot, act: Callable[[Town], object]) -> Town:
    """A new run over what a dead one left, once its lease has run out."""
    town = Town(snapshots.world_of(small_sample(), TODAY))
    snapshots.restore(town.world, state)
    town.now += SECONDS + 1
    act(town)
    return town


@pytest.mark.parametrize("part", range(PARTS))
def test_a_first_run_killed_at_any_call_ends_the_same_and_doubles_nothing(part: int) -> None:
    states, expected = first_round()
    assert len(states) > 10
    for number in range(part, len(states), PARTS):
        town = taken_up(states[number], Town.begin)
        assert town.state() == expected, f"killed in state {number} of {len(states)}"
        town.forget_calls()
        town.play()
        assert town.writes() == 0, f"state {number}: the third run still writes"


def test_an_update_killed_at_any_call_ends_the_same() -> None:
    states, expected = update_round()
    assert len(states) > 5
    for number, state in enumerate(states):
        town = taken_up(state, Town.play)
        assert town.state() == expected, f"killed in state {number} of {len(states)}"
        town.forget_calls()
        town.play()
        assert town.writes() == 0, f"state {number}: the third run still writes"
