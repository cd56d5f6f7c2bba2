"""The small school of the system tests: as nothing was made yet, and as its first round left it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
import snapshots
from town import TODAY, Town, begun_snapshot, small_sample


@pytest.fixture
def town() -> Town:
    """A school that nothing has been made for yet."""
    return Town(snapshots.world_of(small_sample(), TODAY))


@pytest.fixture
def school() -> Town:
    """The same school after its first round, its journal emptied."""
    before = begun_snapshot()
    world = snapshots.world_of(small_sample(), TODAY)
    snapshots.restore(world, before)
    return Town(world)


@pytest.fixture(scope="session", autouse=True)
def _seldom_collected() -> Iterator[None]:
    """Whole workspaces are loaded again and again here: looking for garbage as often as usual costs a sixth."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    yield
    gc.set_threshold(*before)
