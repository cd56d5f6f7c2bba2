"""What a person enters of a review through a card: checked like cells, compared with the row as it stands.

A review that was held is closed: what stands in its rows is never changed from here, only what is empty is filled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from server.plans import results
from server.plans.model import Action, Cycle, Outcome, Record
from server.plans.new_ids import NewIds
from server.plans.next_cycle import review_of
from server.plans.register import Register
from server.plans.trouble import Invalid
from sheets_templates.imports.matching import Add, Change, Proposals
from sheets_templates.readback_values import read_cells
from sheets_templates.schema import Column, Table

NO_ROW = "This row is not in the workbooks any more. Nothing was changed."
CLOSED = (
    "This review is closed, and this was written down in it: it stays as it is. Change it in the workbook itself."
)
NEEDED = "Please fill this in."
CHANGED = "{header} now says: {now}"


@dataclass(frozen=True, kw_only=True)
class Form:
    """Some columns of one table that are filled in together. ``needed`` ones can't be left empty."""

    table: str
    fields: tuple[str, ...]
    needed: tuple[str, ...] = ()


FORMS: Mapping[str, Form] = {
    "meeting": Form(
        table="reviews",
        fields=(
            *("date", "minutes", "mode", "led_by", "note_taker", "staff_present", "parents_present", "apologies"),
            *("child_participation", "child_view", "home_view", "school_view", "impact_summary", "quality"),
            *("overall_progress", "next_step", "cause_for_concern", "parent_agreement", "parent_comment"),
            "next_review_date",
        ),
    ),
    "outcome": Form(table="outcomes", fields=("actual", "actual_rating", "decision", "goal_score", "goal_weight")),
    "help": Form(
        table="provision",
        fields=(
            *("effect", "decision", "kept_because", "sessions_delivered", "often_enough", "right_person"),
            *("reaction", "exit_measure"),
        ),
    ),
    "action": Form(table="actions", fields=("action", "owner", "due"), needed=("action", "owner", "due")),
    "promise": Form(table="actions", fields=("status", "done")),
}


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What somebody typed into a form: texts by field. ``mark`` tells the row as the card showed it."""

    form: str
    cycle_id: str
    row_id: str = ""
    mark: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What to write; or why not: ``problems`` by field, ``conflict`` where somebody changed the row meanwhile."""

    proposals: Proposals = field(default_factory=Proposals)
    problems: Mapping[str, str] = field(default_factory=dict)
    conflict: tuple[str, ...] = ()

    @property
    def is_refused(self) -> bool:
        return bool(self.problems or self.conflict)


def mark_of(row: Record | None) -> str:
    """A short text that changes with the row; "" for no row."""
    return hashlib.sha256(repr(row).encode()).hexdigest()[:12] if row else ""


def row_of(register: Register, form: str, cycle: Cycle, row_id: str) -> Record | None:
    """The row that a form is about; None where it makes a new one. Raises Invalid where it is gone."""
    if form == "meeting":
        return review_of(register, cycle)
    if form == "action":
        return None
    found = next((row for row in _rows(register, form, cycle) if row.id == row_id), None)
    if found is None:
        raise Invalid(NO_ROW)
    return found


def _rows(register: Register, form: str, cycle: Cycle) -> tuple[Record, ...]:
    if form == "promise":
        return register.of(Action, cycle.pupil)
    rows = register.outcomes if form == "outcome" else register.provision
    return rows.get(cycle.cycle_id, ())


def entry(register: Register, ids: NewIds, typed: Typed) -> Entry:
    """What to write so that the workbooks say what was typed. Nothing where they say so already."""
    form, cycle = FORMS[typed.form], register.cycle.get(typed.cycle_id)
    if cycle is None:
        raise Invalid(NO_ROW)
    table = ids.catalogue.table(form.table)
    values, problems = _read(register, table, form, typed)
    if problems:
        return Entry(problems=problems)
    row = row_of(register, typed.form, cycle, typed.row_id)
    if row is None:
        return _new_row(register, ids, form, cycle, values)
    return _changes(table, cycle, row, values, typed.mark)


def _read(register: Register, table: Table, form: Form, typed: Typed) -> tuple[dict[str, object], dict[str, str]]:
    values: dict[str, object] = {}
    problems: dict[str, str] = {}
    for name in (name for name in form.fields if name in typed.values):
        values[name], why = _value(register, table.column(name), typed.values[name])
        if why:
            problems[name] = why
    problems |= {name: NEEDED for name in form.needed if _is_blank(values.get(name)) and name not in problems}
    return values, problems


def _value(register: Register, column: Column, texts: tuple[str, ...]) -> tuple[object, str]:
    """What was typed as a value, and why it can't be read, if so."""
    known = {name.casefold(): name for name in register.staff} if column.ref == "staff" else None
    (found,), unread = read_cells(column, ["; ".join(text for text in texts if text)], known, "Staff")
    return found, unread.get(0, "")


def _new_row(register: Register, ids: NewIds, form: Form, cycle: Cycle, values: Mapping[str, object]) -> Entry:
    told = {name: value for name, value in values.items() if not _is_blank(value)}
    if not told:
        return Entry()
    first: dict[str, object] = {"pupil": cycle.pupil}
    if form.table == "reviews":
        first["cycle"] = cycle.cycle_id
    else:
        review = review_of(register, cycle)
        first |= {"status": "Open", "about": "Review", **({"review": review.review_id} if review else {})}
    add = Add(table=form.table, row_id=ids(form.table), pupil=cycle.pupil, values={**first, **told})
    return Entry(proposals=Proposals(adds=(add,)))


def _changes(table: Table, cycle: Cycle, row: Record, values: Mapping[str, object], mark: str) -> Entry:
    differs = {name: value for name, value in values.items() if not _same(getattr(row, name), value)}
    if cycle.review_held_date is not None and table.key != FORMS["promise"].table:
        closed = {name: CLOSED for name in differs if not _is_blank(getattr(row, name))}
        if closed:
            return Entry(problems=closed)
    if differs and mark != mark_of(row):
        now = (
            CHANGED.format(header=table.column(n).header, now=shown(getattr(row, n)) or "nothing") for n in differs
        )
        return Entry(conflict=tuple(now))
    changes = [_change(table.key, row, name, value) for name, value in differs.items()]
    if isinstance(row, Outcome) and "actual_rating" in differs:
        changes += _result(row, values["actual_rating"])
    return Entry(
        proposals=Proposals(
            fills=tuple(change for change in changes if change.fills),
            changes=tuple(change for change in changes if not change.fills),
        )
    )


def _result(row: Outcome, rating: object) -> Iterator[Change]:
    """The result's word follows the rating, unless somebody chose another one by hand."""
    now = results.from_ratings(row.baseline_rating, row.expected_rating, rating if isinstance(rating, int) else None)
    by_hand = row.result.strip() not in ("", results.NOT_RATED, results.rated(row))
    if not by_hand and row.result.strip() != now:
        yield _change("outcomes", row, "result", now)


def _change(table: str, row: Record, name: str, value: object) -> Change:
    before = getattr(row, name)
    return Change(
        table=table,
        row_id=row.id,
        pupil=row.whose,
        column=name,
        after=None if _is_blank(value) else value,
        before=None if _is_blank(before) else before,
    )


def shown(value: object) -> str:
    """A value as a card shows it for typing over: dates as year-month-day, several with a semicolon between."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _same(before: object, after: object) -> bool:
    return before == after or (_is_blank(before) and _is_blank(after))


def _is_blank(value: object) -> bool:
    return value in (None, "", (), False)
