"""R33: parents are met at least three times each school year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans import meeting_count
from server.plans.meeting_count import Count
from server.plans.meeting_year import proposals
from server.plans.model import Finding, Pupil
from server.plans.register import Register
from server.plans.rights import holds_own_rights
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed

RULE = Rule(
    id="R33",
    force="should",
    source="Code of Practice 6.65",
    title="At least three meetings with parents each school year",
    for_parents="We meet you at least three times each school year to talk about how the help is going.",
)
EVENING = " A parents' evening counts if outcomes were looked at and written down: tick it then."
SEEN = " Once looked into, a row in Exceptions with the reason takes last year off this list."


def check(register: Register, today: date) -> Iterator[Finding]:
    """Red where the last school year fell short of three (two from spring, one from summer); amber in this one where
    there were fewer than terms are over. Of pupils at SEN support in a school; from 16 the young person counts."""
    for pupil in register.here.values():
        if meeting_count.applies(register, pupil):
            who = "the young person" if holds_own_rights(pupil, today) else "a parent"
            for year in meeting_count.counts(register, pupil):
                if year.is_short:
                    days = [f"{row.day.day} {row.day:%B %Y}" for row in proposals(register, pupil)]
                    yield _short(pupil, year, who, listed(days))


def _short(pupil: Pupil, year: Count, who: str, days: str) -> Finding:
    held, due = len(year.held), year.due if year.is_over else year.due_by_now
    meetings = f"{held or 'no'} meeting{'' if held == 1 else 's'} with {who}"
    return RULE.finding(
        "red" if year.is_over else "amber",
        pupil,
        "pupil_id",
        f"{year.year.name}: {meetings} held where {due} {'was' if due == 1 else 'were'} due"
        + ("" if year.is_over else " by now"),
        f"Book this year's meetings now, one a term{f': {days} would do' if days else ''}."
        + (EVENING if year.evenings else "")
        + (SEEN if year.is_over else ""),
    )
