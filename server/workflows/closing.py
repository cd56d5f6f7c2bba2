"""Write back what a round did: the ledger, the Sharing log and the statuses, one batch per workbook that changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date

from server.plans.files import VIEW
from server.plans.ledger import CALENDAR, VERSION, Entry, Ledger, version_entry
from server.plans.mailbox import mailbox
from server.plans.model import Finding, School
from server.plans.ports import Permission, PermissionChange, RemoteFile, Request
from server.plans.publishing import CopyName, CopyWanted
from server.plans.rules import findings
from server.plans.statuses import LOOKED, StatusRow, day_text, status_rows
from server.plans.told import copies_sent, newly_told, outlived
from server.workflows.lease import Lease
from server.workflows.performing import Performed, doc_entry
from server.workflows.planning import RoundPlan
from server.workflows.run import Run
from server.workflows.survey import Survey
from sheets_templates.ledger import append_log_requests, ledger_requests
from sheets_templates.readback_merges import filled_mark, has_merged

GIVEN = "May read the copy"
TAKEN = "May no longer read the copy"
NOT_IN_CONTACTS = "Somebody who is not in Contacts"


def close(run: Run, plan: RoundPlan, done: Performed, lease: Lease) -> None:
    """Write what changed and give the lease back, in one batch for each workbook concerned."""
    after = ledger_after(run, plan, done)
    for file_id, rows in _changed_statuses(run, plan, after):
        run.google.sheets.batch(file_id, ledger_requests(run.catalogue, "status", [asdict(row) for row in rows]))
    requests = list(_senco_requests(run, plan, done, after))
    guarded = [*lease.renew(run.now()), *requests, *lease.release()] if requests else lease.release()
    run.google.sheets.batch(lease.spreadsheet_id, guarded)


def needs_closing(run: Run, plan: RoundPlan) -> bool:
    """Whether the workbooks' own account of things is out of date although nothing else is to be done."""
    done = Performed(docs=dict(plan.publication.kept), calendar_id=plan.calendar_id)
    after = ledger_after(run, plan, done)
    return bool(list(_changed_statuses(run, plan, after)) or list(_senco_requests(run, plan, done, after)))


def _senco_requests(run: Run, plan: RoundPlan, done: Performed, after: Ledger) -> Iterator[Request]:
    if after.rows() != plan.survey.ledger.rows():
        yield from ledger_requests(run.catalogue, "senplans", after.rows())
    lines = list(_log_rows(plan, done, after, run.today))
    if lines:
        log = plan.survey.senco.tables["sharing_log"]
        yield from append_log_requests(run.catalogue, lines, columns=log.columns or None)


def ledger_after(run: Run, plan: RoundPlan, done: Performed) -> Ledger:
    """The ledger once everything that Google confirmed is written down, and nothing else."""
    today = run.today
    changed: list[Entry] = list(_event_entries(plan, done))
    if not plan.survey.older and plan.survey.ledger.get(*VERSION) is None:
        changed.append(version_entry(run.catalogue.version))
    removed: list[tuple[str, str]] = []
    if plan.wanted:
        copies = list(_copy_entries(plan, done, today))
        changed += [plan.template.entry, *_doc_entries(plan, done, today), *copies]
        kept = {entry.name for entry in changed}
        removed = [e.name for e in plan.survey.ledger.entries.values() if e.kind in ("doc", "copy")]
        removed = [name for name in removed if name not in kept]
        changed += _told_entries(plan, done, {entry.key for entry in copies}, today)
        removed += outlived(plan.survey.ledger, plan.survey.school.reviews)
    if done.calendar_id:
        changed.append(Entry(kind=CALENDAR[0], key=CALENDAR[1], remote_id=done.calendar_id))
    return plan.survey.ledger.with_entries(changed, removed)


def _doc_entries(plan: RoundPlan, done: Performed, today: date) -> Iterator[Entry]:
    for wanted in plan.wanted:
        if wanted.name in done.docs:
            yield doc_entry(plan, done, wanted.name, today)


def _copy_entries(plan: RoundPlan, done: Performed, today: date) -> Iterator[Entry]:
    """One line for each contact who may read a copy now: which Doc, and when it last changed."""
    for wanted in plan.wanted:
        if wanted.name not in done.docs:
            continue
        readers = readers_now(plan, done, done.docs[wanted.name])
        doc = doc_entry(plan, done, wanted.name, today)
        for reader in wanted.copy.readers:
            if mailbox(reader.email) in readers:
                yield Entry(kind="copy", key=reader.contact_id, remote_id=doc.remote_id, time=doc.time)


def _told_entries(plan: RoundPlan, done: Performed, given: Collection[str], today: date) -> Iterator[Entry]:
    """A line for each family that has the updated plan after a review, from this round on."""
    by_pupil: dict[str, list[CopyWanted]] = {}
    for wanted in plan.wanted:
        by_pupil.setdefault(wanted.copy.pupil_id, []).append(wanted)
    seen = {f.file_id: f.properties.get(VIEW) for f in plan.survey.files.every_copy}

    def is_current(wanted: CopyWanted) -> bool:
        standing = seen.get(done.docs.get(wanted.name, "")) == wanted.view_hash
        return wanted.ready and (standing or wanted.name in done.written)

    def is_shared(pupil_id: str) -> bool:
        copies = [wanted for wanted in by_pupil.get(pupil_id, ()) if wanted.copy.readers]
        readers = [reader for wanted in copies for reader in wanted.copy.readers]
        return bool(copies) and all(map(is_current, copies)) and all(r.contact_id in given for r in readers)

    yield from newly_told(plan.survey.school, plan.survey.ledger, today, is_shared)


def readers_now(plan: RoundPlan, done: Performed, file_id: str) -> frozenset[str]:
    """Mailboxes that may read a copy now: those that could when it was listed, and what Google confirmed since."""
    readers = {mailbox(p.email) for p in _grants(plan.survey.files.every_copy, file_id)}
    for outcome in done.permissions:
        if outcome.done and outcome.change.file_id == file_id:
            (readers.discard if outcome.change.removes else readers.add)(mailbox(outcome.change.email))
    return frozenset(readers)


def _grants(files: Iterable[RemoteFile], file_id: str) -> list[Permission]:
    return [p for f in files if f.file_id == file_id for p in f.permissions or () if p.role != "owner"]


def _event_entries(plan: RoundPlan, done: Performed) -> Iterator[Entry]:
    """Lines of events that stand as planned: a write that failed leaves its old line."""
    failed = {o.write.event_id for o in done.events if not o.done}
    planned = {w.event_id for w in plan.reviews.writes}
    confirmed = {o.write.event_id for o in done.events if o.done}
    for key, entry in plan.reviews.entries.items():
        before = plan.survey.ledger.get("event", key)
        touched = {entry.remote_id, before.remote_id if before else ""} & planned
        if not touched or (touched <= confirmed and not touched & failed):
            yield entry


def _log_rows(plan: RoundPlan, done: Performed, after: Ledger, today: date) -> Iterator[dict[str, str]]:
    """The Sharing log's new lines, told from the ledger: so a line lost with a crash is made up by the next run."""
    before = {entry.key: entry for entry in plan.survey.ledger.of_kind("copy")}
    now = {entry.key: entry for entry in after.of_kind("copy")}
    for key, entry in now.items():
        if key not in before or before[key].remote_id != entry.remote_id:
            yield _log_row(plan, done, entry.remote_id, _contact_label(plan, key), GIVEN, today)
    for key, entry in before.items():
        if key not in now:
            yield _log_row(plan, done, entry.remote_id, _contact_label(plan, key), TAKEN, today)
    for change in _strangers_removed(plan, done):
        yield _log_row(plan, done, change.file_id, NOT_IN_CONTACTS, TAKEN, today)


def _contact_label(plan: RoundPlan, contact_id: str) -> str:
    name = next((c.name for c in plan.survey.school.contacts if c.contact_id == contact_id), "")
    return f"{contact_id} {name}".strip()


def _strangers_removed(plan: RoundPlan, done: Performed) -> Iterator[PermissionChange]:
    """People who lost a copy without ever having been given it here."""
    copies = {file.file_id for file in plan.survey.files.every_copy}
    known = {(c.pupil, mailbox(c.email)) for c in plan.survey.school.contacts}
    for outcome in done.permissions:
        change = outcome.change
        pupil_id, _ = _named(plan, done, change.file_id)
        stranger = (pupil_id, mailbox(change.email)) not in known
        if outcome.done and change.removes and change.file_id in copies and stranger:
            yield change


def _log_row(plan: RoundPlan, done: Performed, file_id: str, contact: str, what: str, today: date) -> dict[str, str]:
    pupil_id, household = _named(plan, done, file_id)
    return {
        "when": day_text(today),
        "pupil": next((p.label for p in plan.survey.school.pupils if p.pupil_id == pupil_id), pupil_id),
        "household": household,
        "contact": contact,
        "what": what,
        "document": f"https://docs.google.com/document/d/{file_id}",
    }


def _named(plan: RoundPlan, done: Performed, file_id: str) -> CopyName:
    listed = {f.file_id: name for name, files in plan.survey.files.copies.items() for f in files}
    listed |= {made: name for name, made in done.docs.items()}
    return listed.get(file_id, ("", ""))


def _changed_statuses(run: Run, plan: RoundPlan, after: Ledger) -> Iterator[tuple[str, tuple[StatusRow, ...]]]:
    """Plan workbooks whose ``_status`` no longer says what it should, with the rows it should hold."""
    survey = plan.survey
    said = _findings_after(run, survey, after)
    for file_id, before in survey.statuses.items():
        own = {row.id for row in survey.readings[file_id].tables["meetings"].rows}
        meetings = plan.reviews.statuses or _before(before, "meeting")
        shared = shared_texts(plan, after) if plan.wanted else _before(before, "shared")
        rows = status_rows(
            _as_in(survey, file_id),
            said,
            {key: text for key, text in meetings.items() if key in own},
            {key: text for key, text in shared.items() if survey.homes.get(key, file_id) == file_id},
            run.today,
        )
        seen = StatusRow(kind=LOOKED[0], key=LOOKED[1], status=filled_mark(run.catalogue, survey.readings[file_id]))
        if set(rows) != {row for row in before if (row.kind, row.key) != LOOKED}:
            yield file_id, rows if has_merged(survey.readings[file_id]) else (*rows, seen)


def _findings_after(run: Run, survey: Survey, after: Ledger) -> tuple[Finding, ...]:
    """What the rules say once the days that this round noted are believed, so that the next round writes nothing."""
    sent = copies_sent(after)
    if sent == survey.school.copies_sent:
        return survey.findings
    return findings(replace(survey.school, copies_sent=sent), run.today)


def _as_in(survey: Survey, file_id: str) -> School:
    """The school as far as one of its workbooks tells: a class's workbook says nothing of other classes."""
    school = survey.school
    own = {pupil for pupil, home in survey.homes.items() if home == file_id}
    return replace(
        school,
        pupils=tuple(p for p in school.pupils if p.pupil_id in own),
        cycles=tuple(c for c in school.cycles if len(survey.readings) == 1 or c.pupil in own),
    )


def _before(rows: Iterable[StatusRow], kind: str) -> Mapping[str, str]:
    return {row.key: row.status for row in rows if row.kind == kind}


def shared_texts(plan: RoundPlan, after: Ledger) -> Mapping[str, str]:
    """Per pupil, what the Pupils tab says of the family's copies."""
    texts: dict[str, str] = {}
    by_pupil: dict[str, list[CopyWanted]] = {}
    for wanted in plan.wanted:
        by_pupil.setdefault(wanted.copy.pupil_id, []).append(wanted)
    for pupil in plan.survey.school.pupils:
        texts[pupil.pupil_id] = _shared_text(by_pupil.get(pupil.pupil_id, []), after)
    return {key: text for key, text in texts.items() if text}


def _shared_text(copies: list[CopyWanted], after: Ledger) -> str:
    docs = [entry for w in copies if (entry := after.get("doc", "/".join(w.name)))]
    given = [r for w in copies for r in w.copy.readers if after.get("copy", r.contact_id)]
    due = [r for w in copies for r in w.copy.readers]
    if not due:
        return ""
    if not all(wanted.ready for wanted in copies):
        return "Not ready to share" if not docs else "Changes wait: tick Ready to share"
    if len(given) < len(due) or not docs:
        return f"Shared with {len(given)} of {len(due)}"
    days = [day for entry in docs if (day := entry.day)]
    return f"Shared, last changed {day_text(max(days))}" if days else "Shared"
