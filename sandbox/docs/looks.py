"""Text styles between Word's XML and the Docs API: only what is set on the text itself."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

from docx.oxml.ns import qn

_FLAGS = {"bold": "w:b", "italic": "w:i", "underline": "w:u", "strikethrough": "w:strike", "smallCaps": "w:smallCaps"}
_LINK_COLOUR = {"color": {"rgbColor": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}}}
HEADING = "_heading="
"""How the names of the bookmarks begin that Docs' export marks headings with."""
_BOOKMARK = "bookmark="
_OFF = ("0", "false", "none", "off")


def points(value: float) -> dict[str, Any]:
    """A length; zero has no magnitude and a whole number no fraction, as Google prints them."""
    whole = int(value) if value == int(value) else value
    return {"magnitude": whole, "unit": "PT"} if value else {"unit": "PT"}


def text_style(rpr: Any, link: str = "") -> dict[str, Any]:
    """A run's own style. A link looks like one unless the run says otherwise."""
    found: dict[str, Any] = {}
    if rpr is not None:
        found = {name: is_on(rpr.find(qn(tag))) for name, tag in _FLAGS.items() if rpr.find(qn(tag)) is not None}
        found |= _letters(rpr)
    if link:
        found = {"underline": True, "foregroundColor": _LINK_COLOUR} | found
        found["link"] = _link(link)
    return found


def target(link: Mapping[str, Any]) -> str:
    """Where the API's link leads, as a link in the document's XML."""
    heading = link.get("headingId") or link.get("heading", {}).get("id")
    bookmark = link.get("bookmarkId") or link.get("bookmark", {}).get("id")
    if heading or bookmark:
        return f"#{HEADING}{heading}" if heading else f"#{_BOOKMARK}{bookmark}"
    return str(link.get("url", ""))


def _link(link: str) -> dict[str, str]:
    if link.startswith(f"#{HEADING}"):
        return {"headingId": link.removeprefix(f"#{HEADING}")}
    if link.startswith("#"):
        return {"bookmarkId": link[1:].removeprefix(_BOOKMARK)}
    return {"url": link}


def _letters(rpr: Any) -> dict[str, Any]:
    """Size, typeface, colours and position."""
    found: dict[str, Any] = {}
    if size := value_of(rpr, "w:sz"):
        found["fontSize"] = points(float(size) / 2)
    fonts = rpr.find(qn("w:rFonts"))
    if fonts is not None and fonts.get(qn("w:ascii")):
        weight = 700 if found.get("bold") else 400
        found["weightedFontFamily"] = {"fontFamily": fonts.get(qn("w:ascii")), "weight": weight}
    if is_colour(value_of(rpr, "w:color")):
        found["foregroundColor"] = {"color": {"rgbColor": rgb(value_of(rpr, "w:color"))}}
    shade = rpr.find(qn("w:shd"))
    if shade is not None and is_colour(shade.get(qn("w:fill"))):
        found["backgroundColor"] = {"color": {"rgbColor": rgb(shade.get(qn("w:fill")))}}
    position = {"superscript": "SUPERSCRIPT", "subscript": "SUBSCRIPT"}.get(value_of(rpr, "w:vertAlign") or "")
    return found | ({"baselineOffset": position} if position else {})


def is_colour(hexadecimal: str | None) -> bool:
    """Whether it names a colour, black too, and not "auto" or none."""
    return hexadecimal is not None and len(hexadecimal) == 6


def rgb(hexadecimal: str | None) -> dict[str, float]:
    """A Word colour as Google's fractions; {} for none, "auto" and black, which has no fractions."""
    if not hexadecimal or len(hexadecimal) != 6:
        return {}
    parts = dict(zip(("red", "green", "blue"), bytes.fromhex(hexadecimal), strict=True))
    return {name: _fraction(value) for name, value in parts.items() if value}


def _fraction(value: int) -> float:
    """A 255th in the fewest digits that name the same single-precision number, as Google prints it."""
    wanted = struct.pack("f", value / 255)
    digits = next(n for n in range(1, 10) if struct.pack("f", float(f"{value / 255:.{n}g}")) == wanted)
    found = float(f"{value / 255:.{digits}g}")
    return int(found) if found == 1 else found


def hexadecimal(colour: dict[str, Any]) -> str:
    """Google's fractions as a Word colour."""
    parts = colour.get("rgbColor", {})
    return "".join(f"{round(float(parts.get(name, 0)) * 255):02X}" for name in ("red", "green", "blue"))


def value_of(parent: Any, tag: str) -> str | None:
    """The value of a property, None where it has none."""
    child = parent.find(qn(tag))
    return None if child is None else str(child.get(qn("w:val"), ""))


def is_on(element: Any) -> bool:
    """Whether a property that is there or not is there, and not put off."""
    return element is not None and str(element.get(qn("w:val"), "1")).lower() not in _OFF
