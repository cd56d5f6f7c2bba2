"""Text and paragraph styles between Word's XML and the Docs API: only what is set on the text itself."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

_FLAGS = {"bold": "w:b", "italic": "w:i", "underline": "w:u", "strikethrough": "w:strike", "smallCaps": "w:smallCaps"}
_LINK_COLOUR = {"color": {"rgbColor": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}}}
_ALIGNMENTS = {
    "left": "START",
    "start": "START",
    "center": "CENTER",
    "right": "END",
    "end": "END",
    "both": "JUSTIFIED",
}
_OFF = ("0", "false", "none", "off")


def points(value: float) -> dict[str, Any]:
    """A length; zero has no magnitude, as Google prints it."""
    return {"magnitude": value, "unit": "PT"} if value else {"unit": "PT"}


def text_style(rpr: Any, link: str = "") -> dict[str, Any]:
    """A run's own style. A link looks like one unless the run says otherwise."""
    found: dict[str, Any] = {}
    if rpr is not None:
        found = {name: _on(rpr.find(qn(tag))) for name, tag in _FLAGS.items() if rpr.find(qn(tag)) is not None}
        found |= _letters(rpr)
    if link:
        found = {"underline": True, "foregroundColor": _LINK_COLOUR} | found
        found["link"] = {"bookmarkId": link[1:]} if link.startswith("#") else {"url": link}
    return found


def _letters(rpr: Any) -> dict[str, Any]:
    """Size, typeface, colours and position."""
    found: dict[str, Any] = {}
    if size := _value(rpr, "w:sz"):
        found["fontSize"] = points(float(size) / 2)
    fonts = rpr.find(qn("w:rFonts"))
    if fonts is not None and fonts.get(qn("w:ascii")):
        weight = 700 if found.get("bold") else 400
        found["weightedFontFamily"] = {"fontFamily": fonts.get(qn("w:ascii")), "weight": weight}
    if colour := rgb(_value(rpr, "w:color")):
        found["foregroundColor"] = {"color": {"rgbColor": colour}}
    shade = rpr.find(qn("w:shd"))
    if shade is not None and (fill := rgb(shade.get(qn("w:fill")))):
        found["backgroundColor"] = {"color": {"rgbColor": fill}}
    position = {"superscript": "SUPERSCRIPT", "subscript": "SUBSCRIPT"}.get(_value(rpr, "w:vertAlign") or "")
    return found | ({"baselineOffset": position} if position else {})


def paragraph_style(p: Any, named: str, heading_id: str) -> dict[str, Any]:
    """A paragraph's own style over its named one."""
    found: dict[str, Any] = {"headingId": heading_id} if heading_id else {}
    found |= {"namedStyleType": named, "direction": "LEFT_TO_RIGHT"}
    ppr = p.find(qn("w:pPr"))
    if ppr is None:
        return found
    if alignment := _ALIGNMENTS.get(_value(ppr, "w:jc") or ""):
        found["alignment"] = alignment
    flags = {"keepWithNext": "w:keepNext", "keepLinesTogether": "w:keepLines", "pageBreakBefore": "w:pageBreakBefore"}
    found |= {name: _on(ppr.find(qn(tag))) for name, tag in flags.items() if ppr.find(qn(tag)) is not None}
    return found | _spacing(ppr) | _indents(ppr)


def _spacing(ppr: Any) -> dict[str, Any]:
    spacing = ppr.find(qn("w:spacing"))
    if spacing is None:
        return {}
    found: dict[str, Any] = {}
    line = spacing.get(qn("w:line"))
    if line and spacing.get(qn("w:lineRule"), "auto") == "auto":
        found["lineSpacing"] = round(int(line) / 2.4, 4)
    for name, key in (("spaceAbove", "w:before"), ("spaceBelow", "w:after")):
        if spacing.get(qn(key)) is not None:
            found[name] = points(int(spacing.get(qn(key))) / 20)
    return found


def _indents(ppr: Any) -> dict[str, Any]:
    indent = ppr.find(qn("w:ind"))
    if indent is None:
        return {}
    start, end = (
        indent.get(qn(f"w:{a}"), indent.get(qn(f"w:{b}"))) for a, b in (("left", "start"), ("right", "end"))
    )
    first = int(indent.get(qn("w:firstLine"), 0)) - int(indent.get(qn("w:hanging"), 0))
    found = {"indentFirstLine": points((int(start or 0) + first) / 20), "indentStart": points(int(start or 0) / 20)}
    return found | ({"indentEnd": points(int(end) / 20)} if end else {})


def rgb(hexadecimal: str | None) -> dict[str, float]:
    """A Word colour as Google's fractions; {} for none, "auto" and black, which has no fractions."""
    if not hexadecimal or len(hexadecimal) != 6:
        return {}
    parts = dict(zip(("red", "green", "blue"), bytes.fromhex(hexadecimal), strict=True))
    return {name: round(value / 255, 8) for name, value in parts.items() if value}


def hexadecimal(colour: dict[str, Any]) -> str:
    """Google's fractions as a Word colour."""
    parts = colour.get("rgbColor", {})
    return "".join(f"{round(float(parts.get(name, 0)) * 255):02X}" for name in ("red", "green", "blue"))


def _value(parent: Any, tag: str) -> str | None:
    child = parent.find(qn(tag))
    return None if child is None else str(child.get(qn("w:val"), ""))


def _on(element: Any) -> bool:
    return element is not None and str(element.get(qn("w:val"), "1")).lower() not in _OFF
