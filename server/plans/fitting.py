"""Which pupils a template is for, and which of its fields a pupil is asked. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Pupil
from server.plans.record_reader import Reader
from sheets_templates.plan_templates import PlanTemplate, TemplateField

_STATUSES = {"N": "no SEN support", "K": "SEN support", "E": "an EHC plan"}


def misfit(template: PlanTemplate, reader: Reader) -> str:
    """Why a template is not for this reader's pupil, in one sentence; "" where it is.

    A year group or status that the school left empty or words in its own way never stands against it."""
    return next(_reasons(template, reader), "")


def _reasons(template: PlanTemplate, reader: Reader) -> Iterator[str]:
    fit, pupil = template.fit, reader.pupil
    year, status = pupil.year_group.strip().upper(), pupil.sen_status.strip().upper()
    if fit.years and _is_year(year) and year not in fit.years:
        yield f"It is for {_span(fit.years)}; {pupil.called} is in {year}."
    if fit.statuses and status in _STATUSES and status not in fit.statuses:
        yield f"It is not for a pupil with {_STATUSES[status]}."
    if fit.row and not _has_row(template, reader):
        yield "Nothing has been written for it yet."


def is_asked(field: TemplateField, pupil: Pupil, today: date) -> bool:
    """Whether a field is asked of a pupil at all: attendance not in Reception, a check at two not before two."""
    year = pupil.year_group.strip().upper()
    if field.years and _is_year(year) and year not in field.years:
        return False
    return not field.from_age or (age(pupil, today) or 0) >= field.from_age


def age(pupil: Pupil, today: date) -> int | None:
    """Whole years on a day; None without a date of birth."""
    born = pupil.dob
    return None if born is None else today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _is_year(code: str) -> bool:
    return code == "R" or (code[:1] in {"N", "Y"} and code[1:].isdigit())


def _span(years: tuple[str, ...]) -> str:
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _has_row(template: PlanTemplate, reader: Reader) -> bool:
    if template.table == "provision":
        return bool(reader.cycle_provision)
    return reader.row(template.table) is not None
