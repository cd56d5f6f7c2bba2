"""The provision map of a school: its money, its adults' hours, what its help changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sample_schools import sample, sample_school

from server.plans.adult_hours import hours, over_booked, weeks
from server.plans.effects import effects, gain
from server.plans.model import Cycle, LogEntry, Outcome, Paper, Provision, Pupil, School, Settings, Staff, Term
from server.plans.provision_map import PupilCost, latest_cycle, provision_map
from server.plans.register import Register
from server.plans.rules.r61_money import check

TODAY = date(2026, 11, 23)
MONDAY = TODAY
CYCLE = Cycle(cycle_id="CY1", pupil="P1", plan_agreed_date=date(2026, 11, 2))


def helped(number: int = 1, **changes: Any) -> Provision:
    return Provision(
        **{
            **{"provision_id": f"V{number}", "pupil": f"P{number}", "cycle": f"CY{number}", "delivered_by": "ST1"},
            **{"what": "Talk group", "minutes_per_session": 30, "sessions_per_week": 4, "weeks": 10},
            **changes,
        }
    )


def school(*provision: Provision, settings: Settings | None = None, **changes: Any) -> Register:
    pupils = tuple(Pupil(pupil_id=name) for name in dict.fromkeys(row.pupil for row in provision))
    cycles = tuple(
        Cycle(cycle_id=row.cycle, pupil=row.pupil, plan_agreed_date=date(2026, 11, 2)) for row in provision
    )
    staff = (Staff(staff_id="ST1", role="Teaching assistant", hours_per_week=2.0),)
    fields: dict[str, Any] = {"pupils": pupils, "cycles": cycles, "provision": provision, "staff": staff, **changes}
    return Register(School(settings=settings or Settings(), **fields), TODAY)


@pytest.mark.parametrize("row", sample()["cost_summary"], ids=lambda row: str(row["pupil_id"]))
def test_a_pupils_year_costs_what_the_sample_says(row: dict[str, Any]) -> None:
    setting = next(p["setting_id"] for p in sample()["pupils"] if p["pupil_id"] == row["pupil_id"])
    register = Register(sample_school(setting), TODAY)
    found = next(each for each in provision_map(register).costs if each.pupil_id == row["pupil_id"])
    assert found.year == pytest.approx(row["latest_cycle_annualised_cost_gbp"], abs=0.011)
    assert found.is_above == (row["above_threshold"] and not register.settings.is_early_years)


def test_the_map_and_the_rule_speak_of_the_same_pupils() -> None:
    for setting in ("S1", "S2", "S3"):
        register = Register(sample_school(setting), TODAY)
        above = {each.pupil_id for each in provision_map(register).costs if each.is_above}
        assert above == {finding.pupil_id for finding in check(register, TODAY)}


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (6000.0, "£6,000 a year: at £6,000 (not an entitlement or a cap)"),
        (6000.01, "£6,000.01 a year: above £6,000 (not an entitlement or a cap)"),
        (5999.0, "£5,999 a year: below £6,000 (not an entitlement or a cap)"),
        (None, ""),
    ],
)
def test_the_line_is_said_to_be_no_entitlement_and_no_cap(year: float | None, said: str) -> None:
    cost = PupilCost(pupil_id="P1", cycle_id="CY1", cycle=None, year=year, line=6000)
    assert (cost.in_words, cost.is_above) == (said, year == 6000.01)


def test_an_early_years_setting_has_no_line() -> None:
    money = Paper(paper_id="CO1", values={"cost_id": "CO1", "provision": "V1", "hourly_rate": 5000, "one_off": 9000})
    (cost,) = provision_map(school(helped(), settings=Settings(phase="EYFS"), papers={"costs": (money,)})).costs
    assert (cost.is_above, cost.line) == (False, None)
    assert "cap" not in cost.in_words


def test_money_that_nobody_wrote_down_is_unknown_not_nothing() -> None:
    found = provision_map(school(helped()))
    assert (found.costs[0].cycle, found.costs[0].year, found.year) == (None, None, None)


def test_a_cycle_that_has_not_begun_is_not_the_latest() -> None:
    coming = Cycle(cycle_id="CY2", pupil="P1", plan_agreed_date=date(2026, 11, 24))
    register = school(helped(), cycles=(CYCLE, coming, Cycle(cycle_id="CY3", pupil="P1")))
    assert latest_cycle(register, "P1", TODAY) == CYCLE
    assert latest_cycle(school(helped(), cycles=(coming,)), "P1", TODAY) is None


@pytest.mark.parametrize(("size", "count", "wanted"), [(4, 4, 2.0), (4, 5, 4.0), (1, 2, 4.0), (None, 3, 6.0)])
def test_an_adult_gives_a_group_one_session_however_many_share_it(
    size: float | None, count: int, wanted: float
) -> None:
    assert hours(helped(number, group_size=size) for number in range(count)) == wanted


def test_groups_that_meet_elsewhere_or_do_something_else_are_different_groups() -> None:
    rows = [
        helped(1, group_size=4),
        helped(2, group_size=4, when_where="Hall"),
        helped(3, group_size=4, what="Maths"),
    ]
    assert hours(rows) == 6.0


def test_help_takes_hours_from_its_first_week_to_its_last_and_none_in_the_holidays() -> None:
    terms = (
        Term(name="A", start=date(2026, 10, 26), end=date(2026, 11, 27)),
        Term(name="B", start=date(2026, 12, 7), end=date(2026, 12, 18)),
    )
    row = helped(start_date=date(2026, 11, 23), weeks=2)
    found = weeks(school(row, settings=Settings(terms=terms)), date(2026, 11, 18), 6)
    assert [(week.monday, dict(week.by_role)) for week in found] == [
        (date(2026, 11, 16), {}),
        (date(2026, 11, 23), {"Teaching assistant": 2.0}),
        (date(2026, 12, 7), {"Teaching assistant": 2.0}),
        (date(2026, 12, 14), {}),
    ]


def test_help_of_a_closed_cycle_or_of_nobody_named_is_no_adults_time() -> None:
    closed = Cycle(cycle_id="CY1", pupil="P1", plan_agreed_date=MONDAY, review_held_date=MONDAY)
    assert weeks(school(helped(), cycles=(closed,)), MONDAY, 1)[0].by_adult == {}
    assert dict(weeks(school(helped(delivered_by="")), MONDAY, 1)[0].by_role) == {"Nobody named": 2.0}


@pytest.mark.parametrize(("minutes", "over"), [(30, False), (30.5, True)])
def test_an_adult_is_over_booked_beyond_their_own_hours_only(minutes: float, over: bool) -> None:
    register = school(helped(minutes_per_session=minutes))
    found = over_booked(register, weeks(register, MONDAY, 2))
    assert [each.staff_id for each in found] == (["ST1"] if over else [])
    assert all(each.monday == MONDAY and each.can_give == 2.0 for each in found)


def test_nobody_is_over_booked_whose_hours_nobody_wrote_down() -> None:
    register = school(helped(sessions_per_week=40), staff=(Staff(staff_id="ST1"),))
    assert over_booked(register, weeks(register, MONDAY, 1)) == ()


def test_what_was_tried_is_counted_by_intervention_with_the_difference_it_made() -> None:
    rows = (
        helped(1, effect="Strong", outcomes=("O1",)),
        helped(2, effect="None", what="talk  group", outcomes=("O2",)),
        helped(3, effect="Not delivered"),
        helped(4),
        helped(5, effect="Some", what="Maths", outcomes=("O5",)),
    )
    outcomes = (
        Outcome(outcome_id="O1", cycle="CY1", baseline_rating=2, actual_rating=6),
        Outcome(outcome_id="O2", cycle="CY2", baseline_rating=3, actual_rating=3),
        Outcome(outcome_id="O5", cycle="CY5", baseline_rating=3),
    )
    maths, talk = effects(school(*rows, outcomes=outcomes))
    assert (talk.name, talk.tried, talk.worked, talk.missed, talk.pupils, talk.gain) == (
        "Talk group",
        2,
        1,
        1,
        3,
        2.0,
    )
    assert talk.in_words == "worked 1 of 2 times"
    assert (maths.tried, maths.worked, maths.gain) == (1, 1, None)


def test_help_of_one_strategy_is_one_intervention_whatever_it_is_called() -> None:
    library = Paper(paper_id="SG1", values={"strategy_id": "SG1", "name": "Lego therapy"})
    rows = (helped(1, effect="Strong", strategy="SG1"), helped(2, effect="Some", strategy="SG1", what="Bricks"))
    (found,) = effects(school(*rows, papers={"library": (library,)}))
    assert (found.name, found.tried) == ("Lego therapy", 2)


@pytest.mark.parametrize(("delivered", "unfair"), [(7, 1), (8, 0)])
def test_help_judged_though_too_little_took_place_is_told(delivered: int, unfair: int) -> None:
    held = Cycle(cycle_id="CY1", pupil="P1", plan_agreed_date=date(2026, 9, 7), review_held_date=date(2026, 11, 20))
    row = helped(effect="None", sessions_per_week=1, sessions_delivered=delivered)
    (found,) = effects(school(row, cycles=(held,), log=(LogEntry(log_id="L1"),)))
    assert found.unfair == unfair


def test_an_outcome_served_twice_counts_once_in_the_difference_made() -> None:
    rose = Outcome(outcome_id="O1", baseline_rating=1, actual_rating=5)
    same = Outcome(outcome_id="O2", baseline_rating=4, actual_rating=4)
    assert gain([rose, rose, same]) == 2.0
    assert gain([]) is None
