"""The SEN flags that a school's own system (MIS) wants: one line a pupil, as CSV that a spreadsheet opens safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from server.plans.model import Pupil, School

HEADINGS = (
    *("UPN", "Surname", "Forename", "Date of birth", "Year", "Form"),
    *("SEN status", "Primary need", "Secondary need", "Level of support", "SEN since"),
)
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def flags(school: School, today: date) -> str:
    """Every pupil who is here with SEN support or an EHC plan, in the order of the Pupils tab, under headings."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(HEADINGS)
    lines.writerows([harmless(text) for text in _line(pupil)] for pupil in flagged(school, today))
    return out.getvalue()


def flagged(school: School, today: date) -> Iterator[Pupil]:
    return (pupil for pupil in school.pupils if pupil.sen_status in ("K", "E") and pupil.is_here(today))


def _line(pupil: Pupil) -> Iterator[str]:
    yield from (pupil.upn, pupil.last_name, pupil.first_name, _day(pupil.dob), pupil.year_group, pupil.class_form)
    yield from (pupil.sen_status, pupil.primary_need, pupil.secondary_need, pupil.tier, _day(pupil.sen_identified))


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: one that begins like it gets an apostrophe in front."""
    line = " ".join(text.split())
    return f"'{line}" if text.lstrip(" ").startswith(_RISKY) or line.startswith(_RISKY) else line
