"""Formula values and errors, as Sheets works them out."""

from __future__ import annotations

from datetime import date

import pytest

from sandbox.sheets.box import Box
from sandbox.sheets.formulas import refs
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.formulas.values import FormulaError, Linked
from sandbox.sheets.model import Cell, Entered, Formula, Ranged, Sheet, Spreadsheet
from sandbox.sheets.show import shown


def book(**sheets: list[list[Entered]]) -> Spreadsheet:
    """A book of sheets with these rows; texts with an equals sign are formulas."""
    made = Spreadsheet(id="b", title="Book", locale="en_GB", time_zone="Europe/London")
    for number, (title, rows) in enumerate(sheets.items()):
        sheet = Sheet(sheet_id=number, title=title.replace("_", " "))
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                formula = isinstance(value, str) and value.startswith("=")
                sheet.put(row, column, Cell(value=Formula(str(value)) if formula else value))
        made.sheets.append(sheet)
    return made


def value(formula: str, made: Spreadsheet | None = None) -> object:
    made = made or book(Main=[["a", 1.0, None, True, "=1/0"], ["B", 2.0, "", False, "=NA()"], ["c", 3.0, 46270.0]])
    found = Evaluator(made, date(2026, 11, 23)).formula(0, formula)
    return found.code if isinstance(found, FormulaError) else found


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=1+2*3", 7),
        ("=(1+2)*3", 9),
        ("=-2^2", 4),
        ("=10%", 0.1),
        ('="a"&1&TRUE', "a1TRUE"),
        ('="a"="A"', True),
        ('="10">9', True),
        ("=C1=0", True),
        ('=C1=""', True),
        ("=SUM(B:B)", 6),
        ("=SUM(B1:B3,4)", 10),
        ("=MAX(B1:B3)", 3),
        ("=MIN(B2:B)", 2),
        ("=COUNTA(A:A)", 3),
        ('=COUNTIF(B:B,">1")', 2),
        ('=COUNTIF(A:A,"b")', 1),
        ('=IF(B1>0,"yes",1/0)', "yes"),
        ("=IF(B1<0,1)", False),
        ('=IFERROR(E1,"none")', "none"),
        ('=IFNA(VLOOKUP("z",A:B,2,FALSE),"missing")', "missing"),
        ("=AND(D1,B1)", True),
        ("=OR(FALSE,D2)", False),
        ("=NOT(D1)", False),
        ("=ISBLANK(C1)", True),
        ("=ISBLANK(A1)", False),
        ('=LEN("héllo")', 5),
        ('=TRIM("  a   b ")', "a b"),
        ('=LEFT("P09 Amara",FIND(" ","P09 Amara")-1)', "P09"),
        ('=RIGHT("abc",2)', "bc"),
        ('=MID("abcdef",2,3)', "bcd"),
        ('=UPPER("a")&LOWER("B")', "Ab"),
        ('=CONCATENATE("a",B1,A2)', "a1B"),
        ('=TEXTJOIN("; ",TRUE,A1:C2)', "a; 1; B; 2"),
        ('=TEXT(46270,"dd mmm yyyy")', "05 Sep 2026"),
        ('=VLOOKUP("b",A1:B3,2,FALSE)', 2),
        ("=VLOOKUP(2.5,B1:B3,1,TRUE)", 2),
        ('=XLOOKUP("c",A:A,B:B)', 3),
        ('=XLOOKUP("z",A:A,B:B,"no")', "no"),
        ("=INDEX(A1:B3,2,1)", "B"),
        ("=INDEX(A:A,3)", "c"),
        ('=INDEX(B:B,MATCH("b",A:A,0))', 2),
        ("=DATE(2026,9,5)", 46270),
        ("=DATE(2026,13,1)-DATE(2026,12,1)", 31),
        ("=TODAY()", 46349),
    ],
)
def test_formulas_have_the_value_that_sheets_gives_them(formula: str, expected: object) -> None:
    assert value(formula) == expected


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("=1/0", "#DIV/0!"),
        ("=1+A1", "#VALUE!"),
        ("=NOSUCH(1)", "#NAME?"),
        ("=nosuchname", "#NAME?"),
        ("=Nowhere!A1", "#REF!"),
        ("=#REF!+1", "#REF!"),
        ('=VLOOKUP("z",A:B,2,FALSE)', "#N/A"),
        ("=VLOOKUP(C1,A:B,2,FALSE)", "#N/A"),
        ('=VLOOKUP("a",A:B,9,FALSE)', "#REF!"),
        ("=SUM(E:E)", "#DIV/0!"),
        ("=LEN(1,2)", "#N/A"),
        ("=(1", "#ERROR!"),
        ('="abc', "#ERROR!"),
        ("=10^400", "#NUM!"),
        ('=FIND("z","abc")', "#VALUE!"),
    ],
)
def test_formulas_fail_with_the_error_that_sheets_shows(formula: str, code: str) -> None:
    assert value(formula) == code


def test_references_reach_other_sheets_and_named_ranges() -> None:
    made = book(Main=[["x"]], My_tab=[["k", "v"], ["a", 5.0]])
    made.names["n"] = Ranged(boxes=(Box(sheet_id=1, top=1, bottom=2, left=1, right=2),), body={"name": "best"})
    assert value("='My tab'!$B$2+best", made) == 10
    assert value("=VLOOKUP(\"a\",'My tab'!A:B,2,FALSE)", made) == 5


def test_a_circle_is_a_reference_error_and_no_hang() -> None:
    made = book(Main=[["=B1", "=A1", "=A1+1"]])
    assert value("=C1", made) == "#REF!"


def test_a_link_keeps_its_address_through_if_and_loses_it_through_a_lookup() -> None:
    link = value('=IF(TRUE,HYPERLINK("https://example.org/x","Open"))')
    assert (link, isinstance(link, Linked) and link.url) == ("Open", "https://example.org/x")
    made = book(Main=[["k", '=HYPERLINK("https://example.org","Doc")']])
    assert type(value('=VLOOKUP("k",A:B,2,FALSE)', made)) is str


def test_dates_stay_dates_through_references_and_lookups() -> None:
    made = book(Main=[["k", 46270.0]])
    made.sheets[0].put(0, 1, Cell(value=46270.0, format={"numberFormat": {"type": "DATE"}}))
    for formula in ("=B1", "=B1+7", '=VLOOKUP("k",A:B,2,FALSE)', "=TODAY()"):
        found = Evaluator(made, date(2026, 9, 5)).formula(0, formula)
        assert shown(found, {}, "en_GB") == ("12/09/2026" if "7" in formula else "05/09/2026")
    assert value("=B1-TODAY()", made) == 46270 - 46349


def test_a_column_of_five_hundred_lookups_finds_every_row() -> None:
    rows = 500
    made = book(
        Plan=[[f"id{n}", f'=IFERROR(VLOOKUP($A{n + 1},_status!$A:$D,3,FALSE),"")'] for n in range(rows)],
    )
    status = Sheet(sheet_id=9, title="_status")
    for row in range(rows):
        for column, text in enumerate((f"id{rows - row - 1}", "x", f"link {rows - row - 1}")):
            status.put(row, column, Cell(value=text))
    made.sheets.append(status)
    evaluator = Evaluator(made, date(2026, 1, 1))
    assert evaluator.outcome(0, 0, 1) == "link 0"
    assert [evaluator.outcome(0, row, 1) for row in range(rows)] == [f"link {n}" for n in range(rows)]


@pytest.mark.parametrize(
    ("formula", "shift", "expected"),
    [
        ("=A1+$A1+A$1+$A$1", (2, 1), "=B3+$A3+B$1+$A$1"),
        ("=SUM(A:A, 'My tab'!B2:C)", (1, 1), "=SUM(B:B, 'My tab'!C3:D)"),
        ('=A1&"A1"', (1, 0), '=A2&"A1"'),
        ("=A1", (-1, 0), "=#REF!"),
        ("=VLOOKUP(lease,2:5,1)", (1, 0), "=VLOOKUP(lease,3:6,1)"),
    ],
)
def test_a_copied_formula_shifts_its_relative_references(formula: str, shift: tuple[int, int], expected: str) -> None:
    assert refs.rewrite(formula, refs.shifted(*shift)) == expected
