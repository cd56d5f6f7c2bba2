"""The tags that stand in a tagged copy, in reading order; one of them changed for another. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from sheets_templates.document_package import open_package, xml_bytes, zip_parts
from sheets_templates.document_places import own_texts
from sheets_templates.document_styles import W
from sheets_templates.document_tags import TAG, tag_path
from sheets_templates.form_tidying import write_over

_LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One tag of a copy. ``number`` counts from 1 in reading order; ``said`` are the words next before it."""

    number: int
    tag: str
    said: str


def standing_tags(docx: bytes) -> tuple[Standing, ...]:
    """Every tag of a template with the words before it. Raises TemplateRefused for an unsafe file."""
    package = open_package(docx)
    found: list[Standing] = []
    for name in package.named("document.main", "header", "footer"):
        before = ""
        for paragraph in package.trees[name].iter(f"{W}p"):
            text = "".join(each.text or "" for each in own_texts(paragraph))
            at = 0
            for match in TAG.finditer(text):
                before = text[at : match.start()].strip(" :\t") or before
                found.append(Standing(number=len(found) + 1, tag=tag_path(match[0]), said=before[-_LONGEST:]))
                at = match.end()
            before = text[at:].strip(" :\t") or before
    return tuple(found)


def change_tag(docx: bytes, number: int, tag: str) -> bytes:
    """The same template with one tag put in place of another; "" takes it out. Nothing else of it changes.

    Raises LookupError where there is no such tag, TemplateRefused for an unsafe file."""
    package = open_package(docx)
    names = package.named("document.main", "header", "footer")
    spans = (span for name in names for p in package.trees[name].iter(f"{W}p") for span in _spans(p))
    chosen = next((span for count, span in enumerate(spans, 1) if count == number), None)
    if chosen is None:
        raise LookupError(number)
    write_over(*chosen, f"{{{{ {tag} }}}}" if tag else "")
    trees = package.trees
    return zip_parts(
        (name, xml_bytes(trees[name]) if name in trees else package.blobs[name]) for name in package.order
    )


def _spans(paragraph: etree._Element) -> Iterator[tuple[list[etree._Element], int, int]]:
    texts = list(own_texts(paragraph))
    joined = "".join(text.text or "" for text in texts)
    yield from ((texts, *match.span()) for match in TAG.finditer(joined))
