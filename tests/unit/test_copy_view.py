"""What a household's copy says, and when it counts as changed."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest
from copy_sample import households, school_of
from docx_making import lines_of, parts_of

from server.plans.copy import copy_title, plan_view
from server.plans.model import Contact, Cycle, Outcome, Pupil, School, View
from server.plans.trouble import Invalid
from sheets_templates.document import Template, build_docx, load_spec, load_view, parse

MADE_ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def template() -> Template:
    return parse(build_docx(load_spec("sen_support_plan")))


def text_of(template: Template, pupil_id: str, household: str) -> str:
    view = plan_view(school_of(pupil_id), pupil_id, household)
    return "\n".join(lines_of(template.render(view.as_mapping(made_on=MADE_ON))))


@pytest.mark.parametrize(("pupil_id", "household"), households())
def test_every_household_of_the_sample_gets_a_whole_copy(template: Template, pupil_id: str, household: str) -> None:
    school = school_of(pupil_id)
    pupil = next(pupil for pupil in school.pupils if pupil.pupil_id == pupil_id)
    text = text_of(template, pupil_id, household)
    assert text.startswith(f"{pupil.called}’s SEN support plan\n{school.settings.name}\n")
    assert "This copy was made on 23 November 2026." in text
    assert "{{" not in text
    assert not re.search(r"(?<!to know: )None", text)
    assert not any(line.rstrip().endswith((":", "()")) for line in text.splitlines())
    assert any(line.startswith("1. By ") for line in text.splitlines())


def test_the_view_has_a_value_for_every_tag_and_no_value_without_a_tag() -> None:
    spec, view = load_view("plan"), plan_view(school_of("P05"), "P05", "P05-H1").as_mapping(made_on=MADE_ON)
    items = {path.partition(".")[2] or path: name for name, path in spec.lists.items()}

    def paths(value: object, prefix: str) -> set[str]:
        if isinstance(value, dict):
            return {path for key, inner in value.items() for path in paths(inner, f"{prefix}.{key}".lstrip("."))}
        if isinstance(value, list | tuple):
            return {path for inner in value for path in paths(inner, items[prefix.rpartition(".")[2]])}
        return {prefix}

    assert paths(view, "") == set(spec.tags)


def test_the_copy_reads_in_the_order_a_parent_needs(template: Template) -> None:
    lines = text_of(template, "P09", "P09-H1").splitlines()
    headings = [
        "Hopes",
        "What we are working on",
        "The help, and who gives it",
        "When we meet",
        "Who to ask",
        "About Amara",
        "What Amara says",
        "What you told us",
        "About this copy",
    ]
    assert [line for line in lines if line in headings] == headings
    assert "Next meeting: Thursday 26 November 2026 at 1.30pm" in lines
    assert any("EHC plan, from the council" in line for line in lines)


def test_a_reviewed_plan_says_that_the_next_is_being_agreed(template: Template) -> None:
    text = text_of(template, "P02", "P02-H1")
    assert (
        "We are agreeing the next plan. What you read here is the plan that we reviewed on 6 November 2026." in text
    )
    assert "How it is going: A start: 2 of 6" in text
    assert "The review is due by 16 December 2026." in text


def test_results_are_words_and_never_ratings() -> None:
    view = plan_view(school_of("P06"), "P06", "P06-H1")
    assert [outcome.result for outcome in view.outcomes] == ["Nearly there: 20 of 25", "There: 3"]


def test_an_open_cycle_without_outcomes_leaves_the_last_agreed_plan_to_read() -> None:
    school = school_of("P02")
    new = Cycle(cycle_id="P02-C4", pupil="P02 Juma Mfano", cycle_number=4, stage="Assess", needs_summary="Draft")
    view = plan_view(dataclasses.replace(school, cycles=(*school.cycles, new)), "P02", "P02-H1")
    assert view.plan.note.startswith("We are agreeing the next plan.")
    assert view.plan.needs == "Returned unsettled after summer; enjoys Dragonfly room garden."
    assert len(view.outcomes) == 1


def test_a_draft_of_the_next_plan_is_not_read_before_it_is_agreed() -> None:
    school = school_of("P06")
    draft = Cycle(cycle_id="N1", pupil="P06", cycle_number=9)
    goal = Outcome(outcome_id="N1-O1", pupil="P06", cycle="N1", outcome="Not agreed yet")
    drafted = dataclasses.replace(school, cycles=(*school.cycles, draft), outcomes=(*school.outcomes, goal))
    view = plan_view(drafted, "P06", "P06-H1")
    assert all(outcome.outcome != "Not agreed yet" for outcome in view.outcomes)
    assert view.plan.note.startswith("We are agreeing the next plan.")
    agreed = dataclasses.replace(draft, plan_agreed_date=MADE_ON)
    after = dataclasses.replace(drafted, cycles=(*school.cycles, agreed))
    assert [outcome.outcome for outcome in plan_view(after, "P06", "P06-H1").outcomes] == ["Not agreed yet"]


def test_a_pupil_without_a_plan_still_gives_a_copy(template: Template) -> None:
    contact = Contact(contact_id="C1", pupil="X1", household="", restriction_kind="none")
    school = School(pupils=(Pupil(pupil_id="X1"),), contacts=(contact,))
    lines = lines_of(template.render(plan_view(school, "X1", "C1").as_mapping(made_on=MADE_ON)))
    assert "What gets in the way, and what we do about it: Not yet agreed" in lines
    assert "What will be different" not in lines
    assert "Who to ask" not in lines


def test_references_may_be_ids_or_labels() -> None:
    school = school_of("P05")
    labelled = dataclasses.replace(
        school,
        pupils=tuple(dataclasses.replace(p, accountable_staff=("ST15 Beth Prototype",)) for p in school.pupils),
        contacts=tuple(dataclasses.replace(c, pupil=f"{c.pupil} Somebody") for c in school.contacts),
        outcomes=tuple(dataclasses.replace(o, cycle=f"{o.cycle} Plan") for o in school.outcomes),
        views=tuple(dataclasses.replace(v, contact=f"{v.contact} Somebody") for v in school.views),
    )
    assert plan_view(labelled, "P05", "P05-H1") == plan_view(school, "P05", "P05-H1")


def test_the_docs_name_holds_initials_only() -> None:
    assert copy_title(Pupil(pupil_id="P09", first_name="Amara", last_name="Iheatu")) == "SEN support plan – A.I."
    assert copy_title(Pupil(pupil_id="P09")) == "SEN support plan – P09"


def test_the_digest_names_the_content_and_not_the_day() -> None:
    view, again = (plan_view(school_of("P05"), "P05", "P05-H1") for _ in range(2))
    assert view.digest() == again.digest()
    assert len(view.digest()) == 32
    assert int(view.digest(), 16) >= 0
    assert view.as_mapping(made_on=MADE_ON) != view.as_mapping(made_on=date(2026, 11, 24))
    assert view.digest() != plan_view(school_of("P05"), "P05", "P05-H2").digest()


def test_one_edited_outcome_changes_the_digests_of_that_pupils_copies_only() -> None:
    school = school_of("P05")
    edited = dataclasses.replace(
        school,
        outcomes=tuple(
            dataclasses.replace(o, target="Read 80 words a minute") if o.outcome_id == "P05-C3-O1" else o
            for o in school.outcomes
        ),
    )
    here = [pair for pair in households() if pair[0] in {p.pupil_id for p in school.pupils}]
    changed = {pair for pair in here if plan_view(school, *pair).digest() != plan_view(edited, *pair).digest()}
    assert changed == {("P05", "P05-H1"), ("P05", "P05-H2")}


def test_hostile_cells_reach_the_document_as_the_same_text(template: Template) -> None:
    words = '=HYPERLINK("x") {{ 7*7 }} {% for %} <b>& שלום e\u0301'
    contact = Contact(contact_id="C1", pupil="X1", restriction_kind="none")
    school = School(
        pupils=(Pupil(pupil_id="X1", first_name=words),),
        contacts=(contact,),
        cycles=(Cycle(cycle_id="Y1", pupil="X1", needs_summary=words),),
        outcomes=(Outcome(outcome_id="O1", pupil="X1", cycle="Y1", outcome=words, target=words),),
        views=(View(view_id="V1", pupil="X1", cycle="Y1", who="parent", contact="C1", words=words),),
    )
    docx = template.render(plan_view(school, "X1", "C1").as_mapping(made_on=MADE_ON))
    lines = lines_of(docx)
    assert lines[0] == f"{words}’s SEN support plan"
    assert {f"1. {words}", f"Next step: {words}", f"What is hard: {words}", f"{words} (you)"} <= set(lines)
    assert b"&lt;b&gt;" in parts_of(docx)["word/document.xml"]


def test_a_household_that_may_be_told_nothing_gets_no_view() -> None:
    for household in ("P06-H2", "P06-H9", "", "P05-H1"):
        with pytest.raises(Invalid):
            plan_view(school_of("P06"), "P06", household)
    with pytest.raises(Invalid):
        plan_view(school_of("P06"), "P99", "P06-H1")
