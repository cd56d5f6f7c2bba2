"""After a move: a pupil's rows taken out of the school's workbooks, so that only the lists of files sent and
asked for stay. Never by itself: the file sent must hold every row as it stands, the next school must have said that
it has it, and a dry run gives the code that the real run asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from server.plans.model import Transfer
from server.plans.moving import PlacedRow, digest
from server.plans.records import records
from server.plans.school import rows_of
from server.plans.transfer.leaving import Book, Leaving, leaving
from server.plans.transfer.opening import opened
from server.plans.transfer.record import TransferFile
from server.plans.trouble import Invalid
from server.workflows.keeping import Held, held
from server.workflows.rows import empty_rows, tag_rows
from server.workflows.run import Run
from server.workflows.survey import Survey, survey
from server.workflows.transfer import SENT, books_of
from sheets_templates.ids import is_id

KEPT = frozenset({"transfers", "access_requests"})
ANOTHERS = "That file is not this pupil's. Nothing was removed."
UNCONFIRMED = (
    "Transfers does not say that the next school has the file: enter the day under Confirmed. Nothing was removed."
)
CHANGED = (
    "{tab} {row} is not in the file as it stands in the workbook, so nothing was removed. Make the file anew, send "
    "it, and have it confirmed."
)
NO_CODE = "Run it with --dry-run first, look, and give the code it ends with: --confirm {code}. Nothing was removed."
AGAIN = "Somebody was typing in this pupil's rows, so the rest was left. Make a dry run, and go on."


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """Rows by tab that were emptied; with ``dry_run`` those that would be, and the ``code`` for the real run."""

    pupil_id: str
    rows: Mapping[str, int]
    code: str
    dry_run: bool = False


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """The rows to be emptied, by the id of their workbook, the pupil's own row in the last of them."""

    books: Mapping[str, Book] = field(repr=False)
    rows: Mapping[str, tuple[PlacedRow, ...]]

    @property
    def every(self) -> tuple[PlacedRow, ...]:
        return tuple(row for rows in self.rows.values() for row in rows)

    @property
    def code(self) -> str:
        return digest(self.every)[:8]


def forget(
    run: Run,
    pupil_id: str,
    content: bytes,
    *,
    confirm: str = "",
    school_id: str | None = None,
    dry_run: bool = False,
) -> Forgotten:
    """Empty the pupil's rows everywhere. Cut short, a new dry run and a new code go on where it stopped.

    The next round takes back the copies that parents had, and cancels meetings still to come."""
    sent = opened(run.catalogue, content).file
    if sent.pupil != pupil_id:
        raise Invalid(ANOTHERS, place=pupil_id)
    if dry_run:
        return _told(run, pupil_id, _plan(run, survey(run, school_id), sent), dry_run=True)
    with held(run, school_id) as school:
        plan = _plan(run, school.survey, sent)
        if confirm != plan.code:
            raise Invalid(NO_CODE.format(code="CODE"), place=pupil_id)
        for file_id, rows in plan.rows.items():
            _empty(school, file_id, plan.books[file_id], rows)
        school.end(school.ledger)
    return _told(run, pupil_id, plan, dry_run=False)


def _told(run: Run, pupil_id: str, plan: _Plan, *, dry_run: bool) -> Forgotten:
    counts = Counter(run.catalogue.table(row.table).title for row in plan.every)
    return Forgotten(pupil_id=pupil_id, rows=dict(counts), code=plan.code, dry_run=dry_run)


def _plan(run: Run, found: Survey, sent: TransferFile) -> _Plan:
    lines = records(Transfer, rows_of(found.senco, "transfers"))
    if not any(line.pupil == sent.pupil and line.direction == SENT and line.confirmed for line in lines):
        raise Invalid(UNCONFIRMED, place=sent.pupil)
    names, books = books_of(run, found)
    going = leaving(run.catalogue, books, sent.pupil)
    _refuse_changed(run, going, sent)
    rows = {
        name: tuple(row for at, row in going.every if at == number and row.table not in KEPT)
        for number, name in enumerate(names)
    }
    home = found.homes[sent.pupil]
    order = sorted((name for name in names if rows[name]), key=lambda name: name == home)
    return _Plan(books=dict(zip(names, books, strict=True)), rows={name: rows[name] for name in order})


def _refuse_changed(run: Run, going: Leaving, sent: TransferFile) -> None:
    """Every row that stands and travels is in the file and says nothing else there."""
    known = {(key, row.id): {**row.values, **row.unread} for key, row in sent.rows()}
    for key, row in going.file.rows():
        there = known.get((key, row.id))
        if there is None or any(
            there.get(column) != value for column, value in {**row.values, **row.unread}.items() if value is not False
        ):
            raise Invalid(CHANGED.format(tab=run.catalogue.table(key).title, row=row.id), place=row.id)


def _empty(school: Held, file_id: str, book: Book, rows: Sequence[PlacedRow]) -> None:
    tagged = tag_rows(school.run, file_id, book.reading, rows)
    if not tagged.has(rows):
        raise Invalid(AGAIN)
    school.stay()
    cells = (cell for grid in book.grids.values() for row in grid for cell in row)
    taken = {cell for cell in cells if isinstance(cell, str) and is_id(cell)}
    empty_rows(school.run, tagged, book.reading, rows, taken)
