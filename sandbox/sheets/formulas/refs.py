"""The references inside a formula, and how they follow the cells they point at.

Sheets keeps formulas as text over A1 references and rewrites them when lines are inserted, deleted or moved, when
a sheet is renamed, and when a formula is copied (relative parts shift, ``$`` parts stay)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from sandbox.sheets import a1
from sandbox.sheets.box import Axis, Box
from sandbox.sheets.lines import OPEN_END, LineEdit

_END = r"(\$?)([A-Za-z]{1,3})?(\$?)([1-9][0-9]{0,7})?"
_REF = re.compile(rf"(?:('(?:[^']|'')+'|[^'!:\s]+)!)?{_END}(?::{_END})?")


class BadFormula(Exception):
    """The text can't be read as a formula: the cell shows ``#ERROR!``."""


@dataclass(frozen=True, slots=True)
class End:
    """One corner; None where a reference names no row or no column. ``fixed_*`` are its dollar signs."""

    row: int | None
    column: int | None
    fixed_row: bool = False
    fixed_column: bool = False

    def text(self) -> str:
        column = "" if self.column is None else "$" * self.fixed_column + a1.column_letters(self.column)
        return column + ("" if self.row is None else "$" * self.fixed_row + str(self.row + 1))

    def index(self, axis: Axis) -> int | None:
        return self.row if axis == "ROWS" else self.column

    def at(self, axis: Axis, index: int) -> End:
        return replace(self, row=index) if axis == "ROWS" else replace(self, column=index)


@dataclass(frozen=True, slots=True)
class Ref:
    """``'My tab'!$A$2:C``: a sheet's title (None: the formula's own) and one or two corners."""

    sheet: str | None
    first: End
    last: End | None = None

    def text(self) -> str:
        sheet = "" if self.sheet is None else a1.quote(self.sheet) + "!"
        return sheet + self.first.text() + ("" if self.last is None else ":" + self.last.text())

    def box(self, sheet_id: int) -> Box:
        if self.last is None and self.first.row is not None and self.first.column is not None:
            row, column = self.first.row, self.first.column
            return Box(sheet_id=sheet_id, top=row, bottom=row + 1, left=column, right=column + 1)
        last = self.last or self.first
        rows = [end.row for end in (self.first, last) if end.row is not None]
        columns = [end.column for end in (self.first, last) if end.column is not None]
        return Box.between(sheet_id, rows, columns)


Change = Callable[[Ref], "Ref | None"]


@lru_cache(maxsize=1 << 15)
def tokens(formula: str) -> tuple[Token, ...]:
    """The formula's tokens, white space included.

    Raises BadFormula where quotes or brackets don't close."""
    try:
        return tuple(Tokenizer(formula).items)
    except (TokenizerError, IndexError) as error:
        raise BadFormula(str(error)) from error


@lru_cache(maxsize=1 << 15)
def parse_ref(text: str) -> Ref | None:
    """The reference that a token spells, None for a name or anything else."""
    found = _REF.fullmatch(text)
    if not found:
        return None
    title = found[1]
    if title and title.startswith("'"):
        title = title[1:-1].replace("''", "'")
    first, last = _corner(found, 2), _corner(found, 6)
    if last.row is None and last.column is None:
        return None if first.row is None or first.column is None else Ref(title, first)
    complete = (first.row is not None and last.row is not None) or (
        first.column is not None and last.column is not None
    )
    return Ref(title, first, last) if complete else None


def _corner(found: re.Match[str], group: int) -> End:
    dollar, letters, other, digits = (found[group + n] for n in range(4))
    fixed_row = bool(other) or bool(dollar and not letters)
    return End(
        int(digits) - 1 if digits else None,
        a1.column_index(letters) if letters else None,
        fixed_row,
        bool(dollar and letters),
    )


def rewrite(formula: str, change: Change) -> str:
    """The formula with each reference changed; None from ``change`` makes it ``#REF!``.

    A formula that can't be read stays as it is."""
    try:
        items = tokens(formula)
    except BadFormula:
        return formula
    parts = [_rewritten(token, change) for token in items]
    return (
        "=" + "".join(parts)
        if any(part is not token.value for part, token in zip(parts, items, strict=True))
        else formula
    )


def _rewritten(token: Token, change: Change) -> str:
    value: str = token.value
    if token.type != Token.OPERAND or token.subtype != Token.RANGE:
        return value
    ref = parse_ref(value)
    if ref is None:
        return value
    changed = change(ref)
    if changed == ref:
        return value
    return "#REF!" if changed is None else changed.text()


def follow(axis: Axis, edit: LineEdit, concerns: Callable[[str | None], bool]) -> Change:
    """A change that keeps references on their cells while lines move on the sheet that ``concerns`` says yes to."""

    def change(ref: Ref) -> Ref | None:
        if not concerns(ref.sheet):
            return ref
        return _follow_range(ref, axis, edit) if ref.last else _follow_cell(ref, axis, edit)

    return change


def _follow_cell(ref: Ref, axis: Axis, edit: LineEdit) -> Ref | None:
    index = ref.first.index(axis)
    assert index is not None  # a single cell has both
    point = edit.point(index)
    return None if point is None else replace(ref, first=ref.first.at(axis, point))


def _follow_range(ref: Ref, axis: Axis, edit: LineEdit) -> Ref | None:
    assert ref.last is not None
    start, end = ref.first.index(axis), ref.last.index(axis)
    if start is None and end is None:
        return ref
    low = min(n for n in (start, end) if n is not None)
    high = OPEN_END if start is None or end is None else max(start, end) + 1
    span = edit.span(low, high)
    if span is None:
        return None
    first = ref.first if start is None else ref.first.at(axis, span[0])
    last = ref.last if end is None else ref.last.at(axis, span[0] if start is None else span[1] - 1)
    return replace(ref, first=first, last=last)


def shifted(rows: int, columns: int) -> Change:
    """A change for a formula copied that many rows down and columns right."""

    def change(ref: Ref) -> Ref | None:
        first = _shift(ref.first, rows, columns)
        last = _shift(ref.last, rows, columns) if ref.last else None
        return None if first is None or (ref.last and last is None) else Ref(ref.sheet, first, last)

    return change


def _shift(end: End, rows: int, columns: int) -> End | None:
    row = end.row if end.row is None or end.fixed_row else end.row + rows
    column = end.column if end.column is None or end.fixed_column else end.column + columns
    if (row is not None and row < 0) or (column is not None and column < 0):
        return None
    return End(row, column, end.fixed_row, end.fixed_column)


def retitled(old: str, new: str | None) -> Change:
    """A change for a sheet that gets another title, or none because it was deleted."""
    folded = old.casefold()

    def change(ref: Ref) -> Ref | None:
        if ref.sheet is None or ref.sheet.casefold() != folded:
            return ref
        return None if new is None else replace(ref, sheet=new)

    return change


def carried(source: Box, titles: tuple[str, str], rows: int, columns: int) -> Callable[[str], Change]:
    """For formulas on a sheet ``home``: a change for cells that were cut from the first titled sheet to the second.

    References that lie wholly in ``source`` go along, dollar signs or not; all others stay."""
    old, new = titles

    def on(home: str) -> Change:
        def change(ref: Ref) -> Ref | None:
            title = home if ref.sheet is None else ref.sheet
            if title.casefold() != old.casefold() or not ref.box(source.sheet_id).within(source):
                return ref
            last = None if ref.last is None else _slid(ref.last, rows, columns)
            named = ref.sheet if new.casefold() == title.casefold() else new
            return Ref(named, _slid(ref.first, rows, columns), last)

        return change

    return on


def _slid(end: End, rows: int, columns: int) -> End:
    row = None if end.row is None else end.row + rows
    column = None if end.column is None else end.column + columns
    return replace(end, row=row, column=column)


def named_after(title: str) -> Change:
    """A change that gives references without a sheet that sheet's title: for a formula moved to another one."""
    return lambda ref: replace(ref, sheet=title) if ref.sheet is None else ref
