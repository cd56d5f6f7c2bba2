"""Text as people and machines leave it in cells, made safe and comparable."""

from __future__ import annotations

import re
import unicodedata

MAX_CELL = 50_000
"""Google refuses a longer cell; counted in UTF-16 units, the stricter way to count."""

_LINE_ENDS = re.compile(r"\r\n?")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_EDGES = " \t\n\r\f\v\u00a0\u1680\u180e\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200C))
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_NOT_WORD = re.compile(r"[\W_]+")


def clean(text: str) -> str:
    """The same text without control characters and lone surrogates; line ends become newlines."""
    if text.isprintable():
        return text
    return _UNSAFE.sub("", _LINE_ENDS.sub("\n", text))


def tidy(text: str) -> str:
    """Clean text without the spaces, non-breaking spaces and zero-width characters around it."""
    return clean(text).strip(_EDGES)


def comparable(text: str) -> str:
    """A form that is equal for texts that differ in case, spacing, quotes, dashes and punctuation only."""
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return _NOT_WORD.sub(" ", folded).strip() or folded.strip()


def length(text: str) -> int:
    """Characters as a spreadsheet counts them: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
