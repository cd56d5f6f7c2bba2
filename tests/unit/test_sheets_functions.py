"""The functions that the sandbox names, and nothingness and errors as live sheets answered them.

The answers come from a published record of some sixty formulas tried on a live sheet in May 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docs.generate import formulas as page
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.formulas.functions import TABLE
from sandbox.sheets.formulas.values import FormulaError
from sandbox.sheets.model import Cell, Entered, Formula, Sheet, Spreadsheet
from sandbox.sheets.render import View, spreadsheet

ROWS: list[list[Entered]] = [
    [None, 1.0, "one"],
    [Formula('=""'), 2.0, None],
    [Formula("=IF(,,)"), 3.0, "three"],
    [Formula("=VLOOKUP(2, B1:C3, 2, FALSE)"), True, "Two"],
]


def book(*more: Entered) -> Spreadsheet:
    sheet = Sheet(sheet_id=0, title="Main")
    for row, values in enumerate([*ROWS, list(more)]):
        for column, value in enumerate(values):
            if value is not None:
                sheet.put(row, column, Cell(value=value))
    return Spreadsheet(id="b", title="Book", sheets=[sheet])


def outcome(formula: str) -> Any:
    return Evaluator(book(), date(2026, 11, 23)).formula(0, formula)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=ISBLANK(A1)", True),
        ("=ISBLANK(A2)", False),
        ("=ISBLANK(A3)", True),
        ("=ISBLANK(A4)", True),
        ("=ISTEXT(A2)", True),
        ("=ISTEXT(A3)", False),
        ('="x" & A3', "x"),
        ('=A3 = ""', True),
        ("=A2 = A3", True),
        ("=A4 = 0", True),
        ("=A4 = A1", True),
        ("=TYPE(A3)", 1),
        ("=N(A3)", 0),
        ("=T(A3)", ""),
        ("=COUNTBLANK(A1:A4)", 4),
        ("=COUNTA(A2)", 1),
        ("=COUNTA(A3)", 0),
        ("=ISERROR(1/0)", True),
        ("=ISNA(NA())", True),
        ("=ISNUMBER(B1)", True),
        ("=ISLOGICAL(B4)", True),
        ("=AVERAGE(B1:B3)", 2),
        ('=SUMIF(C1:C4,"t*",B1:B4)', 3),
        ('=COUNTIF(C1:C4,"?n?")', 1),
        ('=COUNTIF(C1:C4,"~*")', 0),
        ('=SUMIF(B1:B3,">1")', 5),
        ('=COUNTIFS(B1:B3,">1",C1:C3,"three")', 1),
        ("=ROUND(2.5)", 3),
        ("=ROUND(-1.005,2)", -1.01),
        ("=ABS(-2)", 2),
        ("=INT(-1.5)", -2),
        ("=MOD(-1,3)", 2),
        ("=SQRT(9)", 3),
        ("=YEAR(DATE(2026,9,5))&MONTH(46270)&DAY(46270)", "202695"),
        ("=WEEKDAY(46270)", 7),
        ("=WEEKDAY(46270,2)", 6),
        ("=EDATE(DATE(2026,1,31),1)-DATE(2026,2,28)", 0),
        ("=EOMONTH(DATE(2024,1,5),1)-DATE(2024,2,29)", 0),
        ("=DAYS(DATE(2026,9,5),DATE(2026,9,1))", 4),
        ('=SUBSTITUTE("a-b-c","-","+")', "a+b+c"),
        ('=SUBSTITUTE("a-b-c","-","+",2)', "a-b+c"),
        ('=SEARCH("B","abc")', 2),
        ('=EXACT("a","A")', False),
        ('=PROPER("amara iheatu")', "Amara Iheatu"),
        ('=REPT("ab",3)', "ababab"),
        ('=VALUE("1,234")', 1234),
        ('=REGEXMATCH("P09 Amara","^P[0-9]+")', True),
        ('=REGEXEXTRACT("P09 Amara","^P([0-9]+)")', "09"),
        ('=REGEXREPLACE("a1b2","([0-9])","<$1>")', "a<1>b<2>"),
        ('=IFS(FALSE,1,TRUE,"yes")', "yes"),
        ('=SWITCH(2,1,"a",2,"b","else")', "b"),
        ('=CHOOSE(2,"a","b")', "b"),
        ("=ROW(B3)*10+COLUMN(B3)", 32),
        ("=ROWS(A1:C2)*10+COLUMNS(A1:C2)", 23),
    ],
)
def test_a_function_gives_what_sheets_gives(formula: str, value: object) -> None:
    found = outcome(formula)
    assert found == value
    assert isinstance(found, bool) == isinstance(value, bool)


@pytest.mark.parametrize(
    ("formula", "code", "message"),
    [
        ("=1/0", "#DIV/0!", "Function DIVIDE parameter 2 cannot be zero."),
        ("=NA()", "#N/A", ""),
        ("=NotARealFunction()", "#NAME?", "Unknown function: 'NotARealFunction'."),
        ("=A1:Z1 A30:Z30", "#ERROR!", "Formula parse error."),
        (
            "=SQRT(-1)",
            "#NUM!",
            "Function SQRT parameter 1 value is negative. It should be positive or zero.",
        ),
        ('=VLOOKUP("nope", B1:B1, 1, FALSE)', "#N/A", "Did not find value 'nope' in VLOOKUP evaluation."),
        (
            '="a"+1',
            "#VALUE!",
            "Function ADD parameter 1 expects number values. But 'a' is a text and cannot be coerced to a number.",
        ),
    ],
)
def test_an_error_says_what_sheets_says(formula: str, code: str, message: str) -> None:
    found = outcome(formula)
    assert isinstance(found, FormulaError)
    assert (found.code, found.message) == (code, message)


def test_a_formula_that_comes_to_nothing_has_no_value_and_no_text() -> None:
    made = book()
    view = View(book=made, evaluator=Evaluator(made, date(2026, 11, 23)), reader="", client="", owner="")
    rows = spreadsheet(view, grid=True)["sheets"][0]["data"][0]["rowData"]
    for row in rows[1:4]:
        assert "userEnteredValue" in row["values"][0]
        assert {"effectiveValue", "formattedValue"}.isdisjoint(row["values"][0])


def test_the_reference_names_every_function() -> None:
    told = page.section()
    assert all(f"`{name}`" in told for name in TABLE)
