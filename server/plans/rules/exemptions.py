"""Checks kept quiet for one pupil, with a reason. What the law or a court asks for can't be silenced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from server.plans.model import Exemption, Finding
from server.plans.register import Register

NEVER = ("must",)
"""Forces of rules that no exemption reaches."""
SENCO = ("senco", "sendco")


def audible(register: Register, found: Iterable[Finding], today: date) -> Iterator[Finding]:
    """The findings that no exemption keeps quiet on that day."""
    for finding in found:
        if not any(covers(register, row, finding, today) for row in register.of(Exemption, finding.pupil_id)):
            yield finding


def may_be_quiet(finding: Finding) -> bool:
    """Whether anybody may keep this finding quiet: advice about one pupil, and what the SENCO may lift."""
    if not finding.pupil_id or finding.level == "history":
        return False
    return bool(finding.lifted_by) or (finding.level != "block" and finding.force not in NEVER)


def may_decide(register: Register, finding: Finding, staff_id: str) -> bool:
    """Whether that member of staff may keep it quiet: anybody for advice, the SENCO alone for what else may be."""
    if not (may_be_quiet(finding) and staff_id):
        return False
    return not finding.lifted_by or _is_senco(register, finding.pupil_id, staff_id)


def is_in_force(exemption: Exemption, today: date) -> bool:
    """Whether it says why, who and since when, and its time has come and not passed."""
    if not (exemption.reason.strip() and exemption.by_staff.strip() and exemption.decided):
        return False
    return exemption.decided <= today and (exemption.until is None or today < exemption.until)


def covers(register: Register, exemption: Exemption, finding: Finding, today: date) -> bool:
    """Whether it keeps this finding quiet on that day."""
    same_rule = exemption.rule.strip().upper() == finding.rule
    same_row = exemption.row.strip() in ("", finding.row)
    return (
        same_rule
        and same_row
        and is_in_force(exemption, today)
        and may_decide(register, finding, exemption.by_staff.strip())
    )


def _is_senco(register: Register, pupil_id: str, staff_id: str) -> bool:
    """By the role in Staff, or as the pupil's own SENCO; an assistant SENCO is neither."""
    person, pupil = register.staff.get(staff_id), register.pupils.get(pupil_id)
    by_role = person is not None and person.role.strip().casefold() in SENCO
    return by_role or (pupil is not None and pupil.senco_staff == staff_id)
