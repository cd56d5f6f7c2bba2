"""The rules on the three sample schools at the anchor date."""

from __future__ import annotations

from datetime import date

import pytest
from sample_schools import sample, sample_school

from server.plans.model import Finding
from server.plans.rules import LEVELS, RULES, findings

TODAY = date(2026, 11, 23)
OUR_RULES = {rule.id for rule, _ in RULES}


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
    assert flag in [(row.rule, row.level, row.pupil_id, row.message) for row in _all()]


def test_the_sample_gives_no_other_findings_than_these() -> None:
    assert sorted((row.pupil_id, row.rule, row.level) for row in _all()) == [
        ("P02", "R04", "amber"),
        ("P05", "R23", "amber"),
        ("P08", "R22", "amber"),
        ("P08", "R23", "red"),
        ("P09", "R23", "amber"),
        ("P10", "R22", "amber"),
        ("P10", "R23", "history"),
        ("P11", "R14", "amber"),
        ("P11", "R23", "amber"),
    ]


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
        assert not any(name in row.message + row.action for name in names)


def test_a_fortnight_on_nobody_is_told_that_all_is_well() -> None:
    later = findings(sample_school("S2"), date(2026, 12, 18))
    overdue = {row.pupil_id for row in later if row.rule == "R23" and row.level == "red"}
    assert overdue == {"P04", "P05", "P08", "P09"}
