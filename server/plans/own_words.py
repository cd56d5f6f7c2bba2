"""A school's own words for our choices, as its documents say them: never ours where it chose its own. Pure."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from server.plans.copy_words import result_in_words, result_of, role_in_words
from server.plans.model import Outcome, School, Staff
from sheets_templates.catalogue import load
from sheets_templates.schema import Catalogue, Choice, Column
from sheets_templates.words import Word, relabelled

Plain = Callable[[str], str]


def own_column(school: School, path: str) -> Column | None:
    """A column by ``table.key``, its choices with the school's words; None where there is none."""
    table, _, key = path.partition(".")
    return _catalogue(school.settings.words).table(table).column(key)


def own_word(school: School, path: str, value: str) -> str:
    """The school's own word for a choice of a column; "" where it has none."""
    column = own_column(school, path) if school.settings.words else None
    found = choice_of(column, value) if column else None
    return found.said if found else ""


def in_words(school: School, path: str, value: str, plain: Plain) -> str:
    """A choice as a document says it: in the school's own word, else in our plain ones."""
    return own_word(school, path, value) or plain(value)


def result_said(school: School, outcome: Outcome) -> str:
    """How an outcome is going: ``Nearly there: 38 of 50``, or in the school's word for that result."""
    return result_in_words(outcome, own_word(school, "outcomes.result", result_of(outcome)))


def role_said(school: School, person: Staff) -> str:
    """What somebody at school is, in words."""
    return in_words(school, "staff.role", person.role, role_in_words)


def choice_of(column: Column, value: str) -> Choice | None:
    """The choice that a cell's value names, in whatever case."""
    folded = value.strip().casefold()
    return next((choice for choice in column.choices if choice.value.casefold() == folded), None)


@lru_cache(maxsize=64)
def _catalogue(words: tuple[tuple[str, str], ...]) -> Catalogue:
    return relabelled(load(), [Word(choice=choice, said=said) for choice, said in words])[0]
