"""A transfer file read. It comes from outside, so it is believed in nothing: too big, too deep, of another kind, with
somebody else's rows or values that no cell could hold, it is refused with the place and the reason."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from server.plans.several import PUPILS
from server.plans.transfer.policy import BESIDE, travelling_columns, travels
from server.plans.transfer.record import FORMAT, UNREAD, VERSION, FileRow, TransferFile, references
from server.plans.transfer.values import BadValue, Json, unread, value_of
from server.plans.trouble import Invalid
from sheets_templates.ids import is_id
from sheets_templates.schema import Catalogue, Column, Table
from sheets_templates.text import clean, tidy

BIGGEST = 20_000_000
MOST_ROWS = 20_000
LONGEST_NOTE = 5_000
_TOP = ("format", "version", "made_with", "pupil", "tables")
_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A file that may be brought in. ``unknown`` says what a newer version's file has that this one has no place for:
    it is kept in a note on its row, or on the pupil's."""

    file: TransferFile
    unknown: tuple[str, ...] = ()


def opened(catalogue: Catalogue, content: bytes) -> Opened:
    """The file, checked whole. Raises Invalid, whose ``place`` is where in the file."""
    found = _parsed(content)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        _refuse("This is no transfer file of SEN Plans.")
    if found.get("version") != VERSION or isinstance(found["version"], bool):
        _refuse(f"The file is of version {_shown(found.get('version'))}; this one reads {VERSION}. Update SEN Plans.")
    return _Reader(catalogue, found).read()


def _parsed(content: bytes) -> Any:
    if len(content) > BIGGEST:
        _refuse(f"The file is bigger than {BIGGEST // 1_000_000} MB.")
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        _refuse("The file is no UTF-8 text.")
    except (ValueError, RecursionError):
        _refuse("The file is no JSON, or was cut short.")


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        _refuse("The file says something twice.")
    return found


def _no_number(name: str) -> NoReturn:
    _refuse(f"The file has {name} where a number should be.")


def _refuse(why: str, *place: str) -> NoReturn:
    raise Invalid(f"{why} No workbook was changed.", place="/".join(clean(each)[:_SHOWN] for each in place))


def _shown(value: object) -> str:
    return clean(str(value))[:_SHOWN]


@dataclass
class _Reader:
    catalogue: Catalogue
    found: Mapping[str, Any]
    unknown: list[str] = field(default_factory=list)
    own_note: list[str] = field(default_factory=list)

    @property
    def is_newer(self) -> bool:
        made_with: int = self.found["made_with"]
        return made_with > self.catalogue.version

    def read(self) -> Opened:
        self._top()
        tables = {
            key: tuple(self._table(key, rows)) for key, rows in self.found["tables"].items() if self._takes(key)
        }
        file = TransferFile(pupil=self.found["pupil"], made_with=self.found["made_with"], tables=tables)
        self._check(file)
        if self.own_note:
            tables[PUPILS] = (_noted(file.own, self.own_note),)
        return Opened(file=file, unknown=tuple(self.unknown))

    def _top(self) -> None:
        made_with = self.found.get("made_with")
        if not isinstance(made_with, int) or isinstance(made_with, bool) or made_with < 1:
            _refuse("The file does not say which version of the tables it was made with.", "made_with")
        if not isinstance(self.found.get("pupil"), str) or not is_id(self.found["pupil"]):
            _refuse("The file does not say whose it is.", "pupil")
        if not isinstance(self.found.get("tables"), dict):
            _refuse("The file has no tables.", "tables")
        for key in self.found.keys() - set(_TOP):
            self._set_aside(f"{_shown(key)}", self.found[key], self.own_note, key)
        sizes = (len(rows) if isinstance(rows, list) else 0 for rows in self.found["tables"].values())
        if sum(sizes) > MOST_ROWS:
            _refuse(f"The file has more than {MOST_ROWS:,} rows.", "tables")

    def _takes(self, key: str) -> bool:
        """Whether the table is one of ours; a newer version's is set aside whole."""
        if key in self.catalogue.tables:
            if not travels(self.catalogue.table(key)):
                _refuse("These rows stay with the school that wrote them.", "tables", key)
            return True
        self._set_aside(f"table {_shown(key)}", self.found["tables"][key], self.own_note, "tables", key)
        return False

    def _set_aside(self, what: str, value: object, note: list[str], *place: str) -> None:
        if not self.is_newer:
            _refuse("There is no such table or column.", *place)
        text = tidy(json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value)
        if sum(map(len, note)) + len(text) > LONGEST_NOTE:
            self.unknown.append(f"{what}: too long to be kept in a note. It stands in the file: keep that.")
            return
        note.append(f"{what}: {text}")
        self.unknown.append(f"{what}: of a newer version; kept in a note on the row.")

    def _table(self, key: str, rows: object) -> Iterator[FileRow]:
        table = self.catalogue.table(key)
        assert table.id_column is not None
        if not isinstance(rows, list):
            _refuse("This should be a list of rows.", "tables", key)
        seen: set[str] = set()
        for number, row in enumerate(rows):
            name = row.get(table.id_column.key) if isinstance(row, dict) else None
            if not isinstance(name, str) or not is_id(name):
                _refuse("This row has no id.", "tables", key, str(number + 1))
            if name.casefold() in seen:
                _refuse("Two rows have one id.", "tables", key, name)
            seen.add(name.casefold())
            yield self._row(table, name, row)

    def _row(self, table: Table, name: str, row: Mapping[str, Any]) -> FileRow:
        columns = {column.key: column for column in travelling_columns(table) if column.kind != "id"}
        note: list[str] = []
        values: dict[str, object] = {}
        for key, given in row.items():
            place = ("tables", table.key, name, key)
            if key in columns:
                value = self._value(columns[key], given, note, place)
                values |= {} if value is None else {key: value}
            elif table.id_column and key not in (table.id_column.key, UNREAD):
                if key in table.positions:
                    _refuse("This is not passed from school to school.", *place)
                self._set_aside(f"{table.title} {name}, {_shown(key)}", given, note, *place)
        hurt = self._unread(columns, row.get(UNREAD, {}), values, ("tables", table.key, name, UNREAD))
        return _noted(FileRow(id=name, values=values, unread=hurt), note)

    def _value(self, column: Column, given: object, note: list[str], place: Sequence[str]) -> object:
        try:
            return value_of(column, given)
        except BadValue as bad:
            if self.is_newer and column.choices and isinstance(given, str | list):
                self._set_aside(f"{column.header} of {place[2]}", given, note, *place)
                return None
            _refuse(f"{_shown(bad)[:1].upper()}{str(bad)[1:].rstrip('.')}.", *place)

    def _unread(
        self, columns: Mapping[str, Column], given: object, values: Mapping[str, object], place: Sequence[str]
    ) -> dict[str, Json]:
        """What nobody could read where the file comes from, if it can't be read here either."""
        if not isinstance(given, dict):
            _refuse("This should be texts by column.", *place)
        found: dict[str, Json] = {}
        for key, cell in given.items():
            is_scalar = isinstance(cell, str | bool) or (isinstance(cell, int | float) and abs(cell) < math.inf)
            known = unread(columns[key], cell) if is_scalar and key in columns and key not in values else None
            if known is None:
                _refuse("This is no cell that can't be read.", *place, key)
            found[key] = known
        return found

    def _check(self, file: TransferFile) -> None:
        """One pupil, their own rows, and no name that leads nowhere."""
        if [row.id for row in file.tables.get(PUPILS, ())] != [file.pupil]:
            _refuse("The file should have the row of its pupil, and of nobody else.", "tables", PUPILS)
        known = {key: {row.id for row in rows} for key, rows in file.tables.items()}
        named: dict[str, set[str]] = {key: set() for key in BESIDE}
        for key, row in file.rows():
            self._check_row(self.catalogue.table(key), row, file.pupil, known, named)
        for key, names in named.items():
            if lost := known.get(key, set()) - names:
                _refuse("None of the pupil's rows names this one.", "tables", key, min(lost))

    def _check_row(
        self,
        table: Table,
        row: FileRow,
        pupil: str,
        known: Mapping[str, set[str]],
        named: Mapping[str, set[str]],
    ) -> None:
        if table.key != PUPILS and table.key not in BESIDE and row.values.get("pupil") != pupil:
            _refuse("This row is another pupil's.", "tables", table.key, row.id)
        for column, ids in references(table, row):
            if lost := set(ids) - known.get(column.ref, set()):
                _refuse(f"There is no row {min(lost)}.", "tables", table.key, row.id, column.key)
            named.get(column.ref, set()).update(ids)


def _noted(row: FileRow, note: Sequence[str]) -> FileRow:
    text = "\n".join((*filter(None, [row.note]), *note))
    return FileRow(id=row.id, values=row.values, unread=row.unread, note=text)
