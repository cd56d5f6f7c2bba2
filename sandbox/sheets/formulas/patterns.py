"""Functions on regular expressions. Sheets reads RE2; what Python reads otherwise is not told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sandbox.sheets.formulas.values import FormulaError, Value, to_text

if TYPE_CHECKING:
    from sandbox.sheets.formulas.evaluate import Frame
    from sandbox.sheets.formulas.parser import Node


def match(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    text, pattern = _read(frame, arguments, "REGEXMATCH")
    return pattern.search(text) is not None


def extract(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    """The first group of the first match, or all of the match where there is no group."""
    text, pattern = _read(frame, arguments, "REGEXEXTRACT")
    found = pattern.search(text)
    if found is None:
        raise FormulaError(
            "#N/A",
            f'Function REGEXEXTRACT parameter 2 value "{pattern.pattern}" does not match text of '
            f'Function REGEXEXTRACT parameter 1 value "{text}".',
        )
    return (found[1] or "") if pattern.groups else found[0]


def replace(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    """``$1`` in the replacement is the first group."""
    text, pattern = _read(frame, arguments, "REGEXREPLACE")
    made = re.sub(r"\\", r"\\\\", to_text(frame.scalar(arguments[2])))
    try:
        return pattern.sub(re.sub(r"\$(\d)", r"\\g<\1>", made), text)
    except re.error:
        raise FormulaError("#REF!", "Function REGEXREPLACE parameter 3 names a group that is not there.") from None


def _read(frame: Frame, arguments: tuple[Node, ...], function: str) -> tuple[str, re.Pattern[str]]:
    text, pattern = (to_text(frame.scalar(node)) for node in arguments[:2])
    try:
        return text, re.compile(pattern)
    except re.error:
        raise FormulaError(
            "#REF!", f'Function {function} parameter 2 value "{pattern}" is not a valid regular expression.'
        ) from None
