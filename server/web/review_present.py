"""A review and the next turn, as what their cards show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from addon.review_views import EntryView, FieldView, NextView, ReviewLine, ReviewView
from server.plans.close_check import Lack
from server.plans.model import Action, Cycle, Outcome, Provision, Record, Review
from server.plans.next_cycle import Question, review_of, to_go_on_from
from server.plans.register import Register
from server.plans.results import NOT_RATED, result
from server.plans.review_close import copies_due, lacking
from server.plans.review_forms import FORMS, Entry, Typed, mark_of, row_of, shown
from server.workflows.next_cycle import GoingOn
from sheets_templates.catalogue import load
from sheets_templates.schema import Column

FORM_OF = {Review: "meeting", Cycle: "meeting", Outcome: "outcome", Provision: "help"}
TITLES = {
    "meeting": "The meeting",
    "outcome": "How far this outcome got",
    "help": "What this help did",
    "promise": "Was it done?",
}
DUE = "The updated plan and the notes are due to the family by {day}."
WAS_DUE = "The updated plan and the notes were due to the family by {day}, and no day stands on which they had them."
OPEN = "Review not held yet"
NO_RECORD = "The record of the meeting"
UNCHANGED = "The workbooks were changed meanwhile. Nothing was saved. Look at it, then save again to put yours."
LONG = frozenset({"longtext", "lines"})


def cycle_shown(register: Register, pupil_id: str, wanted: str) -> Cycle | None:
    """The turn asked for; else the open one that is due first, else the one that ended last."""
    own = register.cycles.get(pupil_id, ())
    named = next((cycle for cycle in own if cycle.cycle_id == wanted), None)
    due = sorted((c for c in own if c.is_open), key=lambda c: c.review_due_date or date.max)
    ended = sorted((c for c in own if not c.is_open), key=lambda c: c.review_held_date or c.stopped or date.min)
    return named or next(iter(due), None) or next(reversed(ended), None)


def review_view(register: Register, cycle: Cycle, notices: Iterable[str] = ()) -> ReviewView:
    """One turn's review, with whatever is still to be written down."""
    lacks = lacking(register, cycle)
    held = cycle.review_held_date
    goes_on = any(row.cycle_id == cycle.cycle_id for row in to_go_on_from(register, cycle.pupil)) or held is not None
    return ReviewView(
        pupil_id=cycle.pupil,
        label=_label(register, cycle.pupil),
        cycle_id=cycle.cycle_id,
        state=f"{_name(cycle)} · {f'held {day(held)}' if held else OPEN}",
        notices=(*notices, *_notices(register, cycle)),
        lacks=tuple(_lack(lack) for lack in lacks),
        meeting=_meeting(register, cycle),
        outcomes=tuple(_outcome(row) for row in register.outcomes.get(cycle.cycle_id, ())),
        help_given=tuple(_help(row) for row in register.provision.get(cycle.cycle_id, ())),
        actions=tuple(_actions(register, cycle)),
        others=tuple((row.cycle_id, _name(row)) for row in register.cycles.get(cycle.pupil, ()) if row is not cycle),
        can_close=held is None and cycle.stopped is None and not lacks,
        goes_on=goes_on,
    )


def _notices(register: Register, cycle: Cycle) -> Iterator[str]:
    due, review = copies_due(register, cycle), review_of(register, cycle)
    sent = review and (review.copy_sent or register.school.copies_sent.get(review.review_id))
    if cycle.review_held_date is not None and due is not None and not sent:
        yield (DUE if due >= register.today else WAS_DUE).format(day=day(due))


def _lack(lack: Lack) -> ReviewLine:
    """What lacks, the cell where it may be typed as well, and the form that asks for it."""
    if lack.field == "cycle_id":
        return ReviewLine(form="meeting", text=NO_RECORD)
    form = FORM_OF.get(type(lack.row), "meeting")
    text = lack.what[:1].upper() + lack.what[1:]
    return ReviewLine(
        form=form, row="" if form == "meeting" else lack.row.id, text=text, above=lack.row.cell(lack.field)
    )


def _meeting(register: Register, cycle: Cycle) -> ReviewLine:
    review = review_of(register, cycle)
    if review is None:
        return ReviewLine(form="meeting", text="Nothing is written down yet")
    when = day(review.date) if review.date else "No date yet"
    return ReviewLine(form="meeting", row=review.review_id, text=when, above=review.type, state=review.next_step)


def _outcome(row: Outcome) -> ReviewLine:
    ratings = " · ".join(
        f"{name} {rating}"
        for name, rating in (("start", row.baseline_rating), ("aim", row.expected_rating), ("now", row.actual_rating))
        if rating is not None
    )
    said = [ratings, result(row) if result(row) != NOT_RATED else "", row.decision]
    text = row.target or row.outcome or row.outcome_id
    return ReviewLine(form="outcome", row=row.id, above=row.id, text=text, state=" · ".join(filter(None, said)))


def _help(row: Provision) -> ReviewLine:
    said = [f"difference: {row.effect}" if row.effect else "", row.decision]
    return ReviewLine(form="help", row=row.id, above=row.id, text=row.what, state=" · ".join(filter(None, said)))


def _actions(register: Register, cycle: Cycle) -> Iterator[ReviewLine]:
    """What was agreed at this review, and what is still open from before."""
    review = review_of(register, cycle)
    for row in register.of(Action, cycle.pupil):
        if row.is_open or (review and row.review == review.review_id):
            by = f"by {day(row.due)}" if row.due else ""
            state = " · ".join(filter(None, (by, row.status)))
            yield ReviewLine(form="promise", row=row.id, above=row.owner, text=row.action, state=state)


def entry_view(
    register: Register, cycle: Cycle, form: str, row_id: str, typed: Typed | None = None, entry: Entry | None = None
) -> EntryView:
    """A form with what stands in its row, or with what was typed where that could not be taken."""
    row = row_of(register, form, cycle, row_id)
    problems = dict(entry.problems) if entry else {}
    above = (UNCHANGED, *entry.conflict) if entry and entry.conflict else ()
    table = load().table(FORMS[form].table)
    return EntryView(
        pupil_id=cycle.pupil,
        cycle_id=cycle.cycle_id,
        form=form,
        title=TITLES.get(form, "What will be done"),
        row=row_id,
        mark=mark_of(row),
        told=tuple(_about(row)),
        problems=(*above, *(["Please look at what is marked below."] if problems else [])),
        fields=tuple(
            _field(register, table.column(name), row, typed, problems.get(name, "")) for name in FORMS[form].fields
        ),
    )


def _about(row: Record | None) -> Iterator[str]:
    if isinstance(row, Outcome):
        yield from filter(None, (row.outcome, f"Next step: {row.target}" if row.target else ""))
        yield from filter(None, (f"We started at: {row.baseline}" if row.baseline else "",))
    if isinstance(row, Provision):
        yield row.what
    if isinstance(row, Action):
        yield row.action


def _field(register: Register, column: Column, row: Record | None, typed: Typed | None, problem: str) -> FieldView:
    stands = shown(getattr(row, column.key)) if row else ""
    given = typed.values.get(column.key) if typed else None
    return FieldView(
        name=column.key,
        label=column.header,
        kind=_kind(column),
        value=stands if given is None else "; ".join(given),
        hint=column.help,
        problem=problem,
        items=tuple(_items(register, column)),
    )


def _kind(column: Column) -> str:
    match column.kind:
        case "choice" | "ref":
            return "one"
        case "refs" | "choices":
            return "many"
        case "bool":
            return "yes"
        case "date":
            return "date"
    return "long" if column.kind in LONG else "text"


def _items(register: Register, column: Column) -> Iterator[tuple[str, str]]:
    if column.ref == "staff":
        yield from ((person.staff_id, person.name or person.staff_id) for person in register.school.staff)
    elif column.kind == "bool":
        yield "yes", "Yes"
    else:
        yield from ((choice.value, choice.offered) for choice in column.choices)


def next_view(going: GoingOn) -> NextView:
    """The next turn before it is written."""
    draft, follows, register = going.draft, going.follows, going.register
    outcomes = {row.outcome_id: row for row in register.outcomes.get(draft.before.cycle_id, ())}
    given = {row.provision_id: row for row in register.provision.get(draft.before.cycle_id, ())}
    standing = f"Cycle {draft.standing} stands already and is open: no other is drafted." if draft.standing else ""
    return NextView(
        pupil_id=draft.before.pupil,
        label=_label(register, draft.before.pupil),
        cycle_id=draft.before.cycle_id,
        number=draft.number,
        review_due=f"Due {day(draft.review_due)}" if draft.review_due else "",
        carried=tuple(f"{name}: {outcomes[name].target or outcomes[name].outcome}" for name in draft.carried),
        ended=tuple(f"{name}: {outcomes[name].target or outcomes[name].outcome}" for name in draft.ended),
        kept=tuple(f"{name}: {given[name].what}" for name in draft.kept),
        follows=(*follows.told, *follows.asks),
        asks=tuple(_ask(ask) for ask in draft.asks if not ask.must),
        musts=tuple(_ask(ask) for ask in draft.musts),
        refusal=draft.refusal or standing,
        can_write=draft.is_ready or (not draft.musts and not follows.is_empty),
    )


def _ask(ask: Question) -> tuple[str, str]:
    return ask.row.cell(ask.field), ask.words


def _label(register: Register, pupil_id: str) -> str:
    pupil = register.pupils.get(pupil_id)
    return pupil.label if pupil else pupil_id


def _name(cycle: Cycle) -> str:
    return f"Cycle {cycle.cycle_number}" if cycle.cycle_number else f"Cycle {cycle.cycle_id}"


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"
