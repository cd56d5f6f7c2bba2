"""Each box of a filled form says what its label asks for: names in parts, lists by column, grids by row."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm
from docx_making import doc_of, saved

from server.plans.record_parts import looked, parts_of_lines
from sheets_templates import part_tags
from sheets_templates.document import parse
from sheets_templates.form_propose import recognise
from sheets_templates.form_tagging import place_of, tag_copy
from sheets_templates.form_tags import form_view
from sheets_templates.record_tags import Readers, record_view

NOT_YET = "Not yet agreed"


def filled(
    docx: bytes, fields: Mapping[str, str], values: Mapping[str, Any], *, readers: Readers = "household"
) -> list[list[list[str]]]:
    """The texts of each table's cells, merged cells once, after labels were given these fields and filled."""
    spots = recognise(docx).proposals
    chosen = {place_of(each): fields.get(each.label, "") for each in spots}
    copy = tag_copy(docx, chosen, readers=readers).docx
    made = Document(io.BytesIO(parse(copy, form_view(readers)).render(values)))
    return [[_texts(row) for row in table.rows] for table in made.tables]


def _texts(row: Any) -> list[str]:
    return [cell.text.strip() for cell in dict.fromkeys(row.cells)]


def lines(path: str, *said: str) -> dict[str, Any]:
    """What the record says of a list with these lines."""
    owner, _, name = path.partition(".")
    return {owner: {name: "\n".join(said), **parts_of_lines(path, name, said)}}


def test_a_surname_is_a_surname_and_an_interpreter_is_asked_for_apart_from_the_language() -> None:
    form = doc_of([["Surname", ""], ["First name", ""], ["Home language", ""], ["Interpreter needed?", ""]])
    fields = {
        "Surname": "pupil.legal_name.last",
        "First name": "pupil.legal_name.first",
        "Home language": "pupil.language",
        "Interpreter needed?": "pupil.language.interpreter",
    }
    said = {"legal_name_last": "Test", "legal_name_first": "Ada", "language": "Welsh", "language_interpreter": "No"}
    answers = [row[-1] for row in filled(form, fields, {"pupil": said})[0]]
    assert answers == ["Test", "Ada", "Welsh", "No"]


def test_school_signs_by_name_and_day_and_a_family_by_hand() -> None:
    grid = [["", "Print name", "Signature", "Date"], ["Teacher", "", "", ""], ["Parent / carer", "", "", ""]]
    fields = {"Teacher": "sen_support_plan.teacher_ok", "Parent / carer": "sen_support_plan.parent_consulted"}
    said = {"teacher_ok_name": "Pat Nurturely", "teacher_ok_date": "3 May 2026", "parent_consulted": "By phone"}
    rows = filled(doc_of(("Heading 1", "Signatures"), grid), fields, {"sen_support_plan": said})[0]
    assert rows[1:] == [["Teacher", "Pat Nurturely", "", "3 May 2026"], ["Parent / carer", "", "", ""]]


ACTIONS = {
    "Action": "review.actions[].action",
    "By whom": "review.actions[].owner",
    "By when": "review.actions[].by_when",
}
TABLE = [["Action", "By whom", "By when"], ["", "", ""], ["", "", ""]]


def test_lines_go_to_the_columns_of_their_parts_and_others_span_the_row() -> None:
    said = lines("review.actions", "Book a hall, Ms A, 3 May 2026", "Talk to Gran")
    rows = filled(doc_of(("Heading 1", "Agreed actions"), TABLE), ACTIONS, said)[0]
    assert rows == [["Action", "By whom", "By when"], ["Book a hall", "Ms A", "3 May 2026"], ["Talk to Gran"]]


def test_a_list_of_nothing_is_one_wide_row_that_says_so() -> None:
    rows = filled(doc_of(("Heading 1", "Agreed actions"), TABLE), ACTIONS, lines("review.actions"))[0]
    assert rows[1:] == [[NOT_YET]]


def test_rows_of_contacts_fill_their_columns_for_staff() -> None:
    table = [["Name", "Telephone"], ["", ""], ["", ""]]
    fields = {"Name": "contact[].name", "Telephone": "contact[].phone"}
    people = {"pupil": {"contacts_rows": [{"name": "Ann", "phone": "01"}, {"name": "Bo", "phone": ""}]}}
    rows = filled(doc_of(("Heading 1", "Parents"), table), fields, people, readers="staff")[0]
    assert rows[1:] == [["Ann", "01"], ["Bo", NOT_YET]]


GRID = [["Area of learning", "Now"], ["Literacy", ""], ["Mathematics", ""], ["Physical development", ""]]


def test_each_row_of_a_grid_has_its_own_line_and_what_fits_none_a_row_after_them() -> None:
    said = lines("eyfs_plan.eyfs_areas", "Maths: counts to 5", "Physical: climbs", "Likes tractors")
    fields = {"Area of learning": "eyfs_plan.eyfs_areas[].area", "Now": "eyfs_plan.eyfs_areas[].where_now"}
    docx = doc_of(("Heading 1", "Where I am in my learning"), GRID)
    spots = {each.label: each.spot.role for each in recognise(docx).proposals}
    assert spots["Now"] == "column_field"
    rows = filled(docx, fields, said)[0]
    assert rows[1:] == [
        ["Literacy", NOT_YET],
        ["Mathematics", "counts to 5"],
        ["Physical development", "climbs"],
        ["", "Likes tractors"],
    ]


def test_targets_side_by_side_become_one_column_that_repeats_for_every_target() -> None:
    grid = [["", "Target 1", "Target 2", "Target 3"], ["Target", "", "", ""], ["By when", "", "", ""]]
    fields = {"Target": "outcome[].target", "By when": "outcome[].target_date"}
    said = [{"number": str(n), "target": name, "target_date": "May"} for n, name in ((1, "Read"), (2, "Swim"))]
    tables = filled(doc_of(("Heading 1", "Targets"), grid), fields, {"outcomes": said})
    assert [table[1:] for table in tables] == [
        [["Target", "Read"], ["By when", "May"]],
        [["Target", "Swim"], ["By when", "May"]],
    ]


def test_choices_in_rows_of_their_own_become_the_answer() -> None:
    form = doc_of([["Area of need (tick)"], ["☐ Cognition and learning"], ["☐ Sensory"]])
    fields = {each.label: "pupil.area" for each in recognise(form).proposals}
    assert filled(form, fields, {"pupil": {"area": "Sensory"}})[0][1:] == [["Sensory"]]


@pytest.mark.parametrize(
    ("label", "tag"),
    [
        ("How often", "provision.how_often"),
        ("Frequency and length", "provision.how_often"),
        ("Sessions per week", "provision.per_week"),
        ("Times a week", "provision.per_week"),
    ],
)
def test_how_often_is_said_in_words_and_sessions_a_week_as_a_number(label: str, tag: str) -> None:
    docx = doc_of(("Heading 1", "Plan"), [["Target", "Support", label], ["", "", ""], ["", "", ""]])
    fields = {"Target": "outcome[].target", "Support": "provision[].what", label: "provision[].per_week"}
    chosen = {place_of(each): fields[each.label] for each in recognise(docx).proposals}
    assert tag_copy(docx, chosen).placed[2].tag == tag


def test_a_narrow_column_has_a_short_day_and_names_alone() -> None:
    document = Document(io.BytesIO(doc_of(("Heading 1", "Plan"), [["Support", "Who", "Start"], ["", "", ""]])))
    for column in document.tables[0].columns:
        column.width = Cm(1.6)
    docx = saved(document)
    fields = {"Support": "provision[].what", "Who": "provision[].who", "Start": "provision[].start"}
    chosen = {place_of(each): fields[each.label] for each in recognise(docx).proposals}
    assert [each.tag for each in tag_copy(docx, chosen).placed[1:]] == ["provision.who_name", "provision.start_short"]
    assert looked("short", "3 September 2026") == "3 Sep 2026"
    assert looked("name", "Pat Nurturely, Teacher; Dewi Mockford, SENCO") == "Pat Nurturely; Dewi Mockford"


def test_an_answer_stands_a_space_away_from_its_label_and_from_the_next() -> None:
    document = Document()
    document.add_paragraph("Student:__________D.O.B.:________")
    copy = Document(io.BytesIO(tag_copy(saved(document)).docx))
    assert copy.paragraphs[0].text == "Student: {{ pupil.legal_name }} D.O.B.: {{ pupil.dob }}"


@pytest.mark.parametrize(
    ("path", "line", "told"),
    [
        ("review.actions", "Book, Ms A, May", {"action": "Book", "owner": "Ms A", "by_when": "May"}),
        ("review.actions", "Book", None),
        ("pupil.other_pros", "Dr A, EP, 4 June 2026", {"name": "Dr A", "role": "EP", "date": "4 June 2026"}),
        ("pupil.other_pros", "Dr A; EP; a@b.example", {"name": "Dr A", "role": "EP", "contact": "a@b.example"}),
        ("sen_support_plan.pro_advice", "EP, 4 June 2026: wait", None),
        ("review.present", "Ann (mother, and aunt)", {"name": "Ann (mother, and aunt)"}),
    ],
)
def test_a_line_is_told_apart_only_where_it_is_written_in_parts(
    path: str, line: str, told: Mapping[str, str] | None
) -> None:
    assert part_tags.told_apart(line, part_tags.line_parts()[path]) == told


def test_every_part_is_of_a_field_there_is_and_no_part_of_a_staff_field_has_a_tag_for_parents() -> None:
    staff, home = record_view("staff").tags, record_view("household").tags
    for path in (*part_tags.column_parts(), *part_tags.line_parts(), *part_tags.key_words(), *part_tags.row_parts()):
        assert path in staff
        if path not in home:
            assert not [tag for tag in home if tag.startswith((f"{path}_", f"{path.replace('.', '_')}_"))]
    assert not [tag for tag in home if tag.startswith(("contact.", "log."))]
