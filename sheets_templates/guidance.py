"""Why each check is made, what to do about it, and who helps: words for people, by the number of the rule."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sheets_templates.fields import BadTemplate, Fields

NAME = "vocabulary/guidance.toml"
HELPERS = ("sendiass", "senco", "head", "council", "lead", "specialist")


@dataclass(frozen=True, kw_only=True)
class Guidance:
    """``why`` the check is made and ``how`` to go on, in plain words; ``helps`` names some of ``HELPERS``."""

    why: str
    how: str
    helps: tuple[str, ...] = ()


@cache
def guidance() -> Mapping[str, Guidance]:
    """By the number of the rule. Raises BadTemplate where the file is wrong."""
    document = tomllib.loads((files("sheets_templates") / NAME).read_text(encoding="utf-8"))
    return {rule: _guidance(rule, raw) for rule, raw in document["guidance"].items()}


def _guidance(rule: str, raw: object) -> Guidance:
    fields = Fields(raw, place=f"{NAME}: guidance.{rule}")
    made = Guidance(why=fields.text("why"), how=fields.text("how"), helps=fields.texts("helps"))
    fields.done()
    unknown = set(made.helps) - set(HELPERS)
    if unknown:
        raise BadTemplate(f"{NAME}: guidance.{rule}: nobody is called {', '.join(sorted(unknown))}.")
    return made
