"""A browser, and a sandbox with the host page and a small add-on of the tests' own behind it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from host_desk import CLIENT, PARENT, SCOPES, SENCO, SERVICE, STRANGER, TEACHER, FakeAddon, Host, Quiet, manifest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from sandbox.host import HostConfig, Person, register_host
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
    """The page with five people's worth of roles, and a manifest that points at the fake add-on."""
    names = {
        SENCO: "Sana the SENCO",
        TEACHER: "Tom the teacher",
        PARENT: "Pat the parent",
        STRANGER: "Sid the stranger",
    }
    for email, name in names.items():
        sandbox_server.workspace.users[email] = User(email=email, name=name)
    sandbox_server.workspace.users[SERVICE] = User(email=SERVICE, service_account=True)
    config = HostConfig(
        people=[
            Person(label=name, email=email, role=email.split("@")[0], addon=email != STRANGER)
            for email, name in names.items()
        ],
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
