"""The day's sessions, each with one tap to say whether it took place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from google.apps import card_v1 as card

from addon.cards.kit import Part, build, button, buttons, call, choice, line, paragraph, short
from addon.views import Links
from addon.work_views import SessionLine, TodayView

NAME = "today"
STAFF = "staff"
EVERYBODY = "-"
MOST_SESSIONS = 45
STATES = {"yes": "Took place", "no": "Did not take place"}
NO_SCHOOL = "There is no school on this day."
NO_SESSIONS = "No help is planned for this day."
HINT = "A tap writes one row of Do. Add how the child responded there, or why it was missed."


def today_card(view: TodayView, links: Links) -> Mapping[str, Any]:
    """Whoever gives help sees the day's list and says what took place."""
    done = sum(bool(row.state) for row in view.sessions)
    told = f"{done} of {len(view.sessions)} written down" if view.sessions else ""
    return build(NAME, title=view.title, subtitle=told, parts=_parts(view, links))


def _parts(view: TodayView, links: Links) -> Iterator[Part]:
    if view.staff:
        yield Part(widgets=_whose(view, links), always=True)
    shown = view.sessions[:MOST_SESSIONS]
    for row in shown:
        yield Part(widgets=[_session(row), _taps(view, row, links)])
    if not view.sessions:
        yield Part(widgets=[paragraph(NO_SESSIONS if view.is_school_day else NO_SCHOOL)])
    else:
        yield Part(widgets=[paragraph(HINT)], more=len(view.sessions) - len(shown))
    yield Part(widgets=[buttons(button("Back to the start", call(links.check)))], always=True)


def _whose(view: TodayView, links: Links) -> list[card.Widget]:
    offered = {EVERYBODY: "Everybody's sessions", **dict(view.staff)}
    chosen = view.chosen or EVERYBODY
    return [
        choice(STAFF, "Whose sessions", offered, chosen=chosen),
        buttons(button("Show these", call(links.today, day=view.day, show="yes"))),
    ]


def _session(row: SessionLine) -> card.Widget:
    return line(
        short(row.what),
        above=" · ".join(part for part in (short(row.who, 80), STATES.get(row.state, "")) if part),
        below=" · ".join(part for part in (row.by, row.detail) if part),
    )


def _taps(view: TodayView, row: SessionLine, links: Links) -> card.Widget:
    """The tap that would change something; both while nobody has said anything."""
    told = {
        "day": view.day,
        "pupil": row.pupil_id,
        "help": row.provision_id,
        "number": str(row.number),
        **({"staff": view.chosen} if view.chosen else {}),
    }
    given = [("yes", "Took place"), ("no", "Did not")]
    return buttons(
        *(button(text, call(links.today, took=took, **told)) for took, text in given if took != row.state),
    )
