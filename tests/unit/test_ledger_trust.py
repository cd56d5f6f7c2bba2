"""The ledger: what it remembers, and what it makes of lines somebody forged."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.plans.ledger import COLUMNS, SELF, Entry, Ledger, is_copied

texts = st.text(max_size=12)
entries = st.builds(Entry, **dict.fromkeys(COLUMNS, texts))


@given(st.lists(entries, max_size=8))
def test_any_lines_make_a_ledger_that_is_written_back_the_same(lines: list[Entry]) -> None:
    own = Entry(kind=SELF[0], key=SELF[1], remote_id="w")
    ledger = Ledger.of([own, *lines], workbook_id="w")
    again = Ledger.of([Entry(**row) for row in ledger.rows()], workbook_id="w")
    assert again.rows() == ledger.rows()


@given(entries)
def test_any_line_has_a_generation_and_perhaps_a_day(line: Entry) -> None:
    assert 0 <= line.number < 10**6
    assert line.day is None or isinstance(line.day, date)


@pytest.mark.parametrize("forged", ["²", "9" * 5000, "-1", "1.5", "٣", "", "one"])
def test_a_forged_generation_counts_as_the_first(forged: str) -> None:
    assert Entry(kind="event", key="M1", generation=forged).number == 1


def test_of_two_lines_with_one_name_the_first_counts() -> None:
    lines = [Entry(kind=SELF[0], key=SELF[1], remote_id="w")]
    lines += [Entry(kind="doc", key="P1/H1", remote_id=name) for name in ("real", "forged")]
    found = Ledger.of(lines, workbook_id="w").get("doc", "P1/H1")
    assert found is not None
    assert found.remote_id == "real"


def test_lines_copied_with_a_workbook_are_not_that_copy_s_own() -> None:
    lines = [Entry(kind=SELF[0], key=SELF[1], remote_id="the original"), Entry(kind="doc", key="P1/H1")]
    assert is_copied(lines, "the copy")
    assert Ledger.of(lines, workbook_id="the copy").of_kind("doc") == ()


def test_an_emptied_ledger_belongs_to_whichever_workbook_it_stands_in() -> None:
    assert not is_copied([], "w")
