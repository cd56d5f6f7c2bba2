"""The host page's own routes: one page with a view in the middle, and what typing into a cell does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, jsonify, make_response, render_template, request

from sandbox.calendar.agenda import upcoming
from sandbox.call import ApiError
from sandbox.docs import page as docs_page
from sandbox.drive.files import DOCUMENT, SPREADSHEET
from sandbox.host import drive_view, sheet_view
from sandbox.host.config import HostConfig, Person
from sandbox.host.office import Office
from sandbox.host.panel_routes import PanelViews
from sandbox.host.places import view_place
from sandbox.host.scopes import full, sentence
from sandbox.host.state import granted
from sandbox.state import Workspace

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

COOKIE = "host_person"
VIEWS = {"drive": "Drive", "calendar": "Calendar", "outbox": "Outbox"}
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

View = tuple[str, dict[str, Any]]


def register_host(app: Flask, workspace: Workspace, config: HostConfig | None = None) -> None:
    """Serve the host page at ``/`` of a sandbox's app, also where a browser left open has called it already. Without
    ``config`` the page says how to start."""
    made = Blueprint(
        "host", __name__, template_folder="templates", static_folder="static", static_url_path="/_host/static"
    )
    made.after_request(_guarded)
    if config is None or not config.people:
        made.add_url_rule("/", "page", lambda: render_template("nothing.html"))
    else:
        pages = Pages(workspace, config)
        made.before_request(_own_page_only)
        made.add_url_rule("/", "page", pages.show)
        made.add_url_rule("/_host/cell", "cell", pages.write_cell, methods=["POST"])
        PanelViews(workspace, config, pages.person).register(made)
    pages_app = Flask(__name__, static_folder=None)
    pages_app.register_blueprint(made)
    google = app.wsgi_app

    def by_path(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        is_page = path == "/" or path.startswith("/_host/")
        return pages_app.wsgi_app(environ, start_response) if is_page else google(environ, start_response)

    app.wsgi_app = by_path  # type: ignore[method-assign]  # the hook Flask documents for middleware


class Pages:
    """What the page's address and cookie ask for."""

    def __init__(self, workspace: Workspace, config: HostConfig) -> None:
        self.workspace = workspace
        self.config = config
        self.office = Office(workspace)

    def person(self) -> Person:
        """Who sits in front of the page: the address says, or the cookie, or it is the first one."""
        named = request.args.get("as") or request.cookies.get(COOKIE, "")
        return self.config.person(named) or self.config.people[0]

    def show(self) -> Response:
        person = self.person()
        try:
            template, shown = self._view(person.email)
            status = 200
        except ApiError as error:
            template, shown, status = (
                "problem.html",
                {"view": "file", "error": error, "title": "Not found"},
                error.status,
            )
        shown.setdefault("view", "file")
        answer = make_response(render_template(template, **self._frame(person), **shown), status)
        answer.set_cookie(COOKIE, person.email, samesite="Strict", httponly=True)
        return answer

    def write_cell(self) -> tuple[Response, int]:
        said = request.get_json()
        try:
            sheet_view.write_cell(
                self.office,
                self.person().email,
                str(said["file"]),
                title=str(said["title"]),
                address=str(said["address"]),
                value=said["value"] if isinstance(said["value"], bool) else str(said["value"]),
            )
        except ApiError as error:
            return jsonify({"problem": f"The cell was not changed: {error.message}"}), 409
        return jsonify({}), 200

    def _frame(self, person: Person) -> Mapping[str, Any]:
        """What stands around every view."""
        held = granted(self.workspace, self.config, person.email)
        return {
            "config": self.config,
            "person": person,
            "now": self.workspace.clock.now(),
            "names": {email: user.name or email for email, user in self.workspace.users.items()},
            "nav": [(key, label, view_place(key)) for key, label in VIEWS.items()],
            "scopes": [(scope, sentence(scope), scope in held) for scope in full(self.config.scopes)],
        }

    def _view(self, email: str) -> View:
        if request.args.get("file"):
            return self._file(email, request.args["file"])
        view = request.args.get("view", "drive")
        if view == "calendar":
            return "calendar.html", {"view": view, "title": "Calendar", "items": upcoming(self.workspace, email)}
        if view == "outbox":
            with self.workspace.lock:
                mails = list(reversed(self.workspace.outbox))
            return "outbox.html", {"view": view, "title": "Outbox", "mails": mails}
        selectable = bool(self.config.trigger("drive", "onItemsSelectedTrigger"))
        files = drive_view.listed(self.office, email)
        return "drive.html", {"view": "drive", "title": "Drive", "files": files, "selectable": selectable}

    def _file(self, email: str, file_id: str) -> View:
        file = drive_view.opened(self.office, email, file_id)
        shown: dict[str, Any] = {"file": file, "title": file.name}
        if file.mime_type == SPREADSHEET:
            most = request.args.get("rows", sheet_view.PAGE, type=int)
            tab = request.args.get("tab", type=int)
            shown["grid"] = sheet_view.grid(self.office, email, file_id, tab=tab, most=most)
            return "sheet.html", shown
        if file.mime_type == DOCUMENT:
            with self.workspace.lock:
                shown["body"] = docs_page.html(self.workspace, file_id)
            return "doc.html", shown
        return "problem.html", {**shown, "error": None}


def _own_page_only() -> tuple[Response, int] | None:
    """Changes come from this page's script alone, which can set a header that no other site's form can."""
    if request.method == "POST" and request.headers.get("X-Host-Page") != "1":
        return jsonify({"problem": "This address is for the host page's own script."}), 403
    return None


def _guarded(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "no-referrer"
    if request.endpoint != "host.static":
        answer.headers["Cache-Control"] = "no-store"
    return answer
