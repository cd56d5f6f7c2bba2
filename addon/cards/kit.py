"""The few widgets our cards are made of, and the making of a card that Google accepts.

A card shows at most 100 widgets; Google drops the section that passes the limit and all after it without a word, so
we stop before it and say how many lines are left.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from google.apps import card_v1 as card
from google.protobuf import json_format

MOST_WIDGETS = 100
LONGEST_LINE = 300
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
LEVEL_NAMES: Mapping[str, str] = {
    "block": "Stops a step",
    "red": "Overdue or broken",
    "amber": "Due or at risk",
    "prompt": "Decision due",
    "info": "Advice",
    "staff": "For staff",
    "history": "History",
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section in the making. ``always`` parts are never cut; ``more`` lines were not even made."""

    widgets: Sequence[card.Widget]
    title: str = ""
    always: bool = False
    more: int = 0


def clean(text: str) -> str:
    """The text without control characters and halves of characters, which no card can carry."""
    return CONTROL.sub("", text)


def safe(text: str) -> str:
    """Text from a cell as a card's formatted text: its own ``<b>`` stays as typed and formats nothing."""
    return html.escape(clean(text), quote=False)


def short(text: str, longest: int = LONGEST_LINE) -> str:
    """One line of a list: cut at a length that a side panel can show."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def paragraph(text: str) -> card.Widget:
    """Plain words of any origin."""
    return card.Widget(text_paragraph=card.TextParagraph(text=safe(text)))


def line(text: str, *, above: str = "", below: str = "", tap: card.OnClick | None = None) -> card.Widget:
    """A line with small print above and below, which Google does not format."""
    return card.Widget(
        decorated_text=card.DecoratedText(
            text=safe(text) or "–",
            top_label=clean(above),
            bottom_label=clean(below),
            wrap_text=True,
            on_click=tap,
        )
    )


def call(url: str, **parameters: str) -> card.OnClick:
    """Call the service. Parameters are texts: Google refuses anything else."""
    sent = [card.Action.ActionParameter(key=key, value=clean(value)) for key, value in parameters.items()]
    return card.OnClick(
        action=card.Action(function=url, parameters=sent, load_indicator=card.Action.LoadIndicator.SPINNER)
    )


def web(url: str) -> card.OnClick:
    """Open a page of Google's in a new tab."""
    return card.OnClick(open_link=card.OpenLink(url=url))


def button(text: str, tap: card.OnClick) -> card.Button:
    return card.Button(text=clean(text), on_click=tap)


def buttons(*given: card.Button) -> card.Widget:
    return card.Widget(button_list=card.ButtonList(buttons=list(given)))


def choice(name: str, label: str, items: Mapping[str, str], *, chosen: str) -> card.Widget:
    """A dropdown: what is sent, by what is shown."""
    offered = [
        card.SelectionInput.SelectionItem(text=clean(short(text, 80)), value=value, selected=value == chosen)
        for value, text in items.items()
    ]
    kind = card.SelectionInput.SelectionType.DROPDOWN
    return card.Widget(selection_input=card.SelectionInput(name=name, label=label, type_=kind, items=offered))


def build(name: str, *, title: str, subtitle: str = "", parts: Iterable[Part]) -> Mapping[str, Any]:
    """The card as the JSON that Google reads. Never more than 100 widgets."""
    made = card.Card(
        name=name,
        header=card.Card.CardHeader(title=short(clean(title), 120), subtitle=short(clean(subtitle), 120)),
        sections=[
            card.Card.Section(header=clean(part.title), widgets=list(part.widgets))
            for part in _within_limit([part for part in parts if part.widgets])
        ],
    )
    answer: Mapping[str, Any] = json_format.MessageToDict(card.Card.pb(made))
    return answer


def _within_limit(parts: Sequence[Part]) -> Sequence[Part]:
    left_out = sum(part.more for part in parts)
    if not left_out and sum(len(part.widgets) for part in parts) <= MOST_WIDGETS:
        return parts
    room = MOST_WIDGETS - 1 - sum(len(part.widgets) for part in parts if part.always)
    kept: list[Part] = []
    for part in parts:
        shown = part.widgets if part.always else part.widgets[: max(room, 0)]
        room -= 0 if part.always else len(shown)
        left_out += len(part.widgets) - len(shown)
        if shown:
            kept.append(Part(title=part.title, widgets=shown, always=part.always))
    note = paragraph(f"{left_out} more lines are left out here. The workbooks show everything.")
    return [*kept, Part(widgets=[note])]
