"""What typed values become, and how values are shown again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.sheets.entry import Manner, Typed, enter, raw, typed
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import EMPTY, Cell, Formula
from sandbox.sheets.show import number_as, shown

UK, US = Manner("en_GB", 2026), Manner("en_US", 2026)
TEXT = Cell(format={"numberFormat": {"type": "TEXT"}})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("007", 7.0),
        ("1,234.5", 1234.5),
        ("-3", -3.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("5%", 0.05),
        ("£12.50", 12.5),
        ("true", True),
        ("05/09/2026", 46270.0),
        ("2026-09-05", 46270.0),
        ("5 Sep 2026", 46270.0),
        ("5 September 2026", 46270.0),
        ("September 5, 2026", 46270.0),
        ("3/5", 46145.0),
        ("12:00", 0.5),
        ("2026-09-05 18:00", 46270.75),
        ("=1+1", Formula("=1+1")),
        ("'007", "007"),
        ("31/02/2026", "31/02/2026"),
        ("24:61", "24:61"),
        ("P09 Amara", "P09 Amara"),
        ("1,23", "1,23"),
        ("=", "="),
        ("", None),
    ],
)
def test_typing_is_read_as_a_british_sheet_reads_it(text: str, value: object) -> None:
    found = typed(text, EMPTY, UK).value
    assert found == value
    assert type(found) is type(value)


def test_an_american_sheet_reads_the_month_first() -> None:
    assert typed("09/05/2026", EMPTY, US).value == 46270.0


@given(st.text())
def test_a_text_column_keeps_what_was_typed(text: str) -> None:
    assert typed(text, TEXT, UK).value == (text or None)


@given(st.text())
def test_raw_text_is_never_a_formula(text: str) -> None:
    assert raw(text).value == (text or None)


@pytest.mark.parametrize("option", [raw, lambda text: typed(text, EMPTY, UK)])
def test_a_cell_holds_fifty_thousand_characters_and_not_one_more(option: object) -> None:
    assert callable(option)
    assert option("x" * 50_000).value == "x" * 50_000
    with pytest.raises(Refused, match="maximum of 50000 characters in a single cell"):
        option("x" * 50_001)


def test_a_typed_date_brings_its_format_and_keeps_the_one_that_is_there() -> None:
    date = typed("05/09/2026", EMPTY, UK)
    assert enter(EMPTY, date).number_format() == {"type": "DATE"}
    own = Cell(format={"numberFormat": {"type": "DATE", "pattern": "d mmm yyyy"}})
    assert enter(own, date).number_format()["pattern"] == "d mmm yyyy"
    assert enter(own, Typed(3.0)).number_format()["pattern"] == "d mmm yyyy"


def test_new_text_keeps_note_and_rule() -> None:
    cell = Cell(note="help", validation={"condition": {"type": "BOOLEAN"}})
    made = enter(cell, Typed("x"))
    assert (made.value, made.note, made.validation) == ("x", cell.note, cell.validation)


@pytest.mark.parametrize(
    ("number", "pattern", "text"),
    [
        (46270, "dd mmm yyyy", "05 Sep 2026"),
        (46270, "dddd d mmmm yy", "Saturday 5 September 26"),
        (46270.75, "dd/mm/yyyy hh:mm", "05/09/2026 18:00"),
        (46270.75, "h:mm am/pm", "6:00 PM"),
        (0.5, "hh:mm:ss", "12:00:00"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, "0", "1235"),
        (-1234.5, "£#,##0.00", "-£1,234.50"),
        (0.125, "0.0%", "12.5%"),
        (3, "000", "003"),
        (2, '0 "weeks"', "2 weeks"),
        (12345.0, "0.00E+00", "1.23E+04"),
        (-2, "0;(0)", "(2)"),
        (7, "General", "7"),
        (0.1 + 0.2, "", "0.3"),
        (-0.001, "0.00", "0.00"),
    ],
)
def test_patterns_show_numbers_and_dates(number: float, pattern: str, text: str) -> None:
    assert number_as(number, pattern) == text


def test_a_date_without_a_pattern_follows_the_locale() -> None:
    assert shown(46270.0, {"type": "DATE"}, "en_GB") == "05/09/2026"
    assert shown(46270.0, {"type": "DATE"}, "en_US") == "9/5/2026"
