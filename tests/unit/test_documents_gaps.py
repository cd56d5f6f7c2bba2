"""What is not yet agreed: told once, in one list, by the words the document uses; never dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from docx_making import doc_of, lines_of

from server.demo import sample
from server.demo.schools import sample_schools
from server.plans.document_values import document_values
from server.plans.model import School
from server.plans.record_reader import Reader, household_reader
from server.workflows.papers import built_in
from sheets_templates.document import Template, document_names, parse
from sheets_templates.document_labels import plain_labels
from sheets_templates.document_spec import GAP, NOT_YET

TODAY = date(2026, 11, 23)


@cache
def _school() -> School:
    return next(each for each in sample_schools(sample.load()) if any(p.pupil_id == "P07" for p in each.pupils))


def reader(school: School | None = None) -> Reader:
    return household_reader(school or _school(), "P07", "P07-H1", TODAY)


def filled(template: Template, of: Reader) -> list[str]:
    return lines_of(template.render(document_values(of, wanted=template.tags, gathered=template.gathered)))


def plan_lines(of: Reader) -> list[str]:
    return filled(built_in("sen_support_plan"), of)


def listed_gaps(lines: list[str]) -> list[str]:
    start = lines.index(NOT_YET) + 2
    return lines[start : lines.index("About this copy")]


def test_missing_answers_stand_once_at_the_end_with_the_numbers_they_are_missing_for() -> None:
    outcomes = tuple(replace(each, need="", measure="") for each in _school().outcomes)
    lines = plan_lines(reader(replace(_school(), outcomes=outcomes)))
    assert "What is hard now (1 and 2)" in listed_gaps(lines)
    assert "The family will" in listed_gaps(lines)
    assert not any(line.startswith(("What is hard now:", "The family will:")) for line in lines)
    assert lines.count(f"How we will know: {NOT_YET}") == 2


def test_part_of_a_line_that_says_several_answers_is_told_too() -> None:
    first, *others = [p for p in _school().provision if p.cycle.startswith("P07-C3")]
    rest = tuple(p for p in _school().provision if p is not first)
    lines = plan_lines(reader(replace(_school(), provision=(replace(first, expertise=""), *rest))))
    assert f"What the adult needs to know ({first.what})" in listed_gaps(lines)
    assert others


def test_an_agreement_nobody_gave_yet_says_so_in_its_place() -> None:
    lines = plan_lines(reader())
    assert f"Teacher | {NOT_YET}" in lines
    assert "Teacher" not in listed_gaps(lines)


def test_a_template_without_the_list_says_it_line_by_line() -> None:
    template = parse(doc_of(("Normal", "The family will: {{ sen_support_plan.resp_parent }}")))
    assert filled(template, reader()) == [f"The family will: {NOT_YET}"]
    assert template.gathered == frozenset()


def test_a_template_with_the_list_loses_no_missing_answer() -> None:
    blocks = ("{{ sen_support_plan.resp_parent }}", "{{ sen_support_plan.resp_school }}")
    template = parse(doc_of(*(("Normal", text) for text in blocks), ("List Bullet", f"{{{{ {GAP} }}}}")))
    assert filled(template, reader()) == [
        "School will",
        "The family will",
    ]


def test_every_answer_a_document_may_list_has_plain_words() -> None:
    for name in document_names():
        template = built_in(name)
        fields = {path for path in template.gathered if not path.endswith(".text")}
        assert fields <= plain_labels().keys(), name
