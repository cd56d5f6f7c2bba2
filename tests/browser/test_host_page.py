"""The page that ``make demo`` opens, used with mouse and keyboard as a person would."""

from __future__ import annotations

from typing import Any

import pytest
from host_desk import PARENT, SENCO, STRANGER, TEACHER, Host, Visit
from playwright.sync_api import Page, expect

from sandbox.drive.files import DOCUMENT
from sandbox.host.office import Office

pytestmark = pytest.mark.browser


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
