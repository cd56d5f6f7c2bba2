"""The invented schools on this machine, and a pretend Google that prints their documents, for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from server.plans.model import School
from server.plans.ports import Drive


@dataclass(frozen=True, kw_only=True)
class SamplePlace:
    """The schools, and the folder that holds a Doc while it is printed. ``today`` is the sample's own day."""

    schools: tuple[School, ...]
    drive: Drive
    folder_id: str
    today: date


@contextmanager
def sample_place() -> Iterator[SamplePlace]:
    """Up in a few seconds, gone without a trace."""
    from server import wiring
    from server.demo import sample
    from server.demo.schools import sample_schools
    from server.demo.world import World

    plans = sample.load()
    assert plans.anchor is not None
    schools = sample_schools(plans)
    with (
        World(plans, plans.anchor) as world,
        wiring.door(world.settings(schools[0].settings.school_id)) as google,
    ):
        folder = google.drive.create_folder("Preview", {})
        yield SamplePlace(schools=schools, drive=google.drive, folder_id=folder.file_id, today=plans.anchor)
