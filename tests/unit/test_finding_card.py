"""The card of a finding: why, what to do, who helps, and keeping it quiet only where that may be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from rules_school import SCHOOL, SETTINGS, TODAY, cycle, outcome, pupil
from test_quiet import STAFF, VAGUE, WISH, after, wished
from test_rules_of_beginnings import REFERRAL, having

from addon.cards import finding_card
from addon.event import Event
from addon.finding_views import FindingView
from server.plans.explain import IN_LAW, OF_SCHOOL, STOPS, helpers, told_of
from server.plans.model import School
from server.plans.quiet import LATER, WHY, Wish
from server.plans.register import Register
from server.plans.rules import RULES, findings
from server.plans.trouble import Invalid
from server.web.finding_handlers import finding
from server.web.finding_view import finding_view
from server.web.handlers import Visit
from server.web.paths import links_at
from server.web.ports import AtHand, Caller, Done
from server.web.present import pupil_view

LINKS = links_at("https://plans.example/")


def at_hand(school: School) -> AtHand:
    return AtHand(school=school, today=TODAY, is_publisher=True, findings=findings(school, TODAY))


def view(school: School, rule: str, row: str = "", pupil_id: str = "P1", email: str = "") -> FindingView:
    hand = at_hand(school)
    return finding_view(hand, Register(hand.school, TODAY), rule, pupil_id, row, email)


def shown(card: Mapping[str, Any]) -> str:
    return json.dumps(card, ensure_ascii=False)


@pytest.mark.parametrize("rule", [rule.id for rule, _ in RULES])
def test_every_rule_says_why_how_and_who_helps(rule: str) -> None:
    told = told_of(rule)
    assert told.why.endswith(".")
    assert told.how.endswith(".")
    assert list(helpers(rule, SETTINGS))


def test_families_are_pointed_to_the_advice_service_by_the_name_in_settings() -> None:
    named = replace(SETTINGS, advice_service="Fernshire SENDIASS, 01234 567890")
    assert any("Fernshire SENDIASS, 01234 567890" in line for line in helpers("R33", named))
    assert any("SENDIASS" in line for line in helpers("R33", SETTINGS))


def test_advice_offers_to_be_kept_quiet_by_the_schools_own_staff() -> None:
    known = replace(VAGUE, staff=(*STAFF, replace(STAFF[0], staff_id="V1", external=True)))
    made = view(known, "R12", "O1")
    assert set(made.deciders) == {"ST1", "ST9"}
    assert "Keep it quiet" in shown(finding_card(made, LINKS))


def test_the_person_at_the_panel_is_chosen_where_staff_tells_their_address() -> None:
    known = replace(VAGUE, staff=(replace(STAFF[0], email="Teacher@School.example"), STAFF[1]))
    assert view(known, "R12", "O1", email="teacher@school.example").decider == "ST1"
    assert view(known, "R12", "O1", email="else@school.example").decider == ""


@pytest.mark.parametrize(
    ("school", "rule", "pupil_id", "why"),
    [
        (pupil(primary_need=""), "R06", "P1", IN_LAW),
        (having("referrals", {**REFERRAL, "agreed_by": ""}), "R07", "P1", STOPS),
        (cycle(plan_agreed_date=None, needs_summary=""), "R10", "P1", STOPS),
        (replace(SCHOOL, settings=replace(SETTINGS, terms=())), "R64", "", OF_SCHOOL),
    ],
)
def test_the_law_a_stop_and_the_schools_own_offer_no_quiet_and_say_why(
    school: School, rule: str, pupil_id: str, why: str
) -> None:
    made = view(replace(school, staff=STAFF), rule, pupil_id=pupil_id)
    assert (made.deciders, made.why_not_quiet) == ({}, why)
    assert "Keep it quiet" not in shown(finding_card(made, LINKS))


def test_what_is_kept_quiet_stands_on_both_cards_with_its_reason_and_a_way_back() -> None:
    quiet = after(VAGUE, wished(VAGUE, replace(WISH, until=date(2026, 12, 14))))
    made = view(quiet, "R12", "O1")
    assert [line.reason for line in made.kept] == [WISH.reason]
    assert made.said, "what it would say is still to be read"
    assert not made.deciders
    assert "Let it speak again" in shown(finding_card(made, LINKS))
    (line,) = pupil_view(at_hand(quiet), quiet.pupils[0]).quiet
    assert (line.rule, line.until) == ("R12", "until 14 Dec 2026")


@dataclass
class Services:
    """A school at hand; wishes are judged as they would be, and written down."""

    hand: AtHand
    kept: list[Wish] = field(default_factory=list)
    heard: list[tuple[str, str]] = field(default_factory=list)

    def survey(self, _caller: Caller) -> AtHand:
        return self.hand

    def keep_quiet(self, _caller: Caller, wish: Wish) -> Done:
        wished(self.hand.school, wish)
        self.kept.append(wish)
        return Done(happened=("Quiet.",))

    def speak_again(self, _caller: Caller, pupil_id: str, exception_id: str) -> Done:
        self.heard.append((pupil_id, exception_id))
        return Done(happened=("Heard.",))


def tap(services: Services, parameters: Mapping[str, str], **inputs: str) -> str:
    event = Event(parameters=parameters, inputs={name: (value,) for name, value in inputs.items() if value})
    visit = Visit(event=event, caller=Caller(token=""), services=services, links=LINKS)  # type: ignore[arg-type]
    return shown(finding(visit))


KEEP = {"do": "keep", "pupil": "P1", "rule": "R12", "row": "O1"}
DECEMBER = "1797206400000"
"""Midnight, UTC, of 14 December 2026."""


def test_a_wish_carries_reason_day_and_person() -> None:
    services = Services(at_hand(VAGUE))
    assert "Quiet." in tap(services, KEEP, reason="The therapist words it so", until=DECEMBER, by="ST1")
    assert services.kept == [replace(WISH, until=date(2026, 12, 14))]
    assert "Heard." in tap(services, {"do": "hear", "pupil": "P1", "exception": "XC-1"})
    assert services.heard == [("P1", "XC-1")]


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"reason": "", "by": "ST1"}, WHY),
        ({"reason": "Because", "by": "ST1", "until": "1794960000000"}, LATER),
    ],
)
def test_what_was_typed_stays_when_something_is_missing(inputs: dict[str, str], words: str) -> None:
    services = Services(at_hand(VAGUE))
    answer = tap(services, KEEP, **inputs)
    assert words in answer
    assert inputs["reason"] in answer
    assert inputs.get("until", "") in answer
    assert "Keep it quiet" in answer
    assert services.kept == []


@pytest.mark.parametrize("rule", ["", "R00", "R99", "r12", "R12; drop"])
def test_a_check_that_does_not_exist_is_refused(rule: str) -> None:
    with pytest.raises(Invalid):
        tap(Services(at_hand(VAGUE)), {**KEEP, "do": "", "rule": rule})


def test_a_finding_that_is_gone_still_explains_its_rule() -> None:
    mended = replace(outcome(), staff=STAFF)
    answer = tap(Services(at_hand(mended)), {"rule": "R12", "pupil": "P1", "row": "O1"})
    assert "It says nothing today." in answer
    assert "Keep it quiet" not in answer
