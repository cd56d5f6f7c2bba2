"""Conditions of dropdowns, checkboxes and conditional formats: their form is checked, their values never are.

Sheets keeps people from typing what a strict rule forbids; the API may write it all the same."""

from __future__ import annotations

from sandbox.sheets.errors import Refused
from sandbox.sheets.formulas.refs import parse_ref
from sandbox.sheets.model import Json, Spreadsheet

# condition type: fewest and most values
_VALUES = {
    "BLANK": (0, 0),
    "NOT_BLANK": (0, 0),
    "BOOLEAN": (0, 2),
    "CUSTOM_FORMULA": (1, 1),
    "DATE_BETWEEN": (2, 2),
    "DATE_NOT_BETWEEN": (2, 2),
    "DATE_IS_VALID": (0, 0),
    "NUMBER_BETWEEN": (2, 2),
    "NUMBER_NOT_BETWEEN": (2, 2),
    "ONE_OF_LIST": (1, 500),
    "ONE_OF_RANGE": (1, 1),
    "TEXT_IS_EMAIL": (0, 0),
    "TEXT_IS_URL": (0, 0),
}
_ONLY_IN_FORMATS = ("BLANK", "NOT_BLANK", "TEXT_STARTS_WITH", "TEXT_ENDS_WITH")


def check_rule(book: Spreadsheet, rule: Json | None) -> None:
    """Raises Refused where a data validation rule isn't one that Sheets would take."""
    if rule is None:
        return
    condition = rule.get("condition")
    if not condition:
        raise Refused("A data validation rule must have a condition.")
    if condition.get("type") in _ONLY_IN_FORMATS:
        raise Refused(f"Condition type '{condition['type']}' is not supported for data validation.")
    check_condition(condition)
    if condition["type"] == "ONE_OF_RANGE":
        _check_range(book, condition["values"][0].get("userEnteredValue", ""))


def check_condition(condition: Json) -> None:
    """Raises Refused where a condition has no type or the wrong number of values."""
    kind = condition.get("type", "CONDITION_TYPE_UNSPECIFIED")
    if kind == "CONDITION_TYPE_UNSPECIFIED":
        raise Refused("A condition must have a type.")
    fewest, most = _VALUES.get(kind, (1, 1))
    count = len(condition.get("values", ()))
    if not fewest <= count <= most:
        wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
        raise Refused(f"Condition type '{kind}' requires {wanted} ConditionValues but {count} values were supplied.")


def _check_range(book: Spreadsheet, text: str) -> None:
    ref = parse_ref(text.removeprefix("="))
    known = ref is not None and (ref.sheet is None or book.titled(ref.sheet) is not None)
    if not known and book.named(text.removeprefix("=")) is None:
        raise Refused(f"Invalid ConditionValue.userEnteredValue: {text}")
