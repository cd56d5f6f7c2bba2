"""A check is kept quiet only with a reason, by somebody who may, and never where the law speaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rules_school import NOTIFICATION, SCHOOL, SETTINGS, TODAY, cycle, outcome, pupil, said
from test_rules_of_beginnings import REFERRAL, having

from server.plans.applying import applied
from server.plans.model import Exemption, School, Staff
from server.plans.quiet import GONE, LATER, NEVER, SENCO_ONLY, WHO, WHY, Wish, in_force, keep_quiet, speak_again
from server.plans.register import Register
from server.plans.trouble import Invalid
from sheets_templates import catalogue
from sheets_templates.imports.matching import Proposals

STAFF = (Staff(staff_id="ST1", role="Class teacher"), Staff(staff_id="ST9", role="SENCO"))
VAGUE = replace(outcome(target="Improve to 3 of 5"), staff=STAFF)
WISH = Wish(pupil_id="P1", rule="R12", row="O1", reason="The therapist words it so", by_staff="ST1")


def wished(school: School, wish: Wish) -> Proposals:
    return keep_quiet(Register(school, TODAY), wish, catalogue.load(), {})


def after(school: School, wanted: Proposals) -> School:
    return applied(school, wanted.adds, (*wanted.fills, *wanted.changes))


def test_a_check_is_kept_quiet_with_its_reason_until_the_day_that_was_chosen() -> None:
    wanted = wished(VAGUE, replace(WISH, until=date(2026, 12, 14)))
    (row,) = wanted.adds
    assert (row.values["reason"], row.values["decided"]) == ("The therapist words it so", TODAY)
    quiet = after(VAGUE, wanted)
    assert said(VAGUE, "R12")
    assert not said(quiet, "R12")
    assert not said(quiet, "R12", date(2026, 12, 13))
    assert said(quiet, "R12", date(2026, 12, 14))


def test_asking_twice_adds_one_row() -> None:
    first = wished(VAGUE, WISH)
    assert first == wished(VAGUE, WISH)
    assert wished(after(VAGUE, first), WISH).is_empty


def test_another_row_of_the_pupil_is_still_heard() -> None:
    other = replace(VAGUE.outcomes[0], outcome_id="O2")
    both = replace(VAGUE, outcomes=(*VAGUE.outcomes, other))
    assert [row.row for row in said(after(both, wished(both, WISH)), "R12")] == ["O2"]
    everything = wished(both, replace(WISH, row=""))
    assert not said(after(both, everything), "R12")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": " \n"}, WHY),
        ({"by_staff": ""}, WHO),
        ({"by_staff": "ST77"}, WHO),
        ({"until": TODAY}, LATER),
        ({"row": "O9"}, GONE),
        ({"pupil_id": "P9"}, GONE),
        ({"rule": "R99"}, GONE),
    ],
)
def test_a_wish_that_cannot_be_is_refused_with_what_to_do(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Invalid, match=words[:20]):
        wished(VAGUE, replace(WISH, **change))


@pytest.mark.parametrize(
    ("school", "rule"),
    [
        (pupil(primary_need=""), "R06"),
        (cycle(plan_agreed_date=None, needs_summary=""), "R10"),
        (having("referrals", {**REFERRAL, "agreed_by": ""}), "R07"),
        (replace(SCHOOL, notifications=()), "R01"),
    ],
)
def test_the_law_and_what_stops_a_step_cannot_be_kept_quiet(school: School, rule: str) -> None:
    with pytest.raises(Invalid) as refused:
        wished(replace(school, staff=STAFF), replace(WISH, rule=rule, row="", by_staff="ST9"))
    assert refused.value.message == NEVER


def test_the_senco_of_a_private_nursery_alone_may_lift_the_notice_to_parents() -> None:
    untold = replace(SCHOOL, staff=STAFF, notifications=(replace(NOTIFICATION, method=""),))
    nursery = replace(untold, settings=replace(SETTINGS, kind="Private nursery"))
    wish = replace(WISH, rule="R01", row="", reason="Told at the door")
    with pytest.raises(Invalid) as refused:
        wished(nursery, wish)
    assert refused.value.message == SENCO_ONLY
    assert not said(after(nursery, wished(nursery, replace(wish, by_staff="ST9"))), "R01")


def test_what_was_kept_quiet_is_heard_again_and_its_reason_stays() -> None:
    quiet = after(VAGUE, wished(VAGUE, WISH))
    register = Register(quiet, TODAY)
    (row,) = in_force(register, "P1")
    ended = speak_again(register, "P1", row.exception_id)
    heard = after(quiet, ended)
    assert said(heard, "R12")
    (kept,) = Register(heard, TODAY).of(Exemption, "P1")
    assert kept.reason == WISH.reason
    assert speak_again(Register(heard, TODAY), "P1", row.exception_id).is_empty
    with pytest.raises(Invalid):
        speak_again(register, "P1", "XC-NONE")


def test_a_long_reason_is_cut_and_a_hostile_one_stays_text() -> None:
    (row,) = wished(VAGUE, replace(WISH, reason="=1+1" + "x" * 5_000)).adds
    assert str(row.values["reason"]).startswith("=1+1")
    assert len(str(row.values["reason"])) <= 1_000
