"""One cell as a typed value, or a sentence saying what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from difflib import get_close_matches

from sheets_templates.cells import number_text
from sheets_templates.dates import date_from_serial, parse_date, parse_time, time_from_serial
from sheets_templates.ids import is_id, leading_id
from sheets_templates.schema import Cell, Column, limits
from sheets_templates.text import MAX_CELL, comparable, length, tidy

Convert = Callable[[Cell], object]
Known = Mapping[str, str]
"""Ids that exist, by their case-folded form."""

_ERROR = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|ERROR!|SPILL!|CALC!)")
_PLAIN_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")
_YES = frozenset({"true", "yes", "y", "x", "1", "tick", "ticked", "✓", "✔", "☑", "✅"})
_NO = frozenset({"false", "no", "n", "0", "✗", "✘", "☐", "❌", "-", "–"})
_SEVERAL = re.compile(r"[;\n]")
_BULLET = re.compile(r"^(?:[-–—•*·▪◦‣]|\(?\d{1,2}[.)])\s+")
_LINK = re.compile(r"https://[^\s<>\"']{3,2000}")
_SHOWN = 40
_LISTED = 8


class Unread(Exception):
    """Why a cell can't be understood: a sentence for the person who wrote it."""


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing a person put there: empty, spaces only, or an unticked checkbox."""
    if isinstance(cell, str):
        return not (cell[:1].isalnum() or tidy(cell))
    return cell is None or cell is False


def read_cells(
    column: Column, cells: Sequence[Cell], known: Known | None, where: str
) -> tuple[list[object], Mapping[int, str]]:
    """What each cell of a column says, None where it is empty or can't be understood (an empty checkbox is not
    ticked); and why not, by its place. What stands in many cells is worked out once.

    ``known`` are the ids that a reference may name (None: any), ``where`` the tab they stand on."""
    if column.kind != "bool" and bool in set(map(type, cells)):
        cells = [_text(cell) if isinstance(cell, bool) else cell for cell in cells]
    meanings = _Meanings(column, known, where)
    values = list(map(meanings.__getitem__, cells))
    if not meanings.unread:
        return values, {}
    return values, {place: meanings.unread[cell] for place, cell in enumerate(cells) if cell in meanings.unread}


class _Meanings(dict[Cell, object]):
    """What each different cell of a column says. In a column of checkboxes 1 says what TRUE says, so that it does not
    matter that Python takes them for the same key."""

    def __init__(self, column: Column, known: Known | None, where: str) -> None:
        self._empty = False if column.kind == "bool" else None
        super().__init__({None: self._empty, "": self._empty})
        self._convert = _for_kind(column, known, where)
        self.unread: dict[Cell, str] = {}

    def __missing__(self, cell: Cell) -> object:
        try:
            text = _sound(tidy(cell)) if isinstance(cell, str) else cell
            self[cell] = self._empty if text == "" else self._convert(text)
        except Unread as unread:
            self[cell], self.unread[cell] = None, str(unread)
        return self[cell]


def _for_kind(column: Column, known: Known | None, where: str) -> Convert:
    match column.kind:
        case "number" | "integer" | "rating":
            return _number(column)
        case "date":
            return _date
        case "time":
            return _time
        case "bool":
            return _bool
        case "choice":
            return _choice(column)
        case "choices":
            return _several_choices(column)
        case "lines":
            return lambda cell: _lines(_text(cell))
        case "link":
            return lambda cell: _link(_text(cell))
        case "pupil" | "ref":
            return lambda cell: _reference(_text(cell), known, where)
        case "refs":
            return lambda cell: _references(_text(cell), known, where)
        case "id":
            return _id
        case _:
            return _text


def shown(text: str) -> str:
    """A value as it stands in a message: one line, not too long."""
    line = " ".join(text.split())
    return f"“{line[: _SHOWN - 1]}…”" if len(line) > _SHOWN else f"“{line}”"


def _sound(text: str) -> str:
    if len(text) * 2 > MAX_CELL and length(text) > MAX_CELL:
        raise Unread(f"This text is longer than {MAX_CELL:,} characters. Please shorten it.")
    if text.startswith("#") and _ERROR.fullmatch(text):
        raise Unread(f"This cell shows the error {text}. Please type the value again.")
    return text


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return number_text(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else str(cell).upper()


def _id(cell: Cell) -> str:
    text = _text(cell)
    if not is_id(text):
        raise Unread(f"{shown(text)} is not an id. Undo the change, or empty the cell and the row gets a new id.")
    return text


def _number(column: Column) -> Convert:
    low, high = limits(column)
    whole = column.kind != "number"
    sort = "a whole number" if whole else "a number"
    expected = sort if low is None or high is None else f"{sort} from {number_text(low)} to {number_text(high)}"

    def read(cell: Cell) -> object:
        value = _float(cell)
        outside = value is None or (low is not None and value < low) or (high is not None and value > high)
        if value is None or outside or (whole and value != int(value)):
            raise Unread(f"{shown(_text(cell))} should be {expected}, without words.")
        return int(value) if whole else value

    return read


def _float(cell: Cell) -> float | None:
    if isinstance(cell, str):
        plain = _PLAIN_NUMBER.fullmatch(cell) if cell.isascii() else None
        return float(cell.replace(",", "")) if plain and cell[-1:].isdigit() and len(cell) < 40 else None
    return None if cell is None or isinstance(cell, bool) else float(cell)


def _date(cell: Cell) -> date:
    found = parse_date(cell) if isinstance(cell, str) else None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        found = date_from_serial(cell)
    if found is None:
        raise Unread(f"{shown(_text(cell))} is not a date we can read. Write day, month and year: 3/9/2026.")
    return found


def _time(cell: Cell) -> time:
    found = parse_time(cell) if isinstance(cell, str) else None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        found = time_from_serial(cell)
    if found is None:
        raise Unread(f"{shown(_text(cell))} is not a time we can read. Write it as 15:30 or 3.30pm.")
    return found


def _bool(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    word = _text(cell).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise Unread(f"{shown(_text(cell))} should be ticked or not: yes or no.")


def _choice(column: Column) -> Convert:
    def read(cell: Cell) -> str:
        text = _text(cell)
        value = column.meanings.get(comparable(text), text if column.open else None)
        if value is None:
            raise Unread(_no_such_choice(text, column))
        return value

    return read


def _several_choices(column: Column) -> Convert:
    one = _choice(column)

    def read(cell: Cell) -> tuple[str, ...]:
        pieces = (tidy(piece) for piece in _SEVERAL.split(_text(cell)))
        return tuple(dict.fromkeys(str(one(piece)) for piece in pieces if piece))

    return read


def _lines(text: str) -> tuple[str, ...]:
    """One item for each line, without the bullet or number that people put before it."""
    lines = (_without_bullets(tidy(line)) for line in text.split("\n"))
    return tuple(line for line in lines if line)


def _without_bullets(line: str) -> str:
    while (shorter := tidy(_BULLET.sub("", line))) != line:
        line = shorter
    return line


def _link(text: str) -> str:
    if _LINK.fullmatch(text):
        return text
    raise Unread(f"{shown(text)} is not a link. Copy the file's link from Drive; it starts with https://.")


def _no_such_choice(text: str, column: Column) -> str:
    values = [choice.offered for choice in column.choices]
    listed = ", ".join(values[:_LISTED]) + (" …" if len(values) > _LISTED else "")
    near = get_close_matches(comparable(text)[:80], column.meanings, n=1)
    hint = f" Did you mean “{column.meanings[near[0]]}”?" if near else ""
    return f"{shown(text)} is not one of the choices: {listed}.{hint}"


def _reference(text: str, known: Known | None, where: str) -> str:
    name = leading_id(text)
    found = name if known is None else known.get(name.casefold(), "")
    if name and found:
        return found
    raise Unread(f"{shown(text)} does not start with the id of a row on {where}. Please pick from the list.")


def _references(text: str, known: Known | None, where: str) -> tuple[str, ...]:
    pieces = [piece for part in text.replace("\n", ";").split(";") for piece in _between_commas(part, known)]
    names = [_reference(piece, known, where) for piece in pieces]
    if not names:
        raise Unread(f"{shown(text)} names no row on {where}. Please pick from the list.")
    return tuple(dict.fromkeys(names))


def _between_commas(part: str, known: Known | None) -> list[str]:
    """Commas separate too, where every piece starts with an id; a comma inside a name does not."""
    pieces = [piece for piece in (tidy(each) for each in part.split(",")) if piece]
    names = [leading_id(piece) for piece in pieces]
    separate = all(
        name and (any(letter.isdigit() for letter in name) if known is None else name.casefold() in known)
        for name in names
    )
    whole = tidy(part)
    return pieces if separate else [whole] if whole else []
