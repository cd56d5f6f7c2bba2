"""The one batch that makes a workbook: requests Google understands, cells as a person would have typed them."""

from __future__ import annotations

import functools
import json
import random
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables_sample import CATALOGUE, PLAN, SENCO, STAFF

from sheets_templates.ids import fresh_ids, is_id
from sheets_templates.starter import label
from sheets_templates.text import clean
from sheets_templates.workbook import Made, append_log_requests, ledger_requests, make_requests

CORE = {"string": str, "integer": int, "number": int | float, "boolean": bool, "object": dict, "array": list}


@functools.cache
def schemas() -> dict[str, Any]:
    folder = resources.files("googleapiclient.discovery_cache") / "documents"
    found: dict[str, Any] = json.loads((folder / "sheets.v4.json").read_text("utf-8"))["schemas"]
    return found


def faults(value: Any, schema: Mapping[str, Any], path: str) -> Iterator[str]:
    """What the discovery document has against a value."""
    if "$ref" in schema:
        schema = schemas()[schema["$ref"]]
    wanted = CORE[schema["type"]] if schema.get("type") in CORE else object
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        yield f"{path}: {value!r} is no {schema['type']}"
    elif isinstance(value, dict):
        known = schema.get("properties", {})
        for name, inner in value.items():
            if name in known:
                yield from faults(inner, known[name], f"{path}.{name}")
            else:
                yield f"{path}: unknown field {name}"
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from faults(inner, schema["items"], f"{path}[{index}]")
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is none of {schema['enum']}"


def refused(requests: Any) -> list[str]:
    return [fault for index, each in enumerate(requests) for fault in faults(each, {"$ref": "Request"}, str(index))]


def make(which: Any, starter: Any, **options: Any) -> Made:
    given_options = {"lists": {"staff": STAFF, "pupils": ["P1 Ela Örnek"]}, "editors": ["senco@example.org"]}
    return make_requests(CATALOGUE, which, starter=starter, **{**given_options, "id_salt": "test", **options})


def all_of(made: Made, kind: str) -> list[dict[str, Any]]:
    return [dict(each[kind]) for each in made.requests if kind in each]


def column_cell(made: Made, table: str, column: str) -> dict[str, Any]:
    """The cell that is repeated down a column, with the fields it sets."""
    declared = CATALOGUE.table(table)
    place = declared.positions[column]
    (found,) = (
        each
        for each in all_of(made, "repeatCell")
        if each["range"]["sheetId"] == declared.sheet_id
        and each["range"].get("startColumnIndex") == place
        and "userEnteredFormat" in each["fields"]
    )
    return {**found["cell"], "fields": found["fields"]}


def typed(made: Made, table: str, row: int, column: str) -> Any:
    """What a cell of a starter row is sent as; {} where the row says nothing of it."""
    declared = CATALOGUE.table(table)
    (body,) = (
        e
        for e in all_of(made, "updateCells")
        if e["start"]["sheetId"] == declared.sheet_id and e["start"]["rowIndex"]
    )
    cells = body["rows"][row]["values"]
    place = declared.positions[column]
    return cells[place].get("userEnteredValue", {}) if place < len(cells) else {}


@pytest.mark.parametrize(("which", "starter"), [("plan", PLAN), ("senco", SENCO), ("plan", {}), ("senco", {})])
def test_google_knows_every_field_of_every_request(which: str, starter: Any) -> None:
    made = make(which, starter, lease={"namedRangeId": "lock", "name": "senplans_lock"})
    assert refused(made.requests) == []


def test_requests_for_the_ledger_and_the_log_are_known_to_google_too() -> None:
    rows = [{"kind": "doc", "key": "P1/H1", "remote_id": "1A", "generation": "1"}]
    requests = [
        *ledger_requests(CATALOGUE, "senplans", rows),
        *ledger_requests(CATALOGUE, "status", []),
        *append_log_requests(CATALOGUE, [{"when": "23 Nov 2026", "what": "May read the copy"}]),
    ]
    assert refused(requests) == []


def test_the_tabs_are_ours_with_fixed_ids_in_order_and_googles_first_sheet_goes() -> None:
    made = make("plan", PLAN)
    sheets = [each["properties"] for each in all_of(made, "addSheet")]
    assert [(sheet["sheetId"], sheet["index"]) for sheet in sheets] == [
        (table.sheet_id, index) for index, table in enumerate(CATALOGUE.workbook("plan"))
    ]
    unused = [table.title for table in CATALOGUE.workbook("plan") if table.optional]
    assert [sheet["title"] for sheet in sheets if sheet["hidden"]] == [*unused, "_status"]
    assert made.requests[-1] == {"deleteSheet": {"sheetId": 0}}
    assert made.requests[0]["updateSpreadsheetProperties"]["properties"] == {
        "locale": "en_GB",
        "timeZone": "Europe/London",
    }


def test_starter_values_are_typed_as_a_person_would_have_left_them() -> None:
    made = make("plan", PLAN)
    assert typed(made, "pupils", 0, "dob") == {"numberValue": (date(2019, 3, 2) - date(1899, 12, 30)).days}
    assert typed(made, "pupils", 0, "strengths") == {"stringValue": '=HYPERLINK("https://example.org")'}
    assert typed(made, "pupils", 0, "ready_to_share") == {"boolValue": False}
    assert typed(made, "outcomes", 1, "target") == {"stringValue": "3/5"}
    assert typed(made, "meetings", 0, "start_time") == {"numberValue": 15.5 / 24}
    assert typed(made, "meetings", 0, "staff") == {"stringValue": "ST1 Jo Ash; ST2 Al Oak"}


def test_no_starter_text_is_ever_sent_as_a_formula() -> None:
    made = make("plan", PLAN)
    formulas = [
        cell["userEnteredValue"]
        for each in all_of(made, "updateCells")
        for row in each["rows"]
        for cell in row["values"]
        if "formulaValue" in cell.get("userEnteredValue", {})
    ]
    assert formulas == []


def test_a_reference_to_a_row_of_this_workbook_is_written_as_its_dropdown_offers_it() -> None:
    made = make("plan", PLAN)
    assert typed(made, "outcomes", 1, "pupil") == {"stringValue": "P1 Ela Örnek"}
    assert typed(made, "outcomes", 0, "cycle") == {"stringValue": "P1-C1 P1 Ela Örnek 1"}
    assert typed(make("senco", SENCO), "notifications", 0, "contact") == {"stringValue": "C1 Can Örnek"}


def test_labels_and_lookups_are_formulas_on_every_row_spare_ones_too() -> None:
    made = make("plan", PLAN)
    cell = column_cell(made, "pupils", "label")
    assert cell["userEnteredValue"] == {"formulaValue": '=IF(LEN(C2&D2)=0,"",TRIM(A2&" "&C2&" "&D2))'}
    shown = column_cell(made, "pupils", "where_we_are")["userEnteredValue"]["formulaValue"]
    assert shown == '=IFERROR(VLOOKUP("pupil "&A2,_status!$A:$G,4,FALSE)&"","")'
    assert label(CATALOGUE.table("pupils"), PLAN["pupils"][0]) == "P1 Ela Örnek"


def test_dropdowns_come_from_the_tab_where_they_can_and_from_lists_elsewhere_and_never_refuse() -> None:
    made = make("plan", PLAN)
    pupil = column_cell(made, "outcomes", "pupil")["dataValidation"]
    assert pupil["condition"] == {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Pupils!$B$2:$B"}]}
    staff = column_cell(made, "provision", "delivered_by")["dataValidation"]
    assert [value["userEnteredValue"] for value in staff["condition"]["values"]] == list(STAFF)
    assert not pupil["strict"]
    assert not staff["strict"]
    assert column_cell(made, "pupils", "ready_to_share")["dataValidation"]["condition"] == {"type": "BOOLEAN"}
    assert "dataValidation" not in column_cell(made, "views", "contact")


def test_texts_stay_texts_and_dates_look_like_dates() -> None:
    made = make("plan", PLAN)
    assert column_cell(made, "outcomes", "target")["userEnteredFormat"]["numberFormat"] == {
        "type": "TEXT",
        "pattern": "@",
    }
    assert column_cell(made, "pupils", "dob")["userEnteredFormat"]["numberFormat"]["pattern"] == "dd mmm yyyy"
    assert "numberFormat" not in column_cell(made, "pupils", "label")["userEnteredFormat"]


def test_ids_and_formulas_warn_and_hidden_tabs_are_closed_to_all_but_the_named() -> None:
    protected = [each["protectedRange"] for each in all_of(make("plan", PLAN), "addProtectedRange")]
    hidden = [each for each in protected if each["range"] == {"sheetId": CATALOGUE.table("status").sheet_id}]
    assert [each["editors"] for each in hidden] == [{"users": ["senco@example.org"]}]
    assert all(each["warningOnly"] and "editors" not in each for each in protected if each not in hidden)
    pupils = [each["range"] for each in protected if each["range"]["sheetId"] == CATALOGUE.table("pupils").sheet_id]
    assert [(each["startColumnIndex"], each["endColumnIndex"]) for each in pupils] == [(0, 2), (30, 32)]


def test_every_column_carries_its_key_as_metadata() -> None:
    made = make("senco", SENCO)
    every = [each["developerMetadata"] for each in all_of(made, "createDeveloperMetadata")]
    tagged = [each for each in every if each["metadataKey"] == "senplans.column"]
    assert [each["metadataValue"] for each in tagged] == [
        c.key for t in CATALOGUE.workbook("senco") for c in t.columns
    ]


def test_headers_tell_what_belongs_below_whether_it_is_needed_and_where_the_law_asks_for_it() -> None:
    (header,) = (
        e
        for e in all_of(make("plan", {}), "updateCells")
        if e["start"] == {"sheetId": 2102, "rowIndex": 0, "columnIndex": 0}
    )
    note = header["rows"][0]["values"][CATALOGUE.table("cycles").positions["review_due_date"]]["note"]
    assert "A clear date for review" in note
    assert "Needed before the plan can start." in note
    assert "SEND Code of Practice 5.40" in note


def test_an_optional_tab_is_in_sight_once_it_has_rows() -> None:
    made = make("plan", {"profiles": [{"pupil": "P01", "important": "Water play"}]})
    sheets = [each["properties"] for each in all_of(made, "addSheet")]
    shown = {sheet["title"] for sheet in sheets if not sheet["hidden"]}
    assert "Profiles" in shown
    assert "Moves" not in shown


def test_a_text_that_no_cell_can_hold_is_left_out_and_named_with_its_cell() -> None:
    rows = [{"outcome_id": "O1", "pupil": "P1", "need": "x" * 50_000, "outcome": "y" * 50_001}]
    made = make("plan", {"outcomes": rows})
    assert [problem.cell for problem in made.problems] == ["Plan!G2"]
    assert "50,001 characters" in made.problems[0].message
    assert typed(made, "outcomes", 0, "outcome") == {}
    assert typed(made, "outcomes", 0, "need") == {"stringValue": "x" * 50_000}


def test_control_characters_and_lone_surrogates_never_reach_google() -> None:
    made = make("plan", {"views": [{"view_id": "W1", "words": "a\x00b\ud800c\x0bd\r\ne\u202ef"}]})
    assert typed(made, "views", 0, "words") == {"stringValue": "abcd\ne\u202ef"}
    json.dumps(made.requests).encode("utf-8")


def test_a_table_or_column_that_does_not_exist_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="No workbook has a table 'pupil'"):
        make("plan", {"pupil": []})
    with pytest.raises(ValueError, match="no column surname, where_we_are that takes a value"):
        make("plan", {"pupils": [{"surname": "x", "where_we_are": "y"}]})


def test_tables_of_the_other_workbook_are_passed_over() -> None:
    assert make("plan", {**PLAN, **SENCO}).requests == make("plan", PLAN).requests


def test_spare_rows_have_ids_that_clash_with_none_and_come_out_the_same_again() -> None:
    table = CATALOGUE.table("outcomes")
    first = fresh_ids(table, "salt", (), 200)
    assert len({name.casefold() for name in first}) == 200
    assert all(is_id(name) and name.startswith("O-") for name in first)
    assert fresh_ids(table, "salt", first[:5], 3) == first[5:8]
    assert not set(first) & set(fresh_ids(table, "other salt", (), 200))
    body = make("plan", PLAN)
    assert typed(body, "outcomes", 2, "outcome_id")["stringValue"].startswith("O-")
    assert typed(body, "outcomes", 101, "outcome_id")["stringValue"].startswith("O-")


def test_a_ledger_is_rewritten_whole_at_the_size_it_needs_and_old_lines_are_emptied() -> None:
    resize, write = ledger_requests(CATALOGUE, "status", [{"kind": "pupil", "key": "P1", "status": "Do"}])
    assert resize["updateSheetProperties"]["properties"]["gridProperties"] == {"rowCount": 22}
    rows = write["updateCells"]["rows"]
    assert len(rows) == 21
    assert rows[0]["values"][0] == {"userEnteredValue": {"stringValue": "pupil P1"}}
    assert all(row == {"values": [{}] * 7} for row in rows[1:])


def test_the_service_writes_no_tab_that_people_type_in() -> None:
    for key in ("pupils", "contacts", "sharing_log"):
        with pytest.raises(ValueError, match="not the service's own"):
            ledger_requests(CATALOGUE, key, [])
    with pytest.raises(ValueError, match="not the service's own"):
        append_log_requests(CATALOGUE, [], key="meetings")


def test_log_lines_follow_their_columns_when_these_were_moved() -> None:
    (append,) = append_log_requests(CATALOGUE, [{"when": "today", "what": "Shared"}], columns={"what": 0, "when": 2})
    cells = append["appendCells"]["rows"][0]["values"]
    assert [cell.get("userEnteredValue") for cell in cells] == [
        {"stringValue": "Shared"},
        None,
        {"stringValue": "today"},
    ]


def school_of(log_rows: int) -> dict[str, list[dict[str, Any]]]:
    chance = random.Random(7)
    log = [
        {
            "log_id": f"L{number:05}",
            "pupil": "P1 Ela Örnek",
            "provision": "P1-C1-V1",
            "date": date(2026, 9, 1),
            "delivered": chance.random() < 0.8,
            "by_staff": STAFF[number // 40 % 2],
            "response": chance.choice((None, 0, 1, 2, 3)),
        }
        for number in range(log_rows)
    ]
    return {**PLAN, "log": log}


def test_a_school_with_a_long_log_is_a_small_payload() -> None:
    made = make("plan", school_of(1614))
    assert len(json.dumps(made.requests, separators=(",", ":"))) < 800_000


@given(st.text(max_size=60))
def test_cleaning_a_text_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")
