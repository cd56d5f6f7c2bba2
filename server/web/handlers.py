"""What each call of the add-on does. Handlers return values; they read nothing but their visit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from addon.actions import Json, opened, pushed, request_file_scope, start_over, updated
from addon.cards import ask_card, file_scope_card, home_card, pupil_card, result_card, setup_card
from addon.cards.setup import SHAPE
from addon.event import Event
from addon.views import Links
from server.plans.trouble import Invalid, NotMade, NotVisible
from server.web.ports import AtHand, Caller, Done, WebServices
from server.web.present import ask_view, home_view, pupil_view, result_view

PUPIL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One call: what happened, who did it, and what may be done about it."""

    event: Event
    caller: Caller
    services: WebServices
    links: Links

    @property
    def pupil_id(self) -> str:
        """The pupil that a button names, or ""."""
        named = self.event.parameters.get("pupil", "")
        return named if PUPIL_ID.fullmatch(named) else ""


def home(visit: Visit) -> Json:
    """The panel was opened."""
    return opened(_first_card(visit))


def sheets_home(visit: Visit) -> Json:
    """The panel was opened beside a spreadsheet."""
    if visit.event.lacks_file_scope:
        return opened(file_scope_card(visit.links))
    return home(visit)


def check(visit: Visit) -> Json:
    """Read everything again and start from the first card."""
    return start_over(_first_card(visit))


def pupil(visit: Visit) -> Json:
    """One pupil's card."""
    at_hand = at_hand_of(visit)
    if at_hand is None:
        return pushed(setup_card(visit.links))
    found = next((row for row in at_hand.school.pupils if row.pupil_id == visit.pupil_id), None)
    if found is None:
        raise Invalid("This pupil is no longer in the workbooks. Nothing was changed.")
    card = pupil_card(pupil_view(at_hand, found), visit.links)
    return updated(card, notice="Checked again.") if visit.event.parameters.get("again") else pushed(card)


def publish(visit: Visit) -> Json:
    """Share with parents; for a teacher, how to ask for it."""
    done = visit.services.publish(visit.caller, pupil_id=visit.pupil_id or None)
    return _told(visit, "Sharing with parents", done)


def sync(visit: Visit) -> Json:
    """Bring the calendar up to date."""
    return _told(visit, "Review meetings in the calendar", visit.services.sync(visit.caller))


def setup(visit: Visit) -> Json:
    """Make what a school needs."""
    shape = next(iter(visit.event.inputs.get(SHAPE, ())), "")
    return _told(visit, "Setting up SEN plans", visit.services.install(visit.caller, shape=shape))


def file_scope(_visit: Visit) -> Json:
    """Ask for the spreadsheet beside the panel. Google then calls the file-granted trigger."""
    return request_file_scope()


def _told(visit: Visit, title: str, done: Done | None) -> Json:
    if done is None:
        return pushed(ask_card(ask_view(at_hand_of(visit), visit.pupil_id), visit.links))
    return pushed(result_card(result_view(title, done), visit.links), changed=done.changed)


def _first_card(visit: Visit) -> Json:
    at_hand = at_hand_of(visit)
    return home_card(home_view(at_hand), visit.links) if at_hand else setup_card(visit.links)


def at_hand_of(visit: Visit) -> AtHand | None:
    """The school, or None where this person has none, or has opened some other spreadsheet."""
    try:
        return visit.services.survey(visit.caller)
    except (NotVisible, NotMade):
        return None
