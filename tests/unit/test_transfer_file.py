"""The file that follows a pupil: nothing of theirs is lost on the way, and nobody else's goes with it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from transfer_school import KNOWN, gone, received, schools, sent, with_rows

from server.plans.model import Pupil, School
from server.plans.transfer.leaving import ELSEWHERE
from server.plans.transfer.mentions import mentions
from server.plans.transfer.opening import BIGGEST, opened
from server.plans.transfer.pages import facts
from server.plans.transfer.policy import STAYING_COLUMNS, STAYING_TABLES, travelling_columns, travels
from server.plans.transfer.record import FileRow, canonical
from server.plans.trouble import Invalid

SLOW = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOW
@given(schools())
def test_a_file_brought_into_an_empty_school_leaves_it_byte_for_byte(rows: dict[str, Any]) -> None:
    first = sent(rows)
    plan = received(first, {})
    assert plan.is_new
    assert not plan.renamed
    assert sent(with_rows({}, plan), plan.pupil) == first


CONTACT = {"contact_id": "C1", "pupil": "P1", "name": "Pat Örnek", "receives_plan_copy": True}
SMALL: dict[str, list[dict[str, Any]]] = {
    "pupils": [
        {"pupil_id": "P1", "first_name": "Ela", "last_name": "Örnek", "upn": "A123", "ready_to_share": True},
        {"pupil_id": "P2", "first_name": "Mei", "last_name": "Lizi"},
    ],
    "cycles": [{"cycle_id": "CY1", "pupil": "P1", "cycle_number": 1}, {"cycle_id": "CY2", "pupil": "P2"}],
    "outcomes": [
        {"outcome_id": "O1", "pupil": "P1", "cycle": "CY1", "target": "=1+1", "target_date": "next week"},
        {"outcome_id": "O2", "pupil": "P2", "cycle": "CY2", "target": "Mei's own"},
    ],
    "provision": [{"provision_id": "V1", "pupil": "P1", "outcomes": ("O1", "O2"), "delivered_by": "ST1"}],
    "views": [{"view_id": "W1", "pupil": "P1", "contact": "C1", "words": "Sits with Mei Lizi."}],
    "reviews": [{"review_id": "R1", "pupil": "P1", "cycle": "CY1", "staff_note": "for us", "quality": "Patchy"}],
    "actions": [
        {"action_id": "AC1", "pupil": "P1", "action": "Ring home", "review": "R1"},
        {"action_id": "AC2", "pupil": "P1", "action": "Train", "staff_only": True},
    ],
    "questions": [{"question_id": "AQ1", "pupil": "P1", "words": "Help?"}],
    "contacts": [CONTACT, {"contact_id": "C2", "pupil": "P2", "name": "Bo Lizi", "phone": "01632 960001"}],
    "costs": [{"cost_id": "CO1", "pupil": "P1", "provision": "V1", "hourly_rate": 20}],
    "staff": [
        {"staff_id": "ST1", "name": "Jo Ash", "role": "SENCO", "email": "jo@example.org", "note": "part-time"},
        {"staff_id": "ST2", "name": "Al Oak"},
    ],
}


def as_json(rows: dict[str, Any] = SMALL) -> dict[str, Any]:
    return json.loads(sent(rows))


def as_bytes(found: object) -> bytes:
    return json.dumps(found).encode()


def test_nothing_of_another_pupil_is_in_the_file() -> None:
    text = sent(SMALL).decode()
    for other in ('"P2"', "CY2", "O2", "Mei's own", "Bo Lizi", "01632", "Al Oak", "AQ1"):
        assert other not in text


def test_what_one_school_keeps_to_itself_stays_there_and_is_told() -> None:
    text = sent(SMALL).decode()
    for private in ("for us", "ready_to_share", "receives_plan_copy", "Train", "hourly_rate", "jo@", "part-time"):
        assert private not in text
    told = {each.what for each in gone(SMALL).left}
    note = KNOWN.table("reviews").column("staff_note").header
    assert {f"Review, “{note}”", KNOWN.table("costs").title, "Actions, some rows"} <= told


def test_every_column_of_every_table_of_a_pupil_travels_or_has_a_reason_to_stay() -> None:
    for table in KNOWN.tables.values():
        if table.service_owned or not any(column.kind == "pupil" for column in table.columns):
            continue
        assert travels(table) != (table.key in STAYING_TABLES)
        going = {column.key for column in travelling_columns(table)}
        assert going.isdisjoint(key.partition(".")[2] for key in STAYING_COLUMNS if key.startswith(f"{table.key}."))
    known = {f"{table.key}.{column.key}" for table in KNOWN.tables.values() for column in table.columns}
    assert set(STAYING_COLUMNS) <= known


def test_a_file_names_no_row_that_is_not_in_it() -> None:
    assert as_json()["tables"]["provision"][0]["outcomes"] == ["O1"]
    assert any(each.why == ELSEWHERE for each in gone(SMALL).left)


def test_a_cell_that_nobody_could_read_goes_along_as_it_stands() -> None:
    assert as_json()["tables"]["outcomes"][0]["unread"] == {"target_date": "next week"}


def test_other_children_named_in_free_text_are_pointed_out() -> None:
    pupils = (Pupil(pupil_id="P2", first_name="Mei", last_name="Lizi"), Pupil(pupil_id="P1", first_name="Ela"))
    (found,) = mentions(KNOWN, gone(SMALL).file, pupils)
    assert (found.tab, found.row_id, found.pupil_id) == ("Views", "W1", "P2")


def test_ids_that_others_have_are_changed_and_every_name_follows() -> None:
    here = {
        "pupils": [{"pupil_id": "P1", "first_name": "Somebody"}],
        "outcomes": [{"outcome_id": "o1", "pupil": "P1", "target": "Another's"}],
        "staff": [{"staff_id": "ST1", "name": "Not Jo"}],
    }
    plan = received(sent(SMALL), here)
    assert set(plan.renamed) == {("pupils", "P1"), ("outcomes", "O1"), ("staff", "ST1")}
    after = with_rows(here, plan)
    (help_given,) = [row for row in after["provision"] if row["provision_id"] == "V1"]
    assert help_given["outcomes"] == (plan.renamed["outcomes", "O1"],)
    assert help_given["delivered_by"] == plan.renamed["staff", "ST1"]
    assert help_given["pupil"] == plan.pupil != "P1"
    assert canonical(KNOWN, plan.file) == sent(after, plan.pupil)


@settings(SLOW, max_examples=12)
@given(schools(), schools())
def test_a_second_plan_of_a_file_adds_and_changes_nothing(rows: dict[str, Any], here: dict[str, Any]) -> None:
    rows["pupils"][0]["upn"] = "A1"
    here["pupils"] = [{**row, "upn": f"B{number}"} for number, row in enumerate(here["pupils"])]
    content = sent(rows)
    first = received(content, here)
    assert first.is_new
    again = received(content, with_rows(here, first))
    assert (again.adds, again.fills, again.differs) == ((), (), ())
    assert again.file == first.file


def test_a_pupil_who_stands_here_already_keeps_what_stands_and_gets_what_is_missing() -> None:
    here = {
        "pupils": [
            {"pupil_id": "P9", "first_name": "Ella", "last_name": "Örnek", "upn": "A123", "class_form": "5 Elm"}
        ],
        "contacts": [{"contact_id": "C7", "pupil": "P9", "name": "Pat Örnek"}],
    }
    plan = received(sent(SMALL), here)
    assert (plan.is_new, plan.pupil) == (False, "P9")
    assert [(c.column, c.before, c.after) for c in plan.differs] == [("first_name", "Ella", "Ela")]
    assert plan.renamed["contacts", "C1"] == "C7"
    assert {add.pupil for add in plan.adds} == {"P9"}
    assert "contacts" not in {add.table for add in plan.adds}


def test_where_two_could_be_the_pupil_a_person_says_which() -> None:
    here = {"pupils": [{"pupil_id": "P9", "first_name": "Ela", "last_name": "Örnek"}]}
    with pytest.raises(Invalid, match="P9"):
        received(sent(SMALL), here)
    assert not received(sent(SMALL), here, here_as="P9").is_new


def changed(path: str, value: object) -> bytes:
    """The small file with one thing put in place of another."""
    found: Any = as_json()
    whole = found
    *way, last = path.split("/")
    for step in way:
        found = found[int(step)] if isinstance(found, list) else found[step]
    if isinstance(found, list):
        found[int(last)] = value
    else:
        found[last] = value
    return as_bytes(whole)


HOSTILE = [
    (b"\xff\xfe{}", "UTF-8"),
    (b"{", "JSON"),
    (b'{"a": 1, "a": 2}', "twice"),
    (b"[" * 200_000, "JSON"),
    (b" " * (BIGGEST + 1), "bigger"),
    (b"[]", "no transfer file"),
    (b'{"format": "senplans-transfer", "version": NaN}', "number"),
    (b"9" * 5_000, "JSON"),
    (changed("version", 2), "version"),
    (changed("version", True), "version"),
    (changed("made_with", "3"), "version"),
    (changed("pupil", "../x"), "whose"),
    (changed("tables", []), "tables"),
    (changed("surprise", 1), "no such"),
    (changed("tables/spells", []), "no such"),
    (changed("tables/settings", []), "stay"),
    (changed("tables/costs", []), "stay"),
    (changed("tables/outcomes", {}), "list"),
    (changed("tables/outcomes/0", 7), "no id"),
    (changed("tables/outcomes/0/outcome_id", "a b"), "no id"),
    (changed("tables/outcomes/0/colour", "red"), "no such"),
    (changed("tables/outcomes/0/label", "x"), "not passed"),
    (changed("tables/pupils/0/ready_to_share", True), "not passed"),
    (changed("tables/contacts/0/receives_plan_copy", True), "not passed"),
    (changed("tables/outcomes/0/pupil", "P2"), "another pupil"),
    (changed("tables/outcomes/0/cycle", "CY9"), "no row CY9"),
    (changed("tables/outcomes/0/cycle", ["CY1"]), "text"),
    (changed("tables/outcomes/0/baseline_rating", 11), "1 to 10"),
    (changed("tables/outcomes/0/baseline_rating", True), "whole number"),
    (changed("tables/outcomes/0/baseline_rating", 1.5), "whole number"),
    (changed("tables/cycles/0/assess_date", "1/2/2026"), "YYYY-MM-DD"),
    (changed("tables/cycles/0/assess_date", "2026-02-30"), "exists"),
    (changed("tables/cycles/0/assess_date", "1066-10-14"), "date"),
    (changed("tables/pupils/0/sen_status", "Z"), "choices"),
    (changed("tables/pupils/0/strengths", "x" * 60_000), "longer"),
    (changed("tables/pupils/0/strengths", {"a": 1}), "text"),
    (changed("tables/outcomes/0/unread", {"target": "fine"}), "can't be read"),
    (changed("tables/outcomes/0/unread", ["x"]), "by column"),
    (changed("tables/pupils", []), "row of its pupil"),
    (changed("tables/staff/0/email", "x@example.org"), "not passed"),
]


@pytest.mark.parametrize(
    ("content", "why"), HOSTILE, ids=lambda part: str(part[:24]) if isinstance(part, str) else ""
)
def test_a_file_that_can_not_be_believed_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(Invalid, match=re.escape(why)) as refused:
        opened(KNOWN, content)
    assert str(refused.value).endswith("No workbook was changed.")


def test_rows_that_nobody_names_or_that_are_twice_there_are_refused() -> None:
    found = as_json()
    found["tables"]["staff"].append({"staff_id": "ST8", "name": "A stranger"})
    with pytest.raises(Invalid, match="names this one"):
        opened(KNOWN, as_bytes(found))
    found = as_json()
    found["tables"]["outcomes"] *= 2
    with pytest.raises(Invalid, match="one id"):
        opened(KNOWN, as_bytes(found))


def test_rows_of_a_second_pupil_are_refused() -> None:
    found = as_json()
    found["tables"]["pupils"].append({"pupil_id": "P2"})
    with pytest.raises(Invalid, match="nobody else"):
        opened(KNOWN, as_bytes(found))


def test_what_a_newer_version_says_is_kept_in_a_note_and_told() -> None:
    found = as_json()
    found["made_with"] = KNOWN.version + 1
    found["tables"]["outcomes"][0]["colour"] = "red"
    found["tables"]["pupils"][0]["sen_status"] = "Q"
    found["tables"]["dreams"] = [{"dream_id": "D1"}]
    read = opened(KNOWN, as_bytes(found))
    assert "red" in read.file.tables["outcomes"][0].note
    assert "Q" in read.file.own.note
    assert "D1" in read.file.own.note
    assert len(read.unknown) == 3
    here = with_rows({}, received(as_bytes(found), {}))
    assert received(as_bytes(found), here).unnoted == ("O1", "P1")


def test_what_a_newer_version_says_at_length_is_told_and_left_in_the_file() -> None:
    found = as_json()
    found["made_with"] = KNOWN.version + 1
    found["tables"]["outcomes"][0]["colour"] = "x" * 9_000
    read = opened(KNOWN, as_bytes(found))
    assert not read.file.tables["outcomes"][0].note
    assert "too long" in read.unknown[0]


def test_a_session_that_did_not_take_place_says_so_on_paper() -> None:
    log = KNOWN.table("log")
    row = FileRow(id="L1", values={"delivered": False, "note": "School trip"})
    shown = dict(facts(School(), log, row))
    assert shown[log.column("delivered").header] == "No"
    assert shown[log.column("note").header] == "School trip"
