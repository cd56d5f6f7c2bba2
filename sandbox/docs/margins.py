"""Page headers and footers: those of each section, for all pages, for first ones and for even ones.

The first section's are the document's. Source: the discovery document (DocumentStyle, SectionStyle)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document

from sandbox.docs import tree
from sandbox.docs.tree import Segment

_PAGES = {"default": "", "firstPage": "first_page_", "evenPage": "even_page_"}


@dataclass(frozen=True, kw_only=True)
class Margin:
    """One header or footer (``kind``) with what it holds."""

    section: int
    page: str
    kind: str
    segment: Segment

    @property
    def field(self) -> str:
        """The field of a document's or section's style that names it."""
        return f"{self.page}{self.kind.title()}Id"


def of(document: Document) -> list[Margin]:
    """Every header and footer, the first section's before the others'."""
    return list(_margins(document))


def make(document: Document, section: int, kind: str) -> str:
    """A new one for all pages of a section, empty; its id."""
    getattr(document.sections[section], kind).is_linked_to_previous = False
    return _id(section, "default", kind)


def remove(document: Document, margin: Margin) -> None:
    """Take one away; its pages have the section's before then, or none."""
    getattr(document.sections[margin.section], _PAGES[margin.page] + margin.kind).is_linked_to_previous = True


def _margins(document: Document) -> Iterator[Margin]:
    for number, section in enumerate(document.sections):
        for page, prefix in _PAGES.items():
            for kind in ("header", "footer"):
                part: Any = getattr(section, prefix + kind)
                if not part.is_linked_to_previous:
                    segment = tree.segment(_id(number, page, kind), part._element, part.part)
                    yield Margin(section=number, page=page, kind=kind, segment=segment)


def _id(section: int, page: str, kind: str) -> str:
    name = kind if page == "default" else f"{page}{kind.title()}"
    return f"kix.{name}{section + 1 if section else ''}"
