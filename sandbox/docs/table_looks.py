"""Styles of cells, rows and columns between Word's XML and the Docs API.

Source: ``documents.get`` answers published by gatsby-source-google-docs and google-docs-hast. That a column whose
cells have a width of their own is FIXED_WIDTH in an imported file is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.oxml.ns import qn

from sandbox.docs import table_grid
from sandbox.docs.elements import drop, word_element
from sandbox.docs.looks import hexadecimal, points, rgb
from sandbox.docs.tree import Table, span

SIDES = ("Left", "Right", "Top", "Bottom")
_PADDING = 5
_DASHES = {"dotted": "DOT", "dashed": "DASH"}
_WORD_DASHES = {"DOT": "dotted", "DASH": "dashed"}
_ALIGNMENTS = {"center": "MIDDLE", "bottom": "BOTTOM"}
_WORD_ALIGNMENTS = {"MIDDLE": "center", "BOTTOM": "bottom", "TOP": "top"}
_ORDER = ("tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText")
_ROW_ORDER = ("cantSplit", "trHeight", "tblHeader")


def cell_style(tc: Any, rows: int) -> dict[str, Any]:
    """A cell's own style; Docs always tells its spans, background, padding and alignment."""
    properties = tc.find(qn("w:tcPr")) if tc is not None else None
    return {
        "rowSpan": rows,
        "columnSpan": 1 if table_grid.continues(tc) else span(tc),
        "backgroundColor": _background(properties),
        **_borders(properties),
        **{f"padding{side}": points(_padding(properties, side)) for side in SIDES},
        "contentAlignment": _ALIGNMENTS.get(_value(properties, "w:vAlign"), "TOP"),
    }


def row_style(tr: Any) -> dict[str, Any]:
    """A row's least height, and whether it is a header and stays on one page."""
    properties = tr.find(qn("w:trPr"))
    height = _value(properties, "w:trHeight")
    found: dict[str, Any] = {"minRowHeight": points(int(height) / 20 if height.isdecimal() else 0)}
    flags = {"tableHeader": "w:tblHeader", "preventOverflow": "w:cantSplit"}
    return found | {name: True for name, tag in flags.items() if _on(properties, tag)}


def columns(table: Table) -> list[dict[str, Any]]:
    """How wide each column is: shared out evenly, unless its cells have a width."""
    return [_column(table, number) for number in range(table_grid.width(table))]


def _column(table: Table, number: int) -> dict[str, Any]:
    tc = table_grid.column_cell(table, number)
    width = tc.find(f"{qn('w:tcPr')}/{qn('w:tcW')}") if tc is not None else None
    if width is None or width.get(qn("w:type")) != "dxa":
        return {"widthType": "EVENLY_DISTRIBUTED"}
    return {"widthType": "FIXED_WIDTH", "width": points(int(width.get(qn("w:w"), "0")) / 20)}


def set_background(tc: Any, value: Any) -> None:
    colour = (value or {}).get("color")
    if colour is None:
        drop(tc.get_or_add_tcPr(), "w:shd")
        return
    _put(tc, "shd", {"val": "clear", "color": "auto", "fill": hexadecimal(colour)})


def set_alignment(tc: Any, value: Any) -> None:
    _put(tc, "vAlign", {"val": _WORD_ALIGNMENTS.get(str(value), "top")})


def set_padding(tc: Any, side: str, value: Any) -> None:
    held = _holder(tc, "tcMar")
    drop(held, f"w:{side.lower()}")
    if value is not None:
        held.append(
            word_element(side.lower(), {"w": str(round(float(value.get("magnitude", 0)) * 20)), "type": "dxa"})
        )


def set_border(tc: Any, side: str, value: Any) -> None:
    """A border of no width hides it; None gives back the table's own."""
    held = _holder(tc, "tcBorders")
    drop(held, f"w:{side.lower()}")
    if value is None:
        return
    width = round(float(value.get("width", {}).get("magnitude", 0)) * 8)
    line = {"val": _WORD_DASHES.get(str(value.get("dashStyle")), "single"), "sz": str(width), "space": "0"}
    held.append(word_element(side.lower(), line | {"color": hexadecimal(value.get("color", {}).get("color", {}))}))


def set_width(tc: Any, points_wide: float | None) -> None:
    """A fixed width, or None for an even share."""
    wide = {"w": "0", "type": "auto"} if points_wide is None else {"w": str(round(points_wide * 20)), "type": "dxa"}
    _put(tc, "tcW", wide)


def set_row(tr: Any, tag: str, value: str | None) -> None:
    """One of a row's properties, in the order Word wants them; None takes it away."""
    properties = tr.get_or_add_trPr()
    drop(properties, f"w:{tag}")
    if value is not None:
        later = [qn(f"w:{name}") for name in _ROW_ORDER[_ROW_ORDER.index(tag) + 1 :]]
        _insert(properties, word_element(tag, {"val": value}), later)


def _background(properties: Any) -> dict[str, Any]:
    shade = properties.find(qn("w:shd")) if properties is not None else None
    fill = shade.get(qn("w:fill"), "auto") if shade is not None else "auto"
    return {} if fill == "auto" else {"color": {"rgbColor": rgb(fill)}}


def _borders(properties: Any) -> dict[str, Any]:
    held = properties.find(qn("w:tcBorders")) if properties is not None else None
    if held is None:
        return {}
    lines = {side: _line(held, side) for side in SIDES}
    return {f"border{side}": _border(line) for side, line in lines.items() if line is not None}


def _line(held: Any, side: str) -> Any:
    line = held.find(qn(f"w:{side.lower()}"))
    other = {"Left": "w:start", "Right": "w:end"}.get(side)
    return held.find(qn(other)) if line is None and other else line


def _border(line: Any) -> dict[str, Any]:
    style = line.get(qn("w:val"), "single")
    width = 0.0 if style in ("nil", "none") else int(line.get(qn("w:sz"), "0")) / 8
    colour = {"color": {"rgbColor": rgb(line.get(qn("w:color")))}}
    return {"color": colour, "width": points(width), "dashStyle": _DASHES.get(style, "SOLID")}


def _padding(properties: Any, side: str) -> float:
    held = properties.find(qn("w:tcMar")) if properties is not None else None
    line = _line(held, side) if held is not None else None
    return _PADDING if line is None else int(line.get(qn("w:w"), "0")) / 20


def _value(properties: Any, tag: str) -> str:
    found = properties.find(qn(tag)) if properties is not None else None
    return "" if found is None else str(found.get(qn("w:val"), ""))


def _on(properties: Any, tag: str) -> bool:
    found = properties.find(qn(tag)) if properties is not None else None
    return found is not None and found.get(qn("w:val"), "1") not in ("0", "false", "off")


def _holder(tc: Any, tag: str) -> Any:
    found = tc.get_or_add_tcPr().find(qn(f"w:{tag}"))
    return _put(tc, tag, {}) if found is None else found


def _put(tc: Any, tag: str, values: Mapping[str, str]) -> Any:
    """One of a cell's properties, in the order Word wants them."""
    properties = tc.get_or_add_tcPr()
    drop(properties, f"w:{tag}")
    made = word_element(tag, values)
    later = _ORDER[_ORDER.index(tag) + 1 :] if tag in _ORDER else ()
    _insert(properties, made, [*(qn(f"w:{name}") for name in later), qn("w:vAlign")])
    return made


def _insert(properties: Any, made: Any, later: list[str]) -> None:
    at = next((number for number, child in enumerate(properties) if child.tag in later), len(properties))
    properties.insert(at, made)
