"""Households are told apart by a key that fits into a file's properties."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.plans.files import HOUSEHOLD
from server.plans.model import Contact

GOOGLES_LIMIT = 124


@given(st.text(max_size=3000))
def test_a_household_key_of_any_name_fits_into_a_files_properties(name: str) -> None:
    key = Contact(contact_id="C1", household=name).household_key
    assert 0 < len((HOUSEHOLD + key).encode("utf-8", "replace")) <= GOOGLES_LIMIT


def test_long_households_that_differ_stay_apart() -> None:
    first, second = (Contact(contact_id="C1", household="x" * 500 + end) for end in "ab")
    assert first.household_key != second.household_key


def test_a_blank_household_is_a_household_of_one() -> None:
    assert Contact(contact_id="C7").household_key == "C7"
