"""A run may die at any request, before or after Google acted on it. The next run puts everything right."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from town import TODAY, Killed, Killer, Town, small_sample

from server.demo.world import World
from server.workflows.lease import SECONDS

PARTS = 8


@functools.cache
def untroubled() -> tuple[dict[str, Any], int]:
    """What stands after a first run that nothing happened to, and how many requests it took."""
    with World(small_sample(), TODAY) as world:
        town, counter = Town(world), Killer()
        town.begin(counter)
        return town.state(), counter.seen


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("part", range(PARTS))
def test_a_first_run_killed_at_any_request_ends_the_same_and_doubles_nothing(part: int, after: bool) -> None:
    expected, requests = untroubled()
    for nth in range(1 + part, requests + 1, PARTS):
        with World(small_sample(), TODAY) as world:
            town = Town(world)
            with pytest.raises(Killed):
                town.begin(Killer(nth, after))
            town.now += SECONDS + 1
            town.begin()
            assert town.state() == expected, f"killed {'after' if after else 'before'} request {nth}"
            town.forget_calls()
            town.play()
            assert town.writes() == 0, f"request {nth}: the third run still writes"


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_an_update_killed_at_any_request_ends_the_same(after: bool) -> None:
    def changed(town: Town) -> None:
        town.edit("plan", "Plan", "target", 2, "Start 9 of 10 lessons")
        town.edit("senco", "Contacts", "receives_plan_copy", 2, False)
        town.edit("plan", "Meetings", "date", town.row_of("Meetings", "M050"), 46361)

    with World(small_sample(), TODAY) as world:
        town, counter = Town(world), Killer()
        town.begin()
        changed(town)
        town.play(probe=counter)
        expected = town.state()
    for nth in range(1, counter.seen + 1):
        with World(small_sample(), TODAY) as world:
            town = Town(world)
            town.begin()
            changed(town)
            with pytest.raises(Killed):
                town.play(probe=Killer(nth, after))
            town.now += SECONDS + 1
            town.play()
            assert town.state() == expected, f"killed {'after' if after else 'before'} request {nth}"
