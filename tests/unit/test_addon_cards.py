"""The cards: accepted by Google's own message type, never too long, and safe with anybody's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

import pytest
from google.apps import card_v1
from google.protobuf import json_format
from hypothesis import given
from hypothesis import strategies as st

from addon.cards import (
    adults_card,
    ask_card,
    entry_card,
    file_scope_card,
    finding_card,
    home_card,
    next_card,
    problem_card,
    pupil_card,
    result_card,
    review_card,
    setup_card,
    today_card,
    work_card,
    workbooks_card,
)
from addon.cards.kit import MOST_WIDGETS, clean
from addon.finding_views import FindingView
from addon.review_views import EntryView, FieldView, NextView, ReviewLine, ReviewView
from addon.views import (
    AskView,
    CopyLine,
    FindingLine,
    HomeView,
    OutcomeLine,
    PersonLine,
    ProblemLine,
    PupilLine,
    PupilView,
    QuietLine,
    ResultView,
    TroubleView,
    WorkbooksView,
)
from addon.work_views import AdultLine, CountLine, SessionLine, TodayView, WorkLine, WorkView
from server.web.paths import WIDGETS, links_at

Json = Mapping[str, Any]
LINKS = links_at("https://plans.example/")
HOSTILE = [
    '=HYPERLINK("https://evil.example","x")',
    "{{ 7*7 }}",
    "{% for x in y %}",
    "<b>&</b> <a href='https://evil.example'>x</a>",
    "&lt;b&gt; &amp;",
    "x" * 50_000,
    "שלום \u202e عالم e\u0301\u0301",
    "line one\nline two",
    "😀",
]


def finding(text: str = "Review due", level: str = "red", pupil: str = "P1") -> FindingLine:
    return FindingLine(level=level, pupil_id=pupil, who=text, message=text, action=text, cell="Plan!F2", rule="R23")


def quiet(text: str) -> QuietLine:
    return QuietLine(exception_id="XC1", pupil_id="P1", rule="R12", title=text, reason=text, by=text, until=text)


def work_cards(text: str) -> Iterator[Json]:
    waits = WorkLine(pupil_id="P1", who=text, what=text, action=text, level="red", days=text, cell=text, mover=text)
    yield work_card(WorkView(title=text, subtitle=text, groups=((text, (waits,)),)), LINKS)
    session = SessionLine(pupil_id="P1", who=text, provision_id="V1", number=1, what=text, detail=text, by=text)
    yield today_card(
        TodayView(day="2026-11-23", title=text, sessions=(session,), staff=(("ST1", "Bo"),), chosen="ST1"), LINKS
    )
    yield adults_card((AdultLine(staff_id="ST1", name=text, load=text, given=text, is_short=True),), LINKS)


def every_card(text: str) -> Iterator[Json]:
    problem = ProblemLine(cell="Plan!F17", message=text)
    yield home_card(
        HomeView(
            school=text,
            is_publisher=True,
            findings=(finding(text),),
            problems=(problem,),
            pupils=(PupilLine(pupil_id="P1", label=text, state="Step 3 of 4: Do"),),
            notes=(text,),
            looks_after=True,
            work=(CountLine(key="due", title="Reviews due", count=2, late=1),),
            movers=(CountLine(key="teacher", title="Teachers", count=2),),
        ),
        LINKS,
    )
    yield finding_card(
        FindingView(
            rule="R12",
            title=text,
            pupil_id="P1",
            who=text,
            row="O1",
            said=(finding(text),),
            why=text,
            how=text,
            helpers=(text,),
            source=text,
            binding=text,
            for_parents=text,
            why_not_quiet=text,
            deciders={"ST1": "Ms Roe"},
            decider="ST1",
            kept=(quiet(text),),
            typed=text,
            wrong=text,
        ),
        LINKS,
    )
    yield pupil_card(
        PupilView(
            pupil_id="P1",
            label=text,
            status=text,
            is_publisher=False,
            step=3,
            cycle_id="P1-C1",
            next_review=text,
            missing=(finding(text),),
            findings=(finding(text),),
            quiet=(quiet(text),),
            problems=(problem,),
            outcomes=(OutcomeLine(outcome_id="O1", outcome=text, target=text),),
            people=(PersonLine(name=text, part=text),),
            copies=(CopyLine(household="H1", state=text, link="javascript:alert(1)"),),
        ),
        LINKS,
    )
    yield from work_cards(text)
    yield result_card(
        ResultView(title=text, happened=(text,), not_changed=(text,), next_steps=(text,), problems=(problem,)), LINKS
    )
    yield ask_card(AskView(who=text, cell="Pupils!Z4"), LINKS)
    yield problem_card(TroubleView(happened=text, next_step=text, reference="ab12cd34"), LINKS)
    yield setup_card(LINKS)
    yield workbooks_card(
        WorkbooksView(upgrades=((text, text),), can_upgrade=True, moves=((text, text),), would_make=(text,)), LINKS
    )
    yield file_scope_card(LINKS)
    row = ReviewLine(form="outcome", row="O1", text=text, above=text, state=text)
    yield review_card(
        ReviewView(
            pupil_id="P1",
            label=text,
            cycle_id="C1",
            state=text,
            notices=(text,),
            lacks=(row,),
            meeting=row,
            outcomes=(row,),
            help_given=(row,),
            actions=(row,),
            others=(("C0", text),),
            can_close=True,
            goes_on=True,
        ),
        LINKS,
    )
    kinds = ("text", "long", "number", "date", "yes", "one", "many")
    asked: dict[str, Any] = {"label": text, "value": text, "hint": text, "problem": text, "items": (("v", "words"),)}
    entry: dict[str, Any] = {"title": text, "told": (text,), "problems": (text,)}
    fields = tuple(FieldView(name=kind, kind=kind, **asked) for kind in kinds)
    yield entry_card(EntryView(pupil_id="P1", cycle_id="C1", form="outcome", fields=fields, **entry), LINKS)
    pair = ((text, text),)
    lines = dict.fromkeys(("carried", "ended", "kept", "follows"), (text,))
    told: dict[str, Any] = {"label": text, "refusal": text, "asks": pair, "musts": pair, **lines}
    yield next_card(NextView(pupil_id="P1", cycle_id="C1", can_write=True, **told), LINKS)


def found(card: Any, key: str) -> list[Any]:
    """Every value under this key, anywhere in the card."""
    if isinstance(card, Mapping):
        return [each for name, item in card.items() for each in ([item] if name == key else []) + found(item, key)]
    return [each for item in card for each in found(item, key)] if isinstance(card, list) else []


def widgets(card: Json) -> int:
    return sum(len(section["widgets"]) for section in card["sections"])


@pytest.mark.parametrize("text", ["Mira", *HOSTILE], ids=range(len(HOSTILE) + 1))
def test_google_accepts_every_card_whatever_people_typed(text: str) -> None:
    for card in every_card(text):
        json_format.ParseDict(dict(card), card_v1.Card.pb()())
        assert card["name"]
        assert 0 < widgets(card) <= MOST_WIDGETS


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_formatted_text_shows_what_was_typed_and_formats_nothing(text: str) -> None:
    for card in every_card(text):
        for shown in found(card, "text"):
            if isinstance(shown, str):
                assert "<" not in shown
                assert ">" not in shown
    pupil = list(every_card(text))[1]
    shown = [unescape(widget["text"]) for widget in found(pupil, "decoratedText")]
    assert text in shown


def test_the_whole_of_an_outcome_arrives_on_its_pupils_card() -> None:
    text = "<b>&" * 12_500
    card = list(every_card(text))[1]
    assert text in [unescape(widget["text"]) for widget in found(card, "decoratedText")]


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_survives_the_trip_without_control_characters(text: str) -> None:
    card = list(every_card(text))[1]
    json_format.ParseDict(dict(card), card_v1.Card.pb()())
    assert (clean(text) or "–") in [unescape(widget["text"]) for widget in found(card, "decoratedText")]


def test_a_huge_school_fits_in_a_hundred_widgets_and_says_what_is_left_out() -> None:
    view = HomeView(
        school="Big",
        is_publisher=True,
        findings=tuple(finding(str(number)) for number in range(500)),
        problems=tuple(ProblemLine(cell=f"Plan!F{number}", message="?") for number in range(500)),
        pupils=tuple(PupilLine(pupil_id=f"P{n}", label=f"P{n}", state="") for n in range(1_000)),
    )
    card = home_card(view, LINKS)
    assert widgets(card) == MOST_WIDGETS
    last = card["sections"][-1]["widgets"][-1]["textParagraph"]["text"]
    left_out = int(last.split()[0])
    assert left_out == 3 + 1 + 1 + 12 + 21 + 1_000 - (MOST_WIDGETS - 1)
    assert "480 more cells could not be read." in found(card, "text")


def test_a_long_pupil_card_keeps_its_stage_and_its_buttons() -> None:
    view = PupilView(
        pupil_id="P1",
        label="P1",
        status="K",
        is_publisher=True,
        step=3,
        missing=tuple(finding() for _ in range(300)),
        people=(PersonLine(name="Jo", part="SENCO"),),
    )
    card = pupil_card(view, LINKS)
    assert widgets(card) == MOST_WIDGETS
    assert found(card, "buttons")


def test_exactly_a_hundred_widgets_lose_none() -> None:
    view = ResultView(title="t", happened=tuple("x" for _ in range(MOST_WIDGETS - 1)))
    card = result_card(view, LINKS)
    assert widgets(card) == MOST_WIDGETS
    assert found(card, "buttons")


def test_buttons_call_the_service_and_parameters_are_texts() -> None:
    answered = {f"https://plans.example{path}" for path in WIDGETS}
    for card in every_card("Mira"):
        assert set(found(card, "function")) <= answered
        for parameter in (each for group in found(card, "parameters") for each in group):
            assert isinstance(parameter["value"], str)


def test_only_links_to_google_docs_are_opened() -> None:
    assert not found(list(every_card("x")), "openLink")
    copy = CopyLine(household="H1", state="Shared", link="https://docs.google.com/document/d/1AbC/edit")
    view = PupilView(pupil_id="P1", label="x", status="", is_publisher=True, copies=(copy,))
    assert found(pupil_card(view, LINKS), "url") == [copy.link]


def test_the_pupil_card_says_which_step_of_four() -> None:
    view = PupilView(pupil_id="P1", label="x", status="", is_publisher=True, step=3, next_review="14 December 2026")
    texts = [widget["text"] for widget in found(pupil_card(view, LINKS), "decoratedText")]
    assert texts[:2] == ["Step 3 of 4: Do", "14 December 2026"]


def test_home_lists_the_most_urgent_first_and_leaves_advice_to_the_counts() -> None:
    view = HomeView(
        school="A",
        is_publisher=False,
        due=2,
        overdue=1,
        findings=(
            finding("late", "red"),
            finding("soon", "amber"),
            finding("wording", "info"),
            finding("old", "history"),
        ),
    )
    card = home_card(view, LINKS)
    texts = [widget["text"] for widget in found(card, "decoratedText")]
    assert "2 due within 14 days · 1 overdue" in texts
    assert [text for text in texts if ": " in text] == ["late: late", "soon: soon"]
    assert "Overdue or broken: 1\nDue or at risk: 1\nAdvice: 1" in found(card, "text")


def test_a_teacher_is_offered_to_ask_and_the_senco_to_share() -> None:
    teacher, senco = (home_card(HomeView(school="A", is_publisher=who), LINKS) for who in (False, True))
    assert "Ask the SENCO to share" in found(teacher, "text")
    assert "Share with parents" not in found(teacher, "text")
    assert "Update the calendar" not in found(teacher, "text")
    assert {"Share with parents", "Update the calendar"} <= set(found(senco, "text"))


def test_a_result_says_what_happened_what_did_not_and_what_next() -> None:
    card = result_card(
        ResultView(title="Sharing", happened=("2 shared",), not_changed=("1 as it was",), next_steps=("Rest",)), LINKS
    )
    assert [section.get("header", "") for section in card["sections"]] == [
        "What happened",
        "What was not changed",
        "What to do next",
        "",
    ]


def test_asking_changes_nothing_and_says_where_to_tick() -> None:
    card = ask_card(AskView(who="P1 Sam", cell="Pupils!Z4"), LINKS)
    said = " ".join(text for text in found(card, "text") if isinstance(text, str))
    assert "Pupils!Z4" in said
    assert "Nothing was shared" in said
    waiting = ask_card(AskView(who="P1 Sam", cell="Pupils!Z4", is_ready=True), LINKS)
    assert "is ticked" in " ".join(text for text in found(waiting, "text") if isinstance(text, str))
