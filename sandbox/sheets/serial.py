"""Dates and times as Sheets counts them: days since 30 December 1899, the time of day as a fraction, no time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_EPOCH = datetime(1899, 12, 30)


def day_number(day: date) -> float:
    return float((datetime(day.year, day.month, day.day) - _EPOCH).days)


def moment_number(moment: datetime) -> float:
    gone = moment - _EPOCH
    return gone.days + gone.seconds / 86400


def moment(number: float) -> datetime:
    """The date and time of a serial number, to the second. Raises OverflowError outside Python's years."""
    return _EPOCH + timedelta(seconds=round(number * 86400))
