"""A school's own words for our choices: both are understood, the school's are offered.

In Settings a row says ``Our word for Targeted`` and, beside it, ``Band 2``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sheets_templates.reading import Row
from sheets_templates.schema import Catalogue, CellProblem, Choice, Column
from sheets_templates.text import comparable, tidy

ASKED = "our word for "


@dataclass(frozen=True, kw_only=True)
class Word:
    """What a school says (``said``) for one of our choices, and the cell that says so."""

    choice: str
    said: str
    cell: str = ""


def words_in(rows: Iterable[Row]) -> tuple[Word, ...]:
    """The words that the rows of the Settings tab give. A row without its word gives none."""
    return tuple(_words(rows))


def _words(rows: Iterable[Row]) -> Iterator[Word]:
    for row in rows:
        setting = tidy(str(row.values.get("setting") or ""))
        said = tidy(str(row.values.get("value") or ""))
        if setting.casefold().startswith(ASKED) and said:
            yield Word(choice=tidy(setting[len(ASKED) :]), said=said, cell=row.cells.get("setting", ""))


def relabelled(catalogue: Catalogue, words: Iterable[Word]) -> tuple[Catalogue, tuple[CellProblem, ...]]:
    """The catalogue with the school's words in every list that has the choice; a problem for each that can't be used.

    A word can't be one that means another choice of the same list: then nobody could tell the two apart."""
    wanted = {comparable(word.choice): word for word in words}
    if not wanted:
        return catalogue, ()
    used: set[str] = set()
    clashing: set[str] = set()
    tables = {
        key: replace(table, columns=tuple(_column(each, wanted, used, clashing) for each in table.columns))
        for key, table in catalogue.tables.items()
    }
    problems = (_problem(key, word, used, clashing) for key, word in wanted.items())
    return replace(catalogue, tables=tables) if used else catalogue, tuple(filter(None, problems))


def _column(column: Column, wanted: Mapping[str, Word], used: set[str], clashing: set[str]) -> Column:
    hit = {comparable(choice.value) for choice in column.choices} & wanted.keys()
    if not hit:
        return column
    taken = _clashes(column, hit, wanted)
    used |= hit
    clashing |= taken
    return replace(column, choices=tuple(_said(choice, wanted, hit - taken) for choice in column.choices))


def _said(choice: Choice, wanted: Mapping[str, Word], hit: set[str]) -> Choice:
    key = comparable(choice.value)
    return replace(choice, said=wanted[key].said) if key in hit else choice


def _clashes(column: Column, hit: set[str], wanted: Mapping[str, Word]) -> set[str]:
    """Choices whose word means another choice already, or is given to two."""
    meaning = {
        comparable(text): comparable(choice.value)
        for choice in reversed(column.choices)
        for text in (choice.value, choice.label, *choice.aliases)
        if text
    }
    said = [comparable(wanted[key].said) for key in hit]
    return {
        key
        for key in hit
        if meaning.get(comparable(wanted[key].said), key) != key or said.count(comparable(wanted[key].said)) > 1
    }


def _problem(key: str, word: Word, used: set[str], clashing: set[str]) -> CellProblem | None:
    if key not in used:
        told = f"No list has a choice “{word.choice}”, so this word is not used. Copy the choice from its dropdown."
    elif key in clashing:
        told = f"“{word.said}” means another choice of the same list, so it is not used. Choose another word."
    else:
        return None
    return CellProblem(cell=word.cell, message=told)
