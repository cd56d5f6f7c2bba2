"""Worklists: the home card's counts, one list, one mover's lines, and the help by adult."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from google.apps import card_v1 as card

from addon.cards.kit import LEVEL_NAMES, Part, build, button, buttons, call, line, paragraph, short
from addon.views import Links
from addon.work_views import AdultLine, CountLine, WorkLine, WorkView

NAME = "work"
NOTHING = "Nothing waits here."


def count_lines(counts: Sequence[CountLine], links: Links, *, by: str) -> list[card.Widget]:
    """One line each, which opens what it counts. ``by`` is ``list`` or ``mover``."""
    return [line(row.title, below=_counted(row), tap=call(links.work, **{by: row.key})) for row in counts]


def work_card(view: WorkView, links: Links) -> Mapping[str, Any]:
    """What waits, under a heading for each list or for each whose move it is."""
    return build(NAME, title=view.title, subtitle=view.subtitle, parts=_parts(view, links))


def adults_card(adults: Sequence[AdultLine], links: Links) -> Mapping[str, Any]:
    """Every adult who gives help now; a line opens that adult's sessions of the day."""
    lines = [
        line(
            short(row.name, 80),
            above="Less than planned took place" if row.is_short else "",
            below=" · ".join(part for part in (row.load, row.given) if part),
            tap=call(links.today, staff=row.staff_id) if row.staff_id else None,
        )
        for row in adults
    ]
    parts = (Part(widgets=lines or [paragraph("No help is being given now.")]), _back(links))
    return build("adults", title="Help by adult", subtitle="In plans that are running", parts=parts)


def _counted(row: CountLine) -> str:
    return f"{row.count}, {row.late} of them late" if row.late else f"{row.count}"


def _parts(view: WorkView, links: Links) -> Iterator[Part]:
    for title, lines in view.groups:
        yield Part(title=f"{title} ({len(lines)})", widgets=[_line(row, links) for row in lines])
    if not view.groups:
        yield Part(widgets=[paragraph(NOTHING)])
    yield _back(links)


def _back(links: Links) -> Part:
    return Part(widgets=[buttons(button("Back to the start", call(links.check)))], always=True)


def _line(row: WorkLine, links: Links) -> card.Widget:
    level = LEVEL_NAMES.get(row.level, row.level)
    return line(
        f"{short(row.who, 80)}: {short(row.what)}" if row.who else short(row.what),
        above=" · ".join(part for part in (level, row.days) if part),
        below=" · ".join(part for part in (row.cell, short(row.action)) if part),
        tap=call(links.pupil, pupil=row.pupil_id) if row.pupil_id else None,
    )
