"""What a guest may do to an invitation on their own calendar."""

from __future__ import annotations

from dataclasses import replace

from sandbox.calendar import errors
from sandbox.calendar.copies import OWN_LOOKS, answer, master_of, spread
from sandbox.calendar.draft import GUEST_RULES, Draft
from sandbox.calendar.people import Guest, emails
from sandbox.calendar.state import Event, calendar_state
from sandbox.call import Call


def change(call: Call, copy: Event, draft: Draft) -> None:
    """A guest's edit. Their answer and added guests reach everybody; where guests may modify, all of it does; the
    rest stays in their own copy until the organiser's next change. 403 for what is the organiser's alone."""
    master = master_of(call.workspace, copy)
    may_modify = bool(copy.draft.says("guestsCanModify"))
    if any(copy.draft.says(key) != draft.says(key) for key in GUEST_RULES):
        raise errors.organizer_only()
    added = _added_guests(copy, draft, may_modify)
    mine = _answer(copy, draft)
    copy.cancelled = False
    copy.draft = replace(draft, guests=copy.draft.guests)
    _touch(call, copy)
    if master is not None and (may_modify or added):
        master.draft = _theirs(master, draft if may_modify else master.draft, added)
        _touch(call, master)
        spread(call.workspace, master, master.touched)
    if mine is not None:
        answer(call.workspace, copy, mine.response, copy.touched, comment=mine.comment)


def decline(call: Call, copy: Event) -> None:
    """A guest's own deletion: gone from their calendar, declined on the organiser's."""
    copy.cancelled = True
    _touch(call, copy)
    answer(call.workspace, copy, "declined", copy.touched)


def _answer(copy: Event, draft: Draft) -> Guest | None:
    """The guest's own line where it differs from what stood there."""
    before = {guest.email: guest for guest in copy.draft.guests}.get(copy.calendar_id)
    after = {guest.email: guest for guest in draft.guests}.get(copy.calendar_id)
    return after if after is not None and after != before else None


def _added_guests(copy: Event, draft: Draft, may_modify: bool) -> tuple[Guest, ...]:
    shown = emails(copy.draft.guests)
    if not copy.draft.says("guestsCanSeeOtherGuests"):
        shown = frozenset({copy.calendar_id})
    added = tuple(guest for guest in draft.guests if guest.email not in emails(copy.draft.guests))
    may_invite = may_modify or bool(copy.draft.says("guestsCanInviteOthers"))
    if (added and not may_invite) or (shown - emails(draft.guests) and draft.guests and not may_modify):
        raise errors.organizer_only()
    return added


def _theirs(master: Event, draft: Draft, added: tuple[Guest, ...]) -> Draft:
    """The organiser's draft after a guest's allowed change: their private part and colours stay."""
    plain = {key: value for key, value in draft.plain.items() if key not in OWN_LOOKS}
    plain.update({key: master.draft.plain[key] for key in OWN_LOOKS if key in master.draft.plain})
    return replace(
        draft,
        plain=plain,
        guests=master.draft.guests + added,
        private=master.draft.private,
        reminders=master.draft.reminders,
    )


def _touch(call: Call, event: Event) -> None:
    state = calendar_state(call.workspace)
    event.updated = event.touched = state.tick(call.workspace)
    event.change = state.next_change()
