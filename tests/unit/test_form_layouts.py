"""The same questions laid out in other ways get the same fields."""

from __future__ import annotations

from docx_making import doc_of
from hypothesis import given
from hypothesis import strategies as st

from sheets_templates.form_propose import recognise

Rows = list[list[str]]

LABELS: dict[str, Rows] = {
    "About the child": [["Name of child", ""], ["Date of birth", ""], ["Class", ""]],
    "Views": [["What the child says", ""], ["What parents say", ""]],
}
LISTS: dict[str, list[str]] = {
    "Parents and carers": ["Name", "Relationship", "Telephone"],
    "Our plan": ["Target", "What help", "Who will do it", "How often", "Progress at review"],
    "People at the meeting": ["Name", "Role"],
    "Agreed actions": ["Action", "By whom", "By when"],
}


def found(*blocks: tuple[str, str] | Rows) -> dict[tuple[str, str], str]:
    """The field of each label, by the heading over it and what it says."""
    made = recognise(doc_of(("Title", "Support plan"), *blocks)).proposals
    return {(each.spot.said[0], each.label): each.field for each in made if each.spot.said}


def laid_out(order: list[str], gaps: list[int], rows: list[int]) -> list[tuple[str, str] | Rows]:
    blocks: list[tuple[str, str] | Rows] = []
    for heading, gap, more in zip(order, gaps, rows, strict=True):
        blocks += [("Heading 1", heading)]
        if heading in LISTS:
            columns = LISTS[heading]
            blocks += [[columns, *[[""] * len(columns)] * (2 + more)]]
        else:
            blocks += [[*LABELS[heading], *[["", ""]] * more]]
        blocks += [("Normal", "")] * gap
    return blocks


HEADINGS = [*LABELS, *LISTS]
ONE_EACH = [1] * len(HEADINGS)
KNOWN = found(*laid_out(HEADINGS, ONE_EACH, ONE_EACH))
FEW = st.lists(st.integers(0, 4), min_size=len(HEADINGS), max_size=len(HEADINGS))


def test_every_label_of_the_plan_is_known() -> None:
    assert all(KNOWN.values())
    assert len(set(KNOWN.values())) == len(KNOWN) == 18


@given(st.permutations(HEADINGS), FEW, FEW)
def test_order_of_tables_empty_rows_and_empty_lines_change_no_proposal(
    order: list[str], gaps: list[int], rows: list[int]
) -> None:
    assert found(*laid_out(order, gaps, rows)) == KNOWN


def fields_of(*blocks: tuple[str, str] | Rows) -> list[str]:
    return [each.field for each in recognise(doc_of(*blocks)).proposals]


def test_targets_side_by_side_are_one_list_with_its_fields_in_rows() -> None:
    grid = [["", "Target 1", "Target 2"], ["Target", "", ""], ["Who helps", "", ""], ["How often", "", ""]]
    found = [each for each in fields_of(grid) if each]
    assert found == ["outcome[].target", "provision[].who", "provision[].per_week"]


def test_questions_with_yes_no_and_comment_are_asked_in_their_rows() -> None:
    grid = [
        ["Question", "Yes", "No", "Comment"],
        ["Was it often enough?", "", "", ""],
        ["Was the plan followed?", "", "", ""],
    ]
    assert [each for each in fields_of(("Heading 1", "Review"), grid) if each] == ["review.often", "review.quality"]


def test_choices_in_rows_of_their_own_belong_to_the_question_over_them() -> None:
    (question,) = recognise(doc_of([["Area of need (tick)"], ["☐ Cognition and learning"], ["☐ Sensory"]])).proposals
    assert (question.field, question.spot.options) == ("pupil.area", ("Cognition and learning", "Sensory"))


def test_numbers_in_front_and_guidance_under_a_label_are_no_part_of_it() -> None:
    numbered = [["1a. Date of birth", ""], ["1b) Year group", ""], ["2.3 Home language", ""]]
    assert fields_of(numbered) == ["pupil.dob", "pupil.year_group", "pupil.language"]
    guided = [("Heading 2", "What the child does well"), ("Normal", "Write two or three sentences."), ("Normal", "")]
    assert fields_of(("Title", "Plan"), *guided) == ["sen_support_plan.strengths"]


def test_what_an_office_fills_in_is_left_to_it() -> None:
    assert fields_of(("Heading 1", "For council use only"), [["Date of birth", ""], ["Start date", ""]]) == ["", ""]


def test_a_list_gives_each_field_to_one_column() -> None:
    columns = ["Target", "Now", "Who", "How often", "How it went"]
    found = fields_of(("Heading 1", "Our plan"), [columns, [""] * 5, [""] * 5])
    assert len(set(found)) == 5
    assert found[1] == "outcome[].baseline"


def test_the_second_list_under_a_heading_is_told_by_its_own_columns() -> None:
    targets = [["Target", "Who", "How often"], ["", "", ""], ["", "", ""]]
    actions = [["To do", "Person", "When"], ["", "", ""], ["", "", ""]]
    found = fields_of(("Heading 1", "New targets"), targets, actions)
    assert [field.partition("[]")[0] for field in found[3:]] == ["review.actions"] * 3


def test_people_named_in_one_line_with_blanks_sign_there() -> None:
    line = ("Normal", "Tutor ..............\tParent ..............\tPupil ..............")
    assert fields_of(("Title", "Plan"), line) == [
        "sen_support_plan.teacher_ok",
        "sen_support_plan.parent_consulted",
        "sen_support_plan.pupil_ok",
    ]


def test_boxes_with_only_their_labels_in_them_are_found() -> None:
    boxes = [["Strengths", "Date of birth"], ["Views of parents", "Class teacher"]]
    assert len([field for field in fields_of(("Title", "Plan"), boxes) if field]) == 4


def test_headings_with_room_under_each_are_labels_even_above_a_table() -> None:
    asked = ("Heading 2", "What we would like to get from the day")
    people = [["Name", "Role"], ["", ""], ["", ""]]
    found = recognise(
        doc_of(
            ("Title", "Plan"), ("Heading 2", "Views"), ("Normal", ""), ("Normal", ""), asked, ("Normal", ""), people
        )
    )
    assert asked[1] in [each.label for each in found.proposals]
