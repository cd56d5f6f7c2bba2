"""An MIS export read into pupils and contacts, every cell accounted for. The entrance for CSV files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_templates.address import letters
from sheets_templates.imports.choices import plain_choices
from sheets_templates.imports.delimited import Delimited, read_delimited
from sheets_templates.imports.grid import BadFile, SourceCell
from sheets_templates.imports.mis_columns import MisColumn, known_headings, settled_columns
from sheets_templates.imports.mis_contacts import contacts_of
from sheets_templates.imports.mis_pupils import FILE, MisFile, MisPupil, leave_others, name_in, take_pupil
from sheets_templates.imports.report import Report, Rows
from sheets_templates.imports.values import read_value
from sheets_templates.text import comparable

_HEADER_WITHIN = 30
_LEFT = re.compile(r"\b(?:leaver|left|former|off roll|alumn\w*|withdrawn|not on roll|no longer)\b", re.I)


@dataclass(frozen=True, kw_only=True)
class MisImport:
    """What a file gives: rows by (table, row name), the columns as understood, and the account."""

    report: Report
    rows: Rows
    columns: tuple[MisColumn, ...]
    encoding: str
    separator: str
    header_line: int
    records: Mapping[str, tuple[int, ...]]


def read_mis(data: bytes, *, today: date | None = None, mapping: Mapping[str, str] | None = None) -> MisImport:
    """Read an export. Rows of leavers are left out (``today`` tells whether a leaving date is past).

    Raises BadFile where the file is no text, too large, or has no headings that we know."""
    return read_list(read_delimited(data), today=today, mapping=mapping)


def read_list(found: Delimited, *, today: date | None = None, mapping: Mapping[str, str] | None = None) -> MisImport:
    """Read a list of pupils. ``mapping`` says what columns are: a heading or a column's key to ``pupils.dob``,
    ``contacts.2.email``, or "" to leave it out."""
    header = max(range(min(_HEADER_WITHIN, len(found.records))), key=lambda n: (known_headings(found.records[n]), -n))
    if known_headings(found.records[header]) < 2:
        raise BadFile("No line of this file has headings such as Forename, Surname, Date of birth. Nothing was read.")
    file = MisFile(columns=settled_columns(found.records[header], plain_choices(mapping)), today=today)
    if not {"name", "first_name", "last_name"} & {c.part for c in file.columns if not c.contact}:
        raise BadFile("No column of this file names the pupils. Nothing was read.")
    for number, record in enumerate(found.records):
        cells = [_cell(found.lines[number], position, text) for position, text in enumerate(record) if text]
        if number <= header:
            for cell in cells:
                file.account.leave(cell, "column heading" if number == header else "above the table")
        else:
            _read_record(file, number - header, cells)
    return MisImport(
        report=file.account.report(),
        rows={key: row for key, row in file.account.rows.items() if row},
        columns=file.columns,
        encoding=found.encoding,
        separator=found.separator,
        header_line=found.lines[header],
        records={pupil.row: tuple(pupil.records) for pupil in file.pupils},
    )


def _cell(line: int, position: int, text: str) -> SourceCell:
    return SourceCell(tab=FILE, row=line - 1, column=position, value=text, address=f"{letters(position)}{line}")


def _read_record(file: MisFile, number: int, cells: Sequence[SourceCell]) -> None:
    by_column = {cell.column: cell for cell in cells}
    own = {
        c.part: by_column[c.position]
        for c in reversed(file.columns)
        if not c.contact and c.part and c.position in by_column
    }
    for cell in cells:
        if cell.column >= len(file.columns):
            file.account.leave(cell, "stands under no heading")
    if cells and _total(cells, own):
        for cell in cells:
            file.account.leave(cell, "total or note under the table")
        return
    if _is_leaver(file, own):
        for cell in cells:
            file.account.leave(cell, "left school")
        return
    pupil = _pupil(file, number, own)
    if pupil is None:
        for cell in cells:
            file.account.ask(cell, "this row names no pupil")
        return
    take_pupil(file, pupil, own)
    contacts_of(file.account, file.columns, by_column, pupil.row)
    leave_others(file, cells)


def _total(cells: Sequence[SourceCell], own: Mapping[str, SourceCell]) -> bool:
    return len(cells) <= 2 and not ({"last_name", "upn"} & set(own) and {"first_name", "dob", "name"} & set(own))


def _is_leaver(file: MisFile, own: Mapping[str, SourceCell]) -> bool:
    status = own.get("status")
    if status is not None:
        not_on = comparable(status.text) in ("no", "n", "false", "inactive") and "roll" in comparable(
            file.columns[status.column].heading
        )
        if not_on or _LEFT.search(status.text):
            return True
    left = own.get("left")
    got = read_value("date", "left", left.value) if left is not None else None
    day = next((v for _, v in got.values if isinstance(v, date)), None) if got else None
    return bool(day and file.today and day <= file.today)


def _pupil(file: MisFile, number: int, own: Mapping[str, SourceCell]) -> MisPupil | None:
    """The pupil of a record: one met before by number, UPN or name and birth, or a new one."""
    first, last = name_in(own)
    if not first and not last:
        return None
    mis_id = own["id"].text if "id" in own else ""
    upn = comparable(own["upn"].text) if "upn" in own else ""
    born = _born(own)
    for pupil in file.pupils:
        values = file.values(pupil.row)
        if not _alike(values.get("first_name"), first) or not _alike(values.get("last_name"), last):
            continue
        known = values.get("dob")
        same_id = bool(mis_id) and mis_id in pupil.ids
        same_upn = bool(upn) and comparable(str(values.get("upn", ""))) == upn
        if same_id or same_upn or (born is not None and born == known) or (not mis_id and not upn and not born):
            pupil.records.append(number)
            pupil.ids.add(mis_id)
            return pupil
    made = MisPupil(row=f"P{len(file.pupils) + 1}", ids={mis_id} - {""}, records=[number])
    file.pupils.append(made)
    return made


def _alike(known: object, text: str) -> bool:
    return comparable(str(known or "")) == comparable(text)


def _born(own: Mapping[str, SourceCell]) -> date | None:
    got = read_value("date", "dob", own["dob"].value) if "dob" in own else None
    return next((v for _, v in got.values if isinstance(v, date)), None) if got else None
