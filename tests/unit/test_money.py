"""Costs as R60 works them out, against the sums in the sample file."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest

from server.plans.model import Paper, Provision, School
from server.plans.money import annual_cost, cost, hours_a_week, pounds, sessions_planned, total

ROWS = json.loads((resources.files("server.demo") / "sample_pupils.json").read_text("utf-8"))["provision"]


def help_of(row: dict[str, Any]) -> Provision:
    names = ("provision_id", "weeks", "group_size", "minutes_per_session", "sessions_per_week")
    return Provision(**{name: row[name] for name in names})


def school_of(row: dict[str, Any]) -> School:
    values = {
        "provision": row["provision_id"],
        "hourly_rate": row["hourly_rate_gbp"],
        "one_off": row["one_off_cost_gbp"],
    }
    return School(papers={"costs": (Paper(paper_id="CO1", values=values),)})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["provision_id"]))
def test_help_costs_what_the_sample_says_in_its_cycle_and_in_a_year(row: dict[str, Any]) -> None:
    assert cost(school_of(row), help_of(row)) == pytest.approx(row["cost_this_cycle_gbp"], abs=0.01)
    assert annual_cost(school_of(row), help_of(row)) == pytest.approx(row["cost_annualised_38wk_gbp"], abs=0.01)


@pytest.mark.parametrize(("weeks", "year"), [(3, 30.0), (4, 380.0), (5, 380.0)])
def test_only_help_of_four_weeks_or_more_is_counted_for_a_whole_year(weeks: int, year: float) -> None:
    row = {**ROWS[0], "weeks": weeks, "minutes_per_session": 60, "sessions_per_week": 1, "group_size": 1}
    row |= {"hourly_rate_gbp": 10.0, "one_off_cost_gbp": 0.0}
    assert annual_cost(school_of(row), help_of(row)) == pytest.approx(year)


def test_help_without_money_written_down_has_no_cost_rather_than_none_at_all() -> None:
    helped = help_of(ROWS[0])
    assert cost(School(), helped) is None
    assert total([None, None]) is None
    assert total([None, 2.0]) == 2.0
    assert (pounds(None), pounds(1234.5), pounds(300.0)) == ("", "£1,234.50", "£300")


def test_a_group_shares_its_adult() -> None:
    one, two = (
        Provision(provision_id="V", minutes_per_session=30, sessions_per_week=4, group_size=n) for n in (1, 2)
    )
    assert (hours_a_week(one), hours_a_week(two)) == (2.0, 1.0)
    assert sessions_planned(Provision(provision_id="V", sessions_per_week=0.5, weeks=7)) == 3.5
