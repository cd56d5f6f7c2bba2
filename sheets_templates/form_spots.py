"""A place of a form to fill in, as its label names it; and those that stand in one line of text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from sheets_templates.form_meaning import confidence
from sheets_templates.form_reading import Cell, Line
from sheets_templates.form_words import BOX, GAP, can_be_label, gaps, is_options, label_text, options_of

Placement = Literal["right", "below", "same", "column", "row", "nested", "options", "matrix"]
Role = Literal["", "column_part", "row_field", "row_key", "column_field"]

_SURE = 0.85
_MOST_WORDS = 6
_TERMS = re.compile(
    rf"(?P<label>[^{GAP}{BOX}]+?)"
    rf"(?:\s*[::]+[ \t\u00a0]*(?P<gap>{GAP}[{GAP} \t]*)|\s*[::]+(?=\t|\n|\s*$)|\s*(?P<bare>{GAP}[{GAP} \t]*))"
)
_FILLED = re.compile(r"^\s*(?P<label>[^::]{2,60}?)\s*[::]\s*(?P<answer>\S.*)$", re.DOTALL)
_SIGNED_BY = re.compile(r"^\s*(signed|signature|agreed)\s*:\s*[^\W\d_][^:\t\n]{2,40}$", re.IGNORECASE)
_WIDE_GAP = re.compile(r"\t|\u00a0{3,}| {3,}")
_MOST_IN_A_LINE = 12


@dataclass(frozen=True, kw_only=True, eq=False)
class Spot:
    """One label and where its answer goes. ``said`` are the words around it, nearest first: headings, the cell it is
    nested in; ``before`` is the label before it in the same line or row. ``group`` tells lists and blocks apart.
    ``cross`` is the other label of a grid's cell. ``holder`` keeps the answer: a cell or a line."""

    label: str
    where: str
    answer: str
    placement: Placement
    holder: Cell | Line
    nth: int = 1
    repeats: bool = False
    role: Role = ""
    group: str = ""
    said: tuple[str, ...] = ()
    before: str = ""
    cross: str = ""
    options: tuple[str, ...] = ()
    filled: bool = False
    sure_place: bool = True
    lines: tuple[Line, ...] = field(default=())


def spots_in_line(line: Line, said: tuple[str, ...] = ()) -> tuple[Spot, ...]:
    """The labels of a line that has their places in it: after a colon, on a dotted line, before boxes."""
    text = gaps(line.text)
    found = tuple(_ticked(line, text) if is_options(text) else _written(line, text))[:_MOST_IN_A_LINE]
    named: list[Spot] = []
    for nth, spot in enumerate(found, 1):
        before = named[-1].label if named else ""
        named.append(replace(spot, nth=nth, said=said, before=before))
    return tuple(named)


def _written(line: Line, text: str) -> Iterator[Spot]:
    if (signed := _SIGNED_BY.match(text)) and can_be_label(signed[0]):
        yield _spot(line, signed[0])
        return
    found = False
    for match in _TERMS.finditer(text):
        label = _last_part(match["label"], first=match.start() == 0, colon=not match["bare"])
        if can_be_label(label):
            found = True
            yield _spot(line, label)
    filled = None if found else _FILLED.match(text)
    if filled and _is_well_known(filled["label"]):
        yield _spot(line, filled["label"], filled=GAP not in filled["answer"])


def _last_part(text: str, *, first: bool, colon: bool) -> str:
    """What names the blank: the words after the last wide space, where those before it say something else."""
    pieces = [piece for piece in _WIDE_GAP.split(text.strip(" \t\n\u00a0")) if piece.strip()]
    if not pieces or (first and colon and "\t" in text and len(pieces) == 2 and len(text.split()) <= 4):
        return " ".join(pieces)
    return pieces[-1]


def _ticked(line: Line, text: str) -> Iterator[Spot]:
    """A question before its boxes, or one statement with a box of its own; then labels with blanks after them."""
    head, _, rest = text.partition(BOX)
    question = re.match(r"(?P<label>.*[:?])\s*(?P<first>[^:?]*)$", head.strip(), re.DOTALL)
    if question and can_be_label(question["label"]):
        label = question["label"]
        yield _spot(line, label, placement="options", options=options_of(text))
    elif not head.strip() and BOX not in rest and len(rest.split()) > 4 and can_be_label(rest):
        yield _spot(line, rest, placement="options")
    elif head.strip() and _ends_in_words(text) and len(options_of(text)) > 1 and can_be_label(head):
        yield _spot(line, head, placement="options", options=options_of(text))
    elif "\t" in head.strip() or "   " in head.strip():
        first = _WIDE_GAP.split(head.strip())[0]
        if can_be_label(first):
            yield _spot(line, first, placement="options", options=options_of(text))
    tail = text.rpartition(BOX)[2]
    if GAP in tail:
        yield from (_spot(line, spot.label) for spot in _written(line, tail))


def _is_well_known(label: str) -> bool:
    return can_be_label(label) and len(label.split()) <= _MOST_WORDS and confidence(label) >= _SURE


def _ends_in_words(text: str) -> bool:
    """Whether each box stands before its words: what stands before the first is then the question."""
    tail = text.rpartition(BOX)[2]
    return any(letter.isalnum() for letter in tail) and ":" not in tail and GAP not in tail


def _spot(
    line: Line,
    label: str,
    *,
    placement: Placement = "same",
    options: tuple[str, ...] = (),
    filled: bool = False,
) -> Spot:
    return Spot(
        label=label_text(label),
        where=line.where,
        answer=line.where,
        placement=placement,
        holder=line,
        options=options,
        filled=filled,
        lines=(line,),
    )
