"""A pupil's file sent to the next school, or one received from the last. Planned first; a dry run writes nothing.

The file itself is given back, never kept: where it goes is for the person who asked for it to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from server.plans.model import Transfer
from server.plans.records import records
from server.plans.school import rows_of
from server.plans.several import PUPILS
from server.plans.transfer.arriving import Arrival, arrival
from server.plans.transfer.leaving import Book, Leaving, LeftOut, leaving
from server.plans.transfer.mentions import Mention, mentions
from server.plans.transfer.opening import Opened, opened
from server.plans.transfer.record import TransferFile, canonical
from server.plans.trouble import Invalid
from server.workflows.import_places import spare_ids, standing, workbook_for
from server.workflows.import_rows import Imported, checked, perform
from server.workflows.run import Run
from server.workflows.survey import Survey, read_workbook, survey
from sheets_templates.ids import fresh_ids
from sheets_templates.imports.matching import Add, Change, Proposals
from sheets_templates.text import comparable

SENT, RECEIVED = "Sent", "Received"
OLDER = "These workbooks lack what this version writes. Run “senplans upgrade” first. Nothing was changed."
NO_WORKBOOK = "No plan workbook of this school is for {group}, so nothing was changed. Make it, or say --class."


@dataclass(frozen=True, kw_only=True)
class Move:
    """Which school a pupil goes to or comes from, and their last or first day."""

    school: str
    moved: date


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file made for the next school. ``logged`` says that Transfers has a new line; ``unready`` that rows still
    wait for an id, so that they are not in it yet."""

    content: bytes
    leaving: Leaving
    found: Survey = field(repr=False)
    mentions: tuple[Mention, ...] = ()
    unready: int = 0
    logged: bool = False
    dry_run: bool = False

    @property
    def left(self) -> tuple[LeftOut, ...]:
        return self.leaving.left


@dataclass(frozen=True, kw_only=True)
class ReceivedFile:
    """What became of a file: its rows with the ids they have here. ``whole`` says that, read back, nothing of it is
    missing."""

    opened: Opened
    arrival: Arrival
    imported: Imported
    whole: bool = False

    @property
    def dry_run(self) -> bool:
        return self.imported.dry_run


def books_of(run: Run, found: Survey) -> tuple[tuple[str, ...], list[Book]]:
    """Every workbook of a school that may hold a pupil's rows, archives first, and the ids of their files."""
    archives = [(file.file_id, *read_workbook(run, file.file_id, "plan")) for file in found.files.archives]
    live = [(file_id, reading, found.grids[file_id]) for file_id, reading in found.readings.items()]
    every = [*archives, *live, (found.senco_id, found.senco, found.grids[found.senco_id])]
    return tuple(name for name, _, _ in every), [Book(reading=read, grids=grids) for _, read, grids in every]


def send(
    run: Run, pupil_id: str, *, move: Move | None = None, school_id: str | None = None, dry_run: bool = False
) -> SentFile:
    """The pupil's whole file. With ``move`` the day is written down in Transfers, once."""
    found = survey(run, school_id)
    going = leaving(run.catalogue, books_of(run, found)[1], pupil_id)
    logged = False
    if move is not None:
        line = _Line(pupil_id=pupil_id, direction=SENT, move=move, today=run.today)
        result = perform(run, lambda now: line.proposed(run, now), school_id=school_id, dry_run=dry_run)
        logged = bool(result.added or result.filled)
    return SentFile(
        content=canonical(run.catalogue, going.file),
        leaving=going,
        found=found,
        mentions=tuple(mentions(run.catalogue, going.file, found.school.pupils)),
        unready=_unready(found, pupil_id),
        logged=logged,
        dry_run=dry_run,
    )


def _unready(found: Survey, pupil_id: str) -> int:
    """Rows of the pupil without an id of their own; the next run of anything gives them one."""
    tables = [table for reading in (found.senco, *found.readings.values()) for table in reading.tables.values()]
    lacking = [each.row for table in tables for each in table.missing_ids]
    lacking += [each.row for table in tables for each in table.duplicate_ids]
    return sum(row.values.get("pupil") == pupil_id for row in lacking)


def receive(
    run: Run,
    content: bytes,
    *,
    move: Move,
    class_form: str = "",
    here_as: str = "",
    school_id: str | None = None,
    dry_run: bool = False,
) -> ReceivedFile:
    """Bring a file in. Raises Invalid where it can't be believed, or nobody can tell whose it is.

    Nothing that stands here is changed; run again, it adds nothing."""
    given = opened(run.catalogue, content)
    plans: list[Arrival] = []

    def proposed(now: Survey) -> Proposals:
        plans.append(_arrival(run, now, given.file, here_as))
        line = _Line(pupil_id=plans[-1].pupil, direction=RECEIVED, move=move, today=run.today)
        told = line.proposed(run, now)
        adds = tuple(_joining(add, move.moved, class_form) for add in plans[-1].adds)
        _refuse_homeless(now, adds)
        return Proposals(adds=(*adds, *told.adds), fills=(*plans[-1].fills, *told.fills))

    imported = checked(perform(run, proposed, school_id=school_id, dry_run=dry_run))
    whole = not dry_run and _stands(run, plans[-1], class_form, imported.plan.survey.files.school_id)
    return ReceivedFile(opened=given, arrival=plans[-1], imported=imported, whole=whole)


def _arrival(run: Run, now: Survey, file: TransferFile, here_as: str) -> Arrival:
    existing, _ = standing(now)
    return arrival(run.catalogue, file, existing, spare_ids(run, now), here_as=here_as)


def _joining(add: Add, joined: date, class_form: str) -> Add:
    """A new pupil's own row gets the first day here, and the class that was said."""
    if add.table != PUPILS:
        return add
    more = {"joined": joined, **({"class_form": class_form} if class_form else {})}
    return replace(add, values={**add.values, **more})


def _refuse_homeless(now: Survey, adds: tuple[Add, ...]) -> None:
    for add in adds:
        if add.table == PUPILS and workbook_for(now, add) is None:
            group = str(add.values.get("class_form") or add.values.get("year_group") or "this pupil")
            raise Invalid(NO_WORKBOOK.format(group=group), place=group)


def _stands(run: Run, plan: Arrival, class_form: str, school_id: str) -> bool:
    """Whether taking the pupil out of the school again gives everything that was in the file."""
    there = leaving(run.catalogue, books_of(run, survey(run, school_id))[1], plan.pupil).file
    known = {(key, row.id): row for key, row in there.rows()}
    differs = {(change.table, change.row_id, change.column) for change in plan.differs}
    differs |= {(PUPILS, plan.pupil, "class_form")} if class_form else set()
    return all(
        (found := known.get((key, row.id))) is not None
        and all(
            found.values.get(column) == value or found.unread.get(column) == value or (key, row.id, column) in differs
            for column, value in {**row.values, **row.unread}.items()
        )
        for key, row in plan.file.rows()
    )


@dataclass(frozen=True, kw_only=True)
class _Line:
    """One line of Transfers, found again by pupil, direction and school."""

    pupil_id: str
    direction: str
    move: Move
    today: date

    def proposed(self, run: Run, now: Survey) -> Proposals:
        """The line to add, or the day to fill in. Raises Invalid where the workbooks are of an earlier version."""
        if now.older:
            raise Invalid(OLDER)
        standing_line = next(self._standing(now), None)
        if standing_line is None:
            return Proposals(adds=(self._add(run, now),))
        row = {"table": "transfers", "row_id": standing_line.transfer_id, "pupil": self.pupil_id}
        missing = {"file_date": self.today} if standing_line.file_date is None else {}
        return Proposals(fills=tuple(Change(**row, column=key, after=day) for key, day in missing.items()))

    def _standing(self, now: Survey) -> Iterator[Transfer]:
        for line in records(Transfer, rows_of(now.senco, "transfers")):
            same = comparable(line.school) == comparable(self.move.school)
            if line.pupil == self.pupil_id and line.direction == self.direction and same:
                yield line

    def _add(self, run: Run, now: Survey) -> Add:
        table = run.catalogue.table("transfers")
        taken = {*spare_ids(run, now)["transfers"], *(row.id for row in rows_of(now.senco, "transfers"))}
        salt = f"{now.senco_id}/{self.direction}/{self.pupil_id}/{comparable(self.move.school)}"
        (name,) = fresh_ids(table, salt, taken, 1)
        values: Mapping[str, object] = {
            "pupil": self.pupil_id,
            "direction": self.direction,
            "school": self.move.school,
            "moved": self.move.moved,
            "file_date": self.today,
        }
        return Add(table="transfers", row_id=name, pupil=self.pupil_id, values=values)
