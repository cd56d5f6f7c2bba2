"""What repeats: RRULE, EXRULE, RDATE and EXDATE lines, read and expanded with python-dateutil."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr

from sandbox.calendar import errors
from sandbox.calendar.times import When, zone_of

_LINE = re.compile(r"(RRULE|EXRULE|RDATE|EXDATE)((?:;[^:;=]+=[^:;]+)*):(.+)", re.IGNORECASE)
_STAMP = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")


def parse_lines(given: Sequence[Any], start: When) -> tuple[str, ...]:
    """The lines as given. Raises Google's 400 for one that cannot be read, and for a timed series without a zone."""
    lines = tuple(str(line) for line in given)
    if lines and start.day is None and not start.zone:
        raise errors.required("Missing time zone definition for start time.")
    if lines:
        try:
            _rules(lines, start, zone_of(start.zone or "UTC"))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as bad:
            raise errors.invalid("Invalid recurrence rule.") from bad
    return lines


def starts(lines: Sequence[str], start: When, calendar_zone: str) -> Iterator[When]:
    """When each occurrence begins, in order and without end where the rule has none."""
    zone = zone_of(start.zone or calendar_zone)
    for local in _rules(lines, start, zone):
        if start.day is not None:
            yield When(day=local.date(), zone=start.zone)
        else:
            yield When(moment=local.replace(tzinfo=zone), zone=start.zone)


def suffix(when: When) -> str:
    """What an instance's id ends in: its day, or its moment in UTC."""
    if when.day is not None:
        return f"{when.day:%Y%m%d}"
    assert when.moment is not None
    return f"{when.moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def from_suffix(text: str) -> date | datetime | None:
    """The day or UTC moment that an instance's id ends in; None where it ends in neither."""
    match = _STAMP.fullmatch(text)
    if match is None or (match[2] and not match[3]):
        return None
    try:
        if not match[2]:
            return datetime.strptime(text, "%Y%m%d").date()
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _rules(lines: Sequence[str], start: When, zone: ZoneInfo) -> rruleset:
    """Reckoned in local time without a zone, as a series keeps its hour when the clocks change."""
    first = _first(start, zone)
    found = rruleset()
    for line in lines:
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise ValueError(line)
        kind, options, value = match[1].upper(), match[2], match[3]
        if kind in ("RRULE", "EXRULE"):
            rule = rrulestr(_local_until(value, first, zone, whole_days=start.day is not None), dtstart=first)
            if not isinstance(rule, rrule):
                raise ValueError(line)
            (found.rrule if kind == "RRULE" else found.exrule)(rule)
            continue
        for one in value.split(","):
            moment = _local(one, options, zone, first)
            (found.rdate if kind == "RDATE" else found.exdate)(moment)
    if not any(line.strip().upper().startswith("RRULE") for line in lines):
        found.rdate(first)
    return found


def _first(start: When, zone: ZoneInfo) -> datetime:
    if start.day is not None:
        return datetime.combine(start.day, time())
    assert start.moment is not None
    return start.moment.astimezone(zone).replace(tzinfo=None, microsecond=0)


def _local_until(rule: str, first: datetime, zone: ZoneInfo, *, whole_days: bool) -> str:
    """The rule with its UNTIL in local time; a bare day lasts to its end."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if part)
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValueError("COUNT and UNTIL")
    if "UNTIL" in parts:
        bare = "T" not in parts["UNTIL"]
        last = _local(parts["UNTIL"], "", zone, first)
        if bare or whole_days:
            last = datetime.combine(last.date(), time(23, 59, 59))
        parts["UNTIL"] = f"{last:%Y%m%dT%H%M%S}"
    return ";".join(f"{key}={value}" for key, value in parts.items())


def _local(text: str, options: str, zone: ZoneInfo, first: datetime) -> datetime:
    match = _STAMP.fullmatch(text.strip().upper())
    if match is None:
        raise ValueError(text)
    day = datetime.strptime(match[1], "%Y%m%d")
    if not match[2]:
        return datetime.combine(day, first.time())
    moment = datetime.strptime(match[1] + match[2], "%Y%m%d%H%M%S")
    named = re.search(r"TZID=([^;]+)", options, re.IGNORECASE)
    if match[3]:
        return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    if named:
        return moment.replace(tzinfo=zone_of(named[1])).astimezone(zone).replace(tzinfo=None)
    return moment
