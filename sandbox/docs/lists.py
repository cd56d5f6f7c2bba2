"""Lists: which one a paragraph is in, how its levels look, and new ones for ``createParagraphBullets``."""

from __future__ import annotations

import hashlib
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from sandbox.docs import outline
from sandbox.docs.looks import points

_SYMBOLS = ("●", "○", "■")
_TYPES = ("DECIMAL", "ALPHA", "ROMAN")
_WORD = {"DECIMAL": "decimal", "ALPHA": "lowerLetter", "ROMAN": "lowerRoman"}
PRESETS = {
    "BULLET_DISC_CIRCLE_SQUARE": "ul",
    "NUMBERED_DECIMAL_ALPHA_ROMAN": "ol",
    "NUMBERED_DECIMAL_NESTED": "ol",
    "BULLET_GLYPH_PRESET_UNSPECIFIED": "ul",
}
"""The presets that are built, and the sort of list each makes."""


def bullet_of(p: Any, document: Document, style: str) -> tuple[str, str, int]:
    """The id of the list a paragraph in that style is in ("" for none), its sort ("ul" or "ol") and the level."""
    kind, level = outline.bullet(Paragraph(p, document._body), style)
    if not kind:
        return "", "", 0
    number = p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    of = f"num{number.get(qn('w:val'))}" if number is not None else f"style-{kind}"
    return list_id(of), kind, level


def list_id(of: str) -> str:
    """An id like Google's that stays the same for the same list."""
    value = int(hashlib.sha256(of.encode()).hexdigest(), 16)
    letters = "0123456789abcdefghijklmnopqrstuvwxyz"
    return "kix." + "".join(letters[value // 36**place % 36] for place in range(12))


def properties(kind: str) -> dict[str, Any]:
    """All nine levels of a list."""
    return {"listProperties": {"nestingLevels": [_level(kind, number) for number in range(9)]}}


def indents(level: int) -> dict[str, Any]:
    """Where the items of a level stand."""
    return {"indentFirstLine": points(18 + 36 * level), "indentStart": points(36 + 36 * level)}


def _level(kind: str, number: int) -> dict[str, Any]:
    numbered = kind == "ol"
    glyph = {"glyphType": _TYPES[number % 3]} if numbered else {"glyphSymbol": _SYMBOLS[number % 3]}
    return {
        "bulletAlignment": "END" if numbered and number % 3 == 2 else "START",
        **glyph,
        "glyphFormat": f"%{number}." if numbered else f"%{number}",
        **indents(number),
        "textStyle": {"underline": False},
        "startNumber": 1,
    }


def put_in_list(p: Any, number: int, level: int) -> None:
    """Make the paragraph an item of the numbered definition."""
    properties_ = p.get_or_add_pPr()
    take_out(p)
    num_pr = properties_.get_or_add_numPr()
    num_pr.get_or_add_ilvl().val = level
    num_pr.get_or_add_numId().val = number


def take_out(p: Any) -> None:
    """Make the paragraph no list item, by numbering or by style."""
    ppr = p.find(qn("w:pPr"))
    if ppr is None:
        return
    for found in ppr.findall(qn("w:numPr")):
        ppr.remove(found)
    style = ppr.find(qn("w:pStyle"))
    if style is not None and style.get(qn("w:val"), "").startswith("List"):
        ppr.remove(style)


def make(document: Document, kind: str) -> int:
    """A new list definition; its number."""
    numbering = document.part.numbering_part.element
    numbers = [int(one) for one in numbering.xpath("w:abstractNum/@w:abstractNumId")]
    abstract = max(numbers, default=-1) + 1
    levels = "".join(_word_level(kind, number) for number in range(9))
    made = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">{levels}</w:abstractNum>')
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(made)
    else:
        first.addprevious(made)
    number = max((int(one) for one in numbering.xpath("w:num/@w:numId")), default=0) + 1
    num, refers = OxmlElement("w:num"), OxmlElement("w:abstractNumId")
    num.set(qn("w:numId"), str(number))
    refers.set(qn("w:val"), str(abstract))
    num.append(refers)
    numbering.append(num)
    return number


def _word_level(kind: str, number: int) -> str:
    how = _WORD[_TYPES[number % 3]] if kind == "ol" else "bullet"
    text = f"%{number + 1}." if kind == "ol" else _SYMBOLS[number % 3]
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{how}"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{720 * (number + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )
