"""The rules on the three sample schools at the anchor date."""

from __future__ import annotations

from datetime import date

import pytest
from sample_schools import sample, sample_school

from server.plans.model import Finding
from server.plans.rules import LEVELS, RULES, findings

TODAY = date(2026, 11, 23)
OUR_RULES = {rule.id for rule, _ in RULES}


IN_PLAIN_WORDS = {
    "EHC pack still lacks: evidence_health_social, parent_views, la_form, head_signoff; completed cycles 3 "
    "(local norm 2: met)": "EHC pack still lacks: evidence of physical, emotional, social and health needs, the "
    "parents' views, the council's form and the head's sign-off; completed cycles 3 (local norm 2: met)",
}
"""What the file says in names of its columns, as people read it."""
NAMES_A_CONTACT = {"R52", "R53"}
"""Rules that say who must get nothing: staff have to know whom."""


def _all() -> list[Finding]:
    return [row for setting in ("S1", "S2", "S3") for row in findings(sample_school(setting), TODAY)]


def _expected() -> list[tuple[str, str, str, str]]:
    flags = sample()["expected_flags_at_anchor"]
    return [
        (row["rule_id"], row["level"], row["pupil_id"], row["message"])
        for row in flags
        if row["rule_id"] in OUR_RULES
    ]


@pytest.mark.parametrize("flag", _expected(), ids=lambda flag: f"{flag[2]}-{flag[0]}")
def test_every_flag_of_the_sample_is_found_word_for_word(flag: tuple[str, str, str, str]) -> None:
    *which, message = flag
    found = [(row.rule, row.level, row.pupil_id, row.message) for row in _all()]
    assert (*which, IN_PLAIN_WORDS.get(message, message)) in found


WORKLIST = {"block", "red", "prompt"}
FURTHER = {
    ("P02", "R36", "prompt"),
    ("P02", "R37", "prompt"),
    ("P05", "R38", "prompt"),
    ("P07", "R32", "prompt"),
    ("P09", "R44", "red"),
    ("P10", "R33", "red"),
    ("P10", "R36", "prompt"),
}
"""Findings that the file doesn't list, each explained in docs/reference/sample-findings.md."""


def test_the_sample_gives_no_grave_finding_but_those_listed_and_explained() -> None:
    listed = {(pupil, rule, level) for rule, level, pupil, _ in _expected() if level in WORKLIST}
    assert {(row.pupil_id, row.rule, row.level) for row in _all() if row.level in WORKLIST} == listed | FURTHER


def test_findings_come_gravest_first_then_by_pupil() -> None:
    rows = findings(sample_school("S2"), TODAY)
    assert rows == tuple(sorted(rows, key=lambda row: (LEVELS.index(row.level), row.pupil_id, row.rule)))


def test_every_finding_points_at_a_cell_and_says_what_to_do_without_a_name() -> None:
    names = {row[key] for row in sample()["pupils"] for key in ("first_name", "last_name", "known_as")}
    for row in _all():
        assert "!" in row.cell
        assert row.action
        assert row.source
        assert row.force
        if row.rule not in NAMES_A_CONTACT:
            assert not any(name in row.message + row.action for name in names)


def test_a_fortnight_on_nobody_is_told_that_all_is_well() -> None:
    later = findings(sample_school("S2"), date(2026, 12, 18))
    overdue = {row.pupil_id for row in later if row.rule == "R23" and row.level == "red"}
    assert overdue == {"P04", "P05", "P08", "P09"}
