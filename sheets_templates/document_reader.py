"""One part of a template (its body, a header, a footer) as paragraphs with tags, every one checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from sheets_templates.document_places import Places, own_texts
from sheets_templates.document_problem import TemplateProblem, TemplateRefused
from sheets_templates.document_spec import ViewSpec
from sheets_templates.document_styles import Styles, W
from sheets_templates.document_tags import TAG, complaint, tag_path

Element = etree._Element

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Stand for braces that belong to no tag, until docxtpl has repaired the tags."""

_MOST_ELEMENTS = 50_000
_MOST_TAGS = 1_000
_STRAY = str.maketrans({"{": OPEN, "}": CLOSE})
_MARK = re.compile(r"\{[{%#]")
_FIELD = re.compile(r"\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT)\b", re.IGNORECASE)
_COMMENT = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")
_CHANGE = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part's tree, tidied in place, with the tags of each of its paragraphs."""

    root: Element
    tags: Mapping[Element, tuple[str, ...]]
    places: Places
    problems: tuple[TemplateProblem, ...]

    def tags_in(self, *blocks: Element) -> tuple[str, ...]:
        """Every tag of some blocks, in reading order."""
        return tuple(tag for block in blocks for paragraph in block.iter(f"{W}p") for tag in self.tags[paragraph])


def read_part(root: Element, *, kind: str, styles: Styles, view: ViewSpec) -> Part:
    """Read and tidy one part: comments and form controls go, stray braces step aside, tags are checked.

    Raises TemplateRefused for a part so long that it would hold up everybody else's documents."""
    _refuse_overlong(root, kind)
    _tidy(root)
    places = Places(root, kind, styles)
    problems = [TemplateProblem(places.of(element), message) for element, message in _outside_text(root)]
    tags: dict[Element, tuple[str, ...]] = {}
    for paragraph in root.iter(f"{W}p"):
        sources = _sources(paragraph)
        complaints = [message for source in sources if (message := complaint(source, view))]
        problems += [TemplateProblem(places.of(paragraph), message) for message in complaints]
        tags[paragraph] = tuple(path for source in sources if (path := tag_path(source)) in view.tags)
    return Part(root=root, tags=tags, places=places, problems=tuple(problems))


def _refuse_overlong(root: Element, kind: str) -> None:
    tags = sum((text.text or "").count("{{") for text in root.iter(f"{W}t"))
    if tags > _MOST_TAGS or sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        message = "This is far longer than a plan needs to be. Split it into several Docs."
        raise TemplateRefused([TemplateProblem(f"the {kind}", message)])


def _tidy(root: Element) -> None:
    for control in list(root.iter(f"{W}sdt")):
        _replace(control, control.find(f"{W}sdtContent"))
    for comment in list(root.iter(*_COMMENT)):
        _replace(comment, None)


def _replace(element: Element, container: Element | None) -> None:
    """Put a wrapper's children where the wrapper stands; nothing, without a container."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = [] if container is None else list(container)


def _sources(paragraph: Element) -> list[str]:
    """The tags of a paragraph as written, over however many runs; braces outside of them step aside."""
    texts = list(own_texts(paragraph))
    joined = "".join(text.text or "" for text in texts)
    found = list(TAG.finditer(joined))
    within = {at for match in found for at in range(*match.span())}
    at = 0
    for text in texts:
        written = text.text or ""
        text.text = "".join(c if at + i in within else c.translate(_STRAY) for i, c in enumerate(written))
        at += len(written)
    return [match[0] for match in found]


def _outside_text(root: Element) -> Iterator[tuple[Element, str]]:
    """Tags where no tag works (pictures, links, fields), suggested changes, and fields that load files."""
    for element in root.iter(etree.Element):
        held = [*map(str, element.attrib.values()), "" if element.tag == f"{W}t" else element.text or ""]
        if any(map(_MARK.search, held)):
            yield element, "A tag stands in a picture, link or field. Put it into plain text."
        if element.tag in _CHANGE:
            yield element, "There is a suggested change here. Accept or reject it first."
        field = element.get(f"{W}instr", "") + (element.text or "" if element.tag == f"{W}instrText" else "")
        if _FIELD.match(field):
            yield element, "A field here loads another file. Take it out."
