"""The panel's addresses under ``/_host/panel``: each answers with what the browser shows next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request

from sandbox.drive.files import drive_state
from sandbox.host.config import HostConfig, Person
from sandbox.host.painter import Painter
from sandbox.host.panel import PanelDesk, Shown
from sandbox.host.places import is_local, local, safe
from sandbox.host.scopes import sentence
from sandbox.host.state import Panel, Place, grant, host_state
from sandbox.state import User, Workspace

HOSTS = ("sheets", "docs", "drive", "calendar")


class PanelViews:
    """JSON in, JSON out. ``person`` tells who sits in front of the page."""

    def __init__(self, workspace: Workspace, config: HostConfig, person: Callable[[], Person]) -> None:
        self.workspace, self.config, self.person = workspace, config, person

    def register(self, made: Blueprint) -> None:
        for name, view in {
            "open": self.open,
            "click": self.click,
            "menu": self.menu,
            "back": self.back,
            "show": self.show,
            "allow-file": self.allow_file,
            "allow-scopes": self.allow_scopes,
            "permissions": self.permissions,
        }.items():
            made.add_url_rule(f"/_host/panel/{name}", f"panel_{name}", view, methods=["POST"])

    def open(self) -> Response:
        said = request.get_json()
        place = Place(
            host=said["host"] if said.get("host") in HOSTS else "drive",
            file_id=str(said.get("file") or ""),
            selected=tuple(str(one) for one in said.get("selected", ())),
            event_id=str(said.get("event") or ""),
        )
        if not self.person().addon:
            panel = host_state(self.workspace).open_panel(self.person().email, place)
            return self._answer(panel, Shown(note=f"{self.config.name} is not installed for {self.person().label}."))
        return self._answer(*self._desk().open(place))

    def click(self) -> Response:
        panel, said = self._panel(), request.get_json()
        number = int(said["number"])
        if number >= len(panel.actions):
            abort(404)
        return self._answer(panel, self._desk().click(panel, number, said.get("filled", {})))

    def menu(self) -> Response:
        panel = self._panel()
        return self._answer(panel, self._desk().universal(panel, int(request.get_json()["number"])))

    def back(self) -> Response:
        panel = self._panel()
        return self._answer(panel, self._desk().back(panel))

    def show(self) -> Response:
        """The card on top again, after an error."""
        return self._answer(self._panel(), Shown())

    def allow_file(self) -> Response:
        panel = self._panel()
        return self._answer(panel, self._desk().allow_file(panel))

    def allow_scopes(self) -> Response:
        panel = self._panel()
        return self._answer(panel, self._desk().allow_scopes(panel, list(request.get_json().get("scopes", ()))))

    def permissions(self) -> Response:
        """Grant exactly the ticked scopes; the page opens the panel afresh."""
        grant(self.workspace, self.person().email, list(request.get_json().get("scopes", ())))
        return jsonify({})

    def _desk(self) -> PanelDesk:
        return PanelDesk(workspace=self.workspace, config=self.config, email=self.person().email)

    def _panel(self) -> Panel:
        panel = host_state(self.workspace).panels.get(str(request.get_json().get("panel", "")))
        if panel is None or panel.email != self.person().email:
            abort(404)
        return panel

    def _answer(self, panel: Panel, shown: Shown) -> Response:
        return jsonify(
            {
                "panel": panel.id,
                "html": self._card(panel, shown),
                "toast": shown.toast,
                "changed": shown.changed,
                "dialog": self._dialog(panel, shown.dialog),
                "link": _link(shown),
            }
        )

    def _card(self, panel: Panel, shown: Shown) -> str:
        """The card on top, or what went wrong; an error leaves the card before it where it was."""
        if shown.error:
            return render_template("addon_error.html", config=self.config, error=shown.error, back=bool(panel.cards))
        if shown.note or not panel.cards:
            note = shown.note or f"{self.config.name} has no card to show."
            return render_template("addon_note.html", note=note, again=not shown.note)
        user = self.workspace.users.get(panel.email, User(email=panel.email))
        painter = Painter(user.time_zone)
        html = painter.paint(panel.cards[-1], depth=len(panel.cards) - 1)
        panel.actions, panel.kinds = painter.actions, painter.kinds
        return str(html)

    def _dialog(self, panel: Panel, kind: str) -> str:
        if not kind:
            return ""
        wanted: Any = [(scope, sentence(scope)) for scope in panel.wanted] if kind == "scopes" else []
        file_id = panel.wanted[0] if kind == "file" and panel.wanted else panel.place.file_id
        file = drive_state(self.workspace).files.get(file_id)
        return render_template(
            f"dialog_{kind}.html",
            config=self.config,
            person=self.person(),
            wanted=wanted,
            file_name=file.name if file else "this file",
        )


def _link(shown: Shown) -> dict[str, Any] | None:
    if shown.link is None:
        return None
    url = str(shown.link.get("url", ""))
    return {"url": safe(local(url)), "here": is_local(url), "reload": shown.link.get("onClose") == "RELOAD"}
