"""The functions that the sandbox knows, in one table; anything else is ``#NAME?``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sandbox.sheets.formulas import dates, kinds, logic, lookup, numeric, patterns, text
from sandbox.sheets.formulas.values import FormulaError, Value

if TYPE_CHECKING:
    from sandbox.sheets.formulas.evaluate import Frame
    from sandbox.sheets.formulas.parser import Node

Function = Callable[["Frame", "tuple[Node, ...]"], Value]

# name: (function, fewest arguments, most arguments; None for no limit)
TABLE: dict[str, tuple[Function, int, int | None]] = {
    "ABS": (numeric.absolute, 1, 1),
    "AND": (logic.and_, 1, None),
    "AVERAGE": (numeric.average, 1, None),
    "CHOOSE": (logic.choose, 2, None),
    "COLUMN": (lookup.column, 1, 1),
    "COLUMNS": (lookup.columns, 1, 1),
    "CONCATENATE": (text.concatenate, 1, None),
    "COUNT": (numeric.count, 1, None),
    "COUNTA": (numeric.counta, 1, None),
    "COUNTBLANK": (numeric.countblank, 1, None),
    "COUNTIF": (numeric.countif, 2, 2),
    "COUNTIFS": (numeric.countifs, 2, None),
    "DATE": (dates.date_, 3, 3),
    "DAY": (dates.day, 1, 1),
    "DAYS": (dates.days, 2, 2),
    "EDATE": (dates.edate, 2, 2),
    "EOMONTH": (dates.eomonth, 2, 2),
    "EXACT": (text.exact, 2, 2),
    "FALSE": (logic.false, 0, 0),
    "FIND": (text.find, 2, 3),
    "HYPERLINK": (text.hyperlink, 1, 2),
    "IF": (logic.if_, 2, 3),
    "IFERROR": (logic.iferror, 1, 2),
    "IFNA": (logic.ifna, 2, 2),
    "IFS": (logic.ifs, 2, None),
    "INDEX": (lookup.index, 1, 3),
    "INT": (numeric.integer, 1, 1),
    "ISBLANK": (logic.isblank, 1, 1),
    "ISERROR": (kinds.iserror, 1, 1),
    "ISLOGICAL": (kinds.islogical, 1, 1),
    "ISNA": (kinds.isna, 1, 1),
    "ISNUMBER": (kinds.isnumber, 1, 1),
    "ISTEXT": (kinds.istext, 1, 1),
    "LEFT": (text.left, 1, 2),
    "LEN": (text.length, 1, 1),
    "LOWER": (text.lower, 1, 1),
    "MATCH": (lookup.match, 2, 3),
    "MAX": (numeric.maximum, 1, None),
    "MID": (text.mid, 3, 3),
    "MIN": (numeric.minimum, 1, None),
    "MOD": (numeric.modulo, 2, 2),
    "MONTH": (dates.month, 1, 1),
    "N": (kinds.n, 1, 1),
    "NA": (kinds.na, 0, 0),
    "NOT": (logic.not_, 1, 1),
    "NOW": (dates.now, 0, 0),
    "OR": (logic.or_, 1, None),
    "PROPER": (text.proper, 1, 1),
    "REGEXEXTRACT": (patterns.extract, 2, 2),
    "REGEXMATCH": (patterns.match, 2, 2),
    "REGEXREPLACE": (patterns.replace, 3, 3),
    "REPT": (text.rept, 2, 2),
    "RIGHT": (text.right, 1, 2),
    "ROUND": (numeric.rounded, 1, 2),
    "ROW": (lookup.row, 1, 1),
    "ROWS": (lookup.rows, 1, 1),
    "SEARCH": (text.search, 2, 3),
    "SQRT": (numeric.root, 1, 1),
    "SUBSTITUTE": (text.substitute, 3, 4),
    "SUM": (numeric.total, 1, None),
    "SUMIF": (numeric.sumif, 2, 3),
    "SWITCH": (logic.switch, 3, None),
    "T": (kinds.t, 1, 1),
    "TEXT": (text.text, 2, 2),
    "TEXTJOIN": (text.textjoin, 3, None),
    "TODAY": (dates.today, 0, 0),
    "TRIM": (text.trim, 1, 1),
    "TRUE": (logic.true, 0, 0),
    "TYPE": (kinds.type_, 1, 1),
    "UPPER": (text.upper, 1, 1),
    "VALUE": (text.value, 1, 1),
    "VLOOKUP": (lookup.vlookup, 3, 4),
    "WEEKDAY": (dates.weekday, 1, 2),
    "XLOOKUP": (lookup.xlookup, 3, 6),
    "YEAR": (dates.year, 1, 1),
}


def call(frame: Frame, name: str, arguments: tuple[Node, ...]) -> Value:
    found = TABLE.get(name.upper())
    if found is None:
        raise FormulaError("#NAME?", f"Unknown function: '{name}'.")
    function, fewest, most = found
    if len(arguments) < fewest or (most is not None and len(arguments) > most):
        raise FormulaError("#N/A", f"Wrong number of arguments to {name.upper()}.")
    return function(frame, arguments)
