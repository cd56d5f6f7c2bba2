"""What the panel's calls about worklists and the day's sessions do."""

from __future__ import annotations

import re
from datetime import date

from addon.actions import Json, pushed, updated
from addon.cards import adults_card, setup_card, today_card, work_card
from addon.cards.today import EVERYBODY, STAFF
from server.plans.trouble import Invalid
from server.web.handlers import Visit, at_hand_of
from server.web.work_present import adult_lines, list_view, mover_view, today_view
from server.workflows.day_log import Tap
from sheets_templates.ids import is_id

KEY = re.compile(r"[a-z-]{1,40}")
NO_SESSION = "The list doesn't say which session that was. Nothing was changed. Open the list again."
NOTICES = {True: "Written down: it took place.", False: "Written down: it did not take place."}
MOVED = "Somebody was changing this row of Do just then. Nothing was changed."


def worklist(visit: Visit) -> Json:
    """One worklist, one mover's lines, or the help by adult."""
    at_hand = at_hand_of(visit)
    if at_hand is None:
        return pushed(setup_card(visit.links))
    if mover := _key(visit, "mover"):
        return pushed(work_card(mover_view(at_hand, mover), visit.links))
    if _key(visit, "by") == "adult":
        return pushed(adults_card(adult_lines(at_hand), visit.links))
    return pushed(work_card(list_view(at_hand, _key(visit, "list")), visit.links))


def today(visit: Visit) -> Json:
    """The day's sessions; or a tap is written down, and they are shown afresh."""
    if visit.event.parameters.get("took"):
        return _noted(visit)
    at_hand = at_hand_of(visit)
    if at_hand is None:
        return pushed(setup_card(visit.links))
    day, staff_id = _day(visit) or at_hand.today, _staff(visit)
    view = today_view(at_hand, day, at_hand.me if staff_id is None else staff_id)
    if staff_id is None and not view.sessions:
        view = today_view(at_hand, day, "")
    card = today_card(view, visit.links)
    return updated(card, notice="Shown.") if visit.event.parameters.get("show") else pushed(card)


def _noted(visit: Visit) -> Json:
    told, day = visit.event.parameters, _day(visit)
    number = told.get("number", "")
    if day is None or not is_id(told.get("help", "")) or not visit.pupil_id or number not in "12345678" or not number:
        raise Invalid(NO_SESSION)
    tap = Tap(
        pupil_id=visit.pupil_id,
        provision_id=told["help"],
        day=day,
        number=int(number),
        took_place=told["took"] == "yes",
    )
    is_written = visit.services.note_session(visit.caller, tap)
    at_hand = at_hand_of(visit)
    if at_hand is None:
        return pushed(setup_card(visit.links))
    card = today_card(today_view(at_hand, day, _staff(visit) or ""), visit.links)
    return updated(card, notice=NOTICES[tap.took_place] if is_written else MOVED)


def _staff(visit: Visit) -> str | None:
    """Whose list: as chosen, or as the button carries it; "" for everybody's, None where nobody has said."""
    told = visit.event.parameters
    if told.get("show"):
        chosen = next(iter(visit.event.inputs.get(STAFF, ())), EVERYBODY)
        return chosen if chosen != EVERYBODY and is_id(chosen) else ""
    given = told.get("staff", "")
    return given if is_id(given) else None


def _day(visit: Visit) -> date | None:
    try:
        return date.fromisoformat(visit.event.parameters.get("day", ""))
    except ValueError:
        return None


def _key(visit: Visit, name: str) -> str:
    given = visit.event.parameters.get(name, "")
    return given if KEY.fullmatch(given) else ""
