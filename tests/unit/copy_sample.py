"""The sample pupils as records, for tests of copies and documents: one School per setting."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date, time
from functools import cache
from importlib import resources
from typing import Any

from server.plans import model
from server.plans.model import School

_RENAMED = {
    "accountable_staff_id": "accountable_staff",
    "senco_staff_id": "senco_staff",
    "delivered_by_staff_id": "delivered_by",
    "outcome_ids": "outcomes",
    "additional_to_ordinarily_available": "additional",
    "pupil_id": "pupil",
    "cycle_id": "cycle",
    "contact_id": "contact",
    "staff_present": "staff",
}
_LISTS = {"accountable_staff", "outcomes", "staff"}
_TABLES: Mapping[str, type[model.Record]] = {
    "contacts": model.Contact,
    "cycles": model.Cycle,
    "outcomes": model.Outcome,
    "provision": model.Provision,
    "reviews": model.Review,
    "meetings": model.Meeting,
    "views": model.View,
}


@cache
def sample() -> Mapping[str, Any]:
    return json.loads(resources.files("server.demo").joinpath("sample_pupils.json").read_text(encoding="utf-8"))


@cache
def school_of(pupil_id: str) -> School:
    """The school of a sample pupil, with everybody in it."""
    setting_id = next(row["setting_id"] for row in sample()["pupils"] if row["pupil_id"] == pupil_id)
    setting = next(row for row in sample()["settings"] if row["setting_id"] == setting_id)
    pupils = [row for row in sample()["pupils"] if row["setting_id"] == setting_id]
    ids = {row["pupil_id"] for row in pupils}
    staff = [row for row in sample()["staff"] if row["setting_id"] in (setting_id, None)]
    tables = {name: [row for row in sample()[name] if row["pupil_id"] in ids] for name in _TABLES}
    return School(
        settings=model.Settings(name=setting["name"], phase=setting["phase"]),
        staff=tuple(model.Staff(**{k: v for k, v in row.items() if k != "setting_id"}) for row in staff),
        pupils=tuple(_pupil(row) for row in pupils),
        **{name: tuple(_record(_TABLES[name], row) for row in rows) for name, rows in tables.items()},
    )


def households() -> list[tuple[str, str]]:
    """Every household of the sample with somebody who may be told: (pupil, household)."""
    told = [row for row in sample()["contacts"] if row["restriction_kind"] != "no_information"]
    return sorted({(row["pupil_id"], row["household"] or row["contact_id"]) for row in told})


def _pupil(row: Mapping[str, Any]) -> model.Pupil:
    profile = next(p for p in sample()["one_page_profiles"] if p["pupil_id"] == row["pupil_id"])
    fields = {f.name for f in dataclasses.fields(model.Pupil)}
    values = {_RENAMED.get(key, key): value for key, value in row.items() if key != "pupil_id"}
    values = {key: _value(key, value) for key, value in values.items() if key in fields and value is not None}
    return model.Pupil(pupil_id=row["pupil_id"], how_to_support=profile["how_best_to_support_me"], **values)


def _record(kind: type[model.Record], row: Mapping[str, Any]) -> Any:
    fields = {f.name for f in dataclasses.fields(kind)}
    own_id = next(
        f.name for f in dataclasses.fields(kind) if f.default is dataclasses.MISSING and f.name.endswith("_id")
    )
    values = {key if key == own_id else _RENAMED.get(key, key): value for key, value in row.items()}
    return kind(**{key: _value(key, value) for key, value in values.items() if key in fields and value is not None})


def _value(key: str, value: Any) -> Any:
    if key in _LISTS:
        return tuple(part.strip() for part in value.replace(";", ",").split(",") if part.strip())
    if key == "start_time":
        return time.fromisoformat(value) if value else None
    if (key.endswith("date") or key in {"dob", "sen_identified"}) and isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return value
