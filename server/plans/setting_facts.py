"""What a school decides for itself: the facts that a row of Settings may hold, each with its range and its default.

Reading, the tab of a new school, the mirror for teachers and the page of documentation are made from this list."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from server.plans.groups import SHAPES, shape_named
from server.plans.model import Settings
from server.plans.pack_papers import PAPERS
from sheets_templates.fields import Fields
from sheets_templates.text import comparable

FILE = "vocabulary/school_settings.toml"
LONGEST_QUOTE = 40


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One row of Settings. ``name`` is what stands in its first cell; a number lies from ``least`` to ``most`` and is
    of ``unit``; ``to_teachers`` where their side panels know it; ``rules`` follow it."""

    field: str
    name: str
    help: str
    kind: str = "text"
    least: int = 0
    most: int = 0
    unit: str = ""
    to_teachers: bool = False
    rules: tuple[str, ...] = ()

    @property
    def default(self) -> Any:
        return DEFAULTS[self.field]

    @property
    def takes(self) -> str:
        """What may be written, in words."""
        if self.kind == "number":
            return f"a whole number of {self.unit} from {self.least} to {self.most}"
        return WORDS[self.kind]

    def read(self, text: str) -> Any:
        """The value that a cell's words mean. Raises ValueError, saying what to do, where they mean none."""
        return READERS[self.kind](self, text)


def _number(fact: Fact, text: str) -> int:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not (fact.least <= number <= fact.most and number.is_integer()):
        raise ValueError(
            f'"{text[:LONGEST_QUOTE]}" is not a number of {fact.unit} from {fact.least} to {fact.most}; the usual '
            f"{fact.default} is used. Write a number."
        )
    return int(number)


def _time_zone(_: Fact, text: str) -> str:
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        message = f'"{text}" is not a time zone; Europe/London is used. Write one like Europe/London.'
        raise ValueError(message) from None
    return text


def _shape(fact: Fact, text: str) -> str:
    found = shape_named(text)
    if not found:
        raise ValueError(f'"{text}" is not known, so the workbooks stay as they are. Write {fact.takes}.')
    return found


def _day(_: Fact, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("This row lacks its day, so it is left out. Enter it under From.") from None


def _papers(_: Fact, text: str) -> tuple[str, ...]:
    known = {comparable(name): field for field, name in PAPERS.items()}
    named = [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
    wrong = next((part for part in named if comparable(part) not in known), "")
    if wrong:
        said = wrong[:LONGEST_QUOTE]
        raise ValueError(f'"{said}" is no paper of a request, so all are asked for. Choose from: {_all_papers()}.')
    return tuple(known[comparable(part)] for part in named)


def _all_papers() -> str:
    return "; ".join(PAPERS.values())


DEFAULTS: Mapping[str, Any] = {each.name: each.default for each in fields(Settings)}
WORDS: Mapping[str, str] = {
    "text": "words",
    "time zone": "a time zone, such as Europe/London",
    "shape": f"{', '.join(SHAPES[:-1])} or {SHAPES[-1]}",
    "day": "a day, under From",
    "papers": f"any of these, with a semicolon between: {_all_papers()}",
}
READERS: Mapping[str, Callable[[Fact, str], Any]] = {
    "text": lambda _, text: text,
    "number": _number,
    "time zone": _time_zone,
    "shape": _shape,
    "day": _day,
    "papers": _papers,
}


def _load() -> tuple[Fact, ...]:
    document = tomllib.loads((files("sheets_templates") / FILE).read_text(encoding="utf-8"))
    return tuple(_fact(field, raw) for field, raw in document["settings"].items())


def _fact(field: str, raw: object) -> Fact:
    told = Fields(raw, place=f"{FILE}: settings.{field}")
    made = Fact(
        field=field,
        name=told.text("name"),
        help=told.text("help"),
        kind=told.one_of("kind", tuple(READERS), "text"),
        least=told.take("from", int, 0),
        most=told.take("to", int, 0),
        unit=told.text("unit", ""),
        to_teachers=told.take("to_teachers", bool, False),
        rules=told.texts("rules"),
    )
    told.done()
    return made


FACTS: tuple[Fact, ...] = _load()
"""Every fact, in the order in which the tab of a new school names them."""
BY_NAME: Mapping[str, Fact] = {comparable(fact.name): fact for fact in FACTS}
BY_FIELD: Mapping[str, Fact] = {fact.field: fact for fact in FACTS}
