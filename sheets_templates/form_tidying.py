"""What a form says to whoever fills it in, taken out of its copy; and marks like ``[FIRSTNAME]``, made tags. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from sheets_templates.document_places import own_texts
from sheets_templates.document_styles import W
from sheets_templates.form_meaning import meanings
from sheets_templates.form_reading import Cell, Line, Table
from sheets_templates.form_text import is_on
from sheets_templates.form_words import is_aside

Element = etree._Element

_PROMPT = re.compile(
    r"(?:click|tap|press|choose|select|enter|insert|type)\b.{0,60}|d{1,2}\s?[/.\-]\s?m{1,2}\s?[/.\-]\s?y{2,4}|0{2,4}",
    re.IGNORECASE,
)
_MARK = re.compile(r"\[[^\[\]{}]{2,30}\]|«[^»{}]{2,30}»|<[A-Za-z][^<>{}]{1,30}>")
_RULE = re.compile(r"[\s_.…]*(?:_{8}|\.{12}|…{4})[\s_.…]*")
_SURE = 0.93
_CALLED = frozenset({"pupil.legal_name.first", "pupil.known_as"})
_NAMED = _CALLED | {"pupil.legal_name"}


def drop_prompts(lines: Iterable[Line], root: Element) -> None:
    """Empty the boxes that only say "Click to enter text" or "dd/mm/yyyy", and stay without a tag."""
    for line in lines:
        if _PROMPT.fullmatch(_words(line.element).strip()) and line.is_blank:
            _empty(line.element)
    for control in root.iter(f"{W}sdt"):
        if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None and "{{" not in _words(control):
            _empty(control)


def drop_guidance(cell: Cell) -> None:
    """Take out the instructions of a box that has an answer now: the slanted lines between its label and its tag."""
    first, *rest = cell.lines
    for line in rest:
        if line.level is None and not first.slanted and not line.is_empty and (line.slanted or is_aside(line.text)):
            _take_out(line.element)


def drop_rules(line: Line) -> None:
    """Take out the ruled lines that go on under a line whose answer has a tag now."""
    below = line.element.getnext()
    while below is not None and below.tag == f"{W}p" and _RULE.fullmatch(_words(below)):
        line_below, below = below, below.getnext()
        _take_out(line_below)


def tag_marks(root: Element) -> None:
    """Make a mark that stands for the child's name a tag: ``[FIRSTNAME]’s story`` tells whose story it is."""
    for paragraph in root.iter(f"{W}p"):
        texts = list(own_texts(paragraph))
        joined = "".join(text.text or "" for text in texts)
        for found in reversed(list(_MARK.finditer(joined))):
            if words := _tag_for(found[0][1:-1]):
                write_over(texts, found.start(), found.end(), words)


def _tag_for(mark: str) -> str:
    best = next(iter(meanings(re.sub(r"(?i)^(first|last|full|known|fore)(name|as)$", r"\1 \2", mark))), None)
    if best is None or best.score < _SURE or best.field not in _NAMED:
        return ""
    return "{{ pupil.called }}" if best.field in _CALLED else "{{ pupil.legal_name }}"


def write_over(texts: Iterable[Element], start: int, end: int, words: str) -> None:
    """Write over a stretch that may run over several runs; the first of them keeps the new words."""
    at = 0
    for text in texts:
        written = text.text or ""
        left, right = max(start - at, 0), min(end - at, len(written))
        at += len(written)
        if left < right:
            text.text = written[:left] + words + written[right:]
            words = ""


def lines_of(blocks: Iterable[Line | Table]) -> Iterator[Line]:
    """Every line of a form, those in its cells too."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from lines_of(cell.blocks)


def plain_look(look: Element | None) -> None:
    """Take the look of a placeholder, grey and slanted, off what is written in its place."""
    if look is not None:
        for name in ("color", "i", "iCs", "rStyle"):
            for element in look.findall(f"{W}{name}"):
                look.remove(element)


def _empty(element: Element) -> None:
    for text in element.iter(f"{W}t"):
        text.text = ""


def _words(element: Element) -> str:
    runs = (run for run in element.iter(f"{W}r") if not is_on(run, "vanish"))
    return "".join(text.text or "" for run in runs for text in run.iterchildren(f"{W}t"))


def _take_out(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
