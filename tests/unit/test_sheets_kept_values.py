"""Values of formulas are kept between reads, and are always what they would be if worked out afresh."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sandbox.sheets.box import Box
from sandbox.sheets.formulas.evaluate import Evaluator, evaluator_of
from sandbox.sheets.formulas.values import FormulaError
from sandbox.sheets.lines import Delete, Insert, Move
from sandbox.sheets.model import Cell, Formula, Sheet, Spreadsheet
from sandbox.sheets.shift import apply
from sandbox.sheets.values import Rendering, read

DAY = date(2026, 11, 23)
SIZE = 4
places = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))
names = places.map(lambda at: f"{chr(65 + at[1])}{at[0] + 1}")
formulas = st.one_of(
    names.map(lambda a: f"={a}"),
    st.tuples(names, names).map(lambda two: f"={two[0]}+{two[1]}"),
    st.tuples(names, names).map(lambda two: f"=IFERROR({two[0]},{two[1]})"),
    st.tuples(names, names, names).map(lambda three: f"=IF({three[0]}>1,{three[1]},{three[2]})"),
    st.tuples(names, names).map(lambda two: f"=SUM({two[0]}:{two[1]})"),
    names.map(lambda a: f"=IFERROR(VLOOKUP({a},A:B,2,FALSE),0)"),
    st.sampled_from(["=TODAY()", "=COUNTA(A:A)", "=NOPE()", "=1/0", "=Other!A1"]),
)
entered = st.one_of(st.none(), st.floats(0, 3).map(round).map(float), st.just("text"), formulas.map(Formula))
lines = st.one_of(
    st.builds(Insert, st.integers(0, 3), st.just(1)),
    st.integers(0, 3).map(lambda at: Delete(at, at + 1)),
    st.tuples(st.integers(0, 3), st.integers(0, 4)).map(lambda two: Move(two[0], two[0] + 1, two[1])),
)
edits = st.one_of(st.tuples(places, entered), lines, st.just("read"))


def outcome(evaluator: Evaluator, place: tuple[int, int]) -> object:
    found = evaluator.outcome(0, *place)
    return found.code if isinstance(found, FormulaError) else found


def edited(book: Spreadsheet, edit: Any) -> Spreadsheet:
    made = book.copy()
    match edit:
        case ((int(row), int(column)), value):
            made.sheets[0].put(row, column, Cell(value=value))
        case Insert() | Delete() | Move():
            apply(made, made.sheets[0], "ROWS", edit)
    return made


@given(
    st.lists(edits, max_size=25), st.permutations([(row, column) for row in range(SIZE) for column in range(SIZE)])
)
def test_kept_values_are_fresh_ones_after_any_edits_and_in_any_order(
    work: Sequence[object], order: Sequence[tuple[int, int]]
) -> None:
    book = Spreadsheet(id="b", title="B", sheets=[Sheet(sheet_id=0, title="Main"), Sheet(sheet_id=1, title="Other")])
    for edit in [*work, "read"]:
        book = book if edit == "read" else edited(book, edit)
        kept = {place: outcome(evaluator_of(book, DAY), place) for place in order}
        assert kept == {place: outcome(Evaluator(book, DAY), place) for place in order}
        again = Evaluator(book, DAY)
        assert kept == {place: outcome(again, place) for place in sorted(order)}


def column(*entries: Any) -> Spreadsheet:
    sheet = Sheet(sheet_id=0, title="Main", row_count=max(1000, len(entries)))
    for row, entry in enumerate(entries):
        sheet.put(row, 0, Cell(value=entry))
    return Spreadsheet(id="b", title="B", sheets=[sheet])


def test_what_was_worked_out_is_kept_until_the_day_changes() -> None:
    book = column(Formula("=TODAY()"))
    first = evaluator_of(book, DAY)
    before = outcome(first, (0, 0))
    assert evaluator_of(book, DAY) is first
    assert outcome(evaluator_of(book, date(2026, 11, 24)), (0, 0)) == before + 1


def test_a_copy_and_a_saved_book_start_afresh() -> None:
    book = column(Formula("=1+1"))
    evaluator_of(book, DAY)
    assert book.copy().worked_out is None
    assert pickle.dumps(book) == pickle.dumps(column(Formula("=1+1")))


def test_every_cell_of_a_ring_is_an_error_and_what_catches_it_too() -> None:
    book = column(Formula("=IFERROR(A2,1)"), Formula("=A1+1"), Formula("=A3"), Formula("=IFERROR(A3,7)"))
    assert [outcome(Evaluator(book, DAY), (row, 0)) for row in (1, 0, 2, 3)] == ["#REF!", "#REF!", "#REF!", 7]


def test_a_chain_of_thousands_is_followed_to_its_end() -> None:
    book = column(1.0, *(Formula(f"=IF(TRUE,A{row}+1)") for row in range(1, 5000)))
    assert outcome(Evaluator(book, DAY), (4999, 0)) == 5000
    last = Box(sheet_id=0, top=4999, bottom=5000, right=1)
    assert read(Evaluator(book, DAY), last, Rendering())["values"] == [["5000"]]


def test_a_long_ring_is_an_error_and_the_rest_is_not() -> None:
    book = column(*(Formula(f"=A{row % 60 + 1}+1") for row in range(1, 61)), Formula("=2"))
    evaluator = Evaluator(book, DAY)
    assert {outcome(evaluator, (row, 0)) for row in range(60)} == {"#REF!"}
    assert outcome(evaluator, (60, 0)) == 2
