"""Who gets which copy, planned over any school and any state of Drive."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from server.plans.files import COPY_KIND, REDACTED, VIEW, SchoolFiles, of_school, properties
from server.plans.ledger import Entry, Ledger
from server.plans.mailbox import address
from server.plans.model import Contact, Cycle, Pupil, School, Settings
from server.plans.ports import DOCUMENT, Permission, RemoteFile
from server.plans.publishing import CopyWanted, Publication, plan_publication, wanted_copies
from server.plans.sharing import barred_mailboxes, copies_for, invited, is_entitled

OWNER = "senco@school.example"
ADDRESSES = ("ann@example.org", "Bob@Example.org", " cy@example.org ", "dee@example.org", "no address", "")
HOUSEHOLDS = ("H1", "H2", "")

contacts = st.builds(
    Contact,
    contact_id=st.sampled_from([f"C{n}" for n in range(8)]),
    pupil=st.sampled_from(["P1", "P2"]),
    email=st.sampled_from(ADDRESSES),
    household=st.sampled_from(HOUSEHOLDS),
    receives_plan_copy=st.booleans(),
    restriction_kind=st.sampled_from(["none", "redact", "no_information", "something else", ""]),
)
schools = st.builds(
    lambda people: School(
        settings=Settings(school_id="S1"),
        contacts=tuple({c.contact_id: c for c in people}.values()),
        pupils=(Pupil(pupil_id="P1"), Pupil(pupil_id="P2")),
        cycles=(Cycle(cycle_id="Y1", pupil="P1"), Cycle(cycle_id="Y2", pupil="P2")),
    ),
    st.lists(contacts, max_size=8),
)
grants = st.builds(
    Permission,
    permission_id=st.sampled_from([f"p{n}" for n in range(9)]),
    type=st.sampled_from(["user", "anyone", "domain", "group"]),
    role=st.sampled_from(["reader", "commenter", "writer"]),
    email=st.sampled_from([address(a) for a in ADDRESSES] + ["stranger@elsewhere.example"]),
)
copies = st.builds(
    lambda number, pupil, household, view, given_to, redacted: RemoteFile(
        file_id=f"f{number}",
        name="SEN support plan",
        mime_type=DOCUMENT,
        properties={
            **properties("S1", COPY_KIND, pupil=pupil, household=household),
            VIEW: view,
            REDACTED: redacted,
        },
        permissions=(
            Permission(permission_id="o", type="user", role="owner", email=OWNER),
            *{p.permission_id: p for p in given_to}.values(),
        ),
        created=f"2026-01-{number:02}",
    ),
    st.integers(1, 9),
    st.sampled_from(["P1", "P2", "P9"]),
    st.sampled_from(["H1", "H2", "C1", "old"]),
    st.sampled_from(["v1", "v2"]),
    st.lists(grants, max_size=4),
    st.sampled_from(["yes", "no"]),
)
drives = st.lists(copies, max_size=6).map(lambda found: tuple({f.file_id: f for f in found}.values()))
wishes = st.tuples(st.sampled_from(["v1", "v2"]), st.booleans(), st.booleans())


def wanted(school: School, wish: tuple[str, bool, bool]) -> tuple[CopyWanted, ...]:
    view, ready, redacted = wish
    return tuple(
        CopyWanted(copy=copy, title="SEN support plan", view_hash=view, ready=ready, redacted=redacted)
        for _, copy in wanted_copies(school)
    )


def planned(school: School, drive: tuple[RemoteFile, ...], wish: tuple[str, bool, bool]) -> Publication:
    return plan_publication(wanted(school, wish), files_of(drive), Ledger.of((), workbook_id="w"))


def files_of(drive: tuple[RemoteFile, ...]) -> SchoolFiles:
    return of_school(drive, "S1")


def applied(drive: tuple[RemoteFile, ...], plan: Publication) -> tuple[RemoteFile, ...]:
    """Drive after the plan, as the performer carries it out: take away, bin, write, then share."""
    binned = {file.file_id for file in plan.trash}
    files = {file.file_id: file for file in drive if file.file_id not in binned}
    for change in plan.removals:
        if change.file_id in files:
            file = files[change.file_id]
            kept = tuple(p for p in file.permissions or () if p.permission_id != change.permission_id)
            files[file.file_id] = replace(file, permissions=kept)
    additions = [(change.file_id, change.email) for change in plan.additions]
    for number, write in enumerate(plan.writes):
        copy = write.wanted
        marks = {VIEW: copy.view_hash, REDACTED: "yes" if copy.redacted else "no"}
        if write.file_id:
            file = files[write.file_id]
            files[file.file_id] = replace(file, properties={**file.properties, **marks})
            continue
        own = properties("S1", COPY_KIND, pupil=copy.copy.pupil_id, household=copy.copy.household)
        name = f"new{number}"
        owner = (Permission(permission_id="o", type="user", role="owner", email=OWNER),)
        files[name] = RemoteFile(
            file_id=name,
            name=copy.title,
            mime_type=DOCUMENT,
            properties={**own, **marks},
            permissions=owner,
            created="2027",
        )
        additions += [(name, reader.email) for reader in copy.copy.readers]
    for file_id, email in additions:
        file = files[file_id]
        grant = Permission(permission_id=f"to {email}", type="user", role="reader", email=email)
        files[file_id] = replace(file, permissions=(*(file.permissions or ()), grant))
    return tuple(files.values())


@given(schools, drives, wishes)
def test_planning_again_after_the_plan_was_carried_out_finds_nothing_to_do(
    school: School, drive: tuple[RemoteFile, ...], wish: tuple[str, bool, bool]
) -> None:
    after = applied(drive, planned(school, drive, wish))
    assert planned(school, after, wish).is_empty


@given(schools, drives, wishes)
def test_afterwards_nobody_reads_a_copy_but_its_own_household_s_entitled_readers(
    school: School, drive: tuple[RemoteFile, ...], wish: tuple[str, bool, bool]
) -> None:
    for file in applied(drive, planned(school, drive, wish)):
        name = file.properties["senplans_pupil"], file.properties["senplans_household"]
        entitled = {
            address(c.email) for c in school.contacts if (c.pupil, c.household_key) == name and is_entitled(c)
        } - barred_mailboxes(c for c in school.contacts if c.pupil == name[0])
        for grant in file.permissions or ():
            if grant.role != "owner":
                assert (grant.type, grant.role) == ("user", "reader")
                assert grant.email in entitled


@given(schools, drives, wishes)
def test_every_entitled_reader_of_a_ready_pupil_reads_exactly_one_copy(
    school: School, drive: tuple[RemoteFile, ...], wish: tuple[str, bool, bool]
) -> None:
    view, _, redacted = wish
    after = files_of(applied(drive, planned(school, drive, (view, True, redacted))))
    for copy in wanted(school, (view, True, redacted)):
        found = after.copies.get(copy.name, ())
        if copy.copy.readers:
            (file,) = found
            assert file.properties[VIEW] == view
            readers = {p.email for p in file.permissions or () if p.role != "owner"}
            assert readers == {reader.email for reader in copy.copy.readers}


@given(schools, drives, st.sampled_from(["v1", "v2"]))
def test_what_is_not_ready_is_neither_written_nor_given_to_anybody_new(
    school: School, drive: tuple[RemoteFile, ...], view: str
) -> None:
    plan = planned(school, drive, (view, False, False))
    assert plan.writes == ()
    assert plan.additions == ()


@given(schools, drives, wishes, st.text(max_size=5), st.sampled_from([f"f{n}" for n in range(1, 10)]))
def test_a_forged_ledger_line_only_ever_chooses_among_the_copies_of_that_very_household(
    school: School, drive: tuple[RemoteFile, ...], wish: tuple[str, bool, bool], key: str, target: str
) -> None:
    lines = [Entry(kind="doc", key=name, remote_id=target) for name in ("P1/H1", "P2/H2", key)]
    files = files_of(drive)
    plan = plan_publication(wanted(school, wish), files, Ledger.of(lines, workbook_id="w"))
    for write in plan.writes:
        assert not write.file_id or write.file_id in {f.file_id for f in files.copies[write.wanted.name]}


@given(schools)
def test_nobody_barred_is_a_reader_or_a_guest(school: School) -> None:
    for pupil in school.pupils:
        barred = barred_mailboxes(c for c in school.contacts if c.pupil == pupil.pupil_id)
        readers = {reader.email for copy in copies_for(school, pupil) for reader in copy.readers}
        assert not barred & readers
        assert not barred & {reader.email for reader in invited(school, pupil.pupil_id)}
