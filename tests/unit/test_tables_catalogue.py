"""The tables as data: what is declared holds together, and a slip names its file and key."""

from __future__ import annotations

import copy
import dataclasses
import json
import tomllib
from importlib import resources
from typing import Any

import pytest
from tables_sample import CATALOGUE

from sheets_templates.catalogue import build, load
from sheets_templates.fields import BadTemplate
from sheets_templates.text import comparable

# table, column, list in the sample file, its field there
CHOSEN = [
    *(("pupils", key, "pupils", key) for key in ("year_group", "sen_status", "primary_need", "secondary_need")),
    *(("pupils", key, "pupils", key) for key in ("area_of_need", "tier", "looked_after")),
    *(("contacts", key, "contacts", key) for key in ("relationship", "preferred_format", "restriction_kind")),
    ("staff", "role", "staff", "role"),
    ("notifications", "method", "letters", "method"),
    ("notifications", "kind", "letters", "kind"),
    ("cycles", "stage", "cycles", "stage"),
    *(("outcomes", key, "outcomes", key) for key in ("area", "impact_type", "result", "decision")),
    *(("provision", key, "provision", key) for key in ("kind", "tier", "evidence_basis", "effect", "decision")),
    *(("reviews", key, "reviews", key) for key in ("type", "child_participation", "quality", "overall_progress")),
    *(("reviews", key, "reviews", key) for key in ("next_step", "parent_agreement")),
    *(("meetings", key, "meetings", key) for key in ("type", "status")),
    *(("views", key, "views", key) for key in ("who", "method")),
]


def documents(folder: str) -> dict[str, dict[str, Any]]:
    found = resources.files("sheets_templates").joinpath(folder)
    return {f"{folder}/{each.name}": tomllib.loads(each.read_text("utf-8")) for each in found.iterdir()}


def test_the_tabs_stand_in_the_order_a_teacher_works_and_hidden_ones_come_last() -> None:
    plan = [table.title for table in CATALOGUE.workbook("plan")]
    always = ["Pupils", "Assess", "Plan", "Provision", "Do", "Review", "Meetings", "Views", "Agreed"]
    single = [
        *("Profiles", "Early years", "My Support Plan", "Relational plan", "Moves", "Year report"),
        *("Parents’ views", "Child’s views", "First talks", "ISP draft"),
        *("Plans", "Actions", "Concerns", "Status history", "Contact log", "Who has read", "Library"),
        *("Exceptions", "EHC outcomes", "Ask the SENCO"),
    ]
    assert plan == [*always, *single, "_status"]
    assert [table.title for table in CATALOGUE.workbook("plan") if table.optional] == single
    senco = [table.title for table in CATALOGUE.workbook("senco")]
    always = ["Settings", "Staff", "Contacts", "Notifications", "EHC", "Sharing log"]
    single = ["Referrals", "EHC requests", "Money", "Training", "Transfers", "Access requests"]
    assert senco == [*always, *single, "_senplans"]


@pytest.mark.parametrize(("table", "column", "source", "field"), CHOSEN, ids=lambda item: str(item))
def test_every_value_of_the_sample_is_a_choice(table: str, column: str, source: str, field: str) -> None:
    rows = json.loads((resources.files("server.demo") / "sample_pupils.json").read_text("utf-8"))[source]
    used = {row[field] for row in rows if row[field] not in (None, "")}
    assert used <= {choice.value for choice in CATALOGUE.table(table).column(column).choices}


def test_every_column_that_people_fill_in_says_in_words_what_belongs_there() -> None:
    silent = [(t.key, c.key) for t in CATALOGUE.tables.values() for c in t.columns if not c.help.endswith((".", "…"))]
    assert silent == []


def test_the_code_of_practice_is_cited_where_it_asks_for_the_field() -> None:
    assert "SEND Code of Practice 5.40" in CATALOGUE.table("cycles").column("review_due_date").source
    assert "Children and Families Act 2014 s.68" in CATALOGUE.table("notifications").column("contact").source


def test_no_two_choices_of_a_list_read_the_same() -> None:
    for each in CATALOGUE.lists.values():
        values = [comparable(value) for value in each.values]
        assert len(values) == len(set(values)), each.key
        assert each.version


def test_the_catalogue_is_loaded_once_and_cannot_be_changed() -> None:
    assert load() is load()
    with pytest.raises(TypeError):
        load().tables["pupils"] = CATALOGUE.table("staff")
    with pytest.raises(dataclasses.FrozenInstanceError):
        load().table("pupils").title = "Children"


def _drop(document: dict[str, Any]) -> None:
    del document["columns"][1]["header"]


def _unknown(document: dict[str, Any]) -> None:
    document["columns"][1]["colour"] = "red"


def _twice(document: dict[str, Any]) -> None:
    document["columns"][2]["header"] = " PUPIL "


def _kind(document: dict[str, Any]) -> None:
    document["columns"][1]["kind"] = "poem"


def _reference(document: dict[str, Any]) -> None:
    document["columns"][2].update(kind="ref", ref="teachers", required="o")


def _list(document: dict[str, Any]) -> None:
    document["columns"][3]["options"] = "phases_of_the_moon"


def _citation(document: dict[str, Any]) -> None:
    document["columns"][3]["source"] = ["code-99"]


def _same_sheet(document: dict[str, Any]) -> None:
    document["sheet_id"] = 2101


def _type(document: dict[str, Any]) -> None:
    document["spare_rows"] = "many"


def _label(document: dict[str, Any]) -> None:
    document["columns"][-1]["parts"] = ["surname"]


def _lookup(document: dict[str, Any]) -> None:
    document["columns"][-2]["lookup"]["show"] = "mood"


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (_drop, "column 'pupil': 'header' is missing"),
        (_unknown, "column 'pupil': unknown key 'colour'"),
        (_twice, "header or alias 'pupil' stands twice"),
        (_kind, "column 'pupil': 'kind' is 'poem'"),
        (_reference, "column 'cycle_number': 'ref' names no table with ids: 'teachers'"),
        (_list, "column 'stage': no vocabulary list is called 'phases_of_the_moon'"),
        (_citation, "column 'stage': no statutory reference is called 'code-99'"),
        (_same_sheet, "two tables have the sheet_id 2101"),
        (_type, "'spare_rows' should be of type int, not str"),
        (_label, "column 'label': no column 'surname' to make a label of"),
        (_lookup, "column 'to_do': 'lookup' names no column 'mood'"),
    ],
)
def test_a_slip_in_a_table_file_is_named_with_its_file_and_key(slip: Any, told: str) -> None:
    tables = copy.deepcopy(documents("tables"))
    tables["tables/cycles.toml"]["columns"][2].pop("minimum")
    tables["tables/cycles.toml"]["columns"][2].pop("maximum")
    slip(tables["tables/cycles.toml"])
    with pytest.raises(BadTemplate, match="tables") as error:
        build(tables=tables, vocabulary=documents("vocabulary"))
    assert told in str(error.value)
