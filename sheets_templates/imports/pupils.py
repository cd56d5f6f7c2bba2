"""The pupils of an import and the names of their rows: ``P1``, and for what is theirs ``P1-O2``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sheets_templates.imports.columns import Proposal
from sheets_templates.imports.grid import SourceCell
from sheets_templates.imports.people import Name, parse_people, same_child
from sheets_templates.imports.report import Account, Target
from sheets_templates.text import comparable

LETTERS = {
    "outcomes": "O",
    "provision": "V",
    "cycles": "C",
    "reviews": "R",
    "contacts": "K",
    "costs": "V",
    "pupils": "",
}


def is_short(name: Name) -> bool:
    """Whether a name lacks its surname, or has no more than a letter of it."""
    return len(name.last.strip(" .")) < 2 and bool(name.first)


@dataclass
class Collected:
    """What has been read so far. ``pupil`` is the one whose rows or boxes are being read, "" for none yet."""

    year: object = None
    choices: Mapping[str, str] = field(default_factory=dict)
    account: Account = field(default_factory=Account)
    links: dict[str, list[str]] = field(default_factory=dict)
    proposals: dict[str, tuple[Proposal, ...]] = field(default_factory=dict)
    colours: dict[str, tuple[str, str]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    facts: Mapping[str, tuple[SourceCell, str]] = field(default_factory=dict)
    known: tuple[Name, ...] = ()
    short: list[str] = field(default_factory=list)
    names: dict[str, Name] = field(default_factory=dict)
    upns: dict[str, str] = field(default_factory=dict)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    pupil: str = ""

    @property
    def school_year(self) -> date | None:
        return self.year if isinstance(self.year, date) else None

    def find(self, name: Name, upn: str = "", born: date | None = None) -> str:
        """The row of a pupil, a new one where nobody of that name (and date of birth, if both are known) is there."""
        for row, known in self.names.items():
            alike = comparable(known.first) == comparable(name.first) and comparable(known.last) == comparable(
                name.last
            )
            before = self.account.rows.get(("pupils", row), {})
            apart = (born and before.get("dob") and before["dob"] != born) or (
                upn and before.get("upn") and comparable(str(before["upn"])) != comparable(upn)
            )
            if alike and not apart:
                return row
        if is_short(name) and (whole := self._whole(name)):
            return self.find(whole, upn, born)
        row = f"P{len(self.names) + 1}"
        self.names[row] = name
        return row

    def _whole(self, name: Name) -> Name | None:
        """The one pupil of this sheet, or else of the school, whom a first name with or without an initial means."""
        piece = f"{name.first} {name.last}".strip(" .")
        self.short += [piece] if piece not in self.short else []
        here = {row: each for row, each in self.names.items() if same_child(piece, each) and not is_short(each)}
        if len(here) == 1:
            return next(iter(here.values()))
        theirs = [each for each in self.known if same_child(piece, each)]
        if here or len(theirs) != 1:
            several = len(here) or len(theirs)
            said = f"{several} pupils may be meant" if several else "no pupil of the school is called so"
            self.account.question(piece, f"Who is “{piece}”? In the school, {said}.", default="a pupil of that name")
            return None
        return theirs[0]

    def is_known(self, title: str) -> bool:
        """Whether a tab's title may be the first name of one of these pupils, or of the school's."""
        known = (*self.names.values(), *self.known)
        return len(title.split()) <= 2 and any(same_child(title, each) for each in known)

    def like(self, piece: str) -> tuple[str, ...]:
        """Pupils whom ``Deniz O`` may name."""
        return tuple(row for row, name in self.names.items() if same_child(piece, name))

    def new_row(self, table: str, pupil: str) -> str:
        letter = LETTERS[table]
        key = pupil, letter
        self.counts[key] = self.counts.get(key, 0) + 1
        return f"{pupil}-{letter}{self.counts[key]}"

    def only_row(self, table: str, pupil: str) -> str:
        """The one row of a table that a pupil has in an import: the cycle, the review, the pupil."""
        return pupil if table == "pupils" else f"{pupil}-{LETTERS[table]}1"

    def people(self, cell: SourceCell, pupil: str) -> None:
        """Parents and carers named in one cell."""
        found = parse_people(cell.text)
        if not found:
            self.account.ask(cell, "names nobody we can make out")
            return
        targets: list[Target] = []
        for person in found:
            row = self._contact(pupil, person.name)
            parts = {
                "name": person.name,
                "relationship": person.relationship,
                "phone": person.phone,
                "email": person.email,
            }
            targets += [Target(table="contacts", row=row, field=k, value=v) for k, v in parts.items() if v]
        self.account.take(cell, targets, how="" if targets == [targets[0]] and len(targets) == 1 else "parted")

    def _contact(self, pupil: str, name: str) -> str:
        for (table, row), values in self.account.rows.items():
            if (
                table == "contacts"
                and row.startswith(f"{pupil}-")
                and comparable(str(values.get("name", ""))) == comparable(name)
            ):
                return row
        return self.new_row("contacts", pupil)

    def last_contact(self, pupil: str) -> str:
        own = [row for table, row in self.account.rows if table == "contacts" and row.startswith(f"{pupil}-")]
        return own[-1] if own else self.new_row("contacts", pupil)
