"""A browser left open calls a new sandbox before its page is there."""

from __future__ import annotations

from sandbox.app import create_app
from sandbox.host import register_host
from sandbox.state import Workspace


def test_the_page_comes_although_a_browser_left_open_called_before_it() -> None:
    workspace = Workspace()
    app = create_app(workspace)
    early = app.test_client().get("/_host/static/host.js")
    assert early.status_code == 404
    register_host(app, workspace)
    with app.test_client().get("/") as page, app.test_client().get("/_host/static/host.css") as style:
        assert (page.status_code, style.status_code) == (200, 200)
    assert app.test_client().get("/drive/v3/files").status_code == 403
