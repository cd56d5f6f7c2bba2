"""Whether a child and the parents were heard before a plan was agreed, and where that is written down."""

from __future__ import annotations

from datetime import date

from server.plans.cycle import started
from server.plans.model import View
from server.plans.register import LiveCycle


def child_was_heard(live: LiveCycle, today: date) -> bool:
    """The child's views, or the reason for none, in Assess; else words of the child since the last cycle began."""
    return bool(live.cycle.child_views.strip()) or any(
        _counts(live, view, today) for view in live.views if view.who.casefold() == "child"
    )


def parents_were_consulted(live: LiveCycle, today: date) -> bool:
    """How and when in Assess; else words of a parent, or a meeting with one, since the last cycle began."""
    if live.cycle.parents_consulted.strip() and live.cycle.parents_consulted_date:
        return True
    if any(_counts(live, view, today) for view in live.views if view.who.casefold() == "parent"):
        return True
    return any(
        meeting.is_held and meeting.parent_present and _is_recent(live, meeting.date, today)
        for meeting in live.meetings
    )


def _counts(live: LiveCycle, view: View, today: date) -> bool:
    return bool(view.words.strip()) and _is_recent(live, view.date, today)


def _is_recent(live: LiveCycle, day: date | None, today: date) -> bool:
    """Since the cycle before this one began; for a pupil's first plan, ever."""
    if day is None or day > today:
        return False
    since = started(live.before) if live.before else None
    return since is None or day >= since
