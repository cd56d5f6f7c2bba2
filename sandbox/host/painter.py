"""A card as HTML. Whatever can be clicked gets a number; what a number does stays on the server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template
from markupsafe import Markup

from sandbox.host import forms
from sandbox.host.answers import visible_sections
from sandbox.host.glyphs import GLYPHS
from sandbox.host.markup import clean
from sandbox.host.places import local, safe
from sandbox.host.state import Json

_PICKERS = {"DATE_AND_TIME": forms.MOMENT, "DATE_ONLY": forms.DATE, "TIME_ONLY": forms.TIME}


class Painter:
    """Paints one card and remembers what its numbers and inputs mean: ``actions`` and ``kinds``."""

    def __init__(self, zone: str) -> None:
        self.zone = str(ZoneInfo(zone))
        self.actions: list[Json] = []
        self.kinds: dict[str, str] = {}
        self._made = 0

    def paint(self, card: Json, *, depth: int) -> Markup:
        """The card's HTML; ``depth`` is how many cards lie under it, for the way back."""
        html = render_template("card.html", card=card, sections=visible_sections(card), paint=self, depth=depth)
        return Markup(html)

    def click(self, target: Json) -> int:
        """A number for an ``onClick`` or a bare action."""
        self.actions.append(target)
        return len(self.actions) - 1

    def change(self, action: Json | None) -> Markup:
        """The attribute that runs an ``onChangeAction``, or nothing."""
        return Markup(f'data-change="{self.click({"action": action})}"') if action else Markup("")

    def link(self, target: Json) -> str:
        """Where an ``openLink`` leads, if it is a plain link; "" for everything that needs the server."""
        link = target.get("openLink", {})
        return safe(local(str(link.get("url", "")))) if link.get("onClose", "NOTHING") == "NOTHING" else ""

    def field(self, name: str, kind: str = forms.TEXT) -> str:
        """Make an input known; its HTML name."""
        self.kinds[name] = kind
        return name

    def fresh_id(self) -> str:
        self._made += 1
        return f"w{self._made}"

    def picker(self, widget: Json) -> dict[str, str]:
        """The HTML type and value of a date-time picker, its name made known."""
        kind = _PICKERS[widget.get("type", "DATE_AND_TIME")]
        self.field(str(widget["name"]), kind)
        return {"type": kind, "value": forms.prefilled(kind, widget.get("valueMsEpoch"), zone=self.zone)}

    def glyph(self, icon: Json) -> str:
        name = str(icon.get("knownIcon") or icon.get("materialIcon", {}).get("name", ""))
        return GLYPHS.get(name, "•")

    def rich(self, text: Any) -> Markup:
        return clean(str(text or ""))

    def local(self, url: str) -> str:
        return safe(local(url))

    def colour(self, colour: Json | None) -> str:
        """A button's background as CSS with a text colour that can be read on it; "" where none is set."""
        if not colour:
            return ""
        parts = [round(255 * float(colour.get(name, 0))) for name in ("red", "green", "blue")]
        ink = "#fff" if _luminance(parts) < 0.36 else "#1f1f1f"
        return f"background:rgb({parts[0]},{parts[1]},{parts[2]});color:{ink};border-color:transparent"


def _luminance(parts: Sequence[int]) -> float:
    """Relative luminance as WCAG defines it."""
    scaled = [part / 255 for part in parts]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in scaled]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
