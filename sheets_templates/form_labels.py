"""Every label of a form and where its answer goes, found by how the form is laid out. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sheets_templates.form_meaning import confidence
from sheets_templates.form_reading import Block, Form, Line, Table
from sheets_templates.form_spots import Spot, spots_in_line
from sheets_templates.form_tables import spots_in_table
from sheets_templates.form_words import (
    BOX,
    GAP,
    can_be_label,
    ends_in_question,
    gaps,
    is_options,
    label_text,
    options_of,
)

_HEARD = 0.62
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
    asking = _levels_that_ask(blocks)
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            yield from spots_in_table(block, said)
            continue
        if block.is_blank:
            continue
        found = list(_in_line(blocks, at, said, first=not titled, asks=block.level in asking))
        titled = True
        yield from found
        if not found and (block.level is not None or block.strong or _is_short(block)):
            said = (label_text(block.text), *said[:1])


def _in_line(blocks: Sequence[Block], at: int, said: tuple[str, ...], *, first: bool, asks: bool) -> Iterator[Spot]:
    line = blocks[at]
    assert isinstance(line, Line)
    spots = spots_in_line(line, said)
    ends_open = len(spots) == 1 and not spots[0].options and GAP not in gaps(line.text) and not spots[0].filled
    asked = line.text.rstrip(" \t\u00a0").endswith(":")
    under = _under(blocks, at)
    if spots and not (ends_open and under is not None and asked):
        over = blocks[at - 1] if at else None
        if not (spots[0].filled and _is_guidance(line) and isinstance(over, Line) and _is_title(over)):
            yield from spots
        return
    if under is None or not can_be_label(line.text):
        return
    if not asks and not _names_a_place(line, blocks, at, first=first):
        return
    options = options_of(under.text)
    yield Spot(
        label=label_text(line.text),
        where=line.where,
        answer=under.where,
        placement="options" if options else "below",
        holder=under,
        said=said,
        options=options,
        lines=(line,),
    )


def _levels_that_ask(blocks: Sequence[Block]) -> frozenset[int]:
    """The levels of headings that are labels here: each has room under it, mostly more than a heading's space."""
    rooms: dict[int, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if isinstance(block, Line) and block.level is not None and not block.is_blank:
            under = _under(blocks, at)
            start = next((place for place in range(at + 1, len(blocks)) if blocks[place] is under), at + 1)
            rooms[block.level].append(len(_room(blocks, start)) if under is not None else 0)
    return frozenset(
        level
        for level, found in rooms.items()
        if len(found) > 1 and all(found) and sum(room > 1 for room in found) * 2 >= len(found)
    )


def _is_title(line: Line) -> bool:
    return line.level is not None or line.strong


def _is_guidance(block: Block) -> bool:
    """Whether a line tells how to answer the label above it."""
    if not isinstance(block, Line) or _is_title(block) or block.is_blank or is_options(block.text):
        return False
    return GAP not in gaps(block.text) and (block.slanted or block.text.rstrip().endswith((".", "?", ")")))


def _under(blocks: Sequence[Block], at: int) -> Line | None:
    """Where the answer to a line goes: the empty line, or the boxes, after it and its guidance; None elsewhere."""
    after = at + 1
    while after < len(blocks) and after <= at + 2 and _is_guidance(blocks[after]):
        after += 1
    follows = blocks[after] if after < len(blocks) else None
    if not isinstance(follows, Line):
        return None
    boxes = is_options(follows.text) and not gaps(follows.text).partition(BOX)[0].strip()
    return follows if follows.is_blank or (boxes and len(options_of(follows.text)) > 1) else None


def _names_a_place(line: Line, blocks: Sequence[Block], at: int, *, first: bool) -> bool:
    """Whether a line with room under it is a label, not a heading or a title with space after it."""
    under = _under(blocks, at)
    start = next((place for place in range(at + 1, len(blocks)) if blocks[place] is under), at + 1)
    room = _room(blocks, start)
    if any(block.boxed or is_options(block.text) for block in room):
        return True
    if any(not block.text.isspace() and block.text != "" for block in room):
        return True
    if first:
        return False
    after = blocks[start + len(room)] if start + len(room) < len(blocks) else None
    asks = line.text.rstrip(" \t\u00a0").endswith(":") or ends_in_question(line.text)
    known = confidence(label_text(line.text))
    plain_bold = line.strong and line.level is None
    if isinstance(after, Table) and len(room) == 1:
        return (asks or plain_bold) and known >= _SURE
    return (plain_bold and known >= _HEARD) or asks or start > at + 1 or len(room) >= 2 or known >= _KNOWN


def _room(blocks: Sequence[Block], start: int) -> list[Line]:
    room: list[Line] = []
    for block in blocks[start:]:
        if not isinstance(block, Line) or not (block.is_blank or (not room and is_options(block.text))):
            break
        room.append(block)
    return room


def _is_short(line: Line) -> bool:
    return len(line.text.split()) <= 8 and not re.search(r"[.!]\s*$", line.text)
