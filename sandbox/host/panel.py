"""The side panel: calls the add-on, follows its answer, and keeps the stack of cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.drive.access import grant_file_scope
from sandbox.host import answers
from sandbox.host.answers import Answer
from sandbox.host.config import HostConfig
from sandbox.host.forms import form_inputs
from sandbox.host.scopes import full
from sandbox.host.signals import AddonFailed, Line
from sandbox.host.state import Ask, Json, Panel, Place, grant, granted, host_state
from sandbox.state import User, Workspace


@dataclass(kw_only=True)
class Shown:
    """What the browser does next: show the panel's top card, or an ``error``, or a ``note`` where there is nothing to
    ask the add-on; a ``toast``; a ``link`` to open; a ``dialog`` ("file" or "scopes"). ``changed`` asks it to read
    the rest of the page again."""

    toast: str = ""
    error: str = ""
    note: str = ""
    link: Json | None = None
    dialog: str = ""
    changed: bool = False


@dataclass(frozen=True, kw_only=True)
class PanelDesk:
    """Serves one person's panels."""

    workspace: Workspace
    config: HostConfig
    email: str

    def open(self, place: Place) -> tuple[Panel, Shown]:
        """A fresh panel for a place, with the add-on's homepage or contextual card in it."""
        panel = host_state(self.workspace).open_panel(self.email, place)
        url = self._entry(place)
        if not url:
            return panel, Shown(note=f"{self.config.name} has nothing to show in {place.host.title()}.")
        return panel, self._send(panel, Ask(url=url))

    def click(self, panel: Panel, number: int, filled: Mapping[str, Sequence[str]]) -> Shown:
        """A click, or a change, on the card's n-th target."""
        target = panel.actions[number]
        if "openLink" in target:
            return self._follow_link(target["openLink"])
        action = target.get("action", {})
        if action.get("interaction") == "OPEN_DIALOG":
            return Shown(error="Dialogs (interaction OPEN_DIALOG) exist in Chat only; here they blank the card.")
        user = self.workspace.users.get(self.email, User(email=self.email))
        return self._send(
            panel,
            Ask(
                url=str(action.get("function", "")),
                form=True,
                parameters={one["key"]: one.get("value", "") for one in action.get("parameters", ())},
                inputs=form_inputs(filled, panel.kinds, zone=user.time_zone),
            ),
        )

    def universal(self, panel: Panel, number: int) -> Shown:
        """An item of the panel's own menu."""
        item = self.config.common.get("universalActions", [])[number]
        if "openLink" in item:
            return self._follow_link({"url": item["openLink"]})
        return self._send(panel, Ask(url=item["runFunction"], form=True))

    def back(self, panel: Panel) -> Shown:
        if len(panel.cards) > 1:
            panel.cards.pop()
        return Shown()

    def allow_file(self, panel: Panel) -> Shown:
        """The person lets the add-on see the open file: it hears of it by its trigger."""
        file_id = panel.wanted[0] if panel.wanted else panel.place.file_id
        try:
            with self.workspace.lock:
                grant_file_scope(self.workspace, self.email, self.config.client_id, file_id)
        except KeyError:
            return Shown(error="That file is not there for you any more.")
        url = self.config.trigger(panel.place.host, "onFileScopeGrantedTrigger") or self._entry(panel.place)
        return self._send(panel, Ask(url=url))

    def allow_scopes(self, panel: Panel, scopes: list[str]) -> Shown:
        """Add the ticked scopes to what was granted, and repeat the call that asked for them."""
        asked = [scope for scope in full(scopes) if scope in panel.wanted]
        grant(self.workspace, self.email, [*granted(self.workspace, self.config, self.email), *asked])
        waiting, panel.waiting, panel.wanted = panel.waiting, None, []
        if waiting is None or not asked:
            return Shown(error=f"{self.config.name} needs the permissions that were not given.")
        return self._send(panel, waiting)

    def _entry(self, place: Place) -> str:
        contextual = {"drive": "onItemsSelectedTrigger", "calendar": "eventOpenTrigger"}.get(place.host, "")
        special = self.config.trigger(place.host, contextual) if place.selected or place.event_id else ""
        return special or self.config.trigger(place.host, "homepageTrigger")

    def _send(self, panel: Panel, ask: Ask) -> Shown:
        line = Line(workspace=self.workspace, config=self.config, email=self.email, place=panel.place)
        try:
            answer = answers.read(line.send(ask), form=ask.form)
        except AddonFailed as failed:
            return Shown(error=str(failed), changed=ask.form)
        return self._follow(panel, ask, answer)

    def _follow(self, panel: Panel, ask: Ask, answer: Answer) -> Shown:
        shown = Shown(toast=answer.notification, changed=ask.form)
        if answer.asks_scopes:
            wanted = full(self.config.scopes) if answer.every_scope else full(list(answer.scopes))
            held = granted(self.workspace, self.config, self.email)
            panel.waiting, panel.wanted = ask, [scope for scope in wanted if scope not in held] or wanted
            shown.dialog = "scopes"
        elif answer.file_scope:
            panel.wanted = [] if answer.file_scope == "document" else [answer.file_scope]
            shown.dialog = "file"
        for navigation in answer.navigations:
            navigate(panel.cards, navigation)
        if answer.link:
            shown.link = self._follow_link(answer.link).link
        return shown

    def _follow_link(self, link: Json) -> Shown:
        prefixes = self.config.common.get("openLinkUrlPrefixes")
        url = str(link.get("url", ""))
        if prefixes and not any(url.startswith(one) for one in prefixes):
            return Shown(error=f"{url} is not among the manifest's openLinkUrlPrefixes.")
        return Shown(link=link)


def navigate(cards: list[Any], navigation: Json) -> None:
    """Apply one navigation to a stack of cards; the bottom card is never popped."""
    kind, value = next(iter(navigation.items()))
    if kind == "pushCard":
        cards.append(value)
    elif kind == "updateCard":
        cards[-1:] = [value]
    elif kind == "pop":
        del cards[max(1, len(cards) - 1) :]
    elif kind == "popToRoot":
        del cards[1:]
    elif kind == "popToCard":
        named = [at for at, card in enumerate(cards) if card.get("name") == value]
        if named:
            del cards[named[-1] + 1 :]
