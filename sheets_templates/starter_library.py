"""The help that a school's Library may begin with: data, one row each, for every type of need."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from sheets_templates.fields import BadTemplate

NAME = "vocabulary/library.toml"
StrategyRow = Mapping[str, object]
"""Values of one Library row by column key."""


@cache
def starter_library() -> tuple[StrategyRow, ...]:
    """Every row in the order of the file. Raises BadTemplate where a row has no name, no need or no words."""
    document = tomllib.loads((files("sheets_templates") / NAME).read_text(encoding="utf-8"))
    return tuple(_row(raw, number) for number, raw in enumerate(document["strategies"], start=1))


def _row(raw: Mapping[str, Any], number: int) -> StrategyRow:
    for key in ("name", "needs", "what", "measure"):
        if not raw.get(key):
            raise BadTemplate(f"{NAME}: strategies[{number}] has no '{key}'.")
    return MappingProxyType({**raw, "needs": tuple(raw["needs"])})
