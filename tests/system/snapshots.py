"""A sandbox's whole state as bytes, so that a test starts from a round that was played once."""

from __future__ import annotations

import dataclasses
import functools
import pickle
from collections.abc import Mapping
from datetime import date
from typing import Any

from sandbox.state import Workspace
from server.demo.sample import SampleFile
from server.demo.world import World

Snapshot = bytes


def take(workspace: Workspace) -> Snapshot:
    """Everything but the lock."""
    held = {field.name: getattr(workspace, field.name) for field in dataclasses.fields(Workspace)}
    del held["lock"]
    return pickle.dumps(held)


def restore(world: World, snapshot: Snapshot) -> None:
    """Serve that state from now on, as if nothing since had happened."""
    # The bytes come from ``take`` in this very process.
    held: Mapping[str, Any] = pickle.loads(snapshot)
    world.sandbox.use(Workspace(**held))


@functools.cache
def _worlds() -> dict[tuple[int, date], tuple[World, Snapshot]]:
    return {}


def world_of(sample: SampleFile, today: date) -> World:
    """The one world of this file in this process, as new. It is closed when the process ends."""
    key = id(sample), today
    if key not in _worlds():
        world = World(sample, today)
        _worlds()[key] = world, take(world.sandbox.workspace)
    world, empty = _worlds()[key]
    restore(world, empty)
    return world
