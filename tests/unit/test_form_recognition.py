"""Councils' own forms: each label found where it stands, and given the field it means or said to be unknown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sheets_templates.form_propose import Recognised, recognise

FOLDER = Path(__file__).parents[1] / "data" / "forms"
FORMS = sorted(FOLDER.glob("*_form_*.gold.json"))
OTHERS = sorted((FOLDER / "others").glob("*.gold.json"))
"""Forms by other hands, in other layouts and other words."""

NOT_FIELDS = ("row_key", "column_part")


def score(gold: Mapping[str, Any], found: Recognised) -> Counter[str]:
    """How many labels were ``right``, ``wrong``, ``unknown``, ``missing`` or ``extra`` of ``all``."""
    counts: Counter[str] = Counter()
    proposals = {(each.spot.where, each.spot.nth): each for each in found.proposals}
    labels = {(each["where"], each.get("nth", 1)): each for each in gold["labels"]}
    for place, label in labels.items():
        if label.get("role") not in NOT_FIELDS:
            counts["all"] += 1
            counts[_verdict(label, proposals[place].field if place in proposals else None)] += 1
    not_labels = {each["where"] for each in gold["not_labels"]}
    counts["extra"] = sum(place not in labels and bool(each.field) for place, each in proposals.items())
    counts["not_labels"] = sum(place[0] in not_labels and place not in labels for place in proposals)
    return counts


def _verdict(label: Mapping[str, Any], field: str | None) -> str:
    if field is None:
        return "missing"
    if field in {label["field"] or "", *label["alternatives"]}:
        return "right"
    return "wrong" if field else "unknown"


@cache
def recognised(path: Path) -> Recognised:
    """What is found in the form that this gold file is of."""
    return recognise(path.with_name(path.name.replace(".gold.json", ".docx")).read_bytes())


def scored(path: Path) -> Counter[str]:
    return score(json.loads(path.read_text(encoding="utf-8")), recognised(path))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name.split(".")[0])
def test_four_labels_in_five_get_the_right_field_and_hardly_one_a_wrong_one(path: Path) -> None:
    counts = scored(path)
    assert counts["right"] >= 0.8 * counts["all"], counts
    assert counts["wrong"] < 0.05 * counts["all"], counts


def test_forms_by_other_hands_are_recognised_nearly_as_well() -> None:
    total = sum((scored(path) for path in OTHERS), Counter[str]())
    assert total["right"] >= 0.8 * total["all"], total
    assert total["wrong"] < 0.05 * total["all"], total
    assert total["missing"] < 0.02 * total["all"], total
    assert total["extra"] < 0.02 * total["all"], total


def test_an_unknown_label_comes_with_the_fields_nearest_to_it() -> None:
    unknown = [each for path in OTHERS for each in recognised(path).left if each.ours and each.spot.role == ""]
    assert unknown
    assert all(each.others or each.score < 0.6 for each in unknown)


def test_titles_headings_and_instructions_never_become_fields() -> None:
    total = sum((scored(path) for path in FORMS), Counter[str]())
    assert total["not_labels"] == 0
    assert total["extra"] == 0


def test_where_an_answer_goes_is_found_for_every_label() -> None:
    wrong = []
    for path in FORMS:
        found = {(each.spot.where, each.spot.nth): each.spot for each in recognised(path).proposals}
        for label in json.loads(path.read_text(encoding="utf-8"))["labels"]:
            spot = found.get((label["where"], label.get("nth", 1)))
            if label.get("answer") and (spot is None or spot.answer != label["answer"]):
                wrong.append((path.name, label["label"], label["answer"], spot and spot.answer))
    assert wrong == []
