"""The host page's pure parts: cleaned card text, filled forms, stacked cards, answers read as Google reads them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.host.answers import read, visible_sections
from sandbox.host.config import HostConfig
from sandbox.host.forms import form_inputs, prefilled
from sandbox.host.markup import clean
from sandbox.host.panel import navigate
from sandbox.host.places import local, safe
from sandbox.host.signals import AddonFailed


class Tags(HTMLParser):
    """Every tag and attribute of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


PIECES = [
    "<b>",
    "</b>",
    "<script>",
    "</script>",
    "<font>",
    "</font>",
    "<i>",
    "</i>",
    "</a>",
    "<br/>",
    "&lt;",
    "<!---->",
    "<svg/onload=x>",
    "words",
    "é",
    "<",
    '"',
    "'",
]
HOSTILE = [
    '<a href="javascript:x">',
    '<a href="https://e.org?a=1&b=2">',
    '<font color="red;x:url(//e)">',
    '<font color="#123456">',
    "<img src=x onerror=y>",
    "<i onclick=x>",
    "\n",
]
HTML = st.lists(st.sampled_from(PIECES + HOSTILE)).map("".join)


@given(text=HTML | st.text())
def test_card_text_never_brings_anything_but_the_few_allowed_tags(text: str) -> None:
    for tag, attributes in Tags(str(clean(text))).seen:
        assert tag in {"b", "i", "u", "s", "a", "br", "span"}
        assert set(attributes) <= {"href", "style"}
        assert safe(attributes.get("href") or "https://e.org")
        assert ";" not in (attributes.get("style") or "")


def test_card_text_keeps_its_format_and_shows_the_rest_as_text() -> None:
    made = clean('<b>Bo</b> & <i>x <script>alert(1)</script>\n<font color="#a8201a">late</font>')
    assert str(made) == (
        '<b>Bo</b> &amp; <i>x &lt;script&gt;alert(1)&lt;/script&gt;<br><span style="color:#a8201a">late</span></i>'
    )


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://docs.google.com/document/d/1aB-_c/edit?usp=drivesdk", "/?file=1aB-_c"),
        ("https://docs.google.com/spreadsheets/d/1aB/edit#gid=2103", "/?file=1aB&tab=2103"),
        ("https://drive.google.com/open?id=1aB", "/?file=1aB"),
        ("https://www.google.com/calendar/event?eid=x", "/?view=calendar"),
        ("https://example.org/", "https://example.org/"),
    ],
)
def test_googles_addresses_lead_to_the_pages_own_views(url: str, place: str) -> None:
    assert local(url) == place


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/etc", " javascript:x"]
)
def test_a_link_to_nowhere_safe_is_no_link(url: str) -> None:
    assert safe(local(url)) == ""


def test_filled_forms_become_googles_form_inputs() -> None:
    kinds = {
        "who": "text",
        "day": "date",
        "at": "time",
        "when": "datetime-local",
        "empty": "text",
        "unticked": "text",
    }
    filled = {
        "who": ["Ann"], "day": ["2026-11-30"], "at": ["09:05"], "when": ["2026-07-01T15:30"], "empty": [""],
        "forged": ["x"],
    }  # fmt: skip
    assert form_inputs(filled, kinds, zone="Europe/London") == {
        "who": {"stringInputs": {"value": ["Ann"]}},
        "day": {"dateInput": {"msSinceEpoch": "1795996800000"}},
        "at": {"timeInput": {"hours": 9, "minutes": 5}},
        "when": {"dateTimeInput": {"hasDate": True, "hasTime": True, "msSinceEpoch": "1782916200000"}},
    }


@given(millis=st.integers(min_value=0, max_value=4_000_000_000).map(lambda minutes: minutes // 60 * 60_000))
def test_a_moment_shown_in_a_picker_comes_back_the_same(millis: int) -> None:
    shown = prefilled("datetime-local", str(millis), zone="Asia/Kolkata")
    sent = form_inputs({"at": [shown]}, {"at": "datetime-local"}, zone="Asia/Kolkata")
    assert sent["at"]["dateTimeInput"]["msSinceEpoch"] == str(millis)


def test_navigations_push_replace_and_pop_but_never_the_last_card() -> None:
    cards: list[Any] = []
    for step, names in [
        ({"pushCard": {"name": "home"}}, ["home"]),
        ({"pushCard": {"name": "pupil"}}, ["home", "pupil"]),
        ({"updateCard": {"name": "edited"}}, ["home", "edited"]),
        ({"pushCard": {"name": "deep"}}, ["home", "edited", "deep"]),
        ({"popToCard": "edited"}, ["home", "edited"]),
        ({"popToCard": "unknown"}, ["home", "edited"]),
        ({"pop": True}, ["home"]),
        ({"pop": True}, ["home"]),
        ({"pushCard": {"name": "x"}}, ["home", "x"]),
        ({"popToRoot": True}, ["home"]),
    ]:
        navigate(cards, step)
        assert [card["name"] for card in cards] == names


def test_each_wrapper_is_taken_only_where_google_takes_it() -> None:
    trigger = {"action": {"notification": {"text": "Hello"}}}
    assert read(trigger, form=False).notification == "Hello"
    assert read({"renderActions": trigger, "stateChanged": True}, form=True).notification == "Hello"
    for said, form in ((trigger, True), ({"renderActions": trigger}, False), ({"stateChanged": True}, True)):
        with pytest.raises(AddonFailed):
            read(said, form=form)


@pytest.mark.parametrize("key", ["requesting_google_scopes", "requestingGoogleScopes"])
def test_a_prompt_for_scopes_is_read_in_both_spellings(key: str) -> None:
    assert read({key: {"scopes": ["s"]}}, form=True).scopes == ("s",)
    assert read({key: {"all_scopes": True}}, form=False).every_scope


def test_the_section_that_passes_a_hundred_widgets_is_dropped_with_all_after_it() -> None:
    sections = [{"widgets": [{"divider": {}}] * size} for size in (60, 40, 1, 0)]
    assert visible_sections({"sections": sections}) == sections[:2]


def test_a_hosts_own_homepage_comes_before_the_common_one_and_needs_the_hosts_block() -> None:
    common = {"name": "Plans", "homepageTrigger": {"runFunction": "https://a/common"}}
    addons = {"common": common, "sheets": {"homepageTrigger": {"runFunction": "https://a/sheets"}}, "drive": {}}
    config = HostConfig(people=[], manifest={"addOns": addons})
    assert config.trigger("sheets", "homepageTrigger") == "https://a/sheets"
    assert config.trigger("drive", "homepageTrigger") == "https://a/common"
    assert config.trigger("docs", "homepageTrigger") == ""
