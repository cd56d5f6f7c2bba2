"""How long each of the 17 documents takes to fill, its template parsed once, for every sample pupil it fits."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator
from time import perf_counter

from server.demo import sample
from server.demo.schools import sample_schools
from server.plans.fitting import misfit
from server.workflows.papers import built_in, paper, reader_of
from sheets_templates import plan_templates


def measured() -> Iterator[str]:
    """A line for parsing all of them, and one for each document: median and slowest, in milliseconds."""
    began = perf_counter()
    for key in plan_templates.load():
        built_in(key)
    yield f"parsing all 17 templates, once a run: {(perf_counter() - began) * 1000:.0f} ms"
    for key, took in sorted(_timed().items()):
        middle, slowest = statistics.median(took), max(took)
        yield f"rendering {key}: median {middle:.1f} ms, slowest {slowest:.1f} ms, {len(took)} pupils"


def _timed() -> dict[str, list[float]]:
    plans, found = sample.load(), defaultdict(list)
    assert plans.anchor is not None
    for school in sample_schools(plans):
        for pupil in school.pupils:
            for key, template in plan_templates.load().items():
                reader = reader_of(school, pupil.pupil_id, key, "", plans.anchor)
                if not misfit(template, reader):
                    began = perf_counter()
                    paper(reader_of(school, pupil.pupil_id, key, "", plans.anchor), key)
                    found[key].append((perf_counter() - began) * 1000)
    return found
