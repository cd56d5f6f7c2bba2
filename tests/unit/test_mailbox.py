"""Two spellings of one mailbox are one person: nobody is taken off and mailed again in every run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.plans.files import SchoolFiles
from server.plans.ledger import Ledger
from server.plans.mailbox import mailbox
from server.plans.model import Contact, Cycle, Pupil, School
from server.plans.ports import DOCUMENT, Permission, RemoteFile
from server.plans.publishing import CopyWanted, plan_publication
from server.plans.sharing import copies_for

TYPED, LISTED = "Jo.Ann.Smith+school@GoogleMail.com", "joannsmith@gmail.com"


@pytest.mark.parametrize(
    ("one", "other"),
    [(TYPED, LISTED), ("a.b@gmail.com", "ab@googlemail.com"), ("Head@School.example", "head@school.example")],
)
def test_spellings_of_one_mailbox_are_the_same(one: str, other: str) -> None:
    assert mailbox(one) == mailbox(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("a.b@school.example", "ab@school.example"), ("a+b@school.example", "a@school.example"), ("", "a@gmail.com")],
)
def test_outside_gmail_every_character_counts(one: str, other: str) -> None:
    assert mailbox(one) != mailbox(other)


def contact(contact_id: str, email: str, kind: str = "none") -> Contact:
    return Contact(
        contact_id=contact_id, pupil="P1", email=email, household="H1", receives_plan_copy=True, restriction_kind=kind
    )


SCHOOL = School(
    pupils=(Pupil(pupil_id="P1", first_name="Sam", ready_to_share=True),),
    cycles=(Cycle(cycle_id="P1-C1", pupil="P1"),),
    contacts=(contact("C1", TYPED),),
)


def test_a_reader_listed_under_another_spelling_is_left_alone() -> None:
    (copy,) = copies_for(SCHOOL, SCHOOL.pupils[0])
    grants = (
        Permission(permission_id="1", type="user", role="owner", email="senco@school.example"),
        Permission(permission_id="2", type="user", role="reader", email=LISTED),
    )
    file = RemoteFile(
        file_id="F", name="t", mime_type=DOCUMENT, properties={"senplans_view": "v"}, permissions=grants
    )
    files = SchoolFiles(
        school_id="S", folder=None, senco=None, plans=(), template=None, copies={("P1", "H1"): (file,)}, spare=()
    )
    wanted = CopyWanted(copy=copy, title="t", view_hash="v")
    assert plan_publication([wanted], files, Ledger({})).is_empty


def test_a_barred_persons_mailbox_is_barred_in_every_spelling() -> None:
    shared = replace(SCHOOL, contacts=(*SCHOOL.contacts, contact("C2", LISTED, "no_information")))
    (copy,) = copies_for(shared, shared.pupils[0])
    assert copy.readers == ()
