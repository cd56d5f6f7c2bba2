"""The functions our workbooks use, in one table; anything else is ``#NAME?``.

Text: LEN TRIM LEFT RIGHT MID FIND UPPER LOWER CONCATENATE TEXT TEXTJOIN HYPERLINK. Logic: IF IFERROR IFNA AND OR
NOT ISBLANK TRUE FALSE. Look-up: VLOOKUP XLOOKUP INDEX MATCH. Numbers: SUM MAX MIN COUNT COUNTA COUNTIF. Dates:
TODAY DATE."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sandbox.sheets.formulas import logic, lookup, numeric, text
from sandbox.sheets.formulas.values import FormulaError, Value

if TYPE_CHECKING:
    from sandbox.sheets.formulas.evaluate import Frame
    from sandbox.sheets.formulas.parser import Node

Function = Callable[["Frame", "tuple[Node, ...]"], Value]

# name: (function, fewest arguments, most arguments; None for no limit)
TABLE: dict[str, tuple[Function, int, int | None]] = {
    "AND": (logic.and_, 1, None),
    "CONCATENATE": (text.concatenate, 1, None),
    "COUNT": (numeric.count, 1, None),
    "COUNTA": (numeric.counta, 1, None),
    "COUNTIF": (numeric.countif, 2, 2),
    "DATE": (numeric.date_, 3, 3),
    "FALSE": (logic.false, 0, 0),
    "FIND": (text.find, 2, 3),
    "HYPERLINK": (text.hyperlink, 1, 2),
    "IF": (logic.if_, 2, 3),
    "IFERROR": (logic.iferror, 1, 2),
    "IFNA": (logic.ifna, 2, 2),
    "INDEX": (lookup.index, 1, 3),
    "ISBLANK": (logic.isblank, 1, 1),
    "LEFT": (text.left, 1, 2),
    "LEN": (text.length, 1, 1),
    "LOWER": (text.lower, 1, 1),
    "MATCH": (lookup.match, 2, 3),
    "MAX": (numeric.maximum, 1, None),
    "MID": (text.mid, 3, 3),
    "MIN": (numeric.minimum, 1, None),
    "NOT": (logic.not_, 1, 1),
    "OR": (logic.or_, 1, None),
    "RIGHT": (text.right, 1, 2),
    "SUM": (numeric.total, 1, None),
    "TEXT": (text.text, 2, 2),
    "TEXTJOIN": (text.textjoin, 3, None),
    "TODAY": (numeric.today, 0, 0),
    "TRIM": (text.trim, 1, 1),
    "TRUE": (logic.true, 0, 0),
    "UPPER": (text.upper, 1, 1),
    "VLOOKUP": (lookup.vlookup, 3, 4),
    "XLOOKUP": (lookup.xlookup, 3, 6),
}


def call(frame: Frame, name: str, arguments: tuple[Node, ...]) -> Value:
    found = TABLE.get(name)
    if found is None:
        raise FormulaError("#NAME?", f"Unknown function: '{name}'.")
    function, fewest, most = found
    if len(arguments) < fewest or (most is not None and len(arguments) > most):
        raise FormulaError("#N/A", f"Wrong number of arguments to {name}.")
    return function(frame, arguments)
