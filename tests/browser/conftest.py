"""A browser, and a sandbox with the host page and a small add-on of the tests' own behind it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from host_desk import (
    CLIENT,
    NAMES,
    SCOPES,
    SENCO,
    SERVICE,
    STRANGER,
    TEACHER,
    FakeAddon,
    Host,
    Quiet,
    card,
    manifest,
    push,
    text,
)
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from sandbox.host import HostConfig, Person, register_host
from sandbox.host.office import Office
from sandbox.server import RunningSandbox
from sandbox.state import User

_CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run"]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_CHROMIUM)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of 1280 pixels; a script error or a failed load on it fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    errors: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.set_default_timeout(8000)
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def fake_addon(sandbox_server: RunningSandbox) -> Iterator[FakeAddon]:
    addon = FakeAddon(certificates=f"{sandbox_server.url}/oauth2/v1/certs")
    app = Flask("fake add-on")
    app.add_url_rule("/<path:path>", "any", addon.handle, methods=["POST"])
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    addon.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield addon
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def host(sandbox_server: RunningSandbox, fake_addon: FakeAddon) -> Host:
    """The page with four people, and a manifest that points at the fake add-on."""
    for email, name in NAMES.items():
        sandbox_server.workspace.users[email] = User(email=email, name=name)
    sandbox_server.workspace.users[SERVICE] = User(email=SERVICE, service_account=True)
    config = HostConfig(
        people=[Person(label=name, email=email, addon=email != STRANGER) for email, name in NAMES.items()],
        manifest=manifest(fake_addon.url),
        client_id=CLIENT,
        service_account=SERVICE,
        scopes=SCOPES,
        notice="The demo's clock stands at Monday 23 November 2026.",
    )
    register_host(sandbox_server.app, sandbox_server.workspace, config)
    return Host(sandbox=sandbox_server, addon=fake_addon, config=config)


@pytest.fixture
def visit(page: Page, host: Host) -> Callable[..., Page]:
    """``visit(SENCO, file=...)``: the page as somebody, once its panel has answered."""

    def go(email: str, **where: str) -> Page:
        query = "&".join(f"{key}={value}" for key, value in {"as": email, **where}.items())
        page.goto(f"{host.sandbox.url}/?{query}")
        page.locator(".panel-body > *").first.wait_for()
        return page

    return go


@pytest.fixture
def welcome(host: Host) -> Host:
    """The add-on answers every homepage with one card."""
    host.addon.answers["home"] = push(card("Today", text("Two plans are due.")))
    return host


@pytest.fixture
def workbook(welcome: Host) -> str:
    """A sheet of the SENCO's, made by the app, shared with the teacher; a second tab is hidden."""
    office = Office(welcome.sandbox.workspace)
    properties = {"title": "SEN plans", "locale": "en_GB", "timeZone": "Europe/London"}
    book = office.ask(SENCO, "sheets.spreadsheets.create", {}, {"properties": properties, "sheets": TABS})
    own = {"spreadsheetId": book["spreadsheetId"]}
    where = {**own, "range": "Plan!A1:F3", "valueInputOption": "USER_ENTERED"}
    office.ask(SENCO, "sheets.spreadsheets.values.update", where, {"values": CELLS})
    office.ask(SENCO, "sheets.spreadsheets.batchUpdate", own, {"requests": [*dropdowns(), note_on_outcome()]})
    share = {"type": "user", "role": "writer", "emailAddress": TEACHER}
    office.ask(
        SENCO, "drive.permissions.create", {"fileId": own["spreadsheetId"], "sendNotificationEmail": False}, share
    )
    return str(own["spreadsheetId"])


TABS = [
    {
        "properties": {
            "sheetId": 1,
            "title": "Plan",
            "gridProperties": {"frozenRowCount": 1, "rowCount": 40, "columnCount": 6},
        }
    },
    {"properties": {"sheetId": 2, "title": "_status", "hidden": True}},
    {"properties": {"sheetId": 3, "title": "Choices"}},
]
LINK = '=HYPERLINK("https://docs.google.com/document/d/abc/edit","Ada\'s plan")'
CELLS = [
    ["Pupil", "Outcome", "Rating", "Ready", "Review", "Link"],
    ["P01 Ada", "Reads 20 words", "", False, "=DATE(2026,11,25)", LINK],
    ["P02 <b>Bo</b>", "Waits for a turn", "Met", True, "", ""],
]


def dropdowns() -> list[dict[str, Any]]:
    """Choices under Rating, boxes to tick under Ready."""
    ratings = [{"userEnteredValue": one} for one in ("Met", "Partly met", "Not yet")]
    rules = {2: {"type": "ONE_OF_LIST", "values": ratings}, 3: {"type": "BOOLEAN"}}
    return [
        {"setDataValidation": {"range": box(1, 3, column), "rule": {"condition": condition, "strict": True}}}
        for column, condition in rules.items()
    ]


def note_on_outcome() -> dict[str, Any]:
    rows = [{"values": [{"note": "What the pupil will be able to do."}]}]
    return {"updateCells": {"range": box(0, 1, 1), "rows": rows, "fields": "note"}}


def box(top: int, bottom: int, column: int) -> dict[str, int]:
    return {
        "sheetId": 1, "startRowIndex": top, "endRowIndex": bottom,
        "startColumnIndex": column, "endColumnIndex": column + 1,
    }  # fmt: skip
