"""A review written down in the side panel: what it lacks, one form at a time, its close, and the next turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from google.apps import card_v1 as card

from addon.cards.kit import Part, build, button, buttons, call, line, paragraph, short
from addon.review_views import NextView, ReviewLine, ReviewView
from addon.views import Links

NAME = "review"


def review_card(view: ReviewView, links: Links) -> Mapping[str, Any]:
    """One turn's review: what is still to be written down, row by row, and what may be done once it is."""
    return build(NAME, title=view.label, subtitle=view.state, parts=_parts(view, links))


def _parts(view: ReviewView, links: Links) -> Iterator[Part]:
    yield Part(widgets=[paragraph(text) for text in view.notices], always=True)
    yield Part(widgets=_next_steps(view, links), always=True)
    yield Part(title="Still to be written down", widgets=[_row(view, each, links) for each in view.lacks])
    if view.meeting:
        yield Part(title="The meeting", widgets=[_row(view, view.meeting, links)], always=True)
    yield Part(title="Outcomes", widgets=[_row(view, each, links) for each in view.outcomes])
    yield Part(title="The help", widgets=[_row(view, each, links) for each in view.help_given])
    more = buttons(button("Add an action", _tap(view, links, "form", form="action")))
    told = [_row(view, each, links) for each in view.actions]
    yield Part(title="Who does what by when", widgets=told)
    yield Part(widgets=[more], always=True)
    others = [line(words, tap=call(links.review, pupil=view.pupil_id, cycle=name)) for name, words in view.others]
    yield Part(title="Other cycles", widgets=others)


def _next_steps(view: ReviewView, links: Links) -> list[card.Widget]:
    shown = [button("Close the review", _tap(view, links, "close"))] if view.can_close else []
    if view.goes_on:
        shown.append(button("See the next cycle", _tap(view, links, "next")))
    return [buttons(*shown)] if shown else []


def _row(view: ReviewView, each: ReviewLine, links: Links) -> card.Widget:
    tap = _tap(view, links, "form", form=each.form, row=each.row)
    return line(short(each.text), above=short(each.above, 120), below=short(each.state, 200), tap=tap)


def _tap(view: ReviewView | NextView, links: Links, do: str, **more: str) -> card.OnClick:
    told = {name: value for name, value in more.items() if value}
    return call(links.review, pupil=view.pupil_id, cycle=view.cycle_id, do=do, **told)


def next_card(view: NextView, links: Links) -> Mapping[str, Any]:
    """What the next turn would be, before anything is written: what goes on, what ends, and what is to be settled."""
    number = f"Cycle {view.number}: nothing has been written yet" if view.number else ""
    return build(NAME, title=view.label, subtitle=number, parts=_draft(view, links))


def _draft(view: NextView, links: Links) -> Iterator[Part]:
    if view.refusal:
        yield Part(widgets=[paragraph(view.refusal)], always=True)
    if view.can_write:
        yield Part(widgets=[buttons(button("Write this as a draft", _tap(view, links, "write")))], always=True)
    musts = [line(short(words), above=cell) for cell, words in view.musts]
    yield Part(title="Please settle first: nothing is written before", widgets=musts, always=True)
    yield Part(title="Next review", widgets=[paragraph(view.review_due)] if view.review_due else [], always=True)
    yield Part(title="Goes on", widgets=[line(short(text)) for text in (*view.carried, *view.kept)])
    yield Part(title="Has ended", widgets=[line(short(text)) for text in view.ended])
    yield Part(
        title="Also follows from the review", widgets=[line(short(text)) for text in view.follows], always=True
    )
    yield Part(title="For you to decide", widgets=[line(short(words), above=cell) for cell, words in view.asks])
