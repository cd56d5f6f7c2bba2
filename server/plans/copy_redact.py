"""Taking out of a copy what its readers may not learn of others: names, addresses, numbers. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from server.plans.model import Contact, Pupil

LEFT_OUT = "[left out]"
_Part = TypeVar("_Part")

_WORD = re.compile(r"[^\W_][\w\u0300-\u036f]*")
_REPEATED = re.compile(rf"{re.escape(LEFT_OUT)}(?:[\s.,&’'-]*{re.escape(LEFT_OUT)})+")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(?:\+44|0)(?:[\s()-]*\d){9,10}(?!\d)")
_SHORTEST = 3
_EVERYDAY = frozenset(
    {"art", "bill", "can", "dawn", "drew", "grace", "grant", "hope", "jack", "joy", "june", "kit", "mark", "may"}
    | {"nick", "pat", "rob", "rose", "son", "sue", "summer", "will"}
)
"""Names that are also everyday words: taken out when written with a capital."""

OUR_WORDS = frozenset(
    {"about", "by", "date", "ehc", "how_often", "next_meeting", "note", "number"}
    | {"people", "review_due", "school", "version", "when"}
)
"""Fields that hold no free text but dates, our own sentences and names of staff: there only a whole name goes."""

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_IDEOGRAPHS = "\u2e80"


@dataclass(frozen=True, kw_only=True)
class Mask:
    """What to take out. ``names`` are whole names as written; ``words`` their parts, folded.

    ``strict`` takes out every postcode, phone number and email address that is written into free text."""

    emails: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    strict: bool = False

    def text(self, text: str) -> str:
        """Free text without what is masked."""
        text = self.whole_names(text)
        if self.strict:
            for pattern in (_EMAIL, _POSTCODE, _PHONE):
                text = pattern.sub(LEFT_OUT, text)
        return _REPEATED.sub(LEFT_OUT, _WORD.sub(self._word, text)) if self.words else text

    def whole_names(self, text: str) -> str:
        """Text that names staff, without the whole names and the addresses that are masked."""
        if self.emails:
            text = _EMAIL.sub(lambda match: LEFT_OUT if match[0].casefold() in self.emails else match[0], text)
        for name in self._wholes:
            text = name.sub(LEFT_OUT, text)
        return text

    @cached_property
    def _wholes(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(_whole, self.names))

    def _word(self, match: re.Match[str]) -> str:
        word = match[0]
        found = {fold(word), fold(word).removesuffix("s")} & self.words
        if not found:
            return word
        return word if word.islower() and found <= _EVERYDAY else LEFT_OUT


def _whole(name: str) -> re.Pattern[str]:
    """A whole name, however it is spaced. Scripts that write words without spaces have no word ends."""
    pattern = r"\s+".join(map(re.escape, name.split()))
    edged = pattern if max(name) >= _IDEOGRAPHS else rf"(?<![^\W_]){pattern}(?![^\W_])"
    return re.compile(edged, re.IGNORECASE)


def contact_mask(others: Iterable[Contact]) -> Mask:
    """For every copy: nobody reads another household's addresses and number, wherever they were typed."""
    others = tuple(others)
    emails = frozenset(other.email.strip().casefold() for other in others if other.email.strip())
    told = (text.strip() for other in others for text in (other.phone, other.address))
    return Mask(emails=emails, names=tuple(sorted({text for text in told if text}, key=len, reverse=True)))


def name_mask(others: Iterable[Contact], *, own: Iterable[Contact], pupil: Pupil) -> Mask:
    """For a copy that leaves something out: other households' names too, in whole and in part, except what is
    also the name of the pupil or of this household."""
    others = tuple(others)
    kept_names = [pupil.first_name, pupil.last_name, pupil.known_as, *(contact.name for contact in own)]
    kept = {fold(word) for name in kept_names for word in _WORD.findall(name)}
    words = {fold(word) for other in others for word in _WORD.findall(other.name) if len(word) >= _SHORTEST}
    whole = {other.name.strip() for other in others if other.name.strip()} - {name.strip() for name in kept_names}
    known = contact_mask(others)
    names = (*sorted(whole, key=len, reverse=True), *known.names)
    return replace(known, names=names, words=frozenset(words - kept), strict=True)


def fold(word: str) -> str:
    """A word without case and accents: names are typed both ways."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(char for char in plain if not unicodedata.combining(char))


def masked(part: _Part, mask: Mask) -> _Part:
    """The same part of a copy with every text masked."""
    cleared: _Part = part if mask == Mask() else _mapped(part, mask, mask.text)
    return cleared


def _mapped(value: Any, mask: Mask, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(item, mask, change) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {f.name: mask.whole_names if f.name in OUR_WORDS else change for f in fields(value)}
    return replace(value, **{name: _mapped(getattr(value, name), mask, to) for name, to in changes.items()})
