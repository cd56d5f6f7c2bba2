"""The colour that a cell shows, its own or a conditional format's, compared with a wanted one."""

from __future__ import annotations

from sandbox.sheets import conditions
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.model import Json, Sheet
from sandbox.sheets.properties import DEFAULT_FORMAT

_PARTS = ("red", "green", "blue")


def same_colour(evaluator: Evaluator, sheet: Sheet, place: tuple[int, int], kind: str, wanted: Json) -> bool:
    """Whether a cell shows a ColorStyle, as ``backgroundColorStyle`` or ``foregroundColorStyle``."""
    own, ruled = sheet.cell(*place).format, conditions.applied(evaluator, sheet, *place)
    found = _style(ruled, kind) or _style(own, kind) or _style(DEFAULT_FORMAT, kind)
    return _rgb(found) == _rgb(wanted)


def _style(made: Json, kind: str) -> Json:
    part = made if kind.startswith("background") else made.get("textFormat", {})
    found: Json = part.get(kind, {})
    return found


def _rgb(style: Json) -> tuple[int, ...] | str:
    """Parts of 255; a theme colour is its name."""
    if "themeColor" in style:
        return str(style["themeColor"])
    return tuple(round(255 * style.get("rgbColor", {}).get(part, 0)) for part in _PARTS)
