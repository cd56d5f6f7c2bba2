"""A form filled for a pupil: nothing of it disappears, and what nobody has answered says so."""

from __future__ import annotations

import io
from typing import Any

from docx import Document

from sheets_templates.document import parse
from sheets_templates.form_tagging import tag_copy
from sheets_templates.form_tags import form_view

PLACEHOLDER = "Click to enter text"


def form(*blocks: str | list[list[str]]) -> Any:
    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for row, texts in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return document


def copy_of(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return tag_copy(out.getvalue()).docx


def filled(document: Any, view: dict[str, Any]) -> Any:
    return Document(io.BytesIO(parse(copy_of(document), form_view("household")).render(view)))


def rows(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_box_whose_answer_is_optional_and_missing_stays_and_says_so() -> None:
    made = filled(form([["How I communicate", ""], ["Health visitor", ""]]), {})
    assert rows(made.tables[0]) == [["How I communicate", "Not yet agreed"], ["Health visitor", "Not yet agreed"]]


def test_a_target_without_help_has_its_row() -> None:
    plan = form("Targets", [["Target", "What will we do?", "By whom"], ["", "", ""], ["", "", ""]])
    outcomes = [{"target": "Read a page"}, {"target": "Swim", "provision": [{"what": "Lessons", "who": "Ms A"}]}]
    assert rows(filled(plan, {"outcomes": outcomes}).tables[0])[1:] == [
        ["Read a page", "Not yet agreed", "Not yet agreed"],
        ["Swim", "Lessons", "Ms A"],
    ]


def test_a_list_of_nothing_is_one_row_that_says_so() -> None:
    plan = form("Targets", [["Target", "What will we do?", "By whom"], ["", "", ""], ["", "", ""]])
    assert rows(filled(plan, {}).tables[0])[1:] == [["Not yet agreed"] * 3]


def test_an_answer_does_not_look_like_the_placeholder_it_replaces() -> None:
    document = form([["Date of birth", ""]])
    run = document.tables[0].cell(0, 1).paragraphs[0].add_run("dd/mm/yyyy")
    run.italic = True
    made = filled(document, {"pupil": {"dob": "1 May 2019"}}).tables[0].cell(0, 1).paragraphs[0]
    assert made.text == "1 May 2019"
    assert not any(run.italic for run in made.runs)


def test_a_placeholder_that_no_tag_replaces_is_taken_out() -> None:
    made = filled(form([["Religion", PLACEHOLDER], ["Class", PLACEHOLDER]]), {"pupil": {"class_form": "3 Ash"}})
    assert rows(made.tables[0]) == [["Religion", ""], ["Class", "3 Ash"]]


def test_a_name_in_brackets_becomes_the_childs_name() -> None:
    made = filled(form("What [FIRSTNAME] would like for the future:", ""), {"pupil": {"called": "Ada"}})
    assert made.paragraphs[0].text == "What Ada would like for the future:"


def test_ruled_lines_under_an_answer_go_and_others_stay() -> None:
    made = filled(form("Strengths: ________", "______________", "Gender: _______", "______________"), {})
    assert [each.text for each in made.paragraphs] == [
        "Strengths: Not yet agreed",
        "Gender: _______",
        "______________",
    ]


def test_instructions_in_a_box_make_way_for_its_answer() -> None:
    document = form([["Pupil’s views", "Gender"]])
    cell = document.tables[0].cell(0, 0)
    cell.paragraphs[0].runs[0].bold = True
    cell.add_paragraph().add_run("Write the pupil’s own words.").italic = True
    cell.add_paragraph()
    made = filled(document, {}).tables[0].cell(0, 0).text
    assert "own words" not in made
    assert made.startswith("Pupil’s views\nNot yet")
