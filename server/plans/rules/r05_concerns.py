"""R05: a parent's concern is answered, and a first talk leaves a short note."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Concern, EarlyNote, Finding, Meeting, Pupil
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import days
from server.plans.terms import school_days_between

RULE = Rule(
    id="R05",
    force="should",
    source="Code of Practice 6.39, 6.45; the days are a SEN Plans default",
    title="A parent's concern is answered in time",
    for_parents="Tell us what worries you. We write it down, look into it, and answer you within a week.",
)
SOON = 1
EARLY_TALK = "early discussion"


def check(register: Register, today: date) -> Iterator[Finding]:
    """Per concern without an answer: amber on the last school day and the one before, red from the day after (five
    school days unless Settings say otherwise); amber where a first talk has left no note by then."""
    for concern in register.all(Concern):
        if concern.pupil in register.here and concern.answered is None and concern.words.strip():
            yield from _unanswered(register, concern, today)
    for pupil in register.here.values():
        yield from _without_note(register, pupil, today)


def _unanswered(register: Register, concern: Concern, today: date) -> Iterator[Finding]:
    limit = register.settings.concern_days
    if concern.raised is None:
        yield RULE.finding(
            "amber",
            concern,
            "raised",
            f"{concern.concern_id} has no day, so nobody can tell when its answer is due",
            "Enter the day the parent told us.",
        )
        return
    passed = school_days_between(register.settings, concern.raised, today)
    if passed < limit - SOON:
        return
    late = passed > limit
    state = f"{days(passed - limit, 'school day')} late" if late else f"due within {days(limit, 'school day')}"
    yield RULE.finding(
        "red" if late else "amber",
        concern,
        "answered",
        f"{concern.concern_id}, raised {concern.raised}, has no answer: {state}",
        "Tell the parent what you see in school and what happens now; write both in Concerns.",
    )


def _without_note(register: Register, pupil: Pupil, today: date) -> Iterator[Finding]:
    talks = [(row, row.date) for row in register.meetings.get(pupil.pupil_id, ()) if _is_early_talk(row)]
    for talk, day in talks:
        if day is None or day > today or _is_noted(register, pupil, day):
            continue
        if school_days_between(register.settings, day, today) > register.settings.concern_days:
            yield RULE.finding(
                "amber",
                talk,
                "date",
                f"The first talk of {day} has no note",
                "Write strengths, difficulties, the parents' worries, what was agreed and the next steps in First "
                "talks, and give the parents a copy.",
            )


def _is_early_talk(meeting: Meeting) -> bool:
    return meeting.is_held and meeting.type.strip().casefold() == EARLY_TALK


def _is_noted(register: Register, pupil: Pupil, day: date) -> bool:
    return any(note.date is None or note.date >= day for note in register.of(EarlyNote, pupil.pupil_id))
