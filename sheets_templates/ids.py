"""Row ids: short, without letters that are mistaken for one another, the same for the same salt."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from itertools import count, islice

from sheets_templates.schema import Table

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHAPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
_LEADING = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9_-]{0,79})(?!\S)")
_LENGTH = 6


def is_id(text: str) -> bool:
    """Whether a text has the shape of a row id."""
    return _SHAPE.fullmatch(text) is not None


def leading_id(text: str) -> str:
    """The id a label starts with (``P09 Amara Iheatu`` -> ``P09``), "" where there is none."""
    found = _LEADING.match(text)
    return found[1] if found else ""


def fresh_ids(table: Table, salt: str, taken: Collection[str], count: int) -> tuple[str, ...]:
    """``count`` new ids for rows of ``table``, none of them in ``taken`` whatever its letters' case."""
    used = {name.casefold() for name in taken}
    return tuple(islice((name for name in _candidates(table, salt) if name.casefold() not in used), count))


def _candidates(table: Table, salt: str) -> Iterator[str]:
    seen: set[str] = set()
    for number in count():
        digest = hashlib.sha256(f"{salt}\0{table.key}\0{number}".encode()).digest()
        name = f"{table.id_prefix}-" + "".join(ALPHABET[byte % 32] for byte in digest[:_LENGTH])
        if name not in seen:
            seen.add(name)
            yield name
