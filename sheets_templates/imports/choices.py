"""What a person decided about the columns of a source: kept apart from the source, by what was first proposed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2s

from sheets_templates.text import comparable

_KEY = re.compile(r"~[0-9a-f]{10}")


def key_of(heading: str, number: int, first: str) -> str:
    """A column's key: the same for like columns of every tab, another one where its heading comes again.

    ``number`` counts columns of one heading in a table from 1; ``first`` is the field proposed at first."""
    told = "\0".join((comparable(heading), str(number), first))
    return "~" + blake2s(told.encode(), digest_size=5).hexdigest()


def is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None


def plain_choices(mapping: Mapping[str, str] | None) -> Mapping[str, str]:
    """Choices as they are looked up: keys as they are, headings and ``Tab!Heading#2`` in small letters."""
    return {" ".join(name.casefold().split()): field for name, field in (mapping or {}).items()}


def chosen(choices: Mapping[str, str], tab: str, heading: str, number: int, first: str) -> str | None:
    """The field chosen for a column, "" to leave it out, None where nobody said: the narrowest choice counts."""
    if not choices:
        return None
    bare = " ".join(heading.casefold().split())
    titled = " ".join(tab.casefold().split())
    names = (
        key_of(heading, number, first),
        f"{titled}!{bare}#{number}",
        f"{titled}!{bare}",
        f"{bare}#{number}",
        bare,
    )
    return next((choices[name] for name in names if name in choices), None)
