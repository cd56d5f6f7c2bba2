"""An add-on's answer, read as strictly as Google reads it.

Which wrapper belongs where: https://developers.google.com/workspace/add-ons/guides/alternate-runtimes"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from google.apps.card_v1 import Card
from google.protobuf import json_format

from sandbox.host.signals import AddonFailed
from sandbox.host.state import Json

MOST_WIDGETS = 100
_TRIGGER_KEYS = {"action", "hostAppAction"}
_FORM_KEYS = {"renderActions", "stateChanged"}
_SCOPE_PROMPTS = ("requesting_google_scopes", "requestingGoogleScopes")
_CUSTOM_PROMPTS = ("custom_authorization_prompt", "customAuthorizationPrompt")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the add-on wants done, in one plain shape. ``scopes`` are asked for (``every_scope``: all of the
    manifest's); ``file_scope`` is "document" for the open file, a file id in Drive, or ""."""

    navigations: tuple[Json, ...] = ()
    notification: str = ""
    link: Json | None = None
    scopes: tuple[str, ...] = ()
    every_scope: bool = False
    file_scope: str = ""
    changed: bool = False

    @property
    def asks_scopes(self) -> bool:
        return self.every_scope or bool(self.scopes)


def read(said: Json, *, form: bool) -> Answer:
    """The answer to a trigger, or to a widget's action (``form``). Raises AddonFailed where Google would refuse."""
    for key in _SCOPE_PROMPTS:
        if key in said:
            prompt = said[key]
            every = bool(prompt.get("all_scopes") or prompt.get("allScopes"))
            return Answer(scopes=tuple(prompt.get("scopes", ())), every_scope=every)
    for key in _CUSTOM_PROMPTS:
        if key in said:
            return _actions(said[key], changed=False)
    _only(said, _FORM_KEYS if form else _TRIGGER_KEYS, "SubmitFormResponse" if form else "RenderActions")
    if not form:
        return _actions(said, changed=False)
    if "renderActions" not in said:
        raise AddonFailed("renderActions is missing from google.apps.card.v1.SubmitFormResponse.")
    return _actions(said["renderActions"], changed=bool(said.get("stateChanged")))


def _only(said: Json, allowed: Iterable[str], message: str) -> None:
    for key in said:
        if key not in allowed:
            raise AddonFailed(f"Cannot find field: {key} in message google.apps.card.v1.{message}.")


def _actions(said: Json, *, changed: bool) -> Answer:
    _only(said, _TRIGGER_KEYS, "RenderActions")
    action = said.get("action", {})
    return Answer(
        navigations=tuple(_navigation(one) for one in action.get("navigations", ())),
        notification=str(action.get("notification", {}).get("text", "")),
        link=action.get("link"),
        file_scope=_file_scope(said.get("hostAppAction", {})),
        changed=changed,
    )


def _file_scope(asked: Json) -> str:
    if "requestFileScopeForActiveDocument" in asked.get("editorAction", {}):
        return "document"
    return str(asked.get("driveAction", {}).get("requestFileScope", {}).get("itemId", ""))


def _navigation(said: Json) -> Json:
    if len(said) != 1:
        raise AddonFailed("A navigation must hold exactly one of pushCard, updateCard, pop, popToCard, popToRoot.")
    kind, value = next(iter(said.items()))
    if kind in ("pushCard", "updateCard"):
        return {kind: parsed_card(value)}
    if kind not in ("pop", "popToCard", "popToRoot"):
        raise AddonFailed(f"Cannot find field: {kind} in message google.apps.card.v1.Navigation.")
    return said


def parsed_card(card: Any) -> Json:
    """The card in camel case, defaults left out. Raises AddonFailed for what Google's own message would not parse."""
    try:
        message = json_format.ParseDict(card, Card.pb()())
    except (json_format.ParseError, TypeError, AttributeError) as error:
        raise AddonFailed(f"A card is not valid: {error}") from None
    parsed: Json = json_format.MessageToDict(message)
    if "fixedFooter" in parsed and "primaryButton" not in parsed["fixedFooter"]:
        raise AddonFailed("A card's fixed footer needs a primary button.")
    return parsed


def visible_sections(card: Json) -> list[Json]:
    """The sections that Google shows: the one that passes a hundred widgets, and all after it, are dropped."""
    shown, count = [], 0
    for section in card.get("sections", ()):
        count += len(section.get("widgets", ()))
        if count > MOST_WIDGETS:
            break
        shown.append(section)
    return shown
