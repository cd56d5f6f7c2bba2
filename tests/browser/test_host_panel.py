"""The side panel: what the add-on is sent, how its answers are followed, and what Google would refuse of them."""

from __future__ import annotations

from typing import Any

import pytest
from host_desk import SENCO, STRANGER, TEACHER, Host, Visit, button, card, push, text
from playwright.sync_api import expect

from sandbox.drive.files import SPREADSHEET
from sandbox.host.office import Office

pytestmark = pytest.mark.browser


def test_the_add_on_is_sent_what_google_sends_with_real_tokens(workbook: str, welcome: Host, visit: Visit) -> None:
    visit(SENCO)
    assert welcome.addon.refused == []
    event = welcome.addon.events[0]
    assert event["commonEventObject"]["hostApp"] == "DRIVE"
    assert event["commonEventObject"]["userLocale"] == "en-GB"
    assert event["commonEventObject"]["timeZone"]["id"] == "Europe/London"
    assert set(event["authorizationEventObject"]) == {
        "userOAuthToken",
        "systemIdToken",
        "userIdToken",
        "authorizedScopes",
    }
    visit(SENCO, file=workbook)
    assert welcome.addon.events[1]["sheets"] == {}


WIDGETS = [
    text('<b>Bold</b> <script>alert(1)</script> <a href="javascript:alert(1)">bad</a> &amp;'),
    {
        "decoratedText": {
            "topLabel": "Overdue",
            "text": "P09 Amara",
            "wrapText": True,
            "startIcon": {"knownIcon": "CLOCK"},
        }
    },
    {"textInput": {"name": "who", "label": "Who", "value": "Ann"}},
    {
        "selectionInput": {
            "name": "kind",
            "label": "Kind",
            "type": "DROPDOWN",
            "items": [{"text": "One", "value": "1"}, {"text": "Two", "value": "2", "selected": True}],
        }
    },
    {
        "selectionInput": {
            "name": "ticks",
            "label": "Ticks",
            "type": "CHECK_BOX",
            "items": [{"text": "A", "value": "a", "selected": True}, {"text": "B", "value": "b"}],
        }
    },
    {"dateTimePicker": {"name": "day", "label": "Day", "type": "DATE_ONLY", "valueMsEpoch": "1795996800000"}},
    {"dateTimePicker": {"name": "at", "label": "At", "type": "TIME_ONLY"}},
    {"divider": {}},
]


def test_a_card_is_drawn_with_all_its_widgets(welcome: Host, visit: Visit) -> None:
    url = f"{welcome.addon.url}/act"
    welcome.addon.answers["home"] = push(card("Everything", *WIDGETS, button("Send", url, step="2")))
    welcome.addon.answers["act"] = {"renderActions": {"action": {"notification": {"text": "Sent."}}}}
    page = visit(SENCO)
    panel = page.locator(".panel")
    expect(panel.locator(".paragraph b")).to_have_text("Bold")
    expect(panel.locator(".paragraph")).to_contain_text("<script>alert(1)</script> bad &")
    assert panel.locator(".panel-body script, .panel-body a").count() == 0
    panel.get_by_label("Who").fill("Bea")
    panel.get_by_label("B", exact=True).check()
    panel.get_by_role("button", name="Send").click()
    expect(page.locator(".toast")).to_have_text("Sent.")
    common = welcome.addon.events[-1]["commonEventObject"]
    assert common["parameters"] == {"step": "2"}
    assert common["formInputs"] == {
        "who": {"stringInputs": {"value": ["Bea"]}},
        "kind": {"stringInputs": {"value": ["2"]}},
        "ticks": {"stringInputs": {"value": ["a", "b"]}},
        "day": {"dateInput": {"msSinceEpoch": "1795996800000"}},
    }


def test_cards_stack_and_go_back(welcome: Host, visit: Visit) -> None:
    url = welcome.addon.url
    welcome.addon.answers["home"] = push(card("Home", *[text("A line.")] * 40, button("In", f"{url}/act")))
    welcome.addon.answers["act"] = {
        "renderActions": push(card("Pupil", *[text("A line.")] * 40, button("Home", f"{url}/root")))
    }
    welcome.addon.answers["root"] = {
        "renderActions": {"action": {"navigations": [{"popToRoot": True}, {"updateCard": card("Fresh")}]}}
    }
    panel = visit(SENCO).locator(".panel")
    panel.get_by_role("button", name="In").click()
    expect(panel.get_by_role("heading", name="Pupil")).to_be_focused()
    expect(panel.get_by_role("heading", name="Pupil")).to_be_in_viewport()
    panel.get_by_role("button", name="Back").click()
    panel.get_by_role("button", name="In").click()
    panel.get_by_role("button", name="Home").click()
    expect(panel.get_by_role("heading", name="Fresh")).to_be_visible()
    expect(panel.get_by_role("button", name="Back")).to_have_count(0)


def test_a_file_is_opened_to_the_add_on_only_after_the_person_allows_it(
    workbook: str, welcome: Host, visit: Visit
) -> None:
    ask = f"{welcome.addon.url}/ask"

    def home(event: dict[str, Any]) -> dict[str, Any]:
        assert event["sheets"] == {}
        return push(card("Welcome", button("Open this sheet", ask)))

    welcome.addon.answers["home"] = home
    welcome.addon.answers["ask"] = {
        "renderActions": {"hostAppAction": {"editorAction": {"requestFileScopeForActiveDocument": {}}}}
    }
    welcome.addon.answers["granted"] = lambda event: push(card(f"Opened {event['sheets']['title']}"))
    page = visit(TEACHER, file=workbook)
    page.get_by_role("button", name="Open this sheet").click()
    dialog = page.get_by_role("dialog", name="Allow access to this file?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.locator(".panel").get_by_role("heading", name="Welcome")).to_be_visible()
    page.get_by_role("button", name="Open this sheet").click()
    dialog.get_by_role("button", name="Allow").click()
    expect(page.locator(".panel").get_by_role("heading", name="Opened SEN plans")).to_be_visible()
    assert welcome.addon.events[-1]["sheets"] == {
        "id": workbook,
        "title": "SEN plans",
        "addonHasFileScopePermission": True,
    }


def test_a_permission_taken_away_is_asked_for_again_and_the_call_repeated(welcome: Host, visit: Visit) -> None:
    calendar = "https://www.googleapis.com/auth/calendar.app.created"

    def home(event: dict[str, Any]) -> dict[str, Any]:
        if calendar not in event["authorizationEventObject"]["authorizedScopes"]:
            return {"requesting_google_scopes": {"scopes": [calendar]}}
        return push(card("All set"))

    welcome.addon.answers["home"] = home
    page = visit(SENCO)
    page.get_by_label("Panel menu").click()
    page.get_by_role("button", name="Permissions…").click()
    mine = page.get_by_role("dialog", name="What SEN Plans may do for Sana the SENCO")
    mine.get_by_label("Make secondary Google calendars").uncheck()
    mine.get_by_role("button", name="Save").click()
    consent = page.get_by_role("dialog", name="SEN Plans needs more permissions")
    expect(consent).to_contain_text("Make secondary Google calendars")
    consent.get_by_role("button", name="Continue").click()
    expect(page.locator(".panel").get_by_role("heading", name="All set")).to_be_visible()
    assert len(welcome.addon.events) == 3


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (("broken", 500), "status 500"),
        (("not json", 200), "not JSON"),
        ({"renderActions": {}}, "Cannot find field: renderActions in message google.apps.card.v1.RenderActions."),
        (push({"sections": [{"widgets": [{"nonsense": {}}]}]}), "A card is not valid"),
        ({"action": {"navigations": [{"popCard": True}]}}, "Cannot find field: popCard"),
    ],
)  # fmt: skip
def test_an_answer_that_google_would_refuse_is_shown_as_the_add_ons_error(
    welcome: Host, visit: Visit, answer: Any, words: str
) -> None:
    welcome.addon.answers["home"] = answer
    error = visit(SENCO).get_by_role("alert")
    expect(error).to_contain_text("Add-on error")
    expect(error).to_contain_text(words)


def test_after_an_error_the_card_is_still_there(welcome: Host, visit: Visit) -> None:
    welcome.addon.answers["home"] = push(card("Home", button("Break", f"{welcome.addon.url}/act")))
    welcome.addon.answers["act"] = push(card("Wrong wrapper"))
    panel = visit(SENCO).locator(".panel")
    panel.get_by_role("button", name="Break").click()
    expect(panel.get_by_role("alert")).to_contain_text(
        "Cannot find field: action in message google.apps.card.v1.SubmitFormResponse."
    )
    panel.get_by_role("button", name="Back to the card").click()
    expect(panel.get_by_role("heading", name="Home")).to_be_visible()


def test_files_selected_in_drive_and_an_opened_event_reach_the_add_on(
    workbook: str, welcome: Host, visit: Visit
) -> None:
    welcome.addon.answers["selected"] = lambda event: push(card(event["drive"]["selectedItems"][0]["title"]))
    welcome.addon.answers["event"] = lambda event: push(card("Event " + event["calendar"]["id"]))
    page = visit(SENCO)
    page.get_by_label("Select SEN plans").check()
    expect(page.locator(".panel").get_by_role("heading", name="SEN plans", exact=True)).to_be_visible()
    event = {"id": "event001", "summary": "Review", "start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
    Office(welcome.sandbox.workspace).ask(SENCO, "calendar.events.insert", {"calendarId": "primary"}, event)
    page = visit(SENCO, view="calendar")
    page.get_by_role("button", name="Open Review in the side panel").click()
    expect(page.locator(".panel").get_by_role("heading", name="Event event001")).to_be_visible()


def test_an_action_that_changed_something_shows_in_the_middle(welcome: Host, visit: Visit) -> None:
    def act(_: dict[str, Any]) -> dict[str, Any]:
        made = {"name": "Made by the add-on", "mimeType": SPREADSHEET}
        Office(welcome.sandbox.workspace).ask(SENCO, "drive.files.create", {}, made)
        return {"renderActions": {"action": {"notification": {"text": "Done."}}}, "stateChanged": True}

    welcome.addon.answers["home"] = push(card("Home", button("Make", f"{welcome.addon.url}/act")))
    welcome.addon.answers["act"] = act
    page = visit(SENCO)
    page.get_by_role("button", name="Make").click()
    expect(page.get_by_role("link", name="Made by the add-on")).to_be_visible()


def test_the_panel_says_when_the_add_on_is_not_installed_for_somebody(welcome: Host, visit: Visit) -> None:
    expect(visit(STRANGER).get_by_role("note")).to_have_text("SEN Plans is not installed for Sid the stranger.")
    assert welcome.addon.events == []
