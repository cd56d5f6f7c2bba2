"""The page that ``make demo`` opens, used with mouse and keyboard as a person would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from host_desk import CLIENT, PARENT, SENCO, STRANGER, TEACHER, Host
from playwright.sync_api import Page, expect

from sandbox.drive.files import DOCUMENT, SPREADSHEET
from sandbox.host.office import Office

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


def card(title: str, *widgets: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"header": {"title": title}, "sections": [{"widgets": list(widgets)}], **more}


def text(words: str) -> dict[str, Any]:
    return {"textParagraph": {"text": words}}


def button(label: str, url: str, **parameters: str) -> dict[str, Any]:
    listed = [{"key": key, "value": value} for key, value in parameters.items()]
    return {
        "buttonList": {"buttons": [{"text": label, "onClick": {"action": {"function": url, "parameters": listed}}}]}
    }


def push(made: dict[str, Any]) -> dict[str, Any]:
    return {"action": {"navigations": [{"pushCard": made}]}}


@pytest.fixture
def welcome(host: Host) -> Host:
    """The add-on answers every homepage with one card."""
    host.addon.answers["home"] = push(card("Today", text("Two plans are due.")))
    return host


@pytest.fixture
def workbook(welcome: Host) -> str:
    """A sheet of the SENCO's, made by the app, shared with the teacher; a second tab is hidden."""
    office = Office(welcome.sandbox.workspace)
    body = {
        "properties": {"title": "SEN plans", "locale": "en_GB", "timeZone": "Europe/London"},
        "sheets": [
            {
                "properties": {
                    "sheetId": 1,
                    "title": "Plan",
                    "gridProperties": {"frozenRowCount": 1, "rowCount": 40, "columnCount": 6},
                }
            },
            {"properties": {"sheetId": 2, "title": "_status", "hidden": True}},
            {"properties": {"sheetId": 3, "title": "Choices"}},
        ],
    }
    book = office.ask(SENCO, "sheets.spreadsheets.create", {}, body)["spreadsheetId"]
    values = [
        ["Pupil", "Outcome", "Rating", "Ready", "Review", "Link"],
        [
            "P01 Ada",
            "Reads 20 words",
            "",
            False,
            "=DATE(2026,11,25)",
            '=HYPERLINK("https://docs.google.com/document/d/abc/edit","Ada\'s plan")',
        ],
        ["P02 <b>Bo</b>", "Waits for a turn", "Met", True, "", ""],
    ]
    where = {"spreadsheetId": book, "range": "Plan!A1:F3", "valueInputOption": "USER_ENTERED"}
    office.ask(SENCO, "sheets.spreadsheets.values.update", where, {"values": values})
    rating = {
        "type": "ONE_OF_LIST",
        "values": [{"userEnteredValue": one} for one in ("Met", "Partly met", "Not yet")],
    }
    requests = [
        {"setDataValidation": {"range": box(1, 3, 2), "rule": {"condition": rating, "strict": True}}},
        {"setDataValidation": {"range": box(1, 3, 3), "rule": {"condition": {"type": "BOOLEAN"}, "strict": True}}},
        {
            "updateCells": {
                "range": box(0, 1, 1),
                "rows": [{"values": [{"note": "What the pupil will be able to do."}]}],
                "fields": "note",
            }
        },
    ]
    office.ask(SENCO, "sheets.spreadsheets.batchUpdate", {"spreadsheetId": book}, {"requests": requests})
    share = {"type": "user", "role": "writer", "emailAddress": TEACHER}
    office.ask(SENCO, "drive.permissions.create", {"fileId": book, "sendNotificationEmail": False}, share)
    return str(book)


def box(top: int, bottom: int, column: int) -> dict[str, int]:
    return {
        "sheetId": 1, "startRowIndex": top, "endRowIndex": bottom,
        "startColumnIndex": column, "endColumnIndex": column + 1,
    }  # fmt: skip


def cell(page: Page, address: str) -> Any:
    return page.locator(f'[data-cell="{address}"]')


def test_the_page_says_who_is_looking_and_when(welcome: Host, visit: Visit) -> None:
    page = visit(SENCO)
    expect(page.locator(".notice")).to_contain_text("Monday 23 November 2026")
    page.get_by_label("Who am I").select_option(TEACHER)
    expect(page).to_have_title("Drive · Tom the teacher · Workspace sandbox")
    page.goto(f"{welcome.sandbox.url}/?view=calendar")
    expect(page).to_have_title("Calendar · Tom the teacher · Workspace sandbox")


def test_drive_lists_only_what_each_person_can_see(workbook: str, visit: Visit) -> None:
    page = visit(SENCO)
    expect(page.get_by_role("region", name="My Drive").get_by_role("link", name="SEN plans")).to_be_visible()
    page = visit(TEACHER)
    expect(page.get_by_role("region", name="Shared with me").get_by_role("link", name="SEN plans")).to_be_visible()
    page = visit(STRANGER)
    expect(page.get_by_role("link", name="SEN plans")).to_have_count(0)


def test_a_file_that_is_not_shared_is_not_shown(workbook: str, visit: Visit) -> None:
    page = visit(PARENT, file=workbook)
    expect(page.get_by_role("heading", name="You can't open this")).to_be_visible()


def test_a_sheet_shows_its_tabs_notes_links_and_ticks_and_no_hidden_tab(workbook: str, visit: Visit) -> None:
    page = visit(SENCO, file=workbook)
    assert page.get_by_role("navigation", name="Tabs of the sheet").get_by_role("link").all_inner_texts() == [
        "Plan",
        "Choices",
    ]
    expect(cell(page, "A3")).to_have_text("P02 <b>Bo</b>")
    expect(cell(page, "D3").get_by_role("checkbox")).to_be_checked()
    expect(cell(page, "F2").get_by_role("link", name="Ada's plan")).to_have_attribute("href", "/?file=abc")
    cell(page, "B1").click()
    expect(page.locator(".formula-note")).to_have_text("What the pupil will be able to do.")
    cell(page, "E2").click()
    expect(page.locator(".formula-value")).to_have_text("=DATE(2026,11,25)")


def test_a_cell_is_edited_with_the_keyboard_and_read_as_typed(workbook: str, visit: Visit) -> None:
    page = visit(SENCO, file=workbook)
    cell(page, "E2").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("3/2/2027")
    page.keyboard.press("Enter")
    expect(cell(page, "E3")).to_have_text("03/02/2027")
    page.keyboard.press("Escape")
    cell(page, "B2").dblclick()
    page.get_by_label("Cell B2").fill("Lost")
    page.keyboard.press("Escape")
    expect(cell(page, "B2")).to_have_text("Reads 20 words")


def test_a_dropdown_offers_its_list_and_a_tick_is_kept(workbook: str, visit: Visit) -> None:
    page = visit(TEACHER, file=workbook)
    cell(page, "C2").dblclick()
    choices = page.get_by_label("Cell C2")
    assert choices.locator("option").all_inner_texts() == ["(empty)", "Met", "Partly met", "Not yet"]
    choices.select_option("Partly met")
    expect(cell(page, "C2")).to_have_text("Partly met")
    cell(page, "D2").get_by_role("checkbox").check()
    page.reload()
    expect(cell(page, "D2").get_by_role("checkbox")).to_be_checked()


def test_a_reader_can_look_at_a_sheet_and_not_change_it(workbook: str, host: Host, visit: Visit) -> None:
    office = Office(host.sandbox.workspace)
    share = {"type": "user", "role": "reader", "emailAddress": PARENT}
    office.ask(SENCO, "drive.permissions.create", {"fileId": workbook, "sendNotificationEmail": False}, share)
    page = visit(PARENT, file=workbook)
    cell(page, "B2").dblclick()
    expect(page.locator("td.editing")).to_have_count(0)
    expect(cell(page, "D2").get_by_role("checkbox")).to_be_disabled()


def test_a_doc_reads_as_a_page(welcome: Host, visit: Visit) -> None:
    office = Office(welcome.sandbox.workspace)
    doc = office.ask(SENCO, "drive.files.create", {}, {"name": "Ada's plan", "mimeType": DOCUMENT})["id"]
    insert = {"requests": [{"replaceAllText": {"containsText": {"text": "x"}, "replaceText": "y"}}]}
    office.ask(SENCO, "docs.documents.batchUpdate", {"documentId": doc}, insert)
    page = visit(SENCO, file=doc)
    expect(page.get_by_role("article", name="Ada's plan")).to_be_visible()


def test_a_calendar_lists_events_for_guests_and_the_outbox_shows_the_mail(welcome: Host, visit: Visit) -> None:
    office = Office(welcome.sandbox.workspace)
    event = {
        "summary": "A.I. review meeting",
        "visibility": "private",
        "start": {"dateTime": "2026-11-25T15:30:00", "timeZone": "Europe/London"},
        "end": {"dateTime": "2026-11-25T16:30:00", "timeZone": "Europe/London"},
        "attendees": [{"email": PARENT}],
    }
    office.ask(SENCO, "calendar.events.insert", {"calendarId": "primary", "sendUpdates": "all"}, event)
    page = visit(PARENT, view="calendar")
    expect(page.locator(".events li")).to_contain_text("A.I. review meeting")
    page = visit(STRANGER, view="calendar")
    expect(page.locator("main")).to_contain_text("No events.")
    page = visit(SENCO, view="outbox")
    expect(page.locator(".mail summary")).to_contain_text("Invitation: A.I. review meeting")


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


def test_a_card_is_drawn_with_all_its_widgets(welcome: Host, visit: Visit) -> None:
    url = f"{welcome.addon.url}/act"
    welcome.addon.answers["home"] = push(
        card(
            "Everything",
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
            button("Send", url, step="2"),
        )
    )
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
    welcome.addon.answers["home"] = push(card("Home", button("In", f"{url}/act")))
    welcome.addon.answers["act"] = {"renderActions": push(card("Pupil", button("Home", f"{url}/root")))}
    welcome.addon.answers["root"] = {
        "renderActions": {"action": {"navigations": [{"popToRoot": True}, {"updateCard": card("Fresh")}]}}
    }
    panel = visit(SENCO).locator(".panel")
    panel.get_by_role("button", name="In").click()
    expect(panel.get_by_role("heading", name="Pupil")).to_be_focused()
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
        ({"action": {"navigations": [{"pushCard": {"sections": [{"widgets": [{"nonsense": {}}]}]}}]}}, "A card is not valid"),
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


def test_nothing_overflows_on_a_phone(workbook: str, visit: Visit, page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 740})
    for where in ({}, {"file": workbook}, {"view": "calendar"}, {"view": "outbox"}):
        visit(SENCO, **where)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where


def test_another_sites_form_cannot_change_a_cell(workbook: str, welcome: Host, page: Page) -> None:
    said = {"file": workbook, "title": "Plan", "address": "A1", "value": "Hacked"}
    answer = page.request.post(f"{welcome.sandbox.url}/_host/cell?as={SENCO}", data=said)
    assert answer.status == 403


def test_what_people_do_in_the_browser_is_not_counted_as_the_apps_calls(
    workbook: str, welcome: Host, visit: Visit
) -> None:
    welcome.sandbox.workspace.journal.clear()
    visit(SENCO, file=workbook)
    assert {entry["method"] for entry in welcome.sandbox.workspace.journal} <= {"oauth.certs"}
    assert welcome.config.client_id == CLIENT
