"""Number formats: Google's documented examples, locales, and numbers that come back as they went in.

The examples are those of https://developers.google.com/workspace/sheets/api/guides/formats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.sheets.entry import Manner, typed
from sandbox.sheets.model import EMPTY
from sandbox.sheets.show import number_as, shown

MOMENT = 42465 + (16 * 3600 + 8 * 60 + 53.528) / 86400  # Tuesday, 5 April 2016, 16:08:53.528
GONE = (3 * 3600 + 13 * 60 + 41.255) / 86400


@pytest.mark.parametrize(
    ("number", "pattern", "text"),
    [
        (MOMENT, "h:mm:ss.00 a/p", "4:08:53.53 p"),
        (MOMENT, 'hh:mm A/P".M."', "04:08 P.M."),
        (MOMENT, "yyyy-mm-dd", "2016-04-05"),
        (MOMENT, "mmmm d \\[dddd\\]", "April 5 [Tuesday]"),
        (MOMENT, "h AM/PM, ddd mmm dd", "4 PM, Tue Apr 05"),
        (MOMENT, "dddd, m/d/yy at h:mm", "Tuesday, 4/5/16 at 16:08"),
        (MOMENT, "mmmmm yy", "A 16"),
        (GONE, "[hh]:[mm]:[ss].000", "03:13:41.255"),
        (GONE, "[mmmm]:[ss].000", "0193:41.255"),
        (1.5, "[h]:mm", "36:00"),
        (12345.125, "####.#", "12345.1"),
        (12.34, "000.0000", "012.3400"),
        (12, "#.0#", "12.0"),
        (5.125, "# ???/???", "5   1/8  "),
        (23.25, "0 #/#", "23 1/4"),
        (23.25, "0 #/8", "23 2/8"),
        (23, "0 #/3", "23 "),
        (12000, "#,###", "12,000"),
        (1234567, '0.0,,"M"', "1.2M"),
        (1234567890, "0.00e+00", "1.23e+09"),
        (1234, '[>1000]"HIGH";[Color43][<=200]"LOW";0000', "HIGH"),
        (527, '[>1000]"HIGH";[Color43][<=200]"LOW";0000', "0527"),
        (90, '[>1000]"HIGH";[Color43][<=200]"LOW";0000', "LOW"),
        (123, "#,##0.00_);[Red](#,##0.00)", "123.00 "),
        (-123, "#,##0.00_);[Red](#,##0.00)", "(123.00)"),
        (0, '0;-0;"none"', "none"),
        (-5, "0.0", "-5.0"),
        (12.2e6, "$#0.0,,", "$12.2"),
        (0.5, "[$£-809]#,##0.00", "£0.50"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (5551234, "000-0000", "555-1234"),
        (0.00012, "0.0E+0", "1.2E-4"),
        (99.999, "0.0E+0", "1.0E+2"),
        (7, "?0", " 7"),
    ],
)
def test_a_documented_pattern_shows_what_the_guide_says(number: float, pattern: str, text: str) -> None:
    assert number_as(number, pattern) == text


def test_texts_have_their_own_section() -> None:
    assert shown("MyText", {"type": "NUMBER", "pattern": '###0.000;"TEXT: "_(@_)'}, "en_US") == "TEXT:  MyText "
    assert shown("MyText", {"type": "NUMBER", "pattern": "0.0"}, "en_US") == "MyText"


@pytest.mark.parametrize(
    ("value", "number_format", "locale", "text"),
    [
        (1234.5, {"type": "NUMBER"}, "de_DE", "1.234,50"),
        (1234.5, {"type": "NUMBER"}, "fr_FR", "1\u202f234,50"),
        (1234.5, {"type": "CURRENCY"}, "de_DE", "1.234,50 €"),
        (1234.5, {"type": "CURRENCY"}, "en_US", "$1,234.50"),
        (46270.75, {"type": "DATE_TIME"}, "de_DE", "05.09.2026 18:00:00"),
        (46270.75, {"type": "DATE_TIME"}, "en_US", "9/5/2026 18:00:00"),
        (46270.0, {"type": "DATE", "pattern": "d mmmm yyyy"}, "fr_FR", "5 septembre 2026"),
        (46270.0, {"type": "DATE", "pattern": "ddd d. mmm"}, "de_DE", "Sa 5. Sept."),
        (0.5, {}, "de_DE", "0,5"),
        (True, {}, "de_DE", "WAHR"),
        (False, {}, "fr_FR", "FAUX"),
        (1 / 3, {}, "en_GB", "0.3333333333"),
        (123456789012345678.0, {}, "en_US", "1.23457E+17"),
        (1e-12, {}, "en_US", "1E-12"),
    ],
)
def test_a_value_shows_in_the_sheets_own_locale(
    value: float | bool, number_format: dict[str, str], locale: str, text: str
) -> None:
    assert shown(value, number_format, locale) == text


@pytest.mark.parametrize(
    ("locale", "text", "value", "number_format"),
    [
        ("en_US", "1-2", 46024.0, {"type": "DATE", "pattern": "m-d"}),
        ("en_US", "2026-09-05", 46270.0, {"type": "DATE", "pattern": "yyyy-mm-dd"}),
        ("en_US", "$100.15", 100.15, {"type": "CURRENCY", "pattern": "$#,##0.00"}),
        ("en_US", "9/5/2026", 46270.0, {"type": "DATE"}),
        ("en_GB", "5 Sep 2026", 46270.0, {"type": "DATE", "pattern": "d mmm yyyy"}),
        ("en_GB", "26:30:00", 26.5 / 24, {"type": "TIME", "pattern": "[h]:mm:ss"}),
        ("en_GB", "1.5e3", 1500.0, {"type": "SCIENTIFIC", "pattern": "0.00E+00"}),
        ("de_DE", "1.234,5", 1234.5, {"type": "NUMBER", "pattern": "#,##0.00"}),
        ("de_DE", "12,5 %", 0.125, {"type": "PERCENT", "pattern": "0.00%"}),
        ("de_DE", "12,50 €", 12.5, {"type": "CURRENCY", "pattern": "#,##0.00 [$€]"}),
        ("de_DE", "5.9.2026", 46270.0, {"type": "DATE"}),
        ("de_DE", "5. September 2026", 46270.0, {"type": "DATE", "pattern": "d mmmm yyyy"}),
        ("de_DE", "wahr", True, {}),
        ("fr_FR", "1 234,5", 1234.5, {"type": "NUMBER", "pattern": "#,##0.00"}),
        ("fr_FR", "05/09/2026", 46270.0, {"type": "DATE"}),
        ("fr_FR", "1.5.x", "1.5.x", {}),
    ],
)
def test_typing_is_read_in_the_sheets_own_locale(
    locale: str, text: str, value: object, number_format: dict[str, str]
) -> None:
    found = typed(text, EMPTY, Manner(locale, 2026))
    assert (found.value, dict(found.format)) == (value, number_format)


@given(st.floats(-1e12, 1e12).map(lambda number: round(number, 2)), st.sampled_from(["en_US", "de_DE", "fr_FR"]))
def test_a_number_typed_as_it_shows_is_the_same_number(number: float, locale: str) -> None:
    text = shown(number, {"type": "NUMBER"}, locale)
    assert typed(text, EMPTY, Manner(locale, 2026)).value == pytest.approx(number)


@given(st.floats(-1e9, 1e9), st.text(alphabet='0#?.,%/E+-;"\\[]_*@hmsdy ', max_size=12))
def test_no_pattern_breaks_a_cell(number: float, pattern: str) -> None:
    assert isinstance(number_as(number, pattern), str)
