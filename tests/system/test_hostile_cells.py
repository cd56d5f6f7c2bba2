"""Whatever people type arrives as the same text in the sheet, the copy and the event, and does nothing."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from town import TODAY, Town

from server.demo import sample
from server.demo.journey import once
from server.demo.sample import SampleFile, load
from server.demo.world import World

Tables = dict[str, list[dict[str, Any]]]
ODD = {
    "a formula": '=HYPERLINK("http://x","y")',
    "another formula": "+SUM(A1:A9)",
    "an at sign": "@import",
    "an expression": "{{ 7*7 }}",
    "a statement": "{% for x in y %}{% endfor %}",
    "a comment": "{# not #} {{",
    "markup": "<b>&amp; </w:t><script>",
    "right to left": "שלום عليكم \u202eabc\u202c",
    "combining": "Zoe\u0308 n\u0303 👩‍👩‍👧 e\u0301",
    "quotes": '\'tis "so" – ‘yes’ “no”',
    "a number": "007",
    "a fraction": "3/5",
    "lines": "one\ntwo\n\nthree",
}


def whole() -> Tables:
    data = json.loads(sample.sample_text())
    return {name: rows for name, rows in data.items() if isinstance(rows, list)}


def small(**changes: Callable[[Tables], None]) -> Tables:
    tables = copy.deepcopy(whole())
    tables["settings"] = [r for r in tables["settings"] if r["setting_id"] == "S3"]
    tables["log"] = []
    for change in changes.values():
        change(tables)
    return tables


def file_of(tables: Mapping[str, Any], tmp_path: Path) -> SampleFile:
    """The tables as a file on disk, read back as a user's file is."""
    path = tmp_path / "plans.json"
    path.write_text(json.dumps({**tables, "_meta": {"anchor_date": "2026-11-23"}}), "utf-8")
    return load(path)


def spread(tables: Tables) -> None:
    """Every odd text into an outcome of one pupil each time, and into names."""
    outcome = next(r for r in tables["outcomes"] if r["outcome_id"] == "P10-C3-O1")
    for number, text in enumerate(ODD.values()):
        tables["outcomes"].append({**outcome, "outcome_id": f"P10-C3-X{number}", "target": f"{text}"})
    names = dict(zip(("P10", "P11", "P12"), ('=HYPERLINK("http://x","y")', "{{ 7*7 }}", "<b>&amp;"), strict=True))
    for pupil in tables["pupils"]:
        pupil["known_as"] = names.get(pupil["pupil_id"], pupil["known_as"])


def the_report(tables: Tables, tmp_path: Path) -> Any:
    return once(file_of(tables, tmp_path), TODAY)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A school full of odd texts after its first round, with what stands in it."""
    file = file_of(small(spread=spread), tmp_path_factory.mktemp("plans"))
    with World(file, TODAY) as world:
        town = Town(world)
        result = town.begin()
        texts = {name: town.text(name[0], name[1].removeprefix(f"{name[0]}-")) for name in town.files().copies}
        plan = town.tab("Plan")
        cells = dict(zip(plan.column("outcome_id"), plan.column("target"), strict=False))
        events = {e.properties["senplans_meeting"]: e.summary for e in town.events().values()}
        town.forget_calls()
        town.play()
        yield {"result": result, "texts": texts, "cells": cells, "events": events, "idle": town.writes()}


@pytest.mark.parametrize("number", range(len(ODD)), ids=list(ODD))
def test_an_odd_text_stands_in_its_cell_and_in_the_copy_as_it_was_typed(hostile: Any, number: int) -> None:
    text = list(ODD.values())[number]
    assert hostile["cells"][f"P10-C3-X{number}"] == text
    said = hostile["texts"]["P10", "P10-H1"].replace("\r\n", "\n").replace("\v", "\n")
    squeezed = " ".join(said.split())
    assert " ".join(text.split()) in squeezed


def test_no_odd_text_is_computed_anywhere(hostile: Any) -> None:
    for text in hostile["texts"].values():
        assert "49" not in text
    assert hostile["result"].problems == ()


@pytest.mark.parametrize(("pupil", "name"), [("P11", "{{ 7*7 }}"), ("P12", "<b>&amp;")])
def test_an_odd_name_reads_the_same_in_the_copy(hostile: Any, pupil: str, name: str) -> None:
    assert name in hostile["texts"][pupil, f"{pupil}-H1"]


def test_events_carry_initials_and_nothing_odd(hostile: Any) -> None:
    assert hostile["events"] == {"M050": "S.E. review meeting", "M051": "L.A. review meeting"}


def test_odd_texts_come_to_rest_a_second_run_writes_nothing(hostile: Any) -> None:
    assert hostile["idle"] == 0


def hurt(tables: Tables) -> None:
    outcomes = {r["outcome_id"]: r for r in tables["outcomes"]}
    outcomes["P10-C3-O1"]["target"] = "x" * 50_000
    outcomes["P11-C3-O1"]["target"] = "y" * 50_001
    outcomes["P11-C3-O2"]["target"] = "bell\x07 null\x00 lone \ud83d end"
    tables["pupils"][-1]["first_name"] = "La\x0byla\ud800"


def test_too_long_texts_are_refused_with_their_cell_and_unsafe_characters_cleaned(tmp_path: Path) -> None:
    report = the_report(small(hurt=hurt), tmp_path)
    (school,) = report["schools"]
    texts = {copy["household"]: copy["text"] for copy in school["copies"]}
    assert "x" * 50_000 in texts["P10-H1"].replace("\r\n", "")
    assert "bell null lone  end" in texts["P11-H1"]
    assert "yyyyy" not in texts["P11-H1"]
    places = {problem["cell"] for problem in school["problems"]}
    assert any(place.startswith("Plan!") for place in places)
    assert report["runs"][1]["writes"] == 0
    assert len(school["copies"]) == 4


def no_senco(tables: Tables) -> None:
    tables["staff"] = [r for r in tables["staff"] if r["role"] != "SENCO"]


def null_ids(tables: Tables) -> None:
    for row in tables["staff"]:
        row["staff_id"] = None
    tables["pupils"][-2]["accountable_staff_id"] = None


def bad_dates(tables: Tables) -> None:
    for row in tables["meetings"]:
        row["date"] = "next week sometime"
    for row in tables["cycles"]:
        row["review_due_date"] = "31/02/2026"
        row["assess_date"] = 20261103
    tables["pupils"][-1]["dob"] = "2010-13-40"
    tables["terms"][0]["start"] = "Michaelmas"


def unknown_values(tables: Tables) -> None:
    for row in tables["pupils"]:
        row["sen_status"] = "Z"
        row["primary_need"] = ["SLCN"]
    for row in tables["contacts"]:
        row["restriction_kind"] = "perhaps"
    for row in tables["meetings"]:
        row["status"] = {"is": "odd"}
        row["minutes"] = "an hour"
    tables["outcomes"][-1]["baseline_rating"] = 11


def odd_contacts(tables: Tables) -> None:
    for row in tables["contacts"]:
        row["household"] = None
    tables["contacts"][-1]["email"] = "not an address"
    tables["contacts"][-2]["email"] = "a@b.example, c@d.example"
    tables["contacts"][-3].pop("email")
    tables["contacts"][-4]["email"] = 5


def doubled_ids(tables: Tables) -> None:
    for name in ("pupils", "contacts", "cycles", "outcomes", "meetings", "staff"):
        tables[name] += copy.deepcopy(tables[name])


def no_ids(tables: Tables) -> None:
    for name, key in (("contacts", "contact_id"), ("cycles", "cycle_id"), ("meetings", "meeting_id")):
        for row in tables[name]:
            row.pop(key)


def strangers_rows(tables: Tables) -> None:
    tables["contacts"].append({**tables["contacts"][-1], "contact_id": "C99", "pupil_id": "P99"})
    tables["cycles"].append({**tables["cycles"][-1], "cycle_id": "P99-C1", "pupil_id": "P99"})
    tables["outcomes"].append({**tables["outcomes"][-1], "outcome_id": "O99", "cycle_id": "P99-C9"})
    tables["meetings"].append({"pupil_id": "P10", "meeting_id": "M99"})


def only(*names: str) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        for name in list(tables):
            if name not in ("settings", *names):
                del tables[name]

    return change


def odd_settings(tables: Tables) -> None:
    setting = tables["settings"][0]
    setting |= {
        "time_zone": "Mars/Olympus",
        "default_review_interval_weeks": "often",
        "email_domain": None,
        "name": "",
    }


def odd_ids(tables: Tables) -> None:
    tables["settings"][0]["setting_id"] = tables["pupils"][0]["setting_id"]
    for row in (r for name in ("pupils", "cycles", "contacts") for r in tables[name]):
        row["pupil_id"] = f"the {row['pupil_id']}; {{x}}"


def long_names(tables: Tables) -> None:
    for row in tables["pupils"]:
        row["first_name"] = "A" * 50_001
    tables["contacts"][-2]["name"] = "B" * 60_000
    tables["staff"][-1]["name"] = "C" * 60_000
    tables["settings"][0]["name"] = "D" * 60_000


ODD_FILES: dict[str, Callable[[Tables], None]] = {
    "no SENCO": no_senco,
    "staff without ids": null_ids,
    "dates as text": bad_dates,
    "unknown values": unknown_values,
    "contacts without household or address": odd_contacts,
    "doubled ids": doubled_ids,
    "no ids": no_ids,
    "rows of nobody": strangers_rows,
    "settings alone": only(),
    "pupils alone": only("pupils"),
    "pupils and meetings": only("pupils", "meetings"),
    "odd settings": odd_settings,
    "ids that are no ids": odd_ids,
    "names too long for any label": long_names,
}
TELLING = {"dates as text", "unknown values", "contacts without household or address", "doubled ids", "odd settings"}


@pytest.mark.parametrize("name", ODD_FILES)
def test_an_odd_file_of_plans_is_played_to_its_end_and_what_is_wrong_is_told(name: str, tmp_path: Path) -> None:
    report = the_report(small(change=ODD_FILES[name]), tmp_path)
    (school,) = report["schools"]
    assert school["plan_workbook_ids"]
    assert report["runs"][1]["writes"] == 0
    problems = [problem["cell"] for problem in school["problems"]]
    assert all("!" in cell for cell in problems)
    if name in TELLING:
        assert problems


def test_a_barred_contact_in_a_file_with_every_id_doubled_is_still_told_nothing(tmp_path: Path) -> None:
    report = json.dumps(the_report(small(change=doubled_ids), tmp_path))
    assert "karim.almithal@example.org" not in report


def test_another_day_moves_what_is_due(tmp_path: Path) -> None:
    file = file_of(small(change=only("pupils", "cycles", "staff", "terms")), tmp_path)
    (school,) = once(file, date(2027, 6, 1))["schools"]
    assert "R23" in {finding["rule"] for finding in school["findings"]}
