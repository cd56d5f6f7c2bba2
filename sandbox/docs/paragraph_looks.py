"""A paragraph's own style between Word's XML and the Docs API: alignment, spacing, borders, indents, pagination.

Source: ``documents.get`` answers published by gatsby-source-google-docs and google-docs-hast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.oxml.ns import qn

from sandbox.docs.elements import drop, word_element
from sandbox.docs.looks import hexadecimal, is_on, points, rgb, value_of

_ALIGNMENTS = {
    "left": "START",
    "start": "START",
    "center": "CENTER",
    "right": "END",
    "end": "END",
    "both": "JUSTIFIED",
}
BORDERS = ("Between", "Top", "Bottom", "Left", "Right")
_DASHES = {"dotted": "DOT", "dashed": "DASH"}
_WORD_DASHES = {"DOT": "dotted", "DASH": "dashed"}
_FLAGS = {"keepLinesTogether": "w:keepLines", "keepWithNext": "w:keepNext", "avoidWidowAndOrphan": "w:widowControl"}
_LATER = {
    "pBdr": "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi",
    "shd": "tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi",
    "bidi": "",
    "contextualSpacing": "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl",
}
_AFTER_ALL = "adjustRightInd snapToGrid spacing ind"
_LAST = "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr"


def style(p: Any, named: str, heading_id: str) -> dict[str, Any]:
    """What is set on the paragraph itself, over its named style."""
    return ({"headingId": heading_id} if heading_id else {}) | of_properties(p.find(qn("w:pPr")), named)


def of_properties(ppr: Any, named: str) -> dict[str, Any]:
    """What a paragraph's, or a style's, properties set."""
    found: dict[str, Any] = {"namedStyleType": named}
    if ppr is None:
        return found | {"direction": "LEFT_TO_RIGHT"}
    if alignment := _ALIGNMENTS.get(value_of(ppr, "w:jc") or ""):
        found["alignment"] = alignment
    spacing = ppr.find(qn("w:spacing"))
    found |= _lines(spacing) | {"direction": _direction(ppr)} | _mode(ppr) | _spaces(spacing)
    found |= _borders(ppr) | _indents(ppr) | _flags(ppr, _FLAGS) | _shading(ppr)
    return found | _flags(ppr, {"pageBreakBefore": "w:pageBreakBefore"})


def set_border(ppr: Any, side: str, value: Any) -> None:
    """One border, or none of its own."""
    held = ppr.find(qn("w:pBdr"))
    held = _put(ppr, "pBdr", {}) if held is None else held
    drop(held, f"w:{side.lower()}")
    if value is None:
        if not len(held):
            ppr.remove(held)
        return
    colour = value.get("color", {}).get("color")
    made = {
        "val": _WORD_DASHES.get(str(value.get("dashStyle")), "single"),
        "sz": str(round(_magnitude(value.get("width")) * 8)),
        "space": str(round(_magnitude(value.get("padding")))),
        "color": hexadecimal(colour) if colour is not None else "auto",
    }
    held.append(word_element(side.lower(), made))


def set_shading(ppr: Any, value: Any) -> None:
    drop(ppr, "w:shd")
    if value is not None:
        colour = value.get("backgroundColor", {}).get("color")
        fill = hexadecimal(colour) if colour is not None else "auto"
        _put(ppr, "shd", {"val": "clear", "color": "auto", "fill": fill})


def set_mode(ppr: Any, value: Any) -> None:
    """Whether spacing between the items of a list is left out; None gives back the named style's."""
    drop(ppr, "w:contextualSpacing")
    if value is not None:
        _put(ppr, "contextualSpacing", {"val": "1" if value == "COLLAPSE_LISTS" else "0"})


def set_direction(ppr: Any, value: Any) -> None:
    drop(ppr, "w:bidi")
    if value == "RIGHT_TO_LEFT":
        _put(ppr, "bidi", {})


def _lines(spacing: Any) -> dict[str, Any]:
    line = spacing.get(qn("w:line")) if spacing is not None else None
    if not line or spacing.get(qn("w:lineRule"), "auto") != "auto":
        return {}
    return {"lineSpacing": plain(round(int(line) / 2.4, 4))}


def plain(number: float) -> float:
    """A whole number without a fraction, as Google prints it."""
    return int(number) if number == int(number) else number


def _direction(ppr: Any) -> str:
    return "RIGHT_TO_LEFT" if is_on(ppr.find(qn("w:bidi"))) else "LEFT_TO_RIGHT"


def _mode(ppr: Any) -> dict[str, Any]:
    found = ppr.find(qn("w:contextualSpacing"))
    return {} if found is None else {"spacingMode": "COLLAPSE_LISTS" if is_on(found) else "NEVER_COLLAPSE"}


def _spaces(spacing: Any) -> dict[str, Any]:
    if spacing is None:
        return {}
    sizes = {name: spacing.get(qn(key)) for name, key in (("spaceAbove", "w:before"), ("spaceBelow", "w:after"))}
    return {name: points(int(size) / 20) for name, size in sizes.items() if size is not None}


def _borders(ppr: Any) -> dict[str, Any]:
    held = ppr.find(qn("w:pBdr"))
    if held is None:
        return {}
    lines = {side: held.find(qn(f"w:{side.lower()}")) for side in BORDERS}
    return {f"border{side}": _border(line) for side, line in lines.items() if line is not None}


def _border(line: Any) -> dict[str, Any]:
    drawn = line.get(qn("w:val"), "nil") not in ("nil", "none")
    width = int(line.get(qn("w:sz"), "0")) / 8 if drawn else 0
    padding = int(line.get(qn("w:space"), "0")) if drawn else 0
    coloured = drawn and line.get(qn("w:color"), "auto") != "auto"
    return {
        "color": {"color": {"rgbColor": rgb(line.get(qn("w:color")))}} if coloured else {},
        "width": points(width),
        "padding": points(padding),
        "dashStyle": _DASHES.get(line.get(qn("w:val"), ""), "SOLID"),
    }


def _indents(ppr: Any) -> dict[str, Any]:
    indent = ppr.find(qn("w:ind"))
    if indent is None:
        return {}
    start, end = (
        indent.get(qn(f"w:{a}"), indent.get(qn(f"w:{b}"))) for a, b in (("left", "start"), ("right", "end"))
    )
    further, back = indent.get(qn("w:firstLine")), indent.get(qn("w:hanging"))
    found = {}
    if (start, further, back) != (None, None, None):
        first = int(start or 0) + int(further or 0) - int(back or 0)
        found = {"indentFirstLine": points(first / 20), "indentStart": points(int(start or 0) / 20)}
    return found | ({"indentEnd": points(int(end) / 20)} if end is not None else {})


def _flags(ppr: Any, tags: Mapping[str, str]) -> dict[str, Any]:
    found = {name: ppr.find(qn(tag)) for name, tag in tags.items()}
    return {name: is_on(element) for name, element in found.items() if element is not None}


def _shading(ppr: Any) -> dict[str, Any]:
    shade = ppr.find(qn("w:shd"))
    if shade is None:
        return {}
    fill = shade.get(qn("w:fill"), "auto")
    return {"shading": {"backgroundColor": {} if fill == "auto" else {"color": {"rgbColor": rgb(fill)}}}}


def _magnitude(size: Any) -> float:
    return float((size or {}).get("magnitude", 0))


def _put(ppr: Any, tag: str, values: Mapping[str, str]) -> Any:
    """One property, in the order Word wants them."""
    made = word_element(tag, values)
    after = "" if tag == "contextualSpacing" else f"{_AFTER_ALL} contextualSpacing"
    later = {qn(f"w:{name}") for name in f"{_LATER[tag]} {after} {_LAST}".split()}
    at = next((number for number, child in enumerate(ppr) if child.tag in later), len(ppr))
    ppr.insert(at, made)
    return made
