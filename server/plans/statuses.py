"""What the workbooks show of our work: the rows of ``_status``, looked up by the rows people see.

Texts change on events, not every day, so that an idle day writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from server.plans.cycle import STEPS, step
from server.plans.mailbox import hidden_address
from server.plans.model import Cycle, Finding, Pupil, School, Settings, grouped
from server.plans.setting_facts import FACTS

WORD = "word"
"""Of rows that mirror the school's own words for choices."""

LOOKED = ("looked", "cells")
"""Of the row that says which cells were filled when nothing was hidden by a merge."""

TO_DO_LEVELS = ("block", "red", "amber", "prompt")


@dataclass(frozen=True, kw_only=True)
class StatusRow:
    """One row of ``_status``: what is shown for the row ``key`` of kind ``kind``."""

    kind: str
    key: str
    status: str = ""
    note: str = ""
    link: str = ""
    time: str = ""


def day_text(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def open_cycle(school: School, pupil_id: str) -> Cycle | None:
    """The pupil's running cycle, the latest where two are open."""
    running = [c for c in school.cycles_of.get(pupil_id, ()) if c.is_open]
    return max(running, key=lambda c: (c.cycle_number or 0, c.cycle_id), default=None)


def pupil_status(school: School, pupil: Pupil, today: date) -> str:
    """Where a pupil is in the cycle: ``Do – review due 3 Dec 2026``."""
    cycle = open_cycle(school, pupil.pupil_id)
    if cycle is None:
        return "No plan running" if pupil.sen_status in ("K", "E") else ""
    return f"{STEPS[step(cycle, today) - 1]} – {_due_text(cycle, today)}"


def _due_text(cycle: Cycle, today: date) -> str:
    due = cycle.review_due_date
    if due is None:
        return "no review date yet"
    return f"review overdue, was due {day_text(due)}" if due < today else f"review due {day_text(due)}"


def status_rows(
    school: School,
    findings: Iterable[Finding],
    meetings: Mapping[str, str],
    shared: Mapping[str, str],
    today: date,
) -> tuple[StatusRow, ...]:
    """Every row ``_status`` should hold: pupils, cycles, meetings, and the settings a teacher's card needs.

    ``meetings`` maps meeting ids to a text, ``shared`` pupil ids to a text."""
    rows = [
        *_pupil_rows(school, today),
        *(StatusRow(kind="shared", key=key, status=text) for key, text in shared.items() if text),
        *_cycle_rows(school, tuple(findings)),
        *(StatusRow(kind="meeting", key=key, status=text) for key, text in meetings.items() if text),
        *_setting_rows(school),
    ]
    return tuple(sorted(rows, key=lambda row: (row.kind, row.key)))


def _pupil_rows(school: School, today: date) -> Iterator[StatusRow]:
    for pupil in school.pupils:
        if status := pupil_status(school, pupil, today):
            yield StatusRow(kind="pupil", key=pupil.pupil_id, status=status)


def _cycle_rows(school: School, findings: tuple[Finding, ...]) -> Iterator[StatusRow]:
    to_do = grouped((found for found in findings if found.level in TO_DO_LEVELS), lambda found: found.pupil_id)
    for cycle in school.cycles:
        if not cycle.is_open:
            continue
        text = ", ".join(dict.fromkeys(found.rule for found in to_do.get(cycle.pupil, ())))
        yield StatusRow(
            kind="cycle", key=cycle.cycle_id, status=f"To do: see the side panel ({text})" if text else ""
        )


ALWAYS = ("time_zone", "review_interval_weeks")
"""Facts that are mirrored even where a school left them as they are."""


def _facts(settings: Settings) -> Iterator[StatusRow]:
    """What teachers' side panels are to know, as far as the school decided it."""
    for fact in FACTS:
        value = getattr(settings, fact.field)
        if fact.to_teachers and value and (fact.field in ALWAYS or value != fact.default):
            yield StatusRow(kind="setting", key=fact.name, status=str(value))


def _setting_rows(school: School) -> Iterator[StatusRow]:
    settings = school.settings
    yield from _facts(settings)
    yield from (StatusRow(kind=WORD, key=choice, status=said) for choice, said in settings.words)
    for number, term in enumerate(settings.terms):
        dates = {"note": term.start.isoformat(), "link": term.end.isoformat()}
        yield StatusRow(kind="half-term", key=f"{number:03}", status=term.name, **dates)
    for person in school.staff:
        yield StatusRow(kind="staff", key=person.staff_id, status=person.name, note=hidden_address(person.email))
    for number, day in enumerate(settings.closed_days):
        yield StatusRow(kind="closed", key=f"{number:03}", note=day.isoformat())
