"""A school at hand, as what the cards show of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from addon.cards.pupil import STEPS
from addon.views import (
    AskView,
    CopyLine,
    FindingLine,
    HomeView,
    OutcomeLine,
    PersonLine,
    ProblemLine,
    PupilLine,
    PupilView,
    ResultView,
)
from server.plans.cycle import step
from server.plans.model import Cycle, Finding, Problem, Pupil, School
from server.plans.register import Register
from server.plans.sharing import is_entitled
from server.web.ports import AtHand, CopyState, Done
from server.web.quiet_lines import kept_quiet
from server.web.work_present import list_counts, lists_of, mover_counts

WHOLE_SCHOOL = "The school"
MISSING = frozenset({"R01", "R10", "R14", "R15", "R22"})
STATUSES = {"K": "SEN support", "E": "EHC plan", "N": "No SEN"}


def home_view(at_hand: AtHand) -> HomeView:
    """The school at a glance."""
    school = at_hand.school
    live = {cycle.pupil: cycle for cycle in school.cycles if cycle.is_open}
    labels = {pupil.pupil_id: pupil.label for pupil in school.pupils}
    statuses = [pupil.sen_status for pupil in school.pupils]
    reviews = [found.level for found in at_hand.findings if found.rule == "R23"]
    lists = lists_of(at_hand)
    return HomeView(
        school=school.settings.name,
        is_publisher=at_hand.is_publisher,
        on_support=statuses.count("K"),
        on_ehc_plan=statuses.count("E"),
        due=reviews.count("amber"),
        overdue=reviews.count("red"),
        not_shared=sum(not copy.is_current for copy in at_hand.copies),
        findings=_findings(
            at_hand.findings, lambda found: labels.get(found.pupil_id, found.pupil_id) or WHOLE_SCHOOL
        ),
        problems=_problems(at_hand.problems),
        pupils=tuple(_pupil_line(pupil, live.get(pupil.pupil_id), at_hand.today) for pupil in school.pupils),
        notes=at_hand.notes,
        looks_after=at_hand.looks_after,
        work=list_counts(lists),
        movers=mover_counts(lists, at_hand.me),
    )


def pupil_view(at_hand: AtHand, pupil: Pupil) -> PupilView:
    """One pupil, with what is still missing apart from what else the rules say."""
    school, cycle = at_hand.school, live_cycle(at_hand.school, pupil)
    own = [found for found in at_hand.findings if found.pupil_id == pupil.pupil_id]
    return PupilView(
        pupil_id=pupil.pupil_id,
        label=pupil.label,
        status=" · ".join(part for part in (STATUSES.get(pupil.sen_status, ""), pupil.year_group) if part),
        is_publisher=at_hand.is_publisher,
        step=step(cycle, at_hand.today) if cycle else 0,
        cycle_id=cycle.cycle_id if cycle else "",
        next_review=_next_review(cycle, at_hand.today),
        missing=_findings((found for found in own if found.rule in MISSING), lambda _: pupil.label),
        findings=_findings((found for found in own if found.rule not in MISSING), lambda _: pupil.label),
        quiet=tuple(kept_quiet(Register(school, at_hand.today), pupil.pupil_id)),
        outcomes=tuple(
            OutcomeLine(outcome_id=row.outcome_id, outcome=row.outcome, target=row.target)
            for row in school.outcomes
            if cycle and row.cycle == cycle.cycle_id
        ),
        people=tuple(_people(school, pupil)),
        copies=tuple(_copy(copy) for copy in at_hand.copies if copy.pupil_id == pupil.pupil_id),
    )


def ask_view(at_hand: AtHand | None, pupil_id: str) -> AskView:
    """How this teacher asks for a pupil's plan to be shared; for any pupil's where none is named."""
    pupils = at_hand.school.pupils if at_hand else ()
    pupil = next((row for row in pupils if row.pupil_id == pupil_id), None)
    if pupil is None:
        return AskView(who="")
    return AskView(who=pupil.label, cell=pupil.cell("ready_to_share"), is_ready=pupil.ready_to_share)


def result_view(title: str, done: Done) -> ResultView:
    return ResultView(
        title=title,
        happened=done.happened,
        not_changed=done.not_changed,
        next_steps=done.next_steps,
        problems=_problems(done.problems),
    )


def live_cycle(school: School, pupil: Pupil) -> Cycle | None:
    """The pupil's open cycle; the last of them where there are several."""
    return next(
        (row for row in reversed(school.cycles) if row.pupil == pupil.pupil_id and row.is_open),
        None,
    )


def _findings(found: Iterable[Finding], who: Callable[[Finding], str]) -> tuple[FindingLine, ...]:
    return tuple(finding_line(row, who(row)) for row in found)


def finding_line(found: Finding, who: str) -> FindingLine:
    """A finding, with how colleagues name the pupil."""
    return FindingLine(
        level=found.level,
        pupil_id=found.pupil_id,
        who=who,
        message=found.message,
        action=found.action,
        cell=found.cell,
        rule=found.rule,
        row=found.row,
    )


def _problems(problems: Iterable[Problem]) -> tuple[ProblemLine, ...]:
    return tuple(ProblemLine(cell=row.cell, message=row.message) for row in problems)


def _pupil_line(pupil: Pupil, cycle: Cycle | None, today: date) -> PupilLine:
    number = step(cycle, today) if cycle else 0
    state = f"Step {number} of 4: {STEPS[number - 1]}" if number else "No live cycle"
    return PupilLine(pupil_id=pupil.pupil_id, label=pupil.label, state=state)


def _next_review(cycle: Cycle | None, today: date) -> str:
    if cycle is None or cycle.review_due_date is None:
        return ""
    due = cycle.review_due_date
    left = (due - today).days
    when = "today" if left == 0 else f"in {left} days" if left > 0 else f"{-left} days overdue"
    return f"{due.day} {due:%B %Y}, {when}"


def _people(school: School, pupil: Pupil) -> Iterable[PersonLine]:
    names = {row.staff_id: row.name for row in school.staff}
    for staff_id in pupil.accountable_staff:
        yield PersonLine(name=names.get(staff_id, staff_id), part="Accountable teacher or key person")
    if pupil.senco_staff:
        yield PersonLine(name=names.get(pupil.senco_staff, pupil.senco_staff), part="SENCO")
    for contact in school.contacts:
        if contact.pupil == pupil.pupil_id:
            receives = "gets a copy" if is_entitled(contact) else "gets nothing"
            yield PersonLine(name=contact.name, part=f"{contact.relationship or 'Contact'}, {receives}")


def _copy(copy: CopyState) -> CopyLine:
    if copy.is_current:
        state = f"Shared {copy.shared_on}".strip()
    else:
        state = f"Changed since it was shared {copy.shared_on}" if copy.shared_on else "Not shared yet"
    return CopyLine(household=copy.household, state=state, link=copy.link)
