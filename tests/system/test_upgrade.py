"""Upgrading a live workbook adds what a newer version brings and touches nothing that people typed or arranged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import clients
import pytest
from early_school import early_town, first_version, old_starter
from town import Killed, Killer, Town

from server.plans.trouble import InUse
from server.workflows.install import install, lease_of
from server.workflows.lease import acquire
from server.workflows.survey import OLDER, survey
from server.workflows.upgrade import Upgraded, upgrade
from sheets_templates import catalogue
from sheets_templates.workbook_version import VERSION_TAG, first_given, given

CATALOGUE = catalogue.load()
GET, BATCH = "sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"
TYPED = "Sounds out with the blue cards"
Json = dict[str, Any]


@pytest.fixture
def early() -> Town:
    return early_town()


def upgraded(town: Town, *, dry_run: bool = False, probe: Any = None) -> Upgraded:
    with town.run(probe) as run:
        return upgrade(run, school_id=town.school_id, dry_run=dry_run)


def batch(town: Town, which: str, *requests: Json) -> None:
    """What a person does in the browser."""
    api = clients.service(town.sandbox, "sheets", "v4", town.senco).spreadsheets()
    api.batchUpdate(spreadsheetId=town.workbook(which), body={"requests": list(requests)}).execute()


def whole(town: Town, which: str) -> Json:
    """Everything that a workbook holds, looks included."""
    api = clients.service(town.sandbox, "sheets", "v4", town.senco).spreadsheets()
    look = "userEnteredValue,formattedValue,userEnteredFormat,note,dataValidation"
    fields = f"sheets(properties,data(columnMetadata,rowData(values({look}))))"
    answer: Json = api.get(spreadsheetId=town.workbook(which), fields=fields).execute()
    return answer


def columns(key: str, first: int, end: int) -> Json:
    return {
        "sheetId": CATALOGUE.table(key).sheet_id,
        "dimension": "COLUMNS",
        "startIndex": first,
        "endIndex": end,
    }


def cell(key: str, row: int, column: int, **value: Any) -> Json:
    start = {"sheetId": CATALOGUE.table(key).sheet_id, "rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": [{"values": [value]}], "fields": ",".join(value)}}


def rearrange(town: Town) -> None:
    """A busy term: tabs and columns renamed, moved, hidden, widened, coloured, filtered; columns of their own."""
    plan = CATALOGUE.table("outcomes").sheet_id
    red = {"backgroundColorStyle": {"rgbColor": {"red": 1}}}
    area = {"sheetId": plan, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 2, "endColumnIndex": 5}
    batch(
        town,
        "plan",
        {"updateSheetProperties": {"properties": {"sheetId": plan, "title": "Our targets"}, "fields": "title"}},
        {"insertDimension": {"range": columns("outcomes", 3, 4)}},
        cell("outcomes", 0, 3, userEnteredValue={"stringValue": "Blue cards"}),
        cell("outcomes", 1, 3, userEnteredValue={"stringValue": TYPED}),
        {"moveDimension": {"source": columns("outcomes", 7, 8), "destinationIndex": 2}},
        {
            "updateDimensionProperties": {
                "range": columns("outcomes", 5, 6),
                "properties": {"hiddenByUser": True, "pixelSize": 333},
                "fields": "hiddenByUser,pixelSize",
            }
        },
        {"repeatCell": {"range": area, "cell": {"userEnteredFormat": red}, "fields": "userEnteredFormat"}},
        {"insertDimension": {"range": {**columns("pupils", 0, 2), "dimension": "ROWS"}}},
        cell("pupils", 0, 5, userEnteredValue={"stringValue": "Our children"}),
        {"mergeCells": {"range": title_area("pupils"), "mergeType": "MERGE_ALL"}},
        {"appendDimension": {"sheetId": CATALOGUE.table("reviews").sheet_id, "dimension": "COLUMNS", "length": 2}},
        cell("reviews", 0, len(first_columns("reviews")) + 1, userEnteredValue={"stringValue": "Mode of tea"}),
        {"addSheet": {"properties": {"title": "money", "index": 0, "sheetId": 77}}},
        {"addSheet": {"properties": {"title": "Agreed", "sheetId": 78}}},
        {"deleteDimension": {"range": columns("log", 6, 7)}},
    )


def title_area(key: str) -> Json:
    sides = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 5, "endColumnIndex": 9}
    return {"sheetId": CATALOGUE.table(key).sheet_id, **sides}


def first_columns(key: str) -> tuple[Any, ...]:
    return first_version().table(key).columns


def parts(sheet: Json, skip: frozenset[str]) -> Iterator[Json]:
    """Each column of a sheet as it is: its width, its cells' values, looks and notes, without the new ones."""
    (data,) = sheet["data"]
    for place, line in enumerate(data["columnMetadata"]):
        tags = {
            each["metadataValue"] for each in line.get("developerMetadata", ()) if each["metadataKey"] != VERSION_TAG
        }
        if tags & skip:
            continue
        cells = [row.get("values", [])[place : place + 1] for row in data.get("rowData", ())]
        shown = [[plain(each[0])] if each and plain(each[0]) else [] for each in cells]
        while shown and not shown[-1]:
            shown.pop()
        line = {name: value for name, value in line.items() if name != "developerMetadata"}
        yield {"line": line, "tags": tags, "cells": shown}


def plain(cell: Json) -> Json:
    """A cell without what follows its neighbours: a formula's text, and the choices of its dropdown."""
    formula = "formulaValue" in cell.get("userEnteredValue", {})
    gone = ("dataValidation", *(("userEnteredValue",) if formula else ()))
    return {name: value for name, value in cell.items() if name not in gone}


def kept(sheet: Json) -> Json:
    """A tab's own properties, apart from how wide it has become and where it stands among more tabs."""
    properties = {name: value for name, value in sheet["properties"].items() if name != "index"}
    grid = {name: value for name, value in properties["gridProperties"].items() if name != "columnCount"}
    return {**properties, "gridProperties": grid}


NEW_COLUMNS = {
    table.sheet_id: frozenset(table.positions.keys() - first_version().table(key).positions.keys())
    for key in first_version().tables
    for table in [CATALOGUE.table(key)]
}
"""The columns that a tab of the first version has only since, by sheet id."""


def test_everything_typed_and_arranged_is_as_it_was(early: Town) -> None:
    rearrange(early)
    before = whole(early, "plan")
    done = upgraded(early)
    after = {sheet["properties"]["sheetId"]: sheet for sheet in whole(early, "plan")["sheets"]}
    assert not any(each.upgrade.refusal for each in done.workbooks)
    for sheet in before["sheets"]:
        now = after[sheet["properties"]["sheetId"]]
        assert kept(now) == kept(sheet)
        added = NEW_COLUMNS.get(sheet["properties"]["sheetId"], frozenset())
        assert list(parts(now, added)) == list(parts(sheet, frozenset())), sheet["properties"]["title"]
    order = [sheet["properties"]["sheetId"] for sheet in before["sheets"]]
    assert [sheet_id for sheet_id in after if sheet_id in order] == order


def test_an_upgraded_workbook_reads_like_one_that_was_made_new(early: Town, town: Town) -> None:
    with town.run() as run:
        install(run, old_starter(town))
        new = survey(run, town.school_id)
        expected = {key: reading_of(new, key) for key in CATALOGUE.tables}
    early = early_town()
    upgraded(early)
    with early.run() as run:
        found = survey(run, early.school_id)
    assert (found.notes, found.problems) == (new.notes, new.problems) == ((), ())
    assert {key: reading_of(found, key) for key in CATALOGUE.tables if key != "senplans"} == {
        key: rows for key, rows in expected.items() if key != "senplans"
    }
    assert {key: headers(early, key) for key in CATALOGUE.tables} == {
        key: headers_of_template(key) for key in CATALOGUE.tables
    }


def reading_of(found: Any, table: str) -> list[Any]:
    readings = (found.senco, *found.readings.values())
    return [row.values for reading in readings if table in reading.tables for row in reading.tables[table].rows]


def headers(town: Town, key: str) -> list[str]:
    table = CATALOGUE.table(key)
    return [
        str(text) for text in town.as_person(town.senco).open(town.workbook(table.workbook), table).rows("1:1")[0]
    ]


def headers_of_template(key: str) -> list[str]:
    return [column.header for column in CATALOGUE.table(key).columns]


def test_each_workbook_is_read_once_and_written_once(early: Town) -> None:
    senco, plan = early.workbook("senco"), early.workbook("plan")
    early.forget_calls()
    upgraded(early)
    calls = Counter(
        (entry["method"], entry["target"]) for entry in early.journal() if entry["method"] != "drive.files.list"
    )
    assert calls == {(GET, senco): 1, (GET, plan): 1, (BATCH, plan): 1, (BATCH, senco): 1 + 1}, "and the lease taken"


def test_a_dry_run_says_what_would_come_and_writes_nothing(early: Town) -> None:
    planned = upgraded(early, dry_run=True)
    assert early.writes() == 0
    plan, senco = planned.workbooks
    assert "Agreed" in plan.upgrade.tabs
    assert "Plan › How far ahead" in plan.upgrade.columns
    assert "Money" in senco.upgrade.tabs
    assert [each.upgrade.columns for each in upgraded(early).workbooks] == [
        each.upgrade.columns for each in planned.workbooks
    ]


def test_a_second_upgrade_is_empty_and_so_is_that_of_a_workbook_made_new(early: Town, school: Town) -> None:
    assert [each.upgrade.requests for each in upgraded(school).workbooks] == [(), ()]
    again = early_town()
    rearrange(again)
    assert all(each.upgrade.requests for each in upgraded(again).workbooks)
    second = upgraded(again)
    assert [json.dumps(each.upgrade.requests) for each in second.workbooks] == ["[]", "[]"]


TAKES_LEASE, WRITES_PLANS, WRITES_SENCO = 2, 5, 6


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("nth", [TAKES_LEASE, WRITES_PLANS, WRITES_SENCO])
def test_an_upgrade_that_dies_anywhere_is_made_good_by_the_next(early: Town, nth: int, after: bool) -> None:
    with pytest.raises(Killed):
        upgraded(early, probe=Killer(nth=nth, after=after))
    early.now += 600
    upgraded(early)
    for key in ("outcomes", "agreements", "notifications", "costs"):
        assert headers(early, key) == headers_of_template(key)
    assert all(each.upgrade.is_empty for each in upgraded(early, dry_run=True).workbooks)


def test_two_upgrades_at_once_end_as_one(early: Town) -> None:
    with early.run() as run:
        acquire(run.google.sheets, lease_of(run, early.workbook("senco")), run.now())
    early.forget_calls()
    with pytest.raises(InUse):
        upgraded(early)
    assert all("Agreed" in each.upgrade.tabs for each in upgraded(early, dry_run=True).workbooks[:1])


def test_a_workbook_of_a_later_version_is_left_alone_with_a_sentence(school: Town) -> None:
    lookup = {"developerMetadataLookup": {"metadataKey": VERSION_TAG}}
    later = {"dataFilters": [lookup], "developerMetadata": {"metadataValue": "99"}, "fields": "metadataValue"}
    batch(school, "plan", {"updateDeveloperMetadata": later})
    plan, senco = upgraded(school).workbooks
    assert (plan.upgrade.requests, senco.upgrade.requests) == ((), ())
    assert "is of version 99" in plan.upgrade.refusal


def test_a_version_that_brings_choices_alone_is_told_and_an_upgrade_ends_that(school: Town) -> None:
    with school.run() as run:
        later = replace(run, catalogue=replace(run.catalogue, version=run.catalogue.version + 1))
        assert survey(run).notes == ()
        assert survey(later).notes == (OLDER,)
        upgrade(later)
        assert survey(later).notes == ()


def test_an_optional_column_that_somebody_deleted_stays_deleted(school: Town) -> None:
    place = CATALOGUE.table("outcomes").positions["evidence"]
    batch(school, "plan", {"deleteDimension": {"range": columns("outcomes", place, place + 1)}})
    assert all(each.upgrade.is_empty for each in upgraded(school).workbooks)


def test_a_column_that_plans_need_comes_back(school: Town) -> None:
    place = CATALOGUE.table("outcomes").positions["outcome"]
    batch(school, "plan", {"deleteDimension": {"range": columns("outcomes", place, place + 1)}})
    assert upgraded(school).workbooks[0].upgrade.columns == ("Plan › What will be different",)
    assert headers(school, "outcomes") == headers_of_template("outcomes")


def test_what_the_first_version_gave_is_known_for_every_tab_of_it() -> None:
    old = first_version()
    assert first_given() == {key: given(old, table, {}) for key, table in old.tables.items()}


def test_the_round_after_an_upgrade_is_idle_but_for_what_it_had_to_do_anyway(early: Town) -> None:
    upgraded(early)
    early.play()
    early.forget_calls()
    result = early.play()
    assert (early.writes(), result.notes) == (0, ())
    assert early.calls()["sheets.spreadsheets.values.batchGetByDataFilter"] == 2
    assert early.calls()[GET] == 0
