"""Year groups as schools write them: ``Yr 4``, ``4``, ``Reception``, ``Year 2 – Elm``."""

from __future__ import annotations

import re

from sheets_templates.text import comparable, tidy

YEAR = re.compile(r"^(?:year|yr|y|nc year|nc)?\.?\s*(\d{1,2})(?=$|[\s/–—,.-]|[A-Za-z])", re.IGNORECASE)
_EARLY = {
    **dict.fromkeys(("r", "reception", "rec", "yr", "year r", "fs2", "eyfs 2", "f2", "year 0", "0", "eyfs2"), "R"),
    **dict.fromkeys(("nursery", "n", "n2", "fs1", "f1", "nursery 2", "year n", "eyfs1"), "N2"),
    **dict.fromkeys(("n1", "nursery 1"), "N1"),
}


def has_year(text: str) -> bool:
    """Whether a class is written with its year: ``5 Heron``, not ``5H`` or ``Class 5``."""
    match = re.fullmatch(r"(\d{1,2})\s+[^\W\d]{3,}(?:\s.*)?", tidy(text))
    return bool(match and 1 <= int(match[1]) <= 13)


def parse_year(text: str) -> tuple[str, str]:
    """``Y2`` and ``Elm`` of ``Year 2 – Elm``; a year of "" where there is none."""
    text = tidy(text)
    if (early := _EARLY.get(comparable(text))) is not None:
        return early, ""
    match = YEAR.match(text)
    if match and 1 <= int(match[1]) <= 13:
        return f"Y{int(match[1])}", text[match.end() :].strip(" -–—/,.")
    word, _, rest = text.partition(" ")
    early = _EARLY.get(comparable(word), "")
    return (early, rest.strip(" -–—/,.")) if early and len(word) > 1 else ("", text)
