"""Carry pupils from one workbook to another: noted down, copied, read back, and only then taken from the first.

A run may die at any call. What is noted in the ledger, and the rows as they stand, tell the next run how to go on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from server.plans.ledger import Ledger
from server.plans.model import Problem
from server.plans.moving import (
    CLEAR,
    CONFLICT,
    COPY,
    DONE,
    DOUBLE,
    REPLACE,
    Move,
    PlacedRow,
    by_route,
    digest,
    next_step,
    own_columns,
    rows_of_pupils,
)
from server.plans.several import PUPILS
from server.workflows.inserting import NEW_TAG, Arriving, insert_requests, undo_cells
from server.workflows.keeping import Held
from server.workflows.rows import Tagged, empty_rows, look, tag_rows
from server.workflows.survey import read_workbook

AGAIN = "Somebody was typing in this pupil's rows, so they were left where they are. Run it again."
NOT_ARRIVED = "This pupil's rows did not arrive as they were, so they stay where they are. Run it again."
BOTH = (
    "This pupil's move was cut short, and since then the rows were changed in both workbooks. Those here count. Make "
    "one of the two say what is right, delete the pupil's rows in the other, and run it again."
)
STANDS_THERE = "This pupil stands in both workbooks already, so nothing was moved. Delete the rows in one of them."
NO_COLUMN = (
    "The column “{header}” is the school's own, and the other workbook has none of that name, so this pupil was not "
    "moved. Add the column there, or empty this one."
)

Rows = Mapping[str, tuple[PlacedRow, ...]]


@dataclass
class Carried:
    """What became of moves: those that ended, and why the others wait."""

    ended: list[Move] = field(default_factory=list)
    waiting: list[Problem] = field(default_factory=list)

    def noted_in(self, ledger: Ledger) -> Ledger:
        """The ledger without the moves that ended."""
        return ledger.with_entries((), [move.entry.name for move in self.ended])


@dataclass(frozen=True, kw_only=True)
class _Route:
    """Pupils who go from one workbook to another, with their rows in both."""

    source: str
    target: str
    moves: tuple[Move, ...]
    here: Rows
    there: Rows

    def with_step(self, *steps: str) -> list[Move]:
        return [m for m in self.moves if next_step(m, self.here[m.pupil_id], self.there[m.pupil_id]) in steps]

    def rows(self, moves: Iterable[Move]) -> list[PlacedRow]:
        return [row for move in moves for row in self.here[move.pupil_id]]


def rows_in(school: Held, file_id: str, pupils: Iterable[str]) -> Rows:
    """These pupils' rows in one workbook."""
    survey = school.survey
    return rows_of_pupils(school.run.catalogue, survey.readings[file_id], survey.grids[file_id], pupils)


def carry(school: Held, moves: Sequence[Move]) -> Carried:
    """Take every move as far as it goes. Moves between workbooks that are not the school's are forgotten."""
    carried = Carried()
    touched: set[str] = set()
    for (source, target), group in by_route(moves):
        if touched & {source, target}:
            school.look_again()
        if {source, target} <= school.survey.readings.keys():
            _carry_route(school, source, target, group, carried)
            touched |= {source, target}
        else:
            carried.ended += group
    return carried


def _carry_route(school: Held, source: str, target: str, moves: tuple[Move, ...], carried: Carried) -> None:
    pupils = [move.pupil_id for move in moves]
    rows = {file_id: rows_in(school, file_id, pupils) for file_id in (source, target)}
    route = _Route(source=source, target=target, moves=moves, here=rows[source], there=rows[target])
    carried.ended += route.with_step(DONE)
    for step, message in ((DOUBLE, STANDS_THERE), (CONFLICT, BOTH)):
        carried.waiting += [_told(route, move, message) for move in route.with_step(step)]
    going = _without_lost_columns(school, route, route.with_step(COPY, REPLACE, CLEAR), carried)
    if not going:
        return
    tagged = tag_rows(school.run, source, school.survey.readings[source], route.rows(going))
    still = [move for move in going if tagged.has(route.here[move.pupil_id])]
    carried.waiting += [_told(route, move, AGAIN) for move in going if move not in still]
    arrived = _copied(school, route, still, tagged, carried)
    _taken_away(school, route, arrived, carried)


def _told(route: _Route, move: Move, message: str) -> Problem:
    first = next((row for row in route.here[move.pupil_id] if row.table == PUPILS), route.here[move.pupil_id][0])
    return Problem(cell=next(iter(first.row.cells.values()), ""), message=message)


def _without_lost_columns(school: Held, route: _Route, moves: list[Move], carried: Carried) -> list[Move]:
    """Those of whom nothing would be lost: the target has each own column in which they hold something."""
    reading, grids = school.survey.readings[route.target], school.survey.grids[route.target]
    tables = {key: school.run.catalogue.table(key) for key in reading.tables}
    there = {
        key: own_columns(tables[key], table, grids.get(tables[key].sheet_id, ()))
        for key, table in reading.tables.items()
    }
    kept = []
    for move in moves:
        lost = [name for row in route.here[move.pupil_id] for name in row.own if name not in there[row.table]]
        if lost:
            carried.waiting.append(_told(route, move, NO_COLUMN.format(header=lost[0])))
        else:
            kept.append(move)
    return kept


def _copied(school: Held, route: _Route, moves: list[Move], tagged: Tagged, carried: Carried) -> list[Move]:
    """Copy those who are not there yet; returns those who stand there as they should."""
    steps = {m.pupil_id: next_step(m, route.here[m.pupil_id], route.there[m.pupil_id]) for m in moves}
    ready = [move for move in moves if steps[move.pupil_id] == CLEAR]
    fresh = [replace(m, hash=digest(route.here[m.pupil_id])) for m in moves if m not in ready]
    if not fresh:
        return ready
    _make_room(school, route, [move for move in fresh if steps[move.pupil_id] == REPLACE])
    school.note(school.ledger.with_entries([move.entry for move in fresh]))
    _insert(school, route, fresh, tagged)
    there = _read_back(school, route, fresh)
    good = [move for move in fresh if digest(there[move.pupil_id]) == move.hash]
    bad = [move for move in fresh if move not in good]
    if bad:
        _undo(school, route, bad)
        carried.waiting += [_told(route, move, NOT_ARRIVED) for move in bad]
    return ready + good


def _make_room(school: Held, route: _Route, moves: list[Move]) -> None:
    """Take away what a dead run copied, where the first workbook has gone on since."""
    rows = [row for move in moves for row in route.there[move.pupil_id]]
    if not rows:
        return
    reading = school.survey.readings[route.target]
    tagged = tag_rows(school.run, route.target, reading, rows)
    standing = [row for row in rows if row.name in tagged.found]
    empty_rows(school.run, tagged, reading, standing, used_ids(school, route.target))
    school.look_again()


def _insert(school: Held, route: _Route, moves: list[Move], tagged: Tagged) -> None:
    here, there = school.survey.readings[route.source], school.survey.readings[route.target]
    arriving: list[Arriving] = [(row, tagged.found[row.name], here.tables[row.table]) for row in route.rows(moves)]
    grids = school.survey.grids[route.target]
    school.run.google.sheets.batch(route.target, insert_requests(school.run.catalogue, there, grids, arriving))


def _read_back(school: Held, route: _Route, moves: list[Move]) -> Rows:
    reading, grids = read_workbook(school.run, route.target, "plan")
    return rows_of_pupils(school.run.catalogue, reading, grids, [move.pupil_id for move in moves])


def _undo(school: Held, route: _Route, moves: list[Move]) -> None:
    tables = school.survey.readings[route.target].tables
    values = {}
    for row in route.rows(moves):
        cells = undo_cells(school.run.catalogue.table(row.table), tables[row.table])
        values[row.name] = tuple(cells.get(place) for place in range(max(cells, default=-1) + 1))
    school.run.google.sheets.write_tagged(route.target, NEW_TAG, values)


def _taken_away(school: Held, route: _Route, moves: list[Move], carried: Carried) -> None:
    """Empty the rows in the first workbook, of those whose rows still say what was copied."""
    if not moves:
        return
    reading = school.survey.readings[route.source]
    tagged = look(school.run, route.source, reading, route.rows(moves))
    sure = [move for move in moves if tagged.has(route.here[move.pupil_id])]
    carried.waiting += [_told(route, move, AGAIN) for move in moves if move not in sure]
    if sure:
        school.stay()
        empty_rows(school.run, tagged, reading, route.rows(sure), used_ids(school, route.source))
        carried.ended += sure


def used_ids(school: Held, file_id: str) -> set[str]:
    """Every id of a row in use, and every spare one of this workbook."""
    used = {row.id for reading in school.survey.readings.values() for t in reading.tables.values() for row in t.rows}
    spare = {
        str(row[place])
        for key, table in school.survey.readings[file_id].tables.items()
        for row in school.survey.grids[file_id].get(school.run.catalogue.table(key).sheet_id, ())
        for column in [school.run.catalogue.table(key).id_column]
        if column and (place := table.columns.get(column.key, -1)) >= 0 and place < len(row)
    }
    return used | spare
