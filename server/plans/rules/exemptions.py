"""Checks kept quiet for one pupil, with a reason. What the law or a court asks for can't be silenced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from server.plans.model import Exemption, Finding
from server.plans.register import Register

NEVER = ("must",)
"""Forces of rules that no exemption reaches."""


def audible(register: Register, found: Iterable[Finding], today: date) -> Iterator[Finding]:
    """The findings that no exemption keeps quiet on that day."""
    for finding in found:
        if not any(_covers(exemption, finding, today) for exemption in register.of(Exemption, finding.pupil_id)):
            yield finding


def _covers(exemption: Exemption, finding: Finding, today: date) -> bool:
    """Only a decision that says why, who and since when, and only advice: no stop, no duty in law."""
    if finding.level == "block" or finding.force in NEVER:
        return False
    if not (exemption.reason.strip() and exemption.by_staff.strip() and exemption.decided):
        return False
    in_time = exemption.decided <= today and (exemption.until is None or today < exemption.until)
    same_rule = exemption.rule.strip().upper() == finding.rule
    return in_time and same_rule and exemption.row.strip() in ("", finding.row)
