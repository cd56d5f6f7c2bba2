"""What the hidden ``_senplans`` tab remembers: ids, generations, etags, hashes. No names, and not trusted.

A line of the ledger never gives anybody access: files are recognised by their own app properties and events by
theirs. The ledger only tells what was agreed last, so that a change can be told from a loss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType

SELF = ("self", "workbook")
CALENDAR = ("calendar", "reviews")
VERSION = ("version", "workbooks")
CANCELLED = "cancelled"
LONGEST_NUMBER = 6


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One remote thing. ``hash`` is what we last wanted of it, ``agreed`` what both sides last agreed on, ``time``
    when it last changed (ISO date)."""

    kind: str
    key: str
    remote_id: str = ""
    generation: str = ""
    etag: str = ""
    hash: str = ""
    agreed: str = ""
    time: str = ""

    @property
    def name(self) -> tuple[str, str]:
        return self.kind, self.key

    @property
    def number(self) -> int:
        """The generation as a number; 1 where it is missing or forged into something else."""
        return int(self.generation) if is_number(self.generation) else 1

    @property
    def day(self) -> date | None:
        """``time`` as a date; None where it is missing or forged into something else."""
        try:
            return date.fromisoformat(self.time)
        except ValueError:
            return None


def version_entry(version: int) -> Entry:
    """That every workbook of the school was brought up to this version of the templates."""
    return Entry(kind=VERSION[0], key=VERSION[1], generation=str(version))


def is_number(text: str) -> bool:
    """Whether a text is a plain whole number of a sensible length."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


COLUMNS = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True)
class Ledger:
    """Entries by kind and key. Of two lines with one name the first counts."""

    entries: Mapping[tuple[str, str], Entry]

    @classmethod
    def of(cls, entries: Iterable[Entry], *, workbook_id: str) -> Ledger:
        """The ledger of this very workbook; an empty one if the lines were copied from another workbook."""
        known: dict[tuple[str, str], Entry] = {}
        for entry in entries:
            known.setdefault(entry.name, entry)
        own = known.get(SELF)
        if own is None or own.remote_id != workbook_id:
            known = {SELF: Entry(kind=SELF[0], key=SELF[1], remote_id=workbook_id)}
        return cls(MappingProxyType(known))

    def get(self, kind: str, key: str) -> Entry | None:
        return self.entries.get((kind, key))

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        return tuple(e for e in self.entries.values() if e.kind == kind)

    def with_entries(self, changed: Iterable[Entry], removed: Iterable[tuple[str, str]] = ()) -> Ledger:
        """The ledger after these entries were written and those names dropped."""
        merged = dict(self.entries)
        merged.update({entry.name: entry for entry in changed})
        for name in removed:
            merged.pop(name, None)
        return Ledger(MappingProxyType(merged))

    def rows(self) -> list[dict[str, str]]:
        """The tab's rows, in an order that does not depend on how the ledger came about."""
        ordered = sorted(self.entries.values(), key=lambda e: (e.kind != "self", e.kind, e.key))
        return [{name: getattr(entry, name) for name in COLUMNS} for entry in ordered]


def is_copied(entries: Iterable[Entry], workbook_id: str) -> bool:
    """Whether the lines came here with a copy of another workbook. Lines that are simply gone are not that."""
    own = next((e for e in entries if e.name == SELF), None)
    return own is not None and own.remote_id != workbook_id
