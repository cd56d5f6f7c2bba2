"""The cards of worklists and of the day's sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from addon.cards import adults_card, home_card, today_card, work_card
from addon.cards.kit import MOST_WIDGETS
from addon.views import HomeView, PupilLine
from addon.work_views import AdultLine, CountLine, SessionLine, TodayView, WorkLine, WorkView
from server.web.paths import links_at

LINKS = links_at("https://plans.example/")
SESSION = SessionLine(
    pupil_id="P1", who="P1 Sam", provision_id="V1", number=2, what="Reading", by="Bo", detail="20 min"
)
DAY = TodayView(day="2026-11-23", title="Monday 23 November 2026", sessions=(SESSION,), chosen="ST2")


def every(card: Any, key: str) -> list[Any]:
    if isinstance(card, Mapping):
        return [row for name, item in card.items() for row in ([item] if name == key else []) + every(item, key)]
    return [row for item in card for row in every(item, key)] if isinstance(card, list) else []


def buttons(card: Any) -> dict[str, dict[str, str]]:
    """What each button sends, by its text."""
    taps = {tap["text"]: tap["onClick"]["action"] for row in every(card, "buttons") for tap in row}
    return {text: {p["key"]: p["value"] for p in action.get("parameters", ())} for text, action in taps.items()}


def test_an_open_session_has_a_tap_for_each_answer_with_all_it_needs() -> None:
    sent = buttons(today_card(DAY, LINKS))
    told = {"day": "2026-11-23", "pupil": "P1", "help": "V1", "number": "2", "staff": "ST2"}
    assert sent["Took place"] == {"took": "yes", **told}
    assert sent["Did not"] == {"took": "no", **told}


def test_everybodys_list_sends_no_empty_parameter() -> None:
    assert "staff" not in buttons(today_card(replace(DAY, chosen=""), LINKS))["Took place"]


@pytest.mark.parametrize(("state", "left"), [("yes", "Did not"), ("no", "Took place")])
def test_a_session_that_was_written_down_says_so_and_offers_the_other_answer(state: str, left: str) -> None:
    card = today_card(replace(DAY, sessions=(replace(SESSION, state=state),)), LINKS)
    assert {"Took place", "Did not"} & set(buttons(card)) == {left}
    assert any("ook place" in label or "not take place" in label for label in every(card, "topLabel"))
    assert card["header"]["subtitle"] == "1 of 1 written down"


def test_a_day_without_school_and_a_day_without_sessions_say_so() -> None:
    empty = replace(DAY, sessions=())
    assert "No help is planned for this day." in every(today_card(empty, LINKS), "text")
    assert "There is no school on this day." in every(today_card(replace(empty, is_school_day=False), LINKS), "text")


def test_a_long_day_says_how_many_sessions_are_left_out() -> None:
    card = today_card(replace(DAY, sessions=(SESSION,) * 60), LINKS)
    assert sum(len(section["widgets"]) for section in card["sections"]) <= MOST_WIDGETS
    assert any("15 more lines are left out" in text for text in every(card, "text"))


def test_the_home_card_keeps_its_worklists_in_a_school_of_many_pupils() -> None:
    view = HomeView(
        school="Oak",
        is_publisher=True,
        pupils=tuple(PupilLine(pupil_id=f"P{n}", label=f"P{n}", state="Step 1 of 4") for n in range(500)),
        work=(CountLine(key="overdue", title="Reviews overdue", count=3, late=3),),
        movers=(CountLine(key="senco", title="SENCO", count=2),),
    )
    card = home_card(view, LINKS)
    shown = {row["text"]: row for row in every(card, "decoratedText")}
    assert shown["Reviews overdue"]["bottomLabel"] == "3, 3 of them late"
    assert shown["SENCO"]["bottomLabel"] == "2"
    sent = shown["Reviews overdue"]["onClick"]["action"]["parameters"]
    assert sent == [{"key": "list", "value": "overdue"}]


def test_a_line_opens_its_pupil_and_one_of_the_school_opens_nobody() -> None:
    own = WorkLine(pupil_id="P1", who="P1 Sam", what="Review due")
    lines = (own, replace(own, pupil_id="", who="", what="Training is late"))
    card = work_card(WorkView(title="All", groups=(("SENCO", lines),)), LINKS)
    first, second = every(card, "decoratedText")
    assert first["onClick"]["action"]["parameters"] == [{"key": "pupil", "value": "P1"}]
    assert "onClick" not in second
    assert "SENCO (2)" in every(card, "header")


def test_help_by_adult_opens_that_adults_day() -> None:
    card = adults_card((AdultLine(staff_id="ST2", name="Bo", load="2 pupils"),), LINKS)
    (row,) = every(card, "decoratedText")
    assert row["onClick"]["action"]["function"] == LINKS.today
    assert row["onClick"]["action"]["parameters"] == [{"key": "staff", "value": "ST2"}]
