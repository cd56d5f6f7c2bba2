"""What the host page remembers between requests: who granted the add-on what, and the panels that are open."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.host.config import HostConfig
from sandbox.host.scopes import full
from sandbox.state import Workspace

MOST_PANELS = 200
Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Place:
    """What stands beside the panel. ``host`` is "sheets", "docs", "drive" or "calendar"; ``file_id`` the open file;
    ``selected`` files ticked in Drive; ``event_id`` the event opened in Calendar."""

    host: str
    file_id: str = ""
    selected: tuple[str, ...] = ()
    event_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One call to the add-on, so that it can be repeated after a consent. ``form`` is a widget's action; other
    calls are triggers."""

    url: str
    form: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    inputs: Json = field(default_factory=dict)


@dataclass
class Panel:
    """One open side panel: its person, its place, the stack of cards, and what waits for a consent. ``actions`` and
    ``kinds`` are what the card on show can do: its click targets in order, and each input's kind."""

    id: str
    email: str
    place: Place
    cards: list[Json] = field(default_factory=list)
    actions: list[Json] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    waiting: Ask | None = None
    wanted: list[str] = field(default_factory=list)


@dataclass
class HostState:
    """``granted`` maps an address to the scopes it lets the add-on use; who is absent granted all of them."""

    granted: dict[str, frozenset[str]] = field(default_factory=dict)
    panels: dict[str, Panel] = field(default_factory=dict)

    def open_panel(self, email: str, place: Place) -> Panel:
        while len(self.panels) >= MOST_PANELS:
            self.panels.pop(next(iter(self.panels)))
        panel = Panel(id=secrets.token_urlsafe(9), email=email, place=place)
        self.panels[panel.id] = panel
        return panel


def host_state(workspace: Workspace) -> HostState:
    return workspace.service("host", HostState)


def granted(workspace: Workspace, config: HostConfig, email: str) -> list[str]:
    """The scopes this person lets the add-on use, in the manifest's order."""
    held = host_state(workspace).granted.get(email)
    return [scope for scope in full(config.scopes) if held is None or scope in held]


def grant(workspace: Workspace, email: str, scopes: list[str]) -> None:
    """From now on exactly these."""
    host_state(workspace).granted[email] = frozenset(full(scopes))
