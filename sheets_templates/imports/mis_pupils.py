"""The pupils of an MIS export: what one record says of its pupil, repeated and doubtful values asked about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sheets_templates.imports.grid import SourceCell
from sheets_templates.imports.mis_columns import MisColumn
from sheets_templates.imports.people import parse_name
from sheets_templates.imports.report import Account, Target
from sheets_templates.imports.values import read_value
from sheets_templates.text import comparable

FILE = "file"
_KINDS = {
    "dob": "date",
    "sen_identified": "date",
    "year_group": "year",
    "class_form": "text",
    "sen_status": "sen_status",
    "primary_need": "need_codes",
    "secondary_need": "need_codes",
    "looked_after": "looked_after",
    "accountable_staff": "text",
    "interpreter_needed": "bool",
}
_BELIEVED = re.compile(r"^believed to be\s+(?!other\b)", re.IGNORECASE)
_NO_FIELD = {
    "id": "the MIS's own number, used to match",
    "status": "decides whether the row comes in",
    "left": "decides whether the row comes in",
}


@dataclass
class MisPupil:
    row: str
    ids: set[str] = field(default_factory=set)
    records: list[int] = field(default_factory=list)


@dataclass
class MisFile:
    columns: tuple[MisColumn, ...]
    account: Account = field(default_factory=Account)
    pupils: list[MisPupil] = field(default_factory=list)
    today: date | None = None

    def values(self, row: str) -> dict[str, object]:
        return self.account.rows.setdefault(("pupils", row), {})


def name_in(own: Mapping[str, SourceCell]) -> tuple[str, str]:
    first, last = (own[key].text if key in own else "" for key in ("first_name", "last_name"))
    if not first and not last and "name" in own and (name := parse_name(own["name"].text)):
        return name.first, name.last
    return first, last


def take_pupil(file: MisFile, pupil: MisPupil, own: Mapping[str, SourceCell]) -> None:
    for part, cell in own.items():
        if part == "upn" and _held_by_another(file, pupil, cell):
            continue
        if part in _NO_FIELD:
            file.account.leave(cell, _NO_FIELD[part])
        elif part == "notes":
            _note(file, cell)
        elif part == "name":
            first, last = name_in(own) if "first_name" not in own else ("", "")
            _put(file, pupil, cell, [("first_name", first), ("last_name", last)] if first or last else [], "parted")
        else:
            _put_value(file, pupil, part, cell, alone=own)


def _put_value(
    file: MisFile, pupil: MisPupil, part: str, cell: SourceCell, *, alone: Mapping[str, SourceCell]
) -> None:
    """Take a value; what else a cell says (a second need) where no column of this record says it."""
    got = read_value(
        _KINDS.get(part, "text"), part, cell.value.lstrip("'") if isinstance(cell.value, str) else cell.value
    )
    if part == "home_language" and (bare := _BELIEVED.sub("", cell.text).strip()) != cell.text:
        _put(file, pupil, cell, [(part, bare)], "without the census's “believed to be”")
    elif got.values:
        _put(file, pupil, cell, [pair for pair in got.values if pair[0] == part or pair[0] not in alone], got.how)
    elif got.left:
        file.account.leave(cell, got.left)
    else:
        file.account.ask(cell, got.ask, f"“{cell.text[:60]}” {got.ask}. What should stand here?", "left out")


def _put(file: MisFile, pupil: MisPupil, cell: SourceCell, pairs: Sequence[tuple[str, object]], how: str) -> None:
    """Take values; where an earlier row of the same pupil says otherwise, the later row counts, with a question."""
    values = file.values(pupil.row)
    for key, value in pairs:
        before = values.get(key)
        if before is not None and before != value:
            where, told = (
                f"{FILE}!{cell.address}",
                f"Two rows of one pupil differ: “{_said(before)}” and “{_said(value)}”. Which is right?",
            )
            file.account.question(where, told, default=_said(value))
            values[key] = value
    targets = [Target(table="pupils", row=pupil.row, field=key, value=value) for key, value in pairs]
    file.account.take(cell, targets, how=how)


def _said(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _held_by_another(file: MisFile, pupil: MisPupil, cell: SourceCell) -> bool:
    """A UPN that another pupil has already is held back."""
    own = comparable(cell.text)
    for other in file.pupils:
        if other is not pupil and comparable(str(file.values(other.row).get("upn", ""))) == own:
            file.account.ask(
                cell,
                "another pupil of this file has this UPN",
                "Two pupils have the same UPN. Whose is it? The second pupil came in without.",
                default="held back",
            )
            return True
    return False


def _note(file: MisFile, cell: SourceCell) -> None:
    file.account.leave(cell, "free notes; never worked out as a formula")


def leave_others(file: MisFile, cells: Sequence[SourceCell]) -> None:
    for cell in cells:
        if not file.account.has(cell):
            file.account.leave(cell, "none of our fields")
