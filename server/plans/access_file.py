"""Everything held about a pupil, for somebody who may ask for it, and a proposal of what to leave out first. Pure.

The proposal decides nothing: it marks what may be about somebody else or may harm somebody, each with its reason, and
a person goes through the list. Names of staff stay: what adults do at work for a child is part of the record."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from server.plans.copy_redact import Mask, name_mask
from server.plans.model import Contact, Pupil, School
from server.plans.moving import PlacedRow
from server.plans.rules.r59_safeguarding import STEMS
from server.plans.transfer import values
from server.plans.transfer.leaving import Book
from server.plans.transfer.pages import Part, parts, said
from server.plans.transfer.record import FileRow
from sheets_templates.ids import leading_id
from sheets_templates.schema import Catalogue, Column, Table

DETAILS = "Details of another person."
WORDS = "The words of another parent or carer: ask them, or weigh whether it is fair to pass them on."
UNSAID = "It is not written down which parent said this, and they live apart."
NAMES = "It names another child, or another parent or carer: those words are taken out."
HARM = "It may harm somebody, or tell of safeguarding: ask the safeguarding lead before it is passed on."
UNAGREED = "The child has not said that it may be shared: ask the child."
_HARMFUL = frozenset({"contacts.restriction", "contacts.restriction_kind", "contacts.note", "relational.background"})
_DETAILS = frozenset({"email", "phone", "address", "household", "language", "preferred_format"})
_FREE = frozenset({"text", "longtext", "lines"})


@dataclass(frozen=True, kw_only=True)
class Omission:
    """One cell that is proposed to be left out, or from which words are taken: where it stands, and why."""

    tab: str
    row_id: str
    column: str
    why: str


def held_rows(
    catalogue: Catalogue, books: Sequence[Book], rows: Sequence[tuple[int, PlacedRow]]
) -> dict[str, list[FileRow]]:
    """Every cell of these rows, also those that can't be read and those in columns that the school added."""
    found: dict[str, list[FileRow]] = {}
    for number, placed in rows:
        table = catalogue.table(placed.table)
        cells = {c.key: values.unread(c, placed.raw.get(c.key)) for c in table.inputs if c.kind != "id"}
        hurt = {key: cell for key, cell in cells.items() if cell is not None}
        found.setdefault(placed.table, []).append(FileRow(id=placed.row.id, values=placed.row.values, unread=hurt))
        if placed.own:
            line = books[number].grids[table.sheet_id][placed.row.row_index]
            note = "; ".join(f"{header}: {line[place]}" for header, place in placed.own.items())
            found[placed.table][-1] = replace(found[placed.table][-1], note=note)
    return found


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks: one of the pupil's contacts, or with None the pupil."""

    school: School
    pupil: Pupil
    contact: Contact | None = None

    @property
    def others(self) -> tuple[Contact, ...]:
        mine = {self.contact.contact_id} if self.contact else set()
        own = (c for c in self.school.contacts if leading_id(c.pupil) == self.pupil.pupil_id)
        return tuple(contact for contact in own if contact.contact_id not in mine)

    @property
    def lives_apart(self) -> bool:
        """Whether the parents of more than one household have a say."""
        return len({c.household_key for c in (*self.others, *filter(None, [self.contact]))}) > 1

    def mask(self) -> Mask:
        """What to take out of free text: other parents and carers, and other children by their whole names."""
        known = name_mask(self.others, own=filter(None, [self.contact]), pupil=self.pupil)
        whole = {
            f"{first} {each.last_name}".strip()
            for each in self.school.pupils
            if each.pupil_id != self.pupil.pupil_id and each.last_name
            for first in {each.first_name, each.known_as} - {""}
        }
        return replace(known, names=(*known.names, *sorted(whole, key=lambda name: (-len(name), name))), strict=False)


def proposal(
    catalogue: Catalogue, asker: Asker, tables: Mapping[str, Sequence[FileRow]]
) -> tuple[dict[str, list[FileRow]], tuple[Omission, ...]]:
    """The same rows without what a person should look at first, and what that is."""
    mask = asker.mask()
    kept: dict[str, list[FileRow]] = {}
    omitted: list[Omission] = []
    for key, rows in tables.items():
        table = catalogue.table(key)
        for row in rows:
            cells = {c.key: cell for c in table.inputs if (cell := _looked_at(asker, mask, table, c, row))}
            gone = {name for name, (_, after) in cells.items() if not after}
            changed = {name: after for name, (_, after) in cells.items() if after}
            omitted += [
                Omission(tab=table.title, row_id=row.id, column=table.column(name).header, why=why)
                for name, (why, _) in cells.items()
            ]
            kept.setdefault(key, []).append(_without(row, gone, changed))
    return kept, tuple(omitted)


def _without(row: FileRow, gone: Collection[str], changed: Mapping[str, str]) -> FileRow:
    told = {key: value for key, value in row.values.items() if key not in gone}
    hurt = {key: cell for key, cell in row.unread.items() if key not in gone and key not in changed}
    return replace(row, values={**told, **changed}, unread=hurt, note="")


def _looked_at(asker: Asker, mask: Mask, table: Table, column: Column, row: FileRow) -> tuple[str, str] | None:
    """Why a cell is marked, and what is left of it; None where nothing speaks against passing it on."""
    text = said(asker.school, column, row)
    if not text:
        return None
    if why := _whole(asker, table, column, row, text):
        return why, ""
    masked = mask.text(text) if column.kind in _FREE else text
    return (NAMES, masked) if masked != text else None


def _whole(asker: Asker, table: Table, column: Column, row: FileRow, text: str) -> str:
    """Why a cell as a whole is to be looked at, "" where it is not."""
    if text.casefold() == "none":
        return ""
    if f"{table.key}.{column.key}" in _HARMFUL or any(stem in text.casefold() for stem in STEMS):
        return HARM
    if f"{table.key}.{column.key}" == "child_views.private":
        return UNAGREED
    mine = asker.contact.contact_id if asker.contact else ""
    if table.key == "contacts" and row.id != mine and column.key in _DETAILS:
        return DETAILS
    if column.audience != "A" or column.kind not in _FREE:
        return ""
    if "contact" not in table.positions:
        return UNSAID if asker.lives_apart else ""
    author = leading_id(str(row.values.get("contact") or ""))
    is_childs = str(row.values.get("who") or "").casefold() == "child"
    return "" if author == mine or is_childs or row.values.get("show_to_other_household") else WORDS


def access_parts(catalogue: Catalogue, school: School, tables: Mapping[str, Sequence[FileRow]]) -> tuple[Part, ...]:
    """The rows in words; columns that the school added itself stand at the end of their row."""
    return tuple(_with_notes(part, tables, catalogue) for part in parts(catalogue, school, tables))


def _with_notes(part: Part, tables: Mapping[str, Sequence[FileRow]], catalogue: Catalogue) -> Part:
    notes = {
        row.id: row.note for key, rows in tables.items() if catalogue.table(key).title == part.title for row in rows
    }
    more = [
        (name, (*facts, *([("Other columns", notes[name])] if notes.get(name) else []))) for name, facts in part.rows
    ]
    return replace(part, rows=tuple(more))


def kept_from(omitted: Sequence[Omission]) -> Iterator[str]:
    """What was left out and why, a line each, for the answer to whoever asked."""
    for each in omitted:
        yield f"{each.tab} {each.row_id}, “{each.column}”: {each.why}"
