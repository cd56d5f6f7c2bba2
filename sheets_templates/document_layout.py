"""What repeats and what disappears: loops and conditions put around rows, bullets, paragraphs and sections.

A row, a bullet or a heading that mentions an item of a list repeats for each item, a heading with everything
under it to the next heading of its level or higher. What mentions nothing but empty lists and empty optional
tags disappears.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from sheets_templates.document_problem import TemplateProblem
from sheets_templates.document_reader import Part
from sheets_templates.document_spec import ViewSpec
from sheets_templates.document_styles import Styles, W

Element = etree._Element
Scope = tuple[str, ...]

_TARGET = "senplans"
_CONTROL = re.compile(rf"<\?{_TARGET} (.*?)\?>")
_BOOKMARKS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
_LEAF = 99


def controls_to_jinja(xml: str) -> str:
    """Our own marks in a part's XML, as Jinja."""
    return _CONTROL.sub(r"{% \1 %}", xml)


def _mark(words: str) -> Element:
    return etree.ProcessingInstruction(_TARGET, words)


@dataclass(kw_only=True)
class Layout:
    """Arranges one part in place and keeps what it can't arrange as ``problems``."""

    part: Part
    styles: Styles
    view: ViewSpec
    problems: list[TemplateProblem] = field(default_factory=list)

    def arrange(self) -> tuple[TemplateProblem, ...]:
        """Put the marks around every block of the part; the problems found on the way."""
        body = self.part.root.find(f"{W}body")
        container = self.part.root if body is None else body
        container[:] = self._blocks(list(container), ())
        return tuple(self.problems)

    def _blocks(self, blocks: Sequence[Element], scope: Scope) -> list[Element]:
        arranged: list[Element] = []
        at = 0
        while at < len(blocks):
            end = self._section_end(blocks, at)
            section = blocks[at:end]
            is_section = self.styles.level(section[0]) is not None
            arranged += self._section(section, scope) if is_section else self._block(section[0], scope)
            at = end
        return arranged

    def _section_end(self, blocks: Sequence[Element], start: int) -> int:
        level = self.styles.level(blocks[start])
        if level is None:
            return start + 1
        for at in range(start + 1, len(blocks)):
            other = self.styles.level(blocks[at])
            if blocks[at].tag == f"{W}sectPr" or (_LEAF if other is None else other) <= level:
                return at
        return len(blocks)

    def _section(self, section: Sequence[Element], scope: Scope) -> list[Element]:
        heading, under = section[0], section[1:]
        inner = self._scope_of(heading, self.part.tags_in(heading), scope)
        condition = self._condition(self.part.tags_in(*section), scope)
        return self._wrap(section, [heading, *self._blocks(under, inner)], scope, inner, condition)

    def _block(self, block: Element, scope: Scope) -> list[Element]:
        if block.tag == f"{W}tbl":
            return self._table(block, scope)
        return self._paragraph(block, scope) if block.tag == f"{W}p" else [block]

    def _paragraph(self, paragraph: Element, scope: Scope) -> list[Element]:
        tags = self.part.tags_in(paragraph)
        inner = self._scope_of(paragraph, tags, scope)
        if inner != scope and not self.styles.is_bullet(paragraph):
            item = inner[-1]
            self._complain(
                paragraph,
                f"{{{{ {item}.… }}}} speaks of one of several. Use it in a heading, under such a heading, "
                "in a table row or in a bullet.",
            )
        return self._wrap([paragraph], [paragraph], scope, inner, self._condition(tags, scope))

    def _table(self, table: Element, scope: Scope) -> list[Element]:
        arranged: list[Element] = []
        for child in table:
            arranged += self._row(child, scope) if child.tag == f"{W}tr" else [child]
        table[:] = arranged
        return self._wrap([table], [table], scope, scope, self._condition(self.part.tags_in(table), scope))

    def _row(self, row: Element, scope: Scope) -> list[Element]:
        own = [p for cell in row.iterchildren(f"{W}tc") for p in cell.iterchildren(f"{W}p")]
        inner = self._scope_of(row, self.part.tags_in(*own), scope)
        for cell in row.iterchildren(f"{W}tc"):
            cell[:] = [node for block in cell for node in self._in_cell(block, inner)]
        return self._wrap([row], [row], scope, inner, self._condition(self.part.tags_in(row), scope))

    def _in_cell(self, block: Element, scope: Scope) -> list[Element]:
        """A cell must keep a paragraph, so only tables in it may repeat or disappear."""
        return self._table(block, scope) if block.tag == f"{W}tbl" else [block]

    def _scope_of(self, block: Element, tags: Iterable[str], scope: Scope) -> Scope:
        """The items that have a value inside the block: those around it and those it makes repeat."""
        items = {item for tag in tags if (item := self.view.item_of(tag)) and item not in scope}
        chains = sorted((self.view.chain(item) for item in items), key=len)
        longest = chains[-1] if chains else ()
        if any(chain != longest[: len(chain)] for chain in chains):
            names = " and ".join(sorted(items))
            self._complain(block, f"This mentions two lists, {names}, and can repeat for one only. Split it.")
        return (*scope, *(item for item in longest if item not in scope))

    def _condition(self, tags: Iterable[str], scope: Scope) -> str:
        """When to show what holds these tags; "" for always."""
        reasons = [self._reason(tag, scope) for tag in tags if not self.view.tags[tag].naming]
        return " or ".join(dict.fromkeys(reasons)) if reasons and all(reasons) else ""

    def _reason(self, tag: str, scope: Scope) -> str:
        """What must have a value for this tag to have something to say; "" if it always has."""
        missing = [item for item in self._chain_of(tag) if item not in scope]
        if not missing:
            return tag if self.view.tags[tag].optional else ""
        if self.view.shows_empty(missing[0]):
            return ""
        first, *deeper = (self.view.lists[item] for item in missing)
        return first + "".join(f"|each('{path.rpartition('.')[2]}')" for path in deeper)

    def _chain_of(self, tag: str) -> Scope:
        item = self.view.item_of(tag)
        return self.view.chain(item) if item else ()

    def _wrap(
        self, source: Sequence[Element], nodes: list[Element], scope: Scope, inner: Scope, condition: str
    ) -> list[Element]:
        loops = inner[len(scope) :]
        if loops:
            _drop_bookmarks(source)
        opening = [_mark(f"for {item} in {self.view.lists[item]}") for item in loops]
        wrapped = [*opening, *nodes, *(_mark("endfor") for _ in loops)]
        return [_mark(f"if {condition}"), *wrapped, _mark("endif")] if condition else wrapped

    def _complain(self, block: Element, message: str) -> None:
        self.problems.append(TemplateProblem(self.part.places.of(block), message))


def _drop_bookmarks(blocks: Iterable[Element]) -> None:
    """A name may stand only once in a document, so what repeats carries none."""
    for block in blocks:
        for bookmark in list(block.iter(*_BOOKMARKS)):
            parent = bookmark.getparent()
            if parent is not None:
                parent.remove(bookmark)
