"""The governors' report as a document: a page or two of counts. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from server.plans.copy_words import day_in_words
from server.plans.governors import Part
from server.plans.small_numbers import FEWEST, TOO_FEW
from sheets_templates.document_spec import Block, DocumentSpec, ViewSpec

TITLE = "SEN report for governors"
ABOUT = (
    "Counts of the whole school on {day}. They name no pupil and single nobody out: what fewer than {fewest} pupils "
    "stand behind is put together with other counts, or left out."
)
HEAD = ("What", "How many")
_NO_TAGS = ViewSpec(name="record", tags={}, lists={})


def governors_document(parts: Sequence[Part], *, school: str, day: date) -> DocumentSpec:
    """The report of a school on a day."""
    blocks = (
        Block(text=TITLE, style="Title"),
        *((Block(text=school, style="Subtitle"),) if school else ()),
        Block(text=ABOUT.format(day=day_in_words(day), fewest=FEWEST)),
        *(block for part in parts for block in _part(part)),
    )
    return DocumentSpec(name="governors", title=TITLE, footer=f"{TITLE} · ", view=_NO_TAGS, blocks=blocks)


def _part(part: Part) -> Iterator[Block]:
    yield Block(text=part.title, style="Heading 1")
    yield Block(facts=part.facts, head=HEAD) if part.facts else Block(text=f"{TOO_FEW}.")
