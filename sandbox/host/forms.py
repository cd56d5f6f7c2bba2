"""What a person filled into a card, as the event's ``formInputs``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

TEXT, DATE, TIME, MOMENT = "text", "date", "time", "datetime-local"


def form_inputs(filled: Mapping[str, Sequence[str]], kinds: Mapping[str, str], *, zone: str) -> dict[str, Any]:
    """One object per widget that holds something; names the card does not have are ignored. Moments are read in
    ``zone``; dates are milliseconds at midnight UTC."""
    inputs = {}
    for name, kind in kinds.items():
        values = [value for value in filled.get(name, ()) if value != ""]
        if values:
            inputs[name] = _input(values, kind, zone)
    return inputs


def _input(values: list[str], kind: str, zone: str) -> dict[str, Any]:
    if kind == DATE:
        return {"dateInput": {"msSinceEpoch": _millis(datetime.fromisoformat(values[0]).replace(tzinfo=UTC))}}
    if kind == TIME:
        hours, minutes = values[0].split(":")[:2]
        return {"timeInput": {"hours": int(hours), "minutes": int(minutes)}}
    if kind == MOMENT:
        moment = datetime.fromisoformat(values[0]).replace(tzinfo=ZoneInfo(zone))
        return {"dateTimeInput": {"hasDate": True, "hasTime": True, "msSinceEpoch": _millis(moment)}}
    return {"stringInputs": {"value": values}}


def _millis(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))


def prefilled(kind: str, millis: str | int | None, *, zone: str) -> str:
    """The value that an HTML date, time or date-time input takes for a card's ``valueMsEpoch``."""
    if millis in (None, ""):
        return ""
    moment = datetime.fromtimestamp(int(str(millis)) / 1000, UTC)
    if kind == DATE:
        return moment.date().isoformat()
    if kind == TIME:
        return moment.strftime("%H:%M")
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
