"""Where every behaviour comes from that is not in Google's discovery documents.

One TOML file per surface: an API's methods (``sheets.toml``), the requests of its batchUpdate
(``sheets_requests.toml``), the wire under all of them, and the OAuth endpoints. An entry is one behaviour in one
sentence, what shows it (``of``: names, patterns such as ``files.*``, or ``every method``), the refusals it is seen
by, and at least one source under its kind's name. ``discovery`` names what does no more than the discovery document
says."""

from __future__ import annotations

import fnmatch
import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

KINDS: Mapping[str, str] = {
    "recorded": "a recorded answer of Google's, published by another project",
    "documented": "a public page, Google's own where there is one",
    "issue": "a public thread in which people show what Google answered",
    "field": "a third party's written record of runs against Google",
    "client": "what a public client relies on",
    "assumed": "nobody's word: a line of the unverified assumptions",
}
SURFACES = (
    "wire",
    "oauth",
    "sheets",
    "sheets_requests",
    "drive",
    "drive_v2",
    "docs",
    "docs_requests",
    "calendar",
)
_KEYS = frozenset({"of", "says", "refusals", *KINDS})
_REFUSAL = re.compile(r"(?P<status>\d{3}) (?:(?P<reason>[\w.]+): )?(?P<message>.+)", re.DOTALL)
_HOLE = re.compile(r"\{\w*\}")
_PLACE = re.compile(r"^Invalid \w+(\[\d+\])?(\.\w+)?: ")


class BadEntry(ValueError):
    """An entry that can't be read; the words say which and why."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """``place`` is a URL, a recording (``gspread: ClientTest.test_copy``), a name, or an assumption's heading."""

    kind: str
    place: str


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What Google says instead of doing it. ``message`` has ``{holes}`` where words depend on the request."""

    status: int
    message: str
    reason: str = ""

    def fits(self, status: int, message: str) -> bool:
        """Whether this is what was answered, the place of the request in its batch left out."""
        if status != self.status:
            return False
        pattern, bare = _pattern(self.message), _PLACE.sub("", message)
        return any(pattern.fullmatch(text) for text in (message, bare))


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """One thing that the sandbox does, in one sentence, and how that is known."""

    says: str
    of: tuple[str, ...]
    sources: tuple[Source, ...]
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Surface:
    """What one file tells: behaviours, and the names that have none beyond the discovery document."""

    name: str
    behaviours: tuple[Behaviour, ...]
    discovery: frozenset[str]

    def of(self, name: str) -> list[Behaviour]:
        """The behaviours of one method, request, endpoint or module."""
        return [one for one in self.behaviours if any(fnmatch.fnmatchcase(name, each) for each in one.of)]

    def names(self) -> set[str]:
        """Every name and pattern that the file says something of."""
        return {name for one in self.behaviours for name in one.of} | self.discovery


@functools.cache
def surfaces() -> Mapping[str, Surface]:
    """All files, read. Raises BadEntry."""
    return {name: _surface(name) for name in SURFACES}


def behaviours() -> Iterator[Behaviour]:
    """Every behaviour of every surface."""
    for surface in surfaces().values():
        yield from surface.behaviours


def _surface(name: str) -> Surface:
    text = (resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8")
    return read(name, tomllib.loads(text))


def read(name: str, data: Mapping[str, Any]) -> Surface:
    """A file's content as a surface. Raises BadEntry."""
    if unknown := set(data) - {"discovery", "behaviour"}:
        raise BadEntry(f"{name}: unknown tables {', '.join(sorted(unknown))}")
    return Surface(
        name=name,
        behaviours=tuple(_behaviour(name, entry) for entry in data.get("behaviour", ())),
        discovery=frozenset(data.get("discovery", ())),
    )


def _behaviour(name: str, entry: Mapping[str, Any]) -> Behaviour:
    place = f"{name}: {entry.get('says', entry)}"
    if unknown := set(entry) - _KEYS:
        raise BadEntry(f"{place}: unknown keys {', '.join(sorted(unknown))}")
    sources = tuple(Source(kind=kind, place=each) for kind in KINDS for each in _several(entry.get(kind)))
    if not (entry.get("says") and entry.get("of") and sources):
        raise BadEntry(f"{place}: wants a sentence, what it is of, and a source")
    return Behaviour(
        says=" ".join(entry["says"].split()),
        of=tuple(_several(entry["of"])),
        sources=sources,
        refusals=tuple(_refusal(place, text) for text in _several(entry.get("refusals"))),
    )


def _refusal(place: str, text: str) -> Refusal:
    found = _REFUSAL.fullmatch(text)
    if found is None:
        raise BadEntry(f"{place}: a refusal is a status, a reason and a colon where there is one, and a message")
    return Refusal(status=int(found["status"]), reason=found["reason"] or "", message=found["message"])


@functools.cache
def _pattern(message: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in _HOLE.split(message)), re.DOTALL)


def _several(value: str | list[str] | None) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else value
