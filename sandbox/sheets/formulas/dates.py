"""Functions on dates and times: serial numbers that show as dates."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.sheets import serial
from sandbox.sheets.formulas.values import Formatted, FormulaError, Value, operand, to_number

if TYPE_CHECKING:
    from sandbox.sheets.formulas.evaluate import Frame
    from sandbox.sheets.formulas.parser import Node

_DATE = {"type": "DATE"}
_DATE_TIME = {"type": "DATE_TIME"}


def today(frame: Frame, _arguments: tuple[Node, ...]) -> Value:
    return Formatted(serial.day_number(frame.evaluator.today), _DATE)


def now(frame: Frame, _arguments: tuple[Node, ...]) -> Value:
    """Midnight of the sandbox's day: formulas know the day and not the hour."""
    return Formatted(serial.day_number(frame.evaluator.today), _DATE_TIME)


def date_(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    year, month, day = (int(to_number(frame.scalar(node))) for node in arguments)
    year += 1900 if 0 <= year < 1900 else 0
    return _day(year * 12 + month - 1, day)


def edate(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    """The same day so many months on, or that month's last."""
    when, months = _moment(frame, arguments[0], "EDATE"), int(operand(frame.scalar(arguments[1]), "EDATE", 2))
    total = when.year * 12 + when.month - 1 + months
    return _day(total, min(when.day, _length(total)))


def eomonth(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    when, months = _moment(frame, arguments[0], "EOMONTH"), int(operand(frame.scalar(arguments[1]), "EOMONTH", 2))
    total = when.year * 12 + when.month - 1 + months
    return _day(total, _length(total))


def days(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    end, start = (int(operand(frame.scalar(node), "DAYS", place)) for place, node in enumerate(arguments, 1))
    return float(end - start)


def year(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return float(_moment(frame, arguments[0], "YEAR").year)


def month(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return float(_moment(frame, arguments[0], "MONTH").month)


def day(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    return float(_moment(frame, arguments[0], "DAY").day)


def weekday(frame: Frame, arguments: tuple[Node, ...]) -> Value:
    """1 is Sunday; with 2 Monday is 1, with 3 Monday is 0."""
    found = _moment(frame, arguments[0], "WEEKDAY").weekday()
    kind = int(operand(frame.scalar(arguments[1]), "WEEKDAY", 2)) if len(arguments) > 1 else 1
    if kind not in (1, 2, 3):
        raise FormulaError("#NUM!", f"Function WEEKDAY parameter 2 value is {kind}. Valid values are: 1, 2, 3.")
    return float({1: (found + 1) % 7 + 1, 2: found + 1, 3: found}[kind])


def _moment(frame: Frame, node: Node, function: str) -> datetime:
    number = operand(frame.scalar(node), function, 1)
    try:
        return serial.moment(number)
    except OverflowError:
        raise FormulaError("#NUM!", "The date is out of range.") from None


def _length(months: int) -> int:
    return calendar.monthrange(months // 12, months % 12 + 1)[1]


def _day(months: int, day_: int) -> Formatted:
    try:
        made = date(months // 12, months % 12 + 1, 1) + timedelta(days=day_ - 1)
    except (ValueError, OverflowError):
        raise FormulaError("#NUM!", "The date is out of range.") from None
    return Formatted(serial.day_number(made), _DATE)
