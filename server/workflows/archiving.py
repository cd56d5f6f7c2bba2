"""Closed cycles put away: copied to the archive workbook of a year, read back, and only then taken from the live one.

Needs no note of how far it came: what stands in both workbooks was copied and not yet taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from server.plans.files import ARCHIVE_KIND, group_in
from server.plans.ledger import Entry
from server.plans.model import Cycle, Problem
from server.plans.moving import PlacedRow, digest, rows_of_pupils
from server.plans.ports import Grid, RemoteFile
from server.plans.several import PUPILS
from server.workflows.carrying import AGAIN, NOT_ARRIVED, rows_in, used_ids
from server.workflows.inserting import Arriving, insert_requests
from server.workflows.keeping import Held
from server.workflows.rows import Tagged, empty_rows, look, tag_rows
from server.workflows.survey import read_workbook
from server.workflows.workbooks import create_file, fill_empty, is_made
from sheets_templates.reading import Reading

ARCHIVED = "archived"


@dataclass
class Archived:
    """Cycles that were put away, and why others wait."""

    cycles: list[Cycle] = field(default_factory=list)
    meetings: list[str] = field(default_factory=list)
    waiting: list[Problem] = field(default_factory=list)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the ledger keeps of meetings put away, so that their events stay in the calendar."""
        return tuple(Entry(kind=ARCHIVED, key=meeting) for meeting in self.meetings)


@dataclass(frozen=True, kw_only=True)
class _Away:
    """One pupil's rows to be put away, and the row of the pupil, which is copied and stays."""

    pupil: PlacedRow
    rows: tuple[PlacedRow, ...]
    cycles: tuple[Cycle, ...]


def archive(school: Held, year: str, cycles: Iterable[Cycle]) -> Archived:
    """Put these cycles, with every row that belongs to them, into the archive of ``year``."""
    done = Archived()
    by_home: dict[str, list[Cycle]] = {}
    for cycle in cycles:
        if home := school.survey.homes.get(cycle.pupil):
            by_home.setdefault(home, []).append(cycle)
    if not by_home:
        return done
    target = _archive_of(school, year)
    for home, own in by_home.items():
        _archive_from(school, home, target, own, done)
    return done


def _archive_of(school: Held, year: str) -> RemoteFile:
    found = school.survey
    standing = next((file for file in found.files.archives if group_in(file) == year), None)
    name = found.school.settings.name
    file = standing or create_file(school.run, found.files, name, year, "", ARCHIVE_KIND)
    if standing is None or not is_made(school.run, file, "plan"):
        fill_empty(school.run, found.school, file)
    return file


def _archive_from(school: Held, home: str, target: RemoteFile, cycles: list[Cycle], done: Archived) -> None:
    reading = school.survey.readings[home]
    there, grids = read_workbook(school.run, target.file_id, "plan")
    every = list(_rows_away(school, home, cycles))
    rows = [row for away in every for row in (away.pupil, *away.rows)]
    tagged = tag_rows(school.run, home, reading, rows)
    still = [away for away in every if tagged.has((away.pupil, *away.rows))]
    done.waiting += [_told(away, AGAIN) for away in every if away not in still]
    if _made_way(school, target.file_id, there, grids, still):
        there, grids = read_workbook(school.run, target.file_id, "plan")
    _copy(school, reading, target.file_id, there, grids, still, tagged)
    arrived = _arrived(school, target.file_id, still)
    done.waiting += [_told(away, NOT_ARRIVED) for away in still if away not in arrived]
    now = look(school.run, home, reading, rows)
    sure = [away for away in arrived if now.has(away.rows)]
    done.waiting += [_told(away, AGAIN) for away in arrived if away not in sure]
    leaving = [row for away in sure for row in away.rows]
    done.meetings += [row.row.id for row in leaving if row.table == "meetings"]
    school.note(school.ledger.with_entries(done.entries))
    school.stay()
    empty_rows(school.run, now, reading, leaving, used_ids(school, home))
    done.cycles += [cycle for away in sure for cycle in away.cycles]


def _told(away: _Away, message: str) -> Problem:
    return Problem(cell=next(iter(away.pupil.row.cells.values()), ""), message=message)


def _rows_away(school: Held, home: str, cycles: list[Cycle]) -> Iterator[_Away]:
    wanted: dict[str, list[Cycle]] = {}
    for cycle in cycles:
        wanted.setdefault(cycle.pupil, []).append(cycle)
    for pupil_id, rows in rows_in(school, home, wanted).items():
        ids = {cycle.cycle_id for cycle in wanted[pupil_id]}
        pupil = next(row for row in rows if row.table == PUPILS)
        provision = {r.row.id for r in rows if r.table == "provision" and r.row.values.get("cycle") in ids}
        own = tuple(row for row in rows if _belongs(row, ids, provision))
        yield _Away(pupil=pupil, rows=own, cycles=tuple(wanted[pupil_id]))


def _belongs(row: PlacedRow, cycles: set[str], provision: set[str]) -> bool:
    if row.table == "cycles":
        return row.row.id in cycles
    if row.table == "log":
        return row.row.values.get("provision") in provision
    return row.row.values.get("cycle") in cycles


def _made_way(
    school: Held, target: str, there: Reading, grids: Mapping[int, Grid], every: list[_Away]
) -> list[PlacedRow]:
    """Rows taken out of the archive that a run which died put there, and that somebody has changed here since."""
    standing = rows_of_pupils(school.run.catalogue, there, grids, [away.pupil.row.id for away in every])
    now = {row.name: digest([row]) for away in every for row in away.rows}
    stale = [row for rows in standing.values() for row in rows if now.get(row.name, digest([row])) != digest([row])]
    if not stale:
        return []
    school.stay()
    tagged = tag_rows(school.run, target, there, stale)
    gone = [row for row in stale if row.name in tagged.found]
    ids = {row.id for table in there.tables.values() for row in table.rows}
    empty_rows(school.run, tagged, there, gone, ids)
    return gone


def _copy(
    school: Held,
    here: Reading,
    target: str,
    there: Reading,
    grids: Mapping[int, Grid],
    every: list[_Away],
    tagged: Tagged,
) -> None:
    """Copy what the archive lacks. A pupil's own row is copied once."""
    known = {(key, row.id) for key, table in there.tables.items() for row in table.rows}
    rows = [row for away in every for row in (away.pupil, *away.rows) if (row.table, row.row.id) not in known]
    if rows:
        arriving: list[Arriving] = [(row, tagged.found[row.name], here.tables[row.table]) for row in rows]
        school.stay()
        school.run.google.sheets.batch(target, insert_requests(school.run.catalogue, there, grids, arriving))


def _arrived(school: Held, target: str, every: list[_Away]) -> list[_Away]:
    """Those whose rows stand in the archive as they stand in the live workbook."""
    reading, grids = read_workbook(school.run, target, "plan")
    found = rows_of_pupils(school.run.catalogue, reading, grids, [away.pupil.row.id for away in every])
    arrived = []
    for away in every:
        names = {row.name for row in away.rows}
        if digest(row for row in found[away.pupil.row.id] if row.name in names) == digest(away.rows):
            arrived.append(away)
    return arrived
