"""Every label of a form and where its answer goes, found by how the form is laid out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sheets_templates.form_reading import Block, Form, Line, Table
from sheets_templates.form_spots import Spot, spots_in_line
from sheets_templates.form_tables import spots_in_table
from sheets_templates.form_words import GAP, can_be_label, gaps, label_text
from sheets_templates.synonyms import guesses

_KNOWN = 0.78
_SURE = 0.85


def find_labels(form: Form) -> tuple[Spot, ...]:
    """The labels of a form in reading order, first those of its body, then of its headers and footers."""
    margins = [spot for blocks in form.margins for spot in _in_margin(blocks)]
    return (*_in_blocks(form.body), *margins)


def _in_margin(blocks: Sequence[Block]) -> Iterator[Spot]:
    """A header or footer has labels only where it has places to write on."""
    for block in blocks:
        if isinstance(block, Table):
            yield from spots_in_table(block, ())
        elif GAP in gaps(block.text):
            yield from spots_in_line(block)


def _in_blocks(blocks: Sequence[Block]) -> Iterator[Spot]:
    said: tuple[str, ...] = ()
    titled = False
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            yield from spots_in_table(block, said)
            continue
        if block.is_blank:
            continue
        found = list(_in_line(blocks, at, said, first=not titled))
        titled = True
        yield from found
        if not found and (block.level is not None or block.strong or _is_short(block)):
            said = (label_text(block.text), *said[:1])


def _in_line(blocks: Sequence[Block], at: int, said: tuple[str, ...], *, first: bool) -> Iterator[Spot]:
    line = blocks[at]
    assert isinstance(line, Line)
    under = _room_under(blocks, at)
    spots = spots_in_line(line, said)
    ends_open = len(spots) == 1 and not spots[0].options and GAP not in gaps(line.text) and not spots[0].filled
    if spots and not (ends_open and under is not None and line.text.rstrip(" \t\u00a0").endswith(":")):
        yield from spots
        return
    if under is None or not can_be_label(line.text) or not _names_a_place(line, blocks, at, first=first):
        return
    yield Spot(
        label=label_text(line.text),
        where=line.where,
        answer=under.where,
        placement="below",
        holder=under,
        said=said,
        lines=(line,),
    )


def _room_under(blocks: Sequence[Block], at: int) -> Line | None:
    """The empty line that follows; None where something else does."""
    follows = blocks[at + 1] if at + 1 < len(blocks) else None
    return follows if isinstance(follows, Line) and follows.is_blank else None


def _names_a_place(line: Line, blocks: Sequence[Block], at: int, *, first: bool) -> bool:
    """Whether a line with room under it is a label, not a heading or a title with space after it."""
    best = guesses(label_text(line.text), limit=1)
    score = best[0].score if best else 0.0
    room = _room(blocks, at)
    boxed = any(isinstance(block, Line) and block.boxed for block in room)
    drawn = any(isinstance(block, Line) and not block.text.isspace() and block.text != "" for block in room)
    after = blocks[at + 1 + len(room)] if at + 1 + len(room) < len(blocks) else None
    if boxed or drawn:
        return True
    if first:
        return False
    asks = line.text.rstrip(" \t\u00a0").endswith((":", "?"))
    if isinstance(after, Table) and len(room) == 1:
        return asks and score >= _SURE
    return asks or len(room) >= 2 or score >= _KNOWN


def _room(blocks: Sequence[Block], at: int) -> list[Block]:
    room: list[Block] = []
    for block in blocks[at + 1 :]:
        if not isinstance(block, Line) or not block.is_blank:
            break
        room.append(block)
    return room


def _is_short(line: Line) -> bool:
    return len(line.text.split()) <= 8 and not re.search(r"[.!]\s*$", line.text)
