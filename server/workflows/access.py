"""All that is held about a pupil, for an access request: everything, and a proposal of what to hand over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from server.plans.access_file import Asker, Omission, access_parts, held_rows, proposal
from server.plans.files import PUPIL
from server.plans.ledger import CALENDAR
from server.plans.model import School
from server.plans.own_events import own_events
from server.plans.sharing import OPEN_KINDS
from server.plans.transfer.leaving import leaving
from server.plans.transfer.pages import Facts, Part
from server.plans.trouble import Invalid
from server.workflows.planning import review_calendar
from server.workflows.run import Run
from server.workflows.survey import Survey, survey
from server.workflows.transfer import books_of
from sheets_templates.ids import leading_id
from sheets_templates.schema import Cell

NO_CONTACT = "There is no such parent or carer of this pupil in Contacts, so nothing was made."
BARRED = (
    "Contacts says that this person gets nothing about the pupil, or does not say. Look at the order, and ask the "
    "data protection officer. Nothing was made."
)
EVENTS, COPIES, SHARED = "In the calendar", "Copies of the plan", "Sharing log"
OTHERS = "It names another parent or carer."


@dataclass(frozen=True, kw_only=True)
class AccessFile:
    """Two answers in words, tab by tab: ``every`` has all, ``proposed`` lacks what ``omitted`` lists."""

    pupil_id: str
    every: tuple[Part, ...]
    proposed: tuple[Part, ...]
    omitted: tuple[Omission, ...]
    found: Survey = field(repr=False)


def access(run: Run, pupil_id: str, *, asked_by: str = "", school_id: str | None = None) -> AccessFile:
    """All rows in all workbooks and archives, the sharing log, copies and who reads them, events. ``asked_by`` is the
    id of a contact; without it the pupil asks. Raises Invalid where that person is to get nothing."""
    found = survey(run, school_id)
    _, books = books_of(run, found)
    rows = held_rows(run.catalogue, books, leaving(run.catalogue, books, pupil_id).every)
    asker = _asker(found.school, pupil_id, asked_by)
    kept, omitted = proposal(run.catalogue, asker, rows)
    beside = list(_beside(run, found, pupil_id))
    own, left = _of_others(beside, asker)
    return AccessFile(
        pupil_id=pupil_id,
        every=(*access_parts(run.catalogue, found.school, rows), *beside),
        proposed=(*access_parts(run.catalogue, found.school, kept), *own),
        omitted=(*omitted, *left),
        found=found,
    )


def _asker(school: School, pupil_id: str, asked_by: str) -> Asker:
    pupil = next(each for each in school.pupils if each.pupil_id == pupil_id)
    if not asked_by:
        return Asker(school=school, pupil=pupil)
    contacts = (c for c in school.contacts if c.contact_id == asked_by and leading_id(c.pupil) == pupil_id)
    contact = next(contacts, None)
    if contact is None:
        raise Invalid(NO_CONTACT, place=asked_by)
    if contact.restriction_kind not in OPEN_KINDS:
        raise Invalid(BARRED, place=asked_by)
    return Asker(school=school, pupil=pupil, contact=contact)


def _beside(run: Run, found: Survey, pupil_id: str) -> Iterator[Part]:
    """What stands outside the pupil's rows."""
    yield Part(title=SHARED, rows=tuple(_sharing(run, found, pupil_id)))
    copies = [file for file in found.files.every_copy if file.properties.get(PUPIL) == pupil_id]
    readers = {file.file_id: [p.email for p in file.permissions or () if p.role != "owner"] for file in copies}
    yield Part(
        title=COPIES,
        rows=tuple(
            (
                file.name,
                (("Link", file.link), ("Last changed", file.modified), ("Read by", ", ".join(readers[file.file_id]))),
            )
            for file in copies
        ),
    )
    yield Part(title=EVENTS, rows=tuple(_events(run, found, pupil_id)))


def _sharing(run: Run, found: Survey, pupil_id: str) -> Iterator[tuple[str, Facts]]:
    table = run.catalogue.table("sharing_log")
    for line in found.grids[found.senco_id].get(table.sheet_id, ())[1:]:
        said: dict[str, Cell] = dict(zip((column.header for column in table.columns), line, strict=False))
        if leading_id(str(said.get(table.column("pupil").header) or "")) == pupil_id:
            facts = ((header, str(cell)) for header, cell in said.items() if cell not in (None, ""))
            yield str(said.get(table.column("when").header) or ""), tuple(facts)


def _events(run: Run, found: Survey, pupil_id: str) -> Iterator[tuple[str, Facts]]:
    known = found.ledger.get(*CALENDAR)
    _, listing = review_calendar(run, found, known.remote_id if known else "")
    meetings = {row.meeting_id for row in found.school.meetings if row.pupil == pupil_id}
    for meeting, (_, event) in own_events(listing.events if listing else (), found.school, found.ledger).items():
        if meeting in meetings and event.status != "cancelled":
            yield meeting, (("Title", event.summary), ("Starts", event.start), ("Guests", ", ".join(event.guests)))


def _of_others(beside: Iterable[Part], asker: Asker) -> tuple[list[Part], list[Omission]]:
    """The same without the lines that name somebody else than who asks."""
    strangers = {
        text for other in asker.others for text in (other.email.strip().casefold(), other.name.casefold()) if text
    }
    kept, left = [], []
    for part in beside:
        rows = []
        for name, facts in part.rows:
            marked = {heading for heading, text in facts if any(each in text.casefold() for each in strangers)}
            left += [Omission(tab=part.title, row_id=name, column=heading, why=OTHERS) for heading in sorted(marked)]
            rows.append((name, tuple(fact for fact in facts if fact[0] not in marked)))
        kept.append(Part(title=part.title, rows=tuple(rows)))
    return kept, left
