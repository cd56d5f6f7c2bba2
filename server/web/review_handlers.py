"""What the panel's calls about a review do: look at it, write one form down, close it, go on to the next turn."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from addon.actions import Json, pushed, stepped_back, updated
from addon.cards import entry_card, next_card, result_card, review_card
from addon.cards.review_form import NOT_CHOSEN
from server.plans.model import Cycle
from server.plans.register import Register
from server.plans.review_forms import FORMS, Entry, Typed
from server.plans.trouble import Invalid
from server.web.handlers import Visit
from server.web.ports import Done
from server.web.present import result_view
from server.web.review_present import cycle_shown, day, entry_view, next_view, review_view
from server.workflows.next_cycle import GoingOn
from sheets_templates.catalogue import load

NO_CYCLE = "This pupil has no cycle to review yet. Start one in Assess. Nothing was changed."
GONE = "This pupil is no longer in the workbooks. Nothing was changed."
BUSY_ROW = "Somebody was changing this row at the same moment, so nothing was saved. Save again."
NOT_CLOSED = "Something is still to be written down, so the review was not closed."
AS_TYPED = "What was typed in the workbooks stayed as it is."
LOOK_AGAIN = "Somebody was changing a row at the same moment, and it was left. Look at the next cycle once more."
TOO_LONG = "What you typed is too long for this panel, so nothing was saved. Go back, and put it into the workbook."
BOXES = frozenset({"bool", "refs", "choices"})
TYPED = frozenset({"text", "longtext", "lines"})
LONGEST_NAME = 80
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


def review(visit: Visit) -> Json:
    """The review's card, or one of its forms, after what the button asks for."""
    match visit.event.parameters.get("do", ""):
        case "form":
            register, cycle = _at_hand(visit)
            return pushed(entry_card(entry_view(register, cycle, _form(visit), _named(visit, "row")), visit.links))
        case "save":
            return _saved(visit)
        case "close":
            return _closed(visit)
        case "next":
            going = visit.services.next_turn(visit.caller, _pupil(visit), _named(visit, "cycle"), write=False)
            return pushed(next_card(next_view(going), visit.links))
        case "write":
            going = visit.services.next_turn(visit.caller, _pupil(visit), _named(visit, "cycle"), write=True)
            done = result_view("The next cycle", told_of(going))
            return pushed(result_card(done, visit.links), changed=going.is_written)
        case "back":
            return stepped_back(review_card(review_view(*_at_hand(visit)), visit.links))
    return pushed(review_card(review_view(*_at_hand(visit)), visit.links))


def _saved(visit: Visit) -> Json:
    typed = _typed(visit)
    done = visit.services.record_review(visit.caller, _pupil(visit), typed)
    register, cycle = done.register, _cycle(done.register, visit)
    entry = done.entry if not done.entered.moved else Entry(conflict=(BUSY_ROW,))
    if entry.is_refused:
        shown = entry_view(register, cycle, typed.form, typed.row_id, typed, entry)
        return updated(entry_card(shown, visit.links), notice="Not saved. What you typed is still here.")
    notice = "Saved." if done.is_written else "The workbook said so already."
    return stepped_back(review_card(review_view(register, cycle, [notice]), visit.links))


def _closed(visit: Visit) -> Json:
    done = visit.services.close_review(visit.caller, _pupil(visit), _named(visit, "cycle"))
    cycle = _cycle(done.register, visit)
    card = review_card(review_view(done.register, cycle), visit.links)
    return updated(card, notice=NOT_CLOSED if cycle.is_open else "The review is closed.")


def told_of(going: GoingOn) -> Done:
    """What a draft came to, in sentences."""
    draft = going.draft
    happened = []
    if going.is_written and draft.adds:
        goes_on = f"{_count(draft.carried, 'outcome')} and {_count(draft.kept, 'kind')} of help"
        happened.append(f"Cycle {draft.number} stands as a draft in Assess, Plan and Provision, with {goes_on}.")
    if going.is_written:
        happened += going.follows.told
    late = [] if going.entered is None or going.entered.is_whole or going.entered.dry_run else [LOOK_AGAIN]
    due = f"The next review is due {day(draft.review_due)}." if draft.review_due else ""
    return Done(
        happened=tuple(happened) or ("Nothing was written: it stood already, or something is to be settled first.",),
        not_changed=(AS_TYPED, "Parents read the plan that was reviewed until the next one is agreed."),
        next_steps=(*late, *filter(None, [due]), *going.follows.asks, *(ask.words for ask in draft.asks)),
        changed=going.is_written,
    )


def _count(rows: Collection[str], one: str) -> str:
    return f"1 {one}" if len(rows) == 1 else f"{len(rows)} {one}s"


def _at_hand(visit: Visit) -> tuple[Register, Cycle]:
    at_hand = visit.services.survey(visit.caller)
    if at_hand is None:
        raise Invalid(GONE)
    register = Register(at_hand.school, at_hand.today)
    return register, _cycle(register, visit)


def _cycle(register: Register, visit: Visit) -> Cycle:
    if _pupil(visit) not in register.pupils:
        raise Invalid(GONE)
    cycle = cycle_shown(register, _pupil(visit), _named(visit, "cycle"))
    if cycle is None:
        raise Invalid(NO_CYCLE)
    return cycle


def _pupil(visit: Visit) -> str:
    return visit.pupil_id


def _named(visit: Visit, name: str) -> str:
    given = visit.event.parameters.get(name, "")
    return given if _ID.fullmatch(given) else ""


def _form(visit: Visit) -> str:
    given = visit.event.parameters.get("form", "")
    if given not in FORMS:
        raise Invalid("There is no such form. Nothing was changed.")
    return given


def _typed(visit: Visit) -> Typed:
    return Typed(
        form=_form(visit),
        cycle_id=_named(visit, "cycle"),
        row_id=_named(visit, "row"),
        mark=visit.event.parameters.get("mark", "")[:LONGEST_NAME],
        values=dict(_values(visit)),
    )


def _values(visit: Visit) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What came of each field. A box that is not ticked is not sent at all: beside other fields, it was taken off."""
    form, inputs = FORMS[_form(visit)], visit.event.inputs
    table = load().table(form.table)
    for name in form.fields:
        column = table.column(name)
        if texts := inputs.get(name, ()):
            chosen = tuple(text for text in texts if text != NOT_CHOSEN)
            yield name, tuple(_day(text) for text in chosen) if column.kind == "date" else chosen
        elif inputs and column.kind in BOXES:
            yield name, ()
        elif name in inputs and column.kind in TYPED:
            raise Invalid(TOO_LONG, place=column.header)


def _day(text: str) -> str:
    """A day that was picked comes as milliseconds since 1970; one that was typed as it is."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) > 8):
        return text
    try:
        return datetime.fromtimestamp(int(text) / 1000, tz=UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return text
