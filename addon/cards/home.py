"""The home card: the school at a glance, what is most urgent, and the way to each pupil."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from google.apps import card_v1 as card

from addon.cards.kit import LEVEL_NAMES, MOST_WIDGETS, Part, build, button, buttons, call, line, paragraph, short
from addon.cards.lines import finding_lines, problem_lines
from addon.cards.work import count_lines
from addon.views import HomeView, Links, PupilLine

NAME = "home"
MOST_URGENT = 12
MOST_PROBLEMS = 20
ON_WORKLISTS = ("block", "red", "amber", "prompt", "staff")


def home_card(view: HomeView, links: Links) -> Mapping[str, Any]:
    """What needs doing today in this school, gravest first."""
    return build(NAME, title=view.school or "SEN plans", subtitle=_who(view), parts=_parts(view, links))


def _who(view: HomeView) -> str:
    return "You publish for this school" if view.is_publisher else "Plans in the workbooks you opened"


def _parts(view: HomeView, links: Links) -> Iterator[Part]:
    urgent = [found for found in view.findings if found.level in ON_WORKLISTS]
    yield Part(widgets=_counts(view), always=True)
    yield Part(widgets=[_buttons(view, links)], always=True)
    yield Part(title="Workbooks", widgets=_workbooks(view, links), always=True)
    yield Part(title="Whose move is next", widgets=count_lines(view.movers, links, by="mover"), always=True)
    yield Part(title="Worklists", widgets=count_lines(view.work, links, by="list"), always=True)
    yield Part(title="Findings", widgets=[paragraph(_by_level(view))], always=True)
    yield Part(title="Most urgent", widgets=finding_lines(urgent[:MOST_URGENT], links))
    yield Part(title="Cells that could not be read", widgets=_unread(view))
    shown = view.pupils[:MOST_WIDGETS]
    yield Part(title="Pupils", widgets=_pupils(shown, links), more=len(view.pupils) - len(shown))


def _shared(view: HomeView) -> str:
    if not view.not_shared:
        return "All shared as they stand now"
    return f"{view.not_shared} not shared as {'it stands' if view.not_shared == 1 else 'they stand'} now"


def _counts(view: HomeView) -> list[card.Widget]:
    return [
        line(f"{view.on_support} on SEN support · {view.on_ehc_plan} with an EHC plan", above="Pupils"),
        line(f"{view.due} due within 14 days · {view.overdue} overdue", above="Reviews"),
        *([line(_shared(view), above="Parents' copies")] if view.is_publisher else []),
    ]


def _buttons(view: HomeView, links: Links) -> card.Widget:
    again, today = button("Check again", call(links.check)), button("Today's sessions", call(links.today))
    adults = button("Help by adult", call(links.work, by="adult"))
    if not view.is_publisher:
        return buttons(again, today, adults, button("Ask the SENCO to share", call(links.publish)))
    return buttons(
        again,
        today,
        adults,
        button("Share with parents", call(links.publish)),
        button("Update the calendar", call(links.sync)),
        button("Use your own form", call(links.form)),
        button("Bring in your own sheet", call(links.sheet)),
    )


def _workbooks(view: HomeView, links: Links) -> list[card.Widget]:
    """What is to be told of the workbooks as a whole, with the way to what can be done about it."""
    waiting = "Some pupils belong in another workbook now. They are read where they stand."
    told = [paragraph(note) for note in view.notes or ((waiting,) if view.looks_after else ())]
    return [*told, buttons(button("See what would change", call(links.workbooks)))] if view.looks_after else told


def _by_level(view: HomeView) -> str:
    counts = Counter(found.level for found in view.findings)
    told = [f"{name}: {counts[level]}" for level, name in LEVEL_NAMES.items() if counts[level] and level != "history"]
    return "\n".join(told) or "Nothing to do today."


def _unread(view: HomeView) -> list[card.Widget]:
    shown = problem_lines(view.problems[:MOST_PROBLEMS])
    left = len(view.problems) - MOST_PROBLEMS
    return [*shown, paragraph(f"{left} more cells could not be read.")] if left > 0 else shown


def _pupils(pupils: Sequence[PupilLine], links: Links) -> list[card.Widget]:
    return [
        line(short(pupil.label), below=pupil.state, tap=call(links.pupil, pupil=pupil.pupil_id)) for pupil in pupils
    ]
