"""The whole round with mouse and keyboard on the page that ``make demo`` opens, with the real add-on behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.demo import page as demo_page
from server.demo import sample

pytestmark = pytest.mark.browser

SENCO = "sunita.specimen@quillbrook.example.com"
TEACHER = "beth.prototype@quillbrook.example.com"
MOTHER = "carys.enghraifft@example.org"
FATHER = "rhys.enghraifft@example.org"
BARRED = "marek.przyklad@example.org"
STRANGER = "stranger@elsewhere.example"
OUTCOME = "By December 2026 Seren will read a whole page aloud so that she can finish a chapter book"

Go = Callable[..., Page]


@pytest.fixture(scope="module")
def demo() -> Iterator[demo_page.Page]:
    """The primary school of the sample alone, without its delivery log, and everybody in it able to sit down."""
    whole = sample.load()
    tables = {**whole.tables, "log": [], "settings": [s for s in whole.tables["settings"] if s["setting_id"] == "S2"]}
    plans = sample.SampleFile(anchor=whole.anchor, tables=tables)
    assert plans.anchor is not None
    with demo_page.serve_page(plans, plans.anchor, say=lambda _line: None) as served:
        yield served


@pytest.fixture
def go(page: Page, demo: demo_page.Page) -> Go:
    def visit(email: str, **where: str) -> Page:
        query = "&".join(f"{key}={value}" for key, value in {"as": email, **where}.items())
        page.goto(f"{demo.url}/?{query}")
        page.locator(".panel-body > *").first.wait_for()
        return page

    return visit


def open_file(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=re.compile(name)).first.click()
    page.locator(".panel-body > *").first.wait_for()


def cell_with(page: Page, text: str) -> Any:
    return page.locator("td[data-cell]", has_text=text).first


def test_a_senco_sees_what_is_due_and_overdue_the_moment_the_panel_opens(go: Go) -> None:
    panel = go(SENCO).get_by_role("complementary")
    expect(panel).to_contain_text("Quillbrook Primary School")
    expect(panel).to_contain_text("2 due within 14 days · 1 overdue")
    expect(panel).to_contain_text("P08 Mei Lizi")


def test_an_edited_outcome_reaches_both_households_and_nobody_else(go: Go) -> None:
    page = go(SENCO)
    open_file(page, "^SEN plans – Quillbrook")
    page.get_by_role("navigation", name="Tabs of the sheet").get_by_role("link", name="Plan", exact=True).click()
    cell = cell_with(page, "Seren will read aloud smoothly")
    address = cell.get_attribute("data-cell")
    cell.dblclick()
    page.get_by_label(f"Cell {address}").fill(OUTCOME)
    page.keyboard.press("Enter")
    expect(cell_with(page, "read a whole page aloud")).to_be_visible()
    page = go(SENCO)
    page.get_by_role("button", name="Share with parents").click()
    expect(page.get_by_role("complementary")).to_contain_text("2 copies written.")
    for parent in (MOTHER, FATHER):
        page = go(parent)
        open_file(page, "SEN support plan – S.E.")
        expect(page.get_by_role("main")).to_contain_text(OUTCOME)
    for outsider in (BARRED, STRANGER):
        expect(go(outsider).get_by_role("link", name=re.compile("SEN support plan"))).to_have_count(0)


def test_a_parent_reads_one_copy_on_a_phone_without_sideways_scrolling(go: Go, page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    go(MOTHER)
    expect(page.get_by_role("main").get_by_role("link", name=re.compile("SEN support plan"))).to_have_count(1)
    open_file(page, "SEN support plan")
    expect(page.get_by_role("main")).to_contain_text("Next meeting: Thursday 3 December 2026 at 3.30pm")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_teacher_opens_one_file_to_the_panel_and_is_told_who_shares(go: Go) -> None:
    page = go("ngozi.sampler@quillbrook.example.com")
    open_file(page, "^SEN plans – Quillbrook")
    panel = page.get_by_role("complementary")
    panel.get_by_role("button", name="Open this spreadsheet to SEN plans").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Allow|Open|Continue")).click()
    expect(panel).to_contain_text("1 overdue")
    panel.get_by_role("button", name=re.compile("P08 Mei Lizi")).first.click()
    expect(panel).to_contain_text("P08")


def test_the_calendar_updated_twice_books_nothing_twice(go: Go) -> None:
    page = go(SENCO)
    page.get_by_role("button", name="Update the calendar").click()
    expect(page.get_by_role("complementary")).to_contain_text("The calendar says what the Meetings tab says.")
    page = go(SENCO, view="calendar")
    expect(page.get_by_role("main")).to_contain_text("S.E. review meeting")
    expect(page.get_by_role("main")).not_to_contain_text("Seren")
