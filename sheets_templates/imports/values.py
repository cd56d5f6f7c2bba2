"""One cell as the value of one of our fields: read, changed in a named way, left with a reason, or asked about."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sheets_templates.imports import meanings
from sheets_templates.imports.frequency import Frequency, parse_frequency
from sheets_templates.imports.grid import shown
from sheets_templates.imports.moments import read_moment
from sheets_templates.imports.people import parse_name
from sheets_templates.imports.years import YEAR, parse_year
from sheets_templates.text import comparable, tidy

BLANKS = frozenset(
    {"-", "–", "—", "--", "n/a", "na", "none", "nil", "tbc", "tba", "?", "x", "not applicable", "n.a.", "/", "."}
)
_TO_CHOICES = frozenset({"none", "x", "nil", "tbc"})
_NUMBER = re.compile(r"[£$]?\s*(\d{1,6}(?:,\d{3})*(?:\.\d+)?)")
_OF_TEN = re.compile(r"(?:(?:/|out of)\s*10)?", re.IGNORECASE)
_RATIO = re.compile(r"(\d{1,2})\s*(?::|to|-)\s*(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Got:
    """What a cell gives: ``values`` by field of the column's table, or why not; ``doubt`` is to be asked of them."""

    values: tuple[tuple[str, object], ...] = ()
    how: str = ""
    ask: str = ""
    left: str = ""
    other: date | None = None
    doubt: str = ""


def read_value(kind: str, field: str, value: object, year: date | None = None) -> Got:
    """A cell as the value of ``field`` (its name in our table). ``year`` lends dates a year they lack."""
    text = shown(value)
    if comparable_blank(text) and not (meanings.is_choice(kind) and tidy(text).casefold() in _TO_CHOICES):
        return Got(left="stands for nothing")
    if text.startswith("#") and text.rstrip("!?").isupper():
        return Got(left="an error of the sheet's own formula")
    return _READERS.get(kind, _choice)(_Seen(kind=kind, field=field, value=value, text=text, year=year))


def comparable_blank(text: str) -> bool:
    return tidy(text).casefold() in BLANKS


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """A cell to be read: as what, for which field, its value and its text."""

    kind: str
    field: str
    value: object
    text: str
    year: date | None


Reader = Callable[[_Seen], Got]


def _text(seen: _Seen) -> Got:
    return Got(values=((seen.field, tidy(seen.text)),))


def _name(seen: _Seen) -> Got:
    if seen.field != "name":
        name = parse_name(f"{seen.text}, x") if seen.field == "last_name" else parse_name(f"x, {seen.text}")
        if name is None:
            return Got(ask="is not a name")
        own = name.last if seen.field == "last_name" else name.first
        known = (("known_as", name.known),) if name.known and seen.field == "first_name" else ()
        return Got(values=((seen.field, own), *known), how="" if own == tidy(seen.text) else "capitals put right")
    name = parse_name(seen.text)
    if name is None:
        return Got(ask="is not a name of one child")
    values = (("first_name", name.first), ("last_name", name.last), ("known_as", name.known))
    return Got(values=tuple(pair for pair in values if pair[1]), how="parted into first and last name")


def _date(seen: _Seen) -> Got:
    found = read_moment(seen.value, None if seen.field in ("dob", "sen_identified") else seen.year)
    if found.day is None:
        return Got(ask=found.ask, other=found.other)
    if seen.field == "dob" and not 1990 <= found.day.year <= 2035:
        return Got(ask="is no date of birth of a pupil")
    return Got(values=((seen.field, found.day),), how=found.how, other=found.other)


def _year(seen: _Seen) -> Got:
    """A year group, and the class where both stand in one cell."""
    found, rest = parse_year(seen.text)
    if seen.field == "year_and_class":
        values = (("year_group", found), ("class_form", tidy(seen.text) if len(rest) == 1 else rest))
        given = tuple(pair for pair in values if pair[1])
        return Got(values=given or (("class_form", tidy(seen.text)),), how="parted" if found and rest else "")
    if not found:
        return Got(ask="is not a year group")
    both = (("year_group", found), *((("class_form", rest),) if len(rest) > 1 else ()))
    return Got(values=both, how="" if found == seen.text else "written as we write it")


def _class(seen: _Seen) -> Got:
    """A class; where the cell begins with a year in words (``Year 2 – Elm``), the year too."""
    if tidy(seen.text)[:1].isdigit() or not YEAR.match(tidy(seen.text)):
        return Got(values=((seen.field, tidy(seen.text)),))
    return _year(replace(seen, field="year_and_class"))


def _number(seen: _Seen) -> Got:
    if isinstance(seen.value, int | float) and not isinstance(seen.value, bool):
        number, how = float(seen.value), ""
    else:
        packed = parse_frequency(seen.text)
        frequent = seen.field == "sessions_per_week" and not _NUMBER.fullmatch(seen.text)
        if frequent or (seen.field == "minutes_per_session" and _packs(packed)):
            return Got(values=_packed(packed), how="parted")
        match = _NUMBER.match(seen.text)
        rest = seen.text[match.end() :].strip() if match else seen.text
        if not match or len(rest) > 12:
            return Got(ask="is not a number")
        number, how = float(match[1].replace(",", "")), "" if not rest else "the number alone was taken"
        if seen.kind == "rating" and not _OF_TEN.fullmatch(rest):
            return Got(ask="is not on a scale of 1 to 10")
    if seen.kind == "rating" and not (1 <= number <= 10 and number.is_integer()):
        return Got(ask="is not a whole number from 1 to 10")
    return Got(values=((seen.field, int(number) if number.is_integer() else number),), how=how)


def _packs(packed: Frequency) -> bool:
    return sum(each is not None for each in (packed.per_week, packed.minutes, packed.group)) > 1


def _ratio(seen: _Seen) -> Got:
    if match := _RATIO.search(seen.text):
        return Got(values=((seen.field, max(int(match[1]), int(match[2]))),), how="written as a number")
    if isinstance(seen.value, int | float) and not isinstance(seen.value, bool):
        return Got(values=((seen.field, int(seen.value)),))
    word = comparable(seen.text)
    if word in ("individual", "1 1", "one to one", "ind", "solo", "alone"):
        return Got(values=((seen.field, 1),), how="written as a number")
    if match := re.search(r"\d{1,2}", seen.text):
        return Got(values=((seen.field, int(match[0])),), how="the number alone was taken")
    return (
        Got(values=((seen.field, 2),), how="a pair")
        if word in ("pair", "paired", "pairs")
        else Got(ask="is no group size")
    )


def _lines(seen: _Seen) -> Got:
    """Several things in one cell, one a line."""
    found = tuple(line for line in (tidy(each).lstrip("•-*– ") for each in seen.text.splitlines()) if line)
    return Got(values=((seen.field, found),)) if found else Got(left="stands for nothing")


def _frequency(seen: _Seen) -> Got:
    if isinstance(seen.value, int | float) and not isinstance(seen.value, bool):
        return Got(values=(("sessions_per_week", seen.value),))
    found = parse_frequency(seen.text)
    doubt = f"was read as {found.per_week:g} times a week" if found.guessed and found.per_week else ""
    return Got(values=_packed(found), how="parted", doubt=doubt)


def _packed(found: Frequency) -> tuple[tuple[str, object], ...]:
    values: tuple[tuple[str, object], ...] = (
        ("sessions_per_week", _whole(found.per_week)),
        ("minutes_per_session", _whole(found.minutes)),
        ("group_size", found.group),
        ("weeks", found.weeks),
        ("when_where", found.when or None),
    )
    return tuple(pair for pair in values if pair[1] is not None)


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and number.is_integer() else number


def _choice(seen: _Seen) -> Got:
    found = meanings.meaning(seen.kind, seen.text)
    if not found:
        return Got(ask="is not one of our choices")
    how = "" if found == seen.text else f"written as “{found}”"
    if seen.field == "result" and meanings.says_more(seen.kind, seen.text):
        return Got(values=((seen.field, found), ("actual", tidy(seen.text))), how=f"{how}, its words kept")
    return Got(values=((seen.field, found),), how=how)


def _need(seen: _Seen) -> Got:
    """A need code; of two in one cell (``ASD/SEMH``) the second is the second need."""
    got = _choice(seen)
    if got.values or seen.field != "primary_need":
        return got
    found = [meanings.meaning("need_codes", piece) for piece in re.split(r"\s*(?:[/,;+&]|\band\b)\s*", seen.text)]
    each = list(dict.fromkeys(found))
    if len(each) > 1 and all(each):
        how = "two needs, in their order" if len(each) == 2 else "the first two needs of several"
        return Got(values=(("primary_need", each[0]), ("secondary_need", each[1])), how=how)
    return got


def _areas(seen: _Seen) -> Got:
    whole = meanings.meaning("areas_of_need", seen.text)
    pieces = [whole] if whole else [meanings.meaning("areas_of_need", piece) for piece in _area_pieces(seen.text)]
    if not pieces or not all(pieces):
        return Got(ask="is not one of the broad areas of need")
    given: object = tuple(dict.fromkeys(pieces)) if seen.field == "area_of_need" else pieces[0]
    return Got(values=((seen.field, given),), how="written as our choices")


def _area_pieces(text: str) -> list[str]:
    parts = re.split(r"\s*[;,\n]\s*|\s+/\s+|\s+\+\s+|\s+and\s+(?=[A-Z])", text)
    return [part for part in parts if part]


def _bool(seen: _Seen) -> Got:
    found = seen.value if isinstance(seen.value, bool) else meanings.yes_or_no(seen.text)
    return Got(ask="is neither yes nor no") if found is None else Got(values=((seen.field, bool(found)),))


_READERS: dict[str, Reader] = {
    "text": _text,
    "code": _text,
    "class": _class,
    "person": _text,
    "email": _text,
    "phone": _text,
    "name": _name,
    "date": _date,
    "year": _year,
    "number": _number,
    "rating": _number,
    "ratio": _ratio,
    "frequency": _frequency,
    "lines": _lines,
    "areas_of_need": _areas,
    "need_codes": _need,
    "bool": _bool,
}
