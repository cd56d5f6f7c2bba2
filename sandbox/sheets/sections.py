"""A number pattern taken apart: its sections, each with its tokens and the numbers that it is for."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"\"([^\"]*)\"|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(E[+-])|(General)|(.)", re.IGNORECASE | re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_DIGITS = "0#?"

Token = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """Tokens in order, each a kind and its text; ``condition`` says which numbers it is for."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None

    def takes(self, number: float) -> bool:
        return self.condition is None or _COMPARE[self.condition[0]](number, self.condition[1])

    def texts(self, kind: str) -> list[str]:
        return [text for found, text in self.tokens if found == kind]


@lru_cache(maxsize=1024)
def sections(text: str) -> tuple[Section, ...]:
    """A pattern's sections."""
    made: list[list[Token]] = [[]]
    conditions: list[tuple[str, float] | None] = [None]
    for found in _TOKEN.finditer(text):
        kind, part = _token(found)
        if kind == "section":
            made.append([])
            conditions.append(None)
        elif kind == "condition":
            sign, _, number = part.partition(" ")
            conditions[-1] = (sign, float(number))
        else:
            made[-1].append((kind, part))
    return tuple(Section(tuple(tokens), asked) for tokens, asked in zip(made, conditions, strict=True))


def _token(found: re.Match[str]) -> Token:
    quoted, escaped, skipped, _, bracket, power, general, other = found.groups()
    if quoted is not None or escaped is not None:
        return "text", quoted if quoted is not None else escaped
    if skipped is not None:
        return "text", " "
    if bracket is not None:
        return _bracket(bracket)
    if power is not None:
        return "power", power
    if general is not None:
        return "general", general
    if other is None:
        return "text", ""
    return ("section", "") if other == ";" else (_KINDS.get(other, "text"), other)


_KINDS = {**dict.fromkeys(_DIGITS, "digit"), ".": "point", ",": "comma", "%": "percent", "/": "slash", "@": "at"}


def _bracket(inside: str) -> Token:
    if inside.startswith("$"):
        return "text", inside[1:].partition("-")[0]
    condition = _CONDITION.fullmatch(inside)
    return ("condition", f"{condition[1]} {condition[2]}") if condition else ("text", "")
