"""Cell addresses as a person reads them in a sheet: ``Plan!F17``, ``'Sharing log'!B2``."""

from __future__ import annotations

import re
from functools import cache

_PLAIN = re.compile(r"[^\W\d]\w*")


@cache
def letters(index: int) -> str:
    """The name of a column counted from 0: A, B, … Z, AA."""
    name = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        name = chr(65 + digit) + name
    return name


def quoted(title: str) -> str:
    """A tab's title as it stands before the exclamation mark."""
    return title if _PLAIN.fullmatch(title) else "'" + title.replace("'", "''") + "'"


def address(title: str, row: int, column: int) -> str:
    """The address of a cell whose row and column are counted from 0."""
    return f"{quoted(title)}!{letters(column)}{row + 1}"
