"""What the panel's calls about one finding do: explain it, keep it quiet with a reason, or let it speak again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from addon.actions import Json, pushed
from addon.cards import finding_card, result_card
from addon.cards.finding import BY, HEAR, KEEP, REASON, UNTIL
from addon.finding_views import FindingView
from server.plans.explain import BY_RULE
from server.plans.quiet import Wish
from server.plans.register import Register
from server.plans.trouble import Invalid
from server.web.finding_view import finding_view
from server.web.handlers import Visit
from server.web.ports import Done
from server.web.present import result_view
from sheets_templates.ids import is_id

RULE = re.compile(r"R\d\d")
NO_RULE = "There is no such check. Nothing was changed."
NO_SCHOOL = "No plans are open to you any more. Nothing was changed."


def finding(visit: Visit) -> Json:
    """The card of a finding, after doing what the button asks for."""
    do = visit.event.parameters.get("do", "")
    if do == KEEP:
        return _kept(visit)
    if do == HEAR:
        done = visit.services.speak_again(visit.caller, visit.pupil_id, _id(visit, "exception"))
        return _told(visit, "A check speaks again", done)
    return pushed(finding_card(_view(visit), visit.links))


def _kept(visit: Visit) -> Json:
    """Quiet now; or the same card once more, with what was typed and what is missing."""
    wish = Wish(
        pupil_id=visit.pupil_id,
        rule=_rule(visit),
        row=_id(visit, "row"),
        until=_day(visit),
        reason=_input(visit, REASON),
        by_staff=_input(visit, BY),
    )
    try:
        done = visit.services.keep_quiet(visit.caller, wish)
    except Invalid as refused:
        view = replace(
            _view(visit), wrong=refused.message, typed=wish.reason, until=wish.until, decider=wish.by_staff
        )
        return pushed(finding_card(view, visit.links))
    return _told(visit, "Kept quiet", done)


def _told(visit: Visit, title: str, done: Done) -> Json:
    return pushed(result_card(result_view(title, done), visit.links), changed=done.changed)


def _view(visit: Visit) -> FindingView:
    rule = _rule(visit)
    at_hand = visit.services.survey(visit.caller)
    if at_hand is None:
        raise Invalid(NO_SCHOOL)
    register = Register(at_hand.school, at_hand.today)
    return finding_view(at_hand, register, rule, visit.pupil_id, _id(visit, "row"), visit.caller.email)


def _rule(visit: Visit) -> str:
    named = visit.event.parameters.get("rule", "")
    if not RULE.fullmatch(named) or named not in BY_RULE:
        raise Invalid(NO_RULE)
    return named


def _id(visit: Visit, name: str) -> str:
    named = visit.event.parameters.get(name, "")
    return named if is_id(named) else ""


def _input(visit: Visit, name: str) -> str:
    return next(iter(visit.event.inputs.get(name, ())), "")


def _day(visit: Visit) -> date | None:
    """The day of a date picker: midnight of it, UTC, in milliseconds."""
    text = _input(visit, UNTIL)
    try:
        return datetime.fromtimestamp(int(text) / 1000, UTC).date() if text else None
    except (ValueError, OverflowError, OSError):
        return None
