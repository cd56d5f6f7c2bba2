"""Who is entitled to a copy: in doubt nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.plans.mailbox import address
from server.plans.model import Contact, Pupil, School, Staff
from server.plans.sharing import copies_for, invited, is_entitled, plan_editors

ENTITLED = Contact(
    contact_id="C1", pupil="P1", email="ann@example.org", receives_plan_copy=True, restriction_kind="none"
)


@pytest.mark.parametrize("kind", ["none", "redact"])
def test_a_contact_with_a_copy_ticked_and_no_order_against_it_is_entitled(kind: str) -> None:
    assert is_entitled(replace(ENTITLED, restriction_kind=kind))


@pytest.mark.parametrize("kind", ["no_information", "", "None ", "NO_INFORMATION", "unknown", "redact?"])
def test_a_restriction_that_was_not_read_for_sure_bars(kind: str) -> None:
    assert not is_entitled(replace(ENTITLED, restriction_kind=kind))


def test_a_contact_without_anything_filled_in_is_not_entitled() -> None:
    assert not is_entitled(Contact(contact_id="C1"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" Ann@Example.ORG ", "ann@example.org"),
        ("Siobhan.O'Brien@example.org", "siobhan.o'brien@example.org"),
        ("ann@example.org, bob@example.org", ""),
        ("Ann <ann@example.org>", ""),
        ("ann@example", ""),
        ("ann@@example.org", ""),
        ("mailto:ann@example.org", ""),
        ("", ""),
    ],
)
def test_only_one_plain_address_is_an_address(typed: str, meant: str) -> None:
    assert address(typed) == meant


def test_one_mailbox_of_two_contacts_of_a_household_is_one_reader() -> None:
    school = School(contacts=(ENTITLED, replace(ENTITLED, contact_id="C2", email="ANN@example.org", household="")))
    one, two = copies_for(school, Pupil(pupil_id="P1"))
    assert [r.email for r in (*one.readers, *two.readers)] == ["ann@example.org"] * 2
    assert len(invited(school, "P1")) == 1


def test_a_mailbox_barred_for_one_child_may_read_another_s_copy() -> None:
    barred = replace(ENTITLED, contact_id="C2", restriction_kind="no_information")
    school = School(contacts=(barred, replace(ENTITLED, pupil="P2")))
    assert copies_for(school, Pupil(pupil_id="P1")) == ()
    (copy,) = copies_for(school, Pupil(pupil_id="P2"))
    assert [reader.email for reader in copy.readers] == ["ann@example.org"]


def test_a_blank_household_is_a_household_of_one() -> None:
    school = School(contacts=(ENTITLED, replace(ENTITLED, contact_id="C2", email="bob@example.org")))
    assert [copy.household for copy in copies_for(school, Pupil(pupil_id="P1"))] == ["C1", "C2"]


def test_external_staff_never_edit_plans_and_two_rows_of_one_address_follow_the_ticked_one() -> None:
    staff = (
        Staff(staff_id="1", email="in@school.example", edits_plans=True),
        Staff(staff_id="2", email="IN@school.example"),
        Staff(staff_id="3", email="ext@clinic.example", edits_plans=True, external=True),
        Staff(staff_id="4", email="no address", edits_plans=True),
    )
    assert plan_editors(School(staff=staff)) == ({"in@school.example"}, {"ext@clinic.example"})
