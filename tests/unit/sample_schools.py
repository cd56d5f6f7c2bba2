"""The sample schools as records, read as their workbooks would be, once a run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from server.demo.sample import load
from server.demo.schools import sample_schools
from server.plans.model import School


@cache
def sample() -> Mapping[str, Any]:
    return json.loads((resources.files("server.demo") / "sample_pupils.json").read_text("utf-8"))


@cache
def sample_school(setting_id: str) -> School:
    return next(school for school in _schools() if school.settings.school_id == setting_id)


@cache
def _schools() -> tuple[School, ...]:
    return sample_schools(load())
