"""The words of a paragraph as its reader sees them, with a GAP for each field to fill in. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sheets_templates.document_styles import W
from sheets_templates.form_words import BOX, GAP, is_blank

Element = etree._Element

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_BOX_SYMBOLS = frozenset({"F0A8", "F06F", "F071", "F0FE", "F072", "2610", "2611", "2612", "F052", "F053"})
_WIDE = frozenset(" \t\u00a0\u2002\u2003")


def says(run: Element) -> bool:
    return any((text.text or "").strip() for text in run.iterchildren(f"{W}t")) and not is_on(run, "vanish")


def is_on(run: Element, name: str) -> bool:
    mark = run.find(f"{W}rPr/{W}{name}")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "none")


def alias_of(paragraph: Element, control: Element | None) -> str:
    own = control if control is not None else next(paragraph.iter(f"{W}sdt"), None)
    alias = None if own is None else own.find(f"{W}sdtPr/{W}alias")
    return "" if alias is None else alias.get(f"{W}val", "")


def pieces(element: Element) -> Iterator[str]:
    for child in element.iterchildren(etree.Element):
        match etree.QName(child).localname:
            case "r" if not is_on(child, "vanish"):
                yield from _run(child)
            case "sdt":
                yield from _control(child)
            case "ins" | "hyperlink" | "smartTag" | "customXml" | "sdtContent" | "fldSimple" | "moveTo":
                yield from pieces(child)


def _control(control: Element) -> Iterator[str]:
    inside = "".join(piece for content in control.iterchildren(f"{W}sdtContent") for piece in pieces(content))
    properties = control.find(f"{W}sdtPr")
    ticked = properties is not None and properties.find(f"{_W14}checkbox") is not None
    waiting = properties is not None and properties.find(f"{W}showingPlcHdr") is not None
    yield BOX if ticked else GAP if waiting or is_blank(inside) else inside


def _run(run: Element) -> Iterator[str]:
    underlined = is_on(run, "u")
    for child in run.iterchildren(etree.Element):
        match etree.QName(child).localname:
            case "t":
                text = child.text or ""
                yield GAP if underlined and len(text) >= 3 and set(text) <= _WIDE else text
            case "tab" | "ptab":
                yield GAP if underlined else "\t"
            case "br" | "cr":
                yield "" if child.get(f"{W}type") else "\n"
            case "noBreakHyphen":
                yield "-"
            case "sym" if child.get(f"{W}char", "").upper() in _BOX_SYMBOLS:
                yield BOX
            case "fldChar" if child.find(f"{W}ffData") is not None:
                yield BOX if child.find(f"{W}ffData/{W}checkBox") is not None else GAP
