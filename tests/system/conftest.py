"""The small school of the system tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from town import TODAY, Town, small_sample

from server.demo.world import World


@pytest.fixture
def town() -> Iterator[Town]:
    """A school that nothing has been made for yet."""
    with World(small_sample(), TODAY) as world:
        yield Town(world)


@pytest.fixture
def school(town: Town) -> Town:
    """The same school after its first round, its journal emptied."""
    town.begin()
    town.forget_calls()
    return town
