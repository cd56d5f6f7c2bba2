"""R50: parents get a written report by the end of the summer term."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import AnnualReport, Finding, Pupil
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed
from server.plans.terms import last_school_day, school_year

RULE = Rule(
    id="R50",
    force="must",
    source="Education (Pupil Information) Regulations 2005 Sch. 1; Code of Practice 6.64",
    title="Parents get a written report each year",
    for_parents="Once a year you get a report. It says how your child is doing.",
)
NOTICE = 42
WANTED = (
    ("progress", "general progress"),
    ("achievements", "achievements"),
    ("attendance", "attendance"),
    ("discuss", "how to discuss it"),
)


def check(register: Register, today: date) -> Iterator[Finding]:
    """From six weeks before the summer term ends: one finding per pupil with SEN whose report lacks something."""
    end = last_school_day(register.settings, today)
    if end is None or (end - today).days > NOTICE or register.settings.is_early_years:
        return
    level = "red" if end < today else "amber"
    for pupil in register.school.pupils:
        if pupil.sen_status in ("K", "E") and pupil.left is None and not pupil.year_group.startswith("N"):
            yield from _report(register, pupil, level, end, today)


def _report(register: Register, pupil: Pupil, level: str, end: date, today: date) -> Iterator[Finding]:
    report = next((row for row in register.of(AnnualReport, pupil.pupil_id) if is_of_year(row, today)), None)
    action = "Write it in Year report, then make the document and give it to each household."
    if report is None:
        yield RULE.finding(level, pupil, "pupil_id", f"No annual report yet; it is due by {end}", action)
        return
    wanted = (item for item in WANTED if not (item[0] == "attendance" and pupil.year_group == "R"))
    if lacks := [(field, name) for field, name in wanted if not getattr(report, field).strip()]:
        message = f"The annual report due by {end} lacks {listed(name for _, name in lacks)}"
        yield RULE.finding(level, report, lacks[0][0], message, action)


def is_of_year(report: AnnualReport, today: date) -> bool:
    """Whether a report's year ("2026/27", "2026-27", "2026 to 2027") is the school year of that day."""
    first = school_year(today)[0].year
    digits = "".join(ch if ch.isdigit() else " " for ch in report.year).split()
    return digits[:1] == [str(first)] and (len(digits) == 1 or digits[1][-2:] == str(first + 1)[-2:])
