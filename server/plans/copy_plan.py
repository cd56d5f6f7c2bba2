"""Outcomes, the help and the meetings of a plan, as a parent reads them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from server.plans.copy_choice import PlanChoice
from server.plans.copy_parts import MeetingPart, OutcomePart, ProvisionPart, SupportPart
from server.plans.copy_words import (
    counted,
    day_in_words,
    decision_in_words,
    effect_in_words,
    horizon_in_words,
    how_often,
    impact_in_words,
    kind_in_words,
    listed,
    meeting_in_words,
    moment_in_words,
    reason_in_words,
    scored,
    sentences,
)
from server.plans.model import Meeting, Outcome, Provision, School, Staff
from server.plans.own_words import in_words, own_word, result_said, role_said
from sheets_templates.ids import leading_id


def outcome_parts(school: School, choice: PlanChoice) -> tuple[OutcomePart, ...]:
    """The outcomes of the cycle shown, in the workbook's order, each with its own help."""
    cycle = choice.cycle.cycle_id if choice.cycle else ""
    mine = school.outcomes_of.get(cycle, ()) if cycle else ()
    help_here = school.provision_of.get(cycle, ()) if cycle else ()
    return tuple(_outcome(school, number, outcome, help_here) for number, outcome in enumerate(mine, 1))


def _outcome(school: School, number: int, outcome: Outcome, help_here: Iterable[Provision]) -> OutcomePart:
    linked = [p for p in help_here if outcome.outcome_id in {leading_id(name) for name in p.outcomes}]
    return OutcomePart(
        number=str(number),
        outcome=outcome.outcome,
        why=outcome.why_it_matters,
        target=outcome.target,
        measure=outcome.measure,
        baseline=outcome.baseline,
        expected=outcome.expected,
        by=day_in_words(outcome.target_date),
        home=outcome.home_part,
        child_part=outcome.child_part,
        result=result_said(school, outcome),
        decision=in_words(school, "outcomes.decision", outcome.decision, decision_in_words),
        start=scored(outcome.baseline, outcome.baseline_rating),
        aim=scored(outcome.expected, outcome.expected_rating),
        now=scored(result_said(school, outcome), outcome.actual_rating),
        focus=sentences(
            own_word(school, "outcomes.area", outcome.area) or outcome.area,
            in_words(school, "outcomes.horizon", outcome.horizon, horizon_in_words),
            in_words(school, "outcomes.impact_type", outcome.impact_type, impact_in_words),
        ),
        helped_by="; ".join(provision.what for provision in linked if provision.what),
        provision=tuple(_provision(school, provision) for provision in linked),
    )


def _provision(school: School, provision: Provision) -> ProvisionPart:
    return ProvisionPart(
        what=provision.what,
        who=_who(school, provision.delivered_by),
        when_where=provision.when_where,
        how_often=how_often(provision),
        why=" ".join(filter(None, (_reason(school, provision), provision.evidence_note.strip()))),
        effect=in_words(school, "provision.effect", provision.effect, effect_in_words),
    )


def support_parts(school: School, choice: PlanChoice) -> tuple[SupportPart, ...]:
    """The help of the cycle shown, each piece once, with the numbers of the outcomes it is for."""
    cycle = choice.cycle.cycle_id if choice.cycle else ""
    mine = [outcome.outcome_id for outcome in school.outcomes if cycle and leading_id(outcome.cycle) == cycle]
    numbers = {outcome: str(number) for number, outcome in enumerate(mine, 1)}
    here = (provision for provision in school.provision if cycle and leading_id(provision.cycle) == cycle)
    return tuple(_support(school, provision, numbers) for provision in here)


def _support(school: School, provision: Provision, numbers: Mapping[str, str]) -> SupportPart:
    part = _provision(school, provision)
    aims = [numbers[name] for reference in provision.outcomes if (name := leading_id(reference)) in numbers]
    start, sessions = day_in_words(provision.start_date), provision.sessions_delivered
    return SupportPart(
        what=part.what,
        who=sentences(part.who, provision.expertise and f"What they need to know: {provision.expertise}"),
        times=sentences(part.when_where, part.how_often, start and f"From {start}"),
        why=sentences(aims and f"It is for {listed(aims)}", part.why),
        sort=sentences(
            in_words(school, "provision.kind", provision.kind, kind_in_words),
            own_word(school, "provision.tier", provision.tier) or (provision.tier and f"{provision.tier} level"),
            "More than the usual classroom help" if provision.additional else "",
        ),
        so_far=sentences(
            "" if sessions is None else counted(sessions, "session"),
            part.effect,
            in_words(school, "provision.decision", provision.decision, decision_in_words),
        ),
    )


def _reason(school: School, provision: Provision) -> str:
    return in_words(school, "provision.evidence_basis", provision.evidence_basis, reason_in_words)


def _who(school: School, delivered_by: str) -> str:
    """Name and role of a member of staff; other words as the teacher wrote them."""
    named = staff_named(school, (delivered_by,))
    return ", ".join(filter(None, (named[0].name, role_said(school, named[0])))) if named else delivered_by


def staff_named(school: School, references: Iterable[str]) -> tuple[Staff, ...]:
    """The members of staff that references name, in their order; unknown references are left out."""
    by_id = {staff.staff_id: staff for staff in school.staff}
    return tuple(by_id[name] for reference in references if (name := leading_id(reference)) in by_id)


def meeting_parts(school: School, meetings: Iterable[Meeting]) -> tuple[MeetingPart, ...]:
    """Booked meetings, in the order given."""
    return tuple(
        MeetingPart(
            when=moment_in_words(meeting.date, meeting.start_time),
            what=in_words(school, "meetings.type", meeting.type, meeting_in_words),
        )
        for meeting in meetings
        if meeting.date
    )
