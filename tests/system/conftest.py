"""The small school of the system tests: as nothing was made yet, and as its first round left it."""

from __future__ import annotations

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
