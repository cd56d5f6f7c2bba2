"""The contacts of one record of an MIS export: several across, or one for each record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sheets_templates.imports.grid import SourceCell
from sheets_templates.imports.meanings import meaning, yes_or_no
from sheets_templates.imports.mis_columns import MisColumn
from sheets_templates.imports.people import without_title
from sheets_templates.imports.report import Account, Target
from sheets_templates.text import comparable

_EMAIL = re.compile(r"[^\s@<>,;\"'=]+@[^\s@<>,;\"']+\.[^\s@<>,;\"']+")
_COURT = re.compile(
    r"\b(?:court|order|injunction|no contact\b|not to (?:be )?(?:collect|contact)|restrict"
    r"|prohibit|solicitor|safeguard|refuge|do not (?:share|give|contact|disclose))",
    re.I,
)
_WHY = {
    "title": "a title; the name goes without",
    "priority": "the order of contacts",
    "id": "the MIS's own number of the contact",
}
_STARTS = (
    ("mother", "Mother"),
    ("father", "Father"),
    ("grandmother", "Grandmother"),
    ("grandfather", "Grandfather"),
    ("foster carer", "Foster carer"),
)
_ORDER = ("mobile", "phone")


def contacts_of(account: Account, columns: Sequence[MisColumn], cells: Mapping[int, SourceCell], pupil: str) -> None:
    """Put every contact of a record into its row, every cell accounted for."""
    for number in sorted({column.contact for column in columns if column.contact}):
        own = [(c, cells[c.position]) for c in columns if c.contact == number and c.position in cells]
        if own:
            _contact(account, own, pupil)


def _contact(account: Account, own: Sequence[tuple[MisColumn, SourceCell]], pupil: str) -> None:
    parts: dict[str, list[SourceCell]] = {}
    for column, cell in own:
        parts.setdefault(column.part, []).append(cell)
    name = _name(parts)
    for cell in [c for part in ("notes", "court") for c in parts.get(part, ())]:
        _note(account, cell)
    for part, why in _WHY.items():
        for cell in parts.get(part, ()):
            account.leave(cell, why)
    if not name:
        for _, cell in own:
            if not account.has(cell):
                account.leave(cell, "no contact is named with it")
        return
    row = _row(account, pupil, name)
    for part in ("name", "first", "last"):
        for cell in parts.get(part, ()):
            titled = part == "name" and name != cell.text.strip()
            _take(account, cell, row, "name", name, how="the title is left off" if titled else "")
    relation = next((c.relationship for c, _ in own if c.relationship and c.part in ("name", "first")), "")
    _facts(account, parts, row, relation)


def _name(parts: Mapping[str, Sequence[SourceCell]]) -> str:
    pieces = [cells[0].text for part in ("first", "last") if (cells := parts.get(part))]
    whole = parts.get("name")
    return " ".join(pieces) or (without_title(whole[0].text) if whole else "")


def _row(account: Account, pupil: str, name: str) -> str:
    """The contact's row: one of the same name that this pupil has already, or a new one."""
    own = [row for table, row in account.rows if table == "contacts" and row.startswith(f"{pupil}-")]
    for row in own:
        if comparable(str(account.rows["contacts", row].get("name", ""))) == comparable(name):
            return row
    return f"{pupil}-K{len(own) + 1}"


def _facts(account: Account, parts: Mapping[str, Sequence[SourceCell]], row: str, relation: str) -> None:
    for cell in parts.get("relationship", ()):
        said = _relation(cell.text)
        _take(account, cell, row, "relationship", said, how="" if said == cell.text else f"written as “{said}”")
    if relation and "relationship" not in parts:
        account.rows["contacts", row].setdefault("relationship", relation)
    for part in ("parental_responsibility", "lives_with_child"):
        for cell in parts.get(part, ()):
            told = yes_or_no(cell.text)
            if told is None:
                account.ask(cell, "is neither yes nor no", f"“{cell.text[:40]}” is neither yes nor no.", "left out")
            else:
                _take(account, cell, row, part, told)
    for cell in parts.get("email", ()):
        _email(account, cell, row)
    for part in _ORDER:
        for cell in parts.get(part, ()):
            if cell.text.startswith("="):
                account.ask(
                    cell, "looks like a formula", "A phone number starts with “=”. Which number is it?", "left out"
                )
                continue
            _first(account, cell, row, "phone", cell.text.lstrip("'"), "another number was taken before it")
    for part in ("address", "language"):
        for cell in parts.get(part, ()):
            _first(account, cell, row, part, cell.text, "another was taken before it")


def _relation(text: str) -> str:
    """A relationship as we write it, also where it is cut short (``MOTH``); other words as they are."""
    bare = comparable(text)
    short = {full for start, full in _STARTS if len(bare) > 2 and start.startswith(bare)}
    return meaning("relationships", text) or (short.pop() if len(short) == 1 else text)


def _email(account: Account, cell: SourceCell, row: str) -> None:
    several = [each for each in re.split(r"[;,\s]+", cell.text.strip("<>;, '")) if each]
    text = several[0] if several and all(_EMAIL.fullmatch(each) for each in several) else ""
    if len(several) > 1 and text:
        _several(account, cell, row, text)
    elif text:
        _first(account, cell, row, "email", text, "another address was taken before it")
    else:
        account.ask(
            cell, "is not an email address", f"“{cell.text[:60]}” is not an email address. Which is it?", "left out"
        )


def _several(account: Account, cell: SourceCell, row: str, first: str) -> None:
    """The first of several addresses is taken, and whoever looks is asked whether it is the right one."""
    _take(account, cell, row, "email", first, how="the first of several addresses")
    where, told = f"{cell.tab}!{cell.address}", f"“{cell.text[:80]}” holds several addresses. Which one is used?"
    account.question(where, told, first)


def _first(account: Account, cell: SourceCell, row: str, field: str, value: object, otherwise: str) -> None:
    """Take a value where the row has none yet; a second one stays out and is told of."""
    before = account.rows["contacts", row].get(field)
    if before in (None, value):
        _take(account, cell, row, field, value, how="" if value == cell.text else "a spreadsheet's mark taken off")
    else:
        account.leave(cell, otherwise)


def _take(account: Account, cell: SourceCell, row: str, field: str, value: object, how: str = "") -> None:
    account.take(cell, [Target(table="contacts", row=row, field=field, value=value)], how=how)


def _note(account: Account, cell: SourceCell) -> None:
    """Free notes stay out; one that may be a restriction is put before a person."""
    if _COURT.search(cell.text):
        account.ask(
            cell,
            "may be a restriction",
            f"A note beside a contact says: “{cell.text[:200]}”. Does the Restriction column have to say so?",
            default="nothing is shared until somebody fills in Restriction",
        )
    else:
        account.leave(cell, "free notes; never worked out as a formula")
