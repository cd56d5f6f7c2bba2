"""An event's two ends: a day or a moment, parsed from the wire and printed in a calendar's zone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.calendar import errors

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, kw_only=True)
class When:
    """A whole day (``day``) or an aware moment (``moment``). ``zone`` is the IANA name given, or ""."""

    day: date | None = None
    moment: datetime | None = None
    zone: str = ""

    def instant(self, calendar_zone: str) -> datetime:
        """The UTC moment at which it stands; a day begins at midnight in the calendar's zone."""
        if self.moment is not None:
            return self.moment.astimezone(UTC)
        assert self.day is not None
        return datetime.combine(self.day, time(), zone_of(calendar_zone)).astimezone(UTC)


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that IANA name. Raises Google's 400 where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as missing:
        raise errors.invalid(f"Invalid time zone: {name}") from missing


def parse_when(wire: Mapping[str, Any] | None, which: str) -> When:
    """One end of an event from its JSON. ``which`` is "start" or "end", for the message."""
    given = {key: value for key, value in (wire or {}).items() if value is not None}
    if "date" in given and "dateTime" in given:
        raise errors.invalid(f"Invalid {which} time.")
    zone = str(given.get("timeZone", ""))
    if zone:
        _known_zone(zone, which)
    if "date" in given:
        return When(day=_day(given["date"], which), zone=zone)
    if "dateTime" in given:
        return When(moment=_moment(given["dateTime"], zone, which), zone=zone)
    raise errors.required(f"Missing {which} time.")


def _known_zone(zone: str, which: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as missing:
        raise errors.invalid(f"Invalid time zone definition for {which} time.") from missing


def _day(text: Any, which: str) -> date:
    if not isinstance(text, str) or not _DATE.match(text):
        raise errors.invalid(f"Invalid {which} time.")
    try:
        return date.fromisoformat(text)
    except ValueError as bad:
        raise errors.invalid(f"Invalid {which} time.") from bad


def _moment(text: Any, zone: str, which: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError as bad:
        raise errors.invalid(f"Invalid {which} time.") from bad
    if moment.tzinfo is None:
        if not zone:
            raise errors.required(f"Missing time zone definition for {which} time.")
        return moment.replace(tzinfo=ZoneInfo(zone))
    return moment


def check_range(start: When, end: When) -> None:
    """Refuse ends of different kinds, and an end that does not come after the start."""
    if (start.day is None) != (end.day is None):
        raise errors.invalid("Start and end times must either both be date or both be dateTime.")
    if start.day is not None and end.day is not None:
        if end.day <= start.day:
            raise errors.empty_range()
    elif end.instant("UTC") < start.instant("UTC"):
        raise errors.empty_range()


def print_when(when: When, *, shown_zone: str, calendar_zone: str) -> dict[str, str]:
    """The JSON of one end: a moment in ``shown_zone``'s offset with the event's own zone beside it."""
    if when.day is not None:
        return {"date": when.day.isoformat()}
    assert when.moment is not None
    local = when.moment.astimezone(zone_of(shown_zone)).replace(microsecond=0)
    return {"dateTime": rfc3339(local), "timeZone": when.zone or calendar_zone}


def write_when(when: When) -> dict[str, str]:
    """What a client would send to set this end again, as the base of a patch."""
    zone = {"timeZone": when.zone} if when.zone else {}
    if when.day is not None:
        return {"date": when.day.isoformat(), **zone}
    assert when.moment is not None
    return {"dateTime": when.moment.isoformat(), **zone}


def rfc3339(moment: datetime) -> str:
    """Seconds and offset; ``Z`` where the offset is nil, in London too."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def stamp(moment: datetime) -> str:
    """A created or updated time: UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def micros(moment: datetime) -> int:
    """Microseconds since 1970, exactly."""
    whole = moment.astimezone(UTC)
    return int(whole.replace(microsecond=0).timestamp()) * 1_000_000 + whole.microsecond


def parse_bound(text: str, location: str) -> datetime:
    """A timeMin, timeMax or updatedMin: RFC 3339 with an offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as bad:
        raise errors.invalid(f'Invalid value for: Invalid format: "{text}"', location=location) from bad
    if moment.tzinfo is None:
        raise errors.bad_request(location)
    return moment
