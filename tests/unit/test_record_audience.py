"""A unique word in every cell, and who gets to read it: for every field of every template, for every reader."""

from __future__ import annotations

import json

import pytest
from worded_school import DAD, KNOWN, MUM, OTHER, TODAY, contact_of, rows_of, word, worded_school

from server.plans.record import record_values
from server.plans.record_auto import AUTO
from server.plans.record_reader import Reader, household_reader, staff_reader
from server.plans.trouble import Invalid
from sheets_templates import plan_templates
from sheets_templates.plan_templates import PlanTemplate, TemplateField

SCHOOL = worded_school()
TEMPLATES = plan_templates.load()
WORDED = frozenset({"text", "longtext", "lines", "link"})
BY_CONTACT = ("notifications", "parent_views", "views")
OWN_NAMES = {word("contacts", "name", contact) for contact in (MUM, DAD, OTHER)}
"""Each parent's letter names its reader."""


def read_by(reader: Reader) -> str:
    return json.dumps(record_values(reader), ensure_ascii=False)


MUM_READS = read_by(household_reader(SCHOOL, "P1", MUM, TODAY))
DAD_READS = read_by(household_reader(SCHOOL, "P1", DAD, TODAY))
STRANGER_READS = read_by(household_reader(SCHOOL, "P2", OTHER, TODAY))
STAFF_READ = read_by(staff_reader(SCHOOL, "P1", TODAY))
FIELDS = [(template, field) for template in TEMPLATES.values() for field in template.fields if field.at]


def words(field: TemplateField, audience: str, *rows: str) -> set[str]:
    """The words of these rows in the field's columns for this audience."""
    found = set()
    for path in field.at:
        table, _, key = path.partition(".")
        column = KNOWN.table(table).column(key)
        if column.kind in WORDED and column.audience == audience:
            found |= {word(table, key, row) for row, _ in rows_of(KNOWN.table(table)) if not rows or row in rows}
    return found


def rows_about(field: TemplateField, pupil: str) -> list[str]:
    tables = {path.partition(".")[0] for path in field.at}
    return [row for table in tables for row, about in rows_of(KNOWN.table(table)) if about == pupil]


def rows_of_home(field: TemplateField, contact: str) -> list[str]:
    """Rows about the pupil P1 that one parent may read: theirs where a parent says or gets it, else all."""
    tables = [KNOWN.table(path.partition(".")[0]) for path in field.at]
    by_contact = [table for table in tables if table.key in BY_CONTACT]
    if not by_contact:
        return rows_about(field, "P1")
    return [row for table in by_contact for row, _ in rows_of(table) if contact_of(table, row) == contact]


@pytest.mark.parametrize(("template", "field"), FIELDS, ids=lambda each: str(each.key))
def test_each_field_reaches_those_it_is_for_and_nobody_else(template: PlanTemplate, field: TemplateField) -> None:
    assert found(words(field, "S") - OWN_NAMES, MUM_READS + DAD_READS + STRANGER_READS) == set()
    assert found(words(field, "P", *rows_about(field, "P2")), MUM_READS + DAD_READS + STAFF_READ) == set()
    assert found(words(field, "A", *rows_about(field, "P1")), STRANGER_READS) == set()
    for contact, reading in ((MUM, MUM_READS), (DAD, DAD_READS)):
        of_home = words(field, "P", *rows_of_home(field, contact)) if field.audience == "P" else set()
        assert found(of_home, reading) == of_home
        elsewhere = words(field, "A") | words(field, "P")
        elsewhere -= words(field, "A", *rows_of_home(field, contact)) | words(
            field, "P", *rows_of_home(field, contact)
        )
        assert found(elsewhere, reading) == set()


def found(words: set[str], reading: str) -> set[str]:
    return {each for each in words if each in reading}


def test_nobody_reads_the_other_parents_name_address_or_letter() -> None:
    for mine, theirs, reading in ((MUM, DAD, MUM_READS), (DAD, MUM, DAD_READS)):
        assert word("contacts", "name", mine) in reading
        assert [key for key in ("name", "email", "note") if word("contacts", key, theirs) in reading] == []


def test_what_a_parent_said_is_read_in_their_own_home() -> None:
    said = {parent: word("parent_views", "hard", row) for parent, row in ((MUM, "PV1"), (DAD, "PV2"))}
    assert [said[MUM] in MUM_READS, said[DAD] in MUM_READS] == [True, False]
    assert [said[MUM] in DAD_READS, said[DAD] in DAD_READS] == [False, True]


def test_staff_read_what_only_staff_may() -> None:
    for table, key, row in (("relational", "background", "RP1"), ("reviews", "staff_note", "R1")):
        assert word(table, key, row) in STAFF_READ


def test_what_was_said_at_home_is_kept_from_a_second_household() -> None:
    said = word("reviews", "home_view", "R1")
    assert said in STAFF_READ
    assert said not in MUM_READS + DAD_READS


def test_no_household_reads_of_another_pupil_or_without_a_contact() -> None:
    for pupil, household in (("P2", MUM), ("P1", OTHER), ("P1", ""), ("P9", MUM)):
        with pytest.raises(Invalid):
            household_reader(SCHOOL, pupil, household, TODAY)


def test_everything_that_is_worked_out_has_its_function_and_none_is_idle() -> None:
    assert {field.auto for template in TEMPLATES.values() for field in template.fields if field.auto} == set(AUTO)


def test_a_document_is_given_no_more_than_the_tags_it_uses() -> None:
    reader = household_reader(SCHOOL, "P1", MUM, TODAY)
    wanted = {"pupil.dob", "outcome.target", "relational_plan_calm.text"}
    values = record_values(reader, wanted=wanted)
    assert values["pupil"] == {"dob": "23 November 2026"}
    assert list(values["outcomes"][0]) == ["number", "target", "provision"]
    assert values["relational_plan"]["calm_lines"] == [{"text": word("relational", "calm", "RP1")}]
