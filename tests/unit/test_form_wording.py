"""What labels mean by the ideas in their words: wordings nobody wrote down compose; the rest stays unknown."""

from __future__ import annotations

import pytest

from sheets_templates.form_ideas import ideas_in
from sheets_templates.form_kinds import alike, is_for_office
from sheets_templates.form_meaning import meanings, scaled
from sheets_templates.form_nearby import only_count
from sheets_templates.form_wordbook import wordbook


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Date on which the plan gets revisited", "plan.review_date"),
        ("Adults supporting the young person", "provision[].who"),
        ("Languages spoken by family members at home", "pupil.language"),
        ("What carers think about the provision", "sen_support_plan.parent_views"),
        ("Things the toddler struggles with", "sen_support_plan.needs"),
    ],
)
def test_a_wording_never_seen_is_known_by_its_ideas(label: str, field: str) -> None:
    assert not wordbook().named(label)
    assert alike(meanings(label)[0].field, field)


def test_words_without_a_meaning_in_common_resemble_nothing() -> None:
    assert wordbook().resembling("Bicycle helmet") == ()


def test_not_turns_a_label_round() -> None:
    assert meanings("What is not working well for the pupil")[0].field == "my_support_plan.not_working"
    assert meanings("What is working well for the pupil")[0].field == "my_support_plan.working"


def test_a_misspelt_word_is_the_word_it_resembles() -> None:
    assert meanings("Prefered name")[0].field == "pupil.known_as"


def test_different_words_for_one_idea_are_the_same() -> None:
    child, learner = ideas_in("the child’s targets"), ideas_in("learner goals")
    assert {"#pupil", "#goal"} <= child.keys() & learner.keys()


@pytest.mark.parametrize(
    "label", ["Invoice number", "Ofsted registration number", "Brothers and sisters", "Free school meals"]
)
def test_what_plans_do_not_keep_is_no_field(label: str) -> None:
    assert meanings(label)[0].field == "-"


def test_columns_that_only_count_are_told_from_columns_that_ask() -> None:
    assert only_count(["Yes", "No", "Comments"])
    assert only_count(["Target 1", "Target 2", "Target 3"])
    assert only_count(["First adult", "Second adult"])
    assert not only_count(["Target", "By when", "By whom"])


def test_what_an_office_fills_in_is_left_to_it() -> None:
    assert is_for_office("For council use only")
    assert is_for_office("OFFICE USE ONLY")
    assert not is_for_office("How we use this plan")


def test_two_fields_for_the_same_thing_do_not_compete() -> None:
    assert alike("plan.review_date", "review.next")
    assert alike("outcome[].outcome", "outcome[].target")
    assert alike("review.when", "review.when.date")
    assert not alike("pupil.dob", "plan.start_date")


def test_a_wording_that_fields_share_tells_less_and_never_more_than_its_own() -> None:
    shared = wordbook().named("Review date")
    assert max(score for _, score in shared) == 1.0
    assert meanings("Health visitor")[0].field == "eyfs_plan.health_visitor"


@pytest.mark.parametrize("label", ["On the", "For my"])
def test_words_that_say_little_name_nothing(label: str) -> None:
    assert all(score < 0.85 for _, score in wordbook().resembling(label))


def test_a_scale_behind_a_label_asks_for_a_score() -> None:
    assert scaled("Aim (0–10)") == "Aim score"
    assert scaled("Review (6–8 weeks)") == "Review (6–8 weeks)"


def test_a_grid_with_yes_and_no_counts_whatever_else_it_asks() -> None:
    assert only_count(["Attached?", "Yes", "No", "If not, why not"])
