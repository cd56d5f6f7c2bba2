"""How usual a field is on forms: tells apart fields that a label's words fit alike. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_OFTEN, _SOMETIMES, _RARELY = 1.0, 0.7, 0.4


def usualness(field: str) -> float:
    """From 0 to 1: more for a field that many forms ask for."""
    return _levels().get(field, _RARELY)


@cache
def _levels() -> Mapping[str, float]:
    text = files("sheets_templates").joinpath("forms", "usual.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    return dict.fromkeys(told["sometimes"], _SOMETIMES) | dict.fromkeys(told["often"], _OFTEN)
