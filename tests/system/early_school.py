"""A school whose workbooks were made by the first version, and what people did to them since."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import snapshots
from town import SMALL, SPARE, TODAY, Town, small_sample

from server.workflows.install import install
from server.workflows.run import Run
from sheets_templates import catalogue
from sheets_templates.schema import Catalogue

OLD_FILES = Path(__file__).parent.parent / "data" / "tables_0.1.0"


@cache
def first_version() -> Catalogue:
    """The tables as version 0.1.0 had them, kept as they were."""
    old = catalogue.build(tables=_read("tables"), vocabulary=_read("vocabulary"), version=1)
    tables = {key: replace(table, spare_rows=min(table.spare_rows, SPARE)) for key, table in old.tables.items()}
    return replace(old, tables=tables)


def _read(folder: str) -> Mapping[str, Any]:
    files = sorted((OLD_FILES / folder).glob("*.toml"))
    return {f"{folder}/{file.name}": tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


@cache
def early_snapshot() -> snapshots.Snapshot:
    """The small school as the first version made it: nothing in it says so, as nothing did then."""
    town = Town(snapshots.world_of(small_sample(), TODAY))
    with town.run() as run:
        install(as_it_was(run), old_starter(town))
    for which in ("senco", "plan"):
        forget_version(town, town.workbook(which))
    release(town)
    town.forget_calls()
    return snapshots.take(town.world.sandbox.workspace)


def old_starter(town: Town) -> Any:
    """The school's rows, as far as the first version had tables and columns for them."""
    old = first_version()
    tables = {
        key: [
            {name: value for name, value in row.items() if name in {c.key for c in old.table(key).inputs}}
            for row in rows
        ]
        for key, rows in town.starter.tables.items()
        if key in old.tables
    }
    return replace(town.starter, tables=tables)


def as_it_was(run: Run) -> Run:
    return replace(run, catalogue=first_version())


def forget_version(town: Town, file_id: str) -> None:
    """The first version said nothing of itself."""
    lookups = ({"metadataKey": key} for key in ("senplans.version", "senplans.given"))
    gone = [{"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": each}}} for each in lookups]
    with town.run() as run:
        run.google.sheets.batch(file_id, gone)


def release(town: Town) -> None:
    """Give the set-up's lease back."""
    with town.run() as run:
        names = run.google.sheets.named_ranges(town.workbook("senco"))
        gone = [{"deleteNamedRange": {"namedRangeId": name}} for name in names]
        if gone:
            run.google.sheets.batch(town.workbook("senco"), gone)


def early_town() -> Town:
    """That school, served."""
    before = early_snapshot()
    world = snapshots.world_of(small_sample(), TODAY)
    snapshots.restore(world, before)
    return Town(world, school_id=SMALL)
