"""What SEN Plans brings along that changes with the law, and the day by which somebody is to look at it again."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sheets_templates.fields import Fields

NAME = "vocabulary/look_again.toml"


@dataclass(frozen=True, kw_only=True)
class Dated:
    """``what`` in words for staff, the ``version`` it has, and the day to look again ``on``."""

    what: str
    version: str
    on: date


@cache
def dated() -> tuple[Dated, ...]:
    """Everything with such a day, in the order of the file. Raises BadTemplate where the file is wrong."""
    document = tomllib.loads((files("sheets_templates") / NAME).read_text(encoding="utf-8"))
    return tuple(_dated(key, raw) for key, raw in document["look_again"].items())


def _dated(key: str, raw: object) -> Dated:
    fields = Fields(raw, place=f"{NAME}: look_again.{key}")
    made = Dated(
        what=fields.text("what"),
        version=fields.take("version", date).isoformat(),
        on=fields.take("on", date),
    )
    fields.done()
    return made
