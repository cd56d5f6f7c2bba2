"""The answers an add-on may give, in the nesting each caller expects.

A trigger (an opened panel, a granted file) wants RenderActions; a tapped widget wants SubmitFormResponse; a missing
scope is answered by neither. https://developers.google.com/workspace/add-ons/guides/alternate-runtimes
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Json = Mapping[str, Any]


def opened(card: Json) -> Json:
    """To a trigger: show this card."""
    return {"action": {"navigations": [{"pushCard": card}]}}


def pushed(card: Json, *, changed: bool = False) -> Json:
    """To a widget: put this card on top, with a way back. ``changed`` tells the host that data has changed."""
    return _submitted({"navigations": [{"pushCard": card}]}, changed=changed)


def updated(card: Json, *, notice: str) -> Json:
    """To a widget: replace the card in view, with a passing note."""
    return _submitted({"navigations": [{"updateCard": card}], "notification": {"text": notice}})


def stepped_back(card: Json) -> Json:
    """To a widget: take away the card in view and show the one below it afresh."""
    return _submitted({"navigations": [{"pop": True}, {"updateCard": card}]})


def start_over(card: Json) -> Json:
    """To a widget: back to the first card, shown afresh."""
    return _submitted({"navigations": [{"popToRoot": True}, {"updateCard": card}]})


def request_file_scope() -> Json:
    """To a widget in an editor: ask this person to open the file beside the panel to us."""
    action: Json = {"editorAction": {"requestFileScopeForActiveDocument": {}}}
    return {"renderActions": {"hostAppAction": action}}


def request_scopes(scopes: Iterable[str]) -> Json:
    """To anything: ask this person to grant these; Google then repeats the call. The key is documented in
    snake_case, and stands outside renderActions."""
    return {"requesting_google_scopes": {"scopes": sorted(scopes)}}


def _submitted(action: Json, *, changed: bool = False) -> Json:
    answer: dict[str, Any] = {"renderActions": {"action": action}}
    if changed:
        answer["stateChanged"] = True
    return answer
