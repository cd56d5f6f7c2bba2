"""What a document says that nobody types: worked out from the school's rows, in words. Pure.

Each function is named by a template's ``auto``. Add one here, name it in the template, and every document has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from server.plans.copy_plan import staff_named
from server.plans.copy_words import (
    day_in_words,
    effect_in_words,
    meeting_in_words,
)
from server.plans.model import Cycle, Meeting, Outcome, Paper, Provision, Record
from server.plans.money import NOTIONAL, annual_cost, cost, hours_a_week, pounds, sessions_planned, total
from server.plans.own_words import in_words, result_said, role_said
from server.plans.record_reader import Reader
from sheets_templates.ids import leading_id

Auto = Callable[[Reader, Record | None], str]
_YEAR_STARTS = 9
_PIECES = (
    *("reason", "limb_a", "limb_b", "attainment", "nature", "only_with_support", "clinicians", "attendance"),
    *("child_views", "parent_views", "support_plan", "costed_map", "council_form"),
)


def _school_name(reader: Reader, _: Record | None) -> str:
    return reader.school.settings.name


def _pupil(reader: Reader, _: Record | None) -> str:
    return f"{reader.pupil.first_name} {reader.pupil.last_name}".strip()


def _version(reader: Reader, _: Record | None) -> str:
    return reader.choice.version


def _notified(reader: Reader, _: Record | None) -> str:
    row = reader.row("notifications")
    told = getattr(row, "date", None)
    how = getattr(row, "method", "")
    return ", ".join(filter(None, (day_in_words(told), in_words(reader.school, "notifications.method", how, str))))


def _parents_said(reader: Reader, _: Record | None) -> str:
    """What this reader's own household said, newest first."""
    views = [view for view in reader.choice.recent(reader.school.views) if view.who.casefold() != "child"]
    own = {contact.contact_id for contact in reader.own}
    return "\n".join(view.words for view in views if reader.is_staff or leading_id(view.contact) in own)


def _worked_before(reader: Reader, _: Record | None) -> str:
    """Help of earlier cycles that made a difference."""
    now = reader.choice.cycle.cycle_id if reader.choice.cycle else ""
    before = [p for p in _help(reader) if leading_id(p.cycle) != now]
    return _lines(p.what for p in before if p.effect.casefold() in ("strong", "some"))


def _review_record(reader: Reader, _: Record | None) -> str:
    review = reader.choice.last_review
    return f"Reviewed on {day_in_words(review.date)}" if review else ""


def _cycles_to_date(reader: Reader, _: Record | None) -> str:
    done = [cycle for cycle in _cycles(reader) if not cycle.is_open]
    running = len(_cycles(reader)) - len(done)
    return f"{len(done)} completed, {running} running" if done or running else ""


def _linked_plan(reader: Reader, _: Record | None) -> str:
    return reader.choice.version and "SEN support plan. " + reader.choice.version


def _copies_sent(reader: Reader, _: Record | None) -> str:
    """Whether the notes reach their readers: the copy is kept current for every household that may read it."""
    return "Each household reads its own copy, kept up to date." if reader.choice.last_review else ""


def _cost(reader: Reader, row: Record | None) -> str:
    if isinstance(row, Provision):
        return pounds(cost(reader.school, row))
    return pounds(total(cost(reader.school, each) for each in reader.cycle_provision))


def _annual_cost(reader: Reader, _: Record | None) -> str:
    return pounds(total(annual_cost(reader.school, each) for each in reader.cycle_provision))


def _threshold(reader: Reader, _: Record | None) -> str:
    spent = total(annual_cost(reader.school, each) for each in reader.cycle_provision)
    if spent is None:
        return ""
    side = "above" if spent > NOTIONAL else "below"
    return f"{pounds(spent)} a year: {side} {pounds(NOTIONAL)} (not an entitlement or a cap)"


def _sessions_planned(_: Reader, row: Record | None) -> str:
    return f"{sessions_planned(row):g}" if isinstance(row, Provision) and sessions_planned(row) else ""


def _adult_hours(reader: Reader, _: Record | None) -> str:
    hours: dict[str, float] = {}
    for each in reader.cycle_provision:
        named = staff_named(reader.school, (each.delivered_by,))
        role = role_said(reader.school, named[0]) if named and named[0].role else "Others"
        hours[role] = hours.get(role, 0) + hours_a_week(each)
    return _lines(f"{role}: {round(count, 2):g} hours a week" for role, count in sorted(hours.items()) if count)


def _effects(reader: Reader, _: Record | None) -> str:
    return _lines(f"{p.what}: {_effect(reader, p)}" for p in _help(reader) if p.effect)


def _action_taken(reader: Reader, _: Record | None) -> str:
    """Each cycle with its help and what came of it."""
    return _lines(_cycle_line(reader, cycle) for cycle in _cycles(reader))


def _cycle_line(reader: Reader, cycle: Cycle) -> str:
    began = day_in_words(cycle.plan_agreed_date or cycle.assess_date)
    tried = [p.what for p in _help(reader) if leading_id(p.cycle) == cycle.cycle_id]
    return f"Cycle {cycle.cycle_number or ''} ({began}): ".replace("Cycle  ", "Cycle ") + "; ".join(tried)


def _weeks_after(weeks: int) -> Auto:
    def due(reader: Reader, _: Record | None) -> str:
        row = reader.row("ehc_requests")
        sent = row.values.get("sent") if isinstance(row, Paper) else None
        return day_in_words(sent + timedelta(weeks=weeks)) if isinstance(sent, date) else ""

    return due


def _readiness(reader: Reader, _: Record | None) -> str:
    """How many of the pieces a request needs are there. Advice only: it never stops a request."""
    row = reader.row("ehc_requests")
    if not isinstance(row, Paper):
        return ""
    there = sum(bool(row.values.get(key)) for key in _PIECES)
    return f"{there} of {len(_PIECES)} pieces"


def _whom_to_ask(reader: Reader, _: Record | None) -> str:
    pupil = reader.pupil
    people = dict.fromkeys(staff_named(reader.school, (*pupil.accountable_staff, pupil.senco_staff)))
    return _lines(", ".join(filter(None, (s.name, role_said(reader.school, s), s.email))) for s in people)


def _rights(reader: Reader, _: Record | None) -> str:
    advice = reader.school.settings.advice_service
    return _lines(
        (
            "Your child does not need a diagnosis to get this help.",
            f"Free independent advice: {advice}." if advice else "",
            "The school’s SEN information report says what it does for children with SEN. Please ask us for it.",
            "If you are not happy, please talk to us first. The school also has a complaints procedure.",
        )
    )


def _results_this_year(reader: Reader, _: Record | None) -> str:
    mine = {cycle.cycle_id for cycle in _cycles(reader) if _in_year(reader, _when(cycle))}
    outcomes = [o for o in reader.mine(reader.school.outcomes) if isinstance(o, Outcome)]
    results = [(o.outcome, result_said(reader.school, o)) for o in outcomes if leading_id(o.cycle) in mine]
    return _lines(f"{outcome}: {result}" for outcome, result in results if result)


def _help_this_year(reader: Reader, _: Record | None) -> str:
    mine = {cycle.cycle_id for cycle in _cycles(reader) if _in_year(reader, _when(cycle))}
    given = [p for p in _help(reader) if leading_id(p.cycle) in mine]
    return _lines(": ".join(filter(None, (p.what, _effect(reader, p)))) for p in given)


def _meetings_this_year(reader: Reader, _: Record | None) -> str:
    held = [m for m in reader.school.meetings if m in reader.mine(reader.school.meetings) and m.is_held]
    return _lines(f"{day_in_words(m.date)}: {_meeting(reader, m)}" for m in held if _in_year(reader, m.date))


def _effect(reader: Reader, row: Provision) -> str:
    return in_words(reader.school, "provision.effect", row.effect, effect_in_words)


def _meeting(reader: Reader, row: Meeting) -> str:
    return in_words(reader.school, "meetings.type", row.type, meeting_in_words)


def _when(cycle: Cycle) -> date | None:
    return cycle.plan_agreed_date or cycle.assess_date


def _in_year(reader: Reader, day: date | None) -> bool:
    """Whether a day lies in the school year of the reader's today, 1 September to 31 August."""
    first = reader.today.year if reader.today.month >= _YEAR_STARTS else reader.today.year - 1
    return day is not None and date(first, _YEAR_STARTS, 1) <= day < date(first + 1, _YEAR_STARTS, 1)


def _cycles(reader: Reader) -> list[Cycle]:
    return [cycle for cycle in reader.mine(reader.school.cycles) if isinstance(cycle, Cycle)]


def _help(reader: Reader) -> list[Provision]:
    return [row for row in reader.mine(reader.school.provision) if isinstance(row, Provision)]


def _lines(items: Iterable[str]) -> str:
    return "\n".join(item for item in items if item)


AUTO: Mapping[str, Auto] = {
    "school_name": _school_name,
    "pupil": _pupil,
    "version": _version,
    "notified": _notified,
    "parents_said": _parents_said,
    "worked_before": _worked_before,
    "review_record": _review_record,
    "cycles_to_date": _cycles_to_date,
    "linked_plan": _linked_plan,
    "copies_sent": _copies_sent,
    "cost": _cost,
    "total_cost": _cost,
    "annual_cost": _annual_cost,
    "threshold": _threshold,
    "sessions_planned": _sessions_planned,
    "adult_hours": _adult_hours,
    "effects": _effects,
    "action_taken": _action_taken,
    "six_weeks": _weeks_after(6),
    "sixteen_weeks": _weeks_after(16),
    "twenty_weeks": _weeks_after(20),
    "readiness": _readiness,
    "whom_to_ask": _whom_to_ask,
    "rights": _rights,
    "results_this_year": _results_this_year,
    "help_this_year": _help_this_year,
    "meetings_this_year": _meetings_this_year,
}
