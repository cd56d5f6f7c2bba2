"""Ranges in A1 notation, read and written as Google does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.sheets import a1
from sandbox.sheets.box import Box
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Ranged, Sheet, Spreadsheet


@pytest.fixture
def book() -> Spreadsheet:
    return Spreadsheet(
        id="b",
        title="Book",
        sheets=[
            Sheet(sheet_id=1, title="_hidden", properties={"hidden": True}),
            Sheet(sheet_id=2, title="Plan"),
            Sheet(sheet_id=3, title="Bob's tab"),
        ],
        names={"n1": Ranged(boxes=(Box(sheet_id=3, top=1, bottom=4, left=2, right=3),), body={"name": "lease"})},
    )


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("Plan!A1:B2", Box(sheet_id=2, bottom=2, right=2)),
        ("plan!B2", Box(sheet_id=2, top=1, bottom=2, left=1, right=2)),
        ("'Bob''s tab'!A:C", Box(sheet_id=3, right=3)),
        ("Plan!2:5", Box(sheet_id=2, top=1, bottom=5)),
        ("Plan!A2:C", Box(sheet_id=2, top=1, right=3)),
        ("Plan!C3:A1", Box(sheet_id=2, bottom=3, right=3)),
        ("$B$2", Box(sheet_id=2, top=1, bottom=2, left=1, right=2)),
        ("Plan", Box(sheet_id=2)),
        ("lease", Box(sheet_id=3, top=1, bottom=4, left=2, right=3)),
    ],
)
def test_a_range_names_its_cells(book: Spreadsheet, text: str, box: Box) -> None:
    assert a1.read(book, text) == box


@pytest.mark.parametrize("text", ["", "Nowhere!A1", "Plan!", "Plan!A1:B2:C3", "Plan!A0", "Bob's tab!A1:", "A"])
def test_what_is_no_range_is_refused_in_googles_words(book: Spreadsheet, text: str) -> None:
    with pytest.raises(Refused, match="Unable to parse range: "):
        a1.read(book, text)


def test_titles_are_quoted_only_when_they_need_it() -> None:
    assert [a1.quote(title) for title in ("Plan", "_status", "My tab", "Bob's", "A1", "2026")] == [
        "Plan",
        "_status",
        "'My tab'",
        "'Bob''s'",
        "'A1'",
        "'2026'",
    ]


def test_open_ranges_past_the_grid_print_as_google_prints_them() -> None:
    assert a1.write(Box(sheet_id=0, top=1000, right=2), "T") == "T!A1001:B"
    assert a1.write(Box(sheet_id=0, left=26, bottom=2), "T") == "T!AA1:2"


@given(
    st.integers(0, 5000),
    st.integers(1, 50),
    st.integers(0, 800),
    st.integers(1, 50),
    st.sampled_from(["Plan", "Bob's tab"]),
)
def test_a_written_range_reads_back_as_the_same_cells(
    top: int, rows: int, left: int, columns: int, title: str
) -> None:
    book = Spreadsheet(id="b", title="Book", sheets=[Sheet(sheet_id=2, title=title)])
    box = Box(sheet_id=2, top=top, bottom=top + rows, left=left, right=left + columns)
    assert a1.read(book, a1.write(box, title)) == box
