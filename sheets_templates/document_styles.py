"""Which paragraphs of a Word document are headings, and which are items of a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BY_NAME = {"title": 0} | {f"heading {level}": level for level in range(1, 10)}
_DEEPEST_CHAIN = 12


@dataclass(frozen=True, kw_only=True)
class Styles:
    """Style ids by what they do. ``levels``: Title is 0, Heading 1 is 1, … ``bullets``: list styles."""

    levels: Mapping[str, int]
    bullets: frozenset[str]

    def level(self, block: Element) -> int | None:
        """The level of a heading; None for anything else."""
        if block.tag != f"{W}p":
            return None
        outline = _outline(block.find(f"{W}pPr"))
        return self.levels.get(_style_of(block)) if outline is None else outline

    def is_bullet(self, paragraph: Element) -> bool:
        numbered = paragraph.find(f"{W}pPr/{W}numPr") is not None
        return numbered or _style_of(paragraph) in self.bullets


def read_styles(tree: Element | None) -> Styles:
    """What a document's own styles do, however the school named or restyled them."""
    styles = {} if tree is None else {_attr(style, "styleId"): style for style in tree.iter(f"{W}style")}
    chains = {name: tuple(_chain(name, styles)) for name in styles}
    levels = {name: level for name, chain in chains.items() if (level := _level(chain)) is not None}
    bullets = frozenset(name for name, chain in chains.items() if any(map(_is_list, chain)))
    return Styles(levels=levels, bullets=bullets)


def _chain(name: str, styles: Mapping[str, Element]) -> list[Element]:
    """A style and those it is based on, nearest first."""
    found: list[Element] = []
    while name in styles and len(found) < _DEEPEST_CHAIN:
        found.append(styles[name])
        name = _attr(styles[name].find(f"{W}basedOn"), "val")
    return found


def _level(chain: tuple[Element, ...]) -> int | None:
    for style in chain:
        name = _attr(style.find(f"{W}name"), "val").casefold()
        outline = _outline(style.find(f"{W}pPr"))
        if name in _BY_NAME:
            return _BY_NAME[name]
        if outline is not None:
            return outline
    return None


def _is_list(style: Element) -> bool:
    name = _attr(style.find(f"{W}name"), "val").casefold()
    return name.startswith("list ") or style.find(f"{W}pPr/{W}numPr") is not None


def _outline(properties: Element | None) -> int | None:
    outline = None if properties is None else properties.find(f"{W}outlineLvl")
    value = _attr(outline, "val")
    return int(value) + 1 if value.isdigit() and int(value) < 9 else None


def _style_of(paragraph: Element) -> str:
    return _attr(paragraph.find(f"{W}pPr/{W}pStyle"), "val")


def _attr(element: Element | None, name: str) -> str:
    return "" if element is None else element.get(f"{W}{name}", "")
