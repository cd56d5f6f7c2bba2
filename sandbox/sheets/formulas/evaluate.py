"""The value of every cell of a book, worked out when asked for and remembered until the book or the day changes.

A cell that depends on itself is ``#REF!``, in whatever order cells are asked for; an unknown function or name is
``#NAME?``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sandbox.sheets.box import Box
from sandbox.sheets.formulas import functions
from sandbox.sheets.formulas.arithmetic import binary, unary
from sandbox.sheets.formulas.parser import (
    Binary,
    ErrorLiteral,
    Invoke,
    Literal,
    Name,
    Node,
    Reference,
    Unary,
    parse,
)
from sandbox.sheets.formulas.refs import BadFormula, Ref, shifted
from sandbox.sheets.formulas.rings import Place, Rings
from sandbox.sheets.formulas.values import Area, Formatted, FormulaError, Scalar, Value, key
from sandbox.sheets.model import Formula, Sheet, Spreadsheet
from sandbox.sheets.serial import day_number

_DATE_TYPES = ("DATE", "TIME", "DATE_TIME", "PERCENT", "CURRENCY")
_RELATIVE_DAYS = {"PAST_YEAR": -365, "PAST_MONTH": -30, "PAST_WEEK": -7, "YESTERDAY": -1, "TODAY": 0, "TOMORROW": 1}
_CIRCULAR = FormulaError("#REF!", "Circular dependency detected.")
_DEEPEST, _ANY_DEPTH = 25, 1 << 30


class _PutOff(Exception):
    """The formula in this place is to be worked out before those that led to it."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


def evaluator_of(book: Spreadsheet, today: date) -> Evaluator:
    """Reads cells of a kept book, which no one changes in place: what is known of it stays known for that day."""
    kept = book.worked_out
    if not isinstance(kept, Evaluator) or kept.today != today or kept.cut_short:
        kept = book.worked_out = Evaluator(book, today)
    return kept


class Evaluator:
    """Reads cells of one book on one day (the book's own wall-clock date).

    ``cut_short`` says that formulas depend on each other in too large a ring."""

    def __init__(self, book: Spreadsheet, today: date) -> None:
        self.book = book
        self.today = today
        self.cut_short = False
        self._known: dict[Place, Scalar | FormulaError] = {}
        self._rings = Rings()
        self._deepest = _DEEPEST
        self._indexes: dict[Box, dict[tuple[str, object], int]] = {}
        self._sheets = {sheet.sheet_id: sheet for sheet in book.sheets}

    def cell(self, sheet_id: int, row: int, column: int) -> Scalar:
        """The cell's value as another formula sees it. Raises FormulaError for an error value."""
        sheet = self._sheets[sheet_id]
        cell = sheet.cell(row, column)
        value = self._formula(sheet, row, column, cell.value) if isinstance(cell.value, Formula) else cell.value
        if isinstance(value, float) and cell.number_format().get("type") in _DATE_TYPES:
            return Formatted(value, dict(cell.number_format()))
        return value

    def outcome(self, sheet_id: int, row: int, column: int) -> Scalar | FormulaError:
        """The cell's value, or the error it shows."""
        try:
            return self.cell(sheet_id, row, column)
        except FormulaError as error:
            return error

    def formula(self, sheet_id: int, text: str, *, moved: tuple[int, int] = (0, 0)) -> Scalar | FormulaError:
        """The value that a formula would have on a sheet, copied that many rows down and columns right."""
        return self._compute(Frame(self, sheet_id, moved=moved), text)

    def relative_day(self, name: str) -> float | FormulaError:
        """The day that Google's RelativeDate names."""
        days = _RELATIVE_DAYS.get(name)
        return FormulaError("#VALUE!") if days is None else day_number(self.today + timedelta(days=days))

    def _formula(self, sheet: Sheet, row: int, column: int, formula: Formula) -> Scalar:
        place = (sheet.sheet_id, row, column)
        if self._rings.closes(place):
            raise _CIRCULAR
        if place not in self._known:
            if self._rings.depth:
                self._work_out(place, formula)
            else:
                self._work_out_first(place)
        found = self._known[place]
        if isinstance(found, FormulaError):
            raise found
        return found

    def _work_out_first(self, place: Place) -> None:
        """Where nothing is under way yet: of a long chain of formulas the far parts come first."""
        waiting = [place]
        self._deepest = _DEEPEST
        while waiting:
            sheet_id, row, column = waiting[-1]
            found = self._sheets[sheet_id].cell(row, column).value
            assert isinstance(found, Formula)  # it was put off because it is one
            try:
                self._work_out(waiting[-1], found)
                waiting.pop()
            except _PutOff as far:
                self._rings = Rings()
                self._deepest = _DEEPEST if far.place not in waiting else _ANY_DEPTH
                waiting.append(far.place)

    def _work_out(self, place: Place, formula: Formula) -> None:
        if self._rings.depth == self._deepest:
            raise _PutOff(place)
        self._rings.enter(place)
        value = self._compute(Frame(self, place[0]), formula.text)
        self._known[place] = _CIRCULAR if self._rings.leave(place) else value

    def _compute(self, frame: Frame, text: str) -> Scalar | FormulaError:
        try:
            return frame.scalar(parse(text))
        except FormulaError as error:
            return error
        except BadFormula:
            return FormulaError("#ERROR!", "Formula parse error.")
        except RecursionError:
            self.cut_short = True
            return FormulaError("#ERROR!", "The formula depends on too long a chain of others.")

    def closed(self, box: Box) -> Box:
        return self._sheets[box.sheet_id].clamp(box)

    def used(self, box: Box) -> Box:
        """The box cut to the rows that hold anything, so whole columns cost what they contain."""
        sheet = self._sheets[box.sheet_id]
        return box.clamp(max(len(sheet.rows), box.top), sheet.column_count)

    def row_of(self, column: Box, wanted: Scalar) -> int | None:
        """The first row in a one-column box whose value equals ``wanted``; one pass, then a dictionary look-up."""
        if column not in self._indexes:
            index: dict[tuple[str, object], int] = {}
            for row in self.used(column).rows():
                found = self.outcome(column.sheet_id, row, column.left)
                if found is not None and not isinstance(found, FormulaError):
                    index.setdefault(key(found), row)
            self._indexes[column] = index
        return self._indexes[column].get(key(wanted))


class Frame:
    """One formula being evaluated: references without a sheet are on ``home``.

    With ``moved``, relative references stand that many rows and columns further on."""

    def __init__(self, evaluator: Evaluator, home: int, *, moved: tuple[int, int] = (0, 0)) -> None:
        self.evaluator = evaluator
        self.home = home
        self._shift = shifted(*moved) if any(moved) else None

    def value(self, node: Node) -> Value:
        """What a node stands for; a range stays an Area until somebody wants its values."""
        match node:
            case Literal(value):
                return value
            case Reference(ref):
                return Area(self._box(ref))
            case Invoke(name, arguments):
                return functions.call(self, name, arguments)
            case Binary(sign, left, right):
                return binary(sign, self.scalar(left), self.scalar(right))
            case Unary(sign, of):
                return unary(sign, self.scalar(of))
            case Name(text):
                return self._named(text)
            case ErrorLiteral(code):
                raise FormulaError(code)

    def scalar(self, node: Node) -> Scalar:
        """One value; of a range, that of its first cell."""
        value = self.value(node)
        return self.first(value) if isinstance(value, Area) else value

    def first(self, area: Area) -> Scalar:
        box = self.evaluator.closed(area.box)
        if not (box.rows() and box.columns()):
            raise FormulaError("#REF!")
        found = self.evaluator.cell(box.sheet_id, box.top, box.left)
        return str(found) if isinstance(found, str) else found

    def area(self, node: Node) -> Box:
        """The box that a node refers to. Raises ``#VALUE!`` where it is no reference."""
        value = self.value(node)
        if not isinstance(value, Area):
            raise FormulaError("#VALUE!", "Argument must be a range.")
        return value.box

    def each(self, node: Node) -> Iterator[Scalar]:
        """Every value of a range, or the one value; errors in it are raised."""
        value = self.value(node)
        if not isinstance(value, Area):
            yield value
            return
        box = self.evaluator.used(value.box)
        for row, column in box.cells():
            yield self.evaluator.cell(box.sheet_id, row, column)

    def _box(self, written: Ref) -> Box:
        ref = self._shift(written) if self._shift else written
        if ref is None:
            raise FormulaError("#REF!", "Reference does not exist.")
        if ref.sheet is None:
            return ref.box(self.home)
        sheet = self.evaluator.book.titled(ref.sheet)
        if sheet is None:
            raise FormulaError("#REF!", f"Unresolved sheet name '{ref.sheet}'.")
        return ref.box(sheet.sheet_id)

    def _named(self, text: str) -> Area:
        box = self.evaluator.book.named(text)
        if box is None:
            raise FormulaError("#NAME?", f"Unknown range name: '{text}'.")
        return Area(box)
