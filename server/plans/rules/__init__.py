"""The rules of the graduated approach, one per module, as pure functions of a school and a date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from server.plans.model import Finding, School
from server.plans.register import Register
from server.plans.rules import (
    r01_notification,
    r04_live_cycle,
    r06_codes,
    r10_minimum,
    r11_outcomes,
    r12_smart,
    r13_provision,
    r14_match,
    r15_aspirations,
    r20_interval,
    r21_school_day,
    r22_booked,
    r23_due,
)
from server.plans.rules.exemptions import audible
from server.plans.rules.rule import LEVELS, Rule

Check = Callable[[Register, date], Iterator[Finding]]

RULES: tuple[tuple[Rule, Check], ...] = (
    (r01_notification.RULE, r01_notification.check),
    (r04_live_cycle.RULE, r04_live_cycle.check),
    (r06_codes.RULE, r06_codes.check),
    (r10_minimum.RULE, r10_minimum.check),
    (r11_outcomes.RULE, r11_outcomes.check),
    (r12_smart.RULE, r12_smart.check),
    (r13_provision.RULE, r13_provision.check),
    (r14_match.RULE, r14_match.check),
    (r15_aspirations.RULE, r15_aspirations.check),
    (r20_interval.RULE, r20_interval.check),
    (r21_school_day.RULE, r21_school_day.check),
    (r22_booked.RULE, r22_booked.check),
    (r23_due.RULE, r23_due.check),
)

__all__ = ["LEVELS", "RULES", "Rule", "findings"]


def findings(school: School, today: date) -> tuple[Finding, ...]:
    """Everything every rule says of the school on that day, gravest first, then by pupil and rule; without what an
    exemption keeps quiet."""
    register = Register(school, today)
    found = (finding for _, check in RULES for finding in check(register, today))
    return tuple(sorted(audible(register, found, today), key=_gravity))


def _gravity(finding: Finding) -> tuple[int, str, str, str]:
    return LEVELS.index(finding.level), finding.pupil_id, finding.rule, finding.message
