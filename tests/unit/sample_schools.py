"""The sample schools as records, straight from the file: no workbook in between."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from server.plans.model import (
    Contact,
    Cycle,
    EhcPlan,
    LogEntry,
    Meeting,
    Notification,
    Outcome,
    Provision,
    Pupil,
    Record,
    Review,
    School,
    Settings,
    Staff,
    Term,
    View,
)

R = TypeVar("R", bound=Record)
IDS = re.compile(r"[,;]\s*")
RENAMED = {
    "pupil_id": "pupil",
    "cycle_id": "cycle",
    "provision_id": "provision",
    "contact_id": "contact",
    "outcome_ids": "outcomes",
    "additional_to_ordinarily_available": "additional",
    "delivered_by_staff_id": "delivered_by",
    "by_staff_id": "by_staff",
    "accountable_staff_id": "accountable_staff",
    "senco_staff_id": "senco_staff",
}


@cache
def sample() -> Mapping[str, Any]:
    return json.loads((resources.files("server.demo") / "sample_pupils.json").read_text("utf-8"))


@cache
def sample_school(setting_id: str) -> School:
    data = sample()
    settings = next(row for row in data["settings"] if row["setting_id"] == setting_id)
    pupils = {row["pupil_id"] for row in data["pupils"] if row["setting_id"] == setting_id}

    def rows(table: str) -> Iterable[Mapping[str, Any]]:
        return (row for row in data[table] if row["pupil_id"] in pupils)

    return School(
        settings=Settings(
            school_id=setting_id,
            name=settings["name"],
            phase=settings["phase"],
            kind=settings["kind"],
            review_interval_weeks=settings["default_review_interval_weeks"],
            terms=tuple(
                Term(name=row["half_term"], start=_day(row["start"]), end=_day(row["end"])) for row in data["terms"]
            ),
        ),
        staff=_records(Staff, (row for row in data["staff"] if row["setting_id"] == setting_id), "staff_id"),
        contacts=_records(Contact, rows("contacts"), "contact_id", "Contacts"),
        notifications=tuple(_notifications(rows("letters"), data["contacts"])),
        ehc_plans=tuple(
            EhcPlan(ehc_id=f"{row['pupil_id']}-EHC", pupil=row["pupil_id"], issued=_day(row["issued"]))
            for row in rows("ehc_plans")
        ),
        pupils=_records(Pupil, rows("pupils"), "pupil_id", "Pupils"),
        cycles=_records(Cycle, rows("cycles"), "cycle_id", "Assess"),
        outcomes=_records(Outcome, rows("outcomes"), "outcome_id", "Plan"),
        provision=_records(Provision, rows("provision"), "provision_id", "Provision"),
        log=_records(LogEntry, rows("log"), "log_id", "Do"),
        reviews=_records(Review, rows("reviews"), "review_id", "Review"),
        meetings=_records(
            Meeting, ({**row, "staff": row["staff_present"]} for row in rows("meetings")), "meeting_id", "Meetings"
        ),
        views=_records(View, rows("views"), "view_id", "Views"),
    )


def _records(kind: type[R], rows: Iterable[Mapping[str, Any]], own_id: str, tab: str = "Staff") -> tuple[R, ...]:
    return tuple(_record(kind, row, own_id, tab, number) for number, row in enumerate(rows, start=2))


def _record(kind: type[R], row: Mapping[str, Any], own_id: str, tab: str, number: int) -> R:
    fields = {field.name: str(field.type) for field in dataclasses.fields(kind)}
    values: dict[str, Any] = {}
    for key, value in row.items():
        name = key if key == own_id else RENAMED.get(key, key)
        if name in fields and value not in (None, ""):
            values[name] = _value(fields[name], value)
    cells = {name: f"{tab}!{name}{number}" for name in fields if name != "cells"}
    return kind(cells=cells, **values)


def _value(wanted: str, value: Any) -> Any:
    readers: Mapping[str, Callable[[Any], Any]] = {
        "date | None": _day,
        "time | None": time.fromisoformat,
        "tuple[str, ...]": lambda text: tuple(IDS.split(text)),
        "int | None": int,
        "float | None": float,
        "bool": bool,
        "int": int,
    }
    return readers.get(wanted, str)(value)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _notifications(letters: Iterable[Mapping[str, Any]], contacts: Any) -> Iterable[Notification]:
    for letter in letters:
        for name in letter["sent_to"].split(";"):
            plain = name.split("(")[0].strip()
            found = [
                row["contact_id"]
                for row in contacts
                if row["pupil_id"] == letter["pupil_id"] and row["name"] == plain
            ]
            yield Notification(
                notification_id=f"{letter['letter_id']}-{found[0]}",
                pupil=letter["pupil_id"],
                contact=found[0],
                date=_day(letter["date"]),
                kind=letter["kind"],
                method=letter["method"],
            )
