"""Checks that are kept quiet, as cards show them."""

from __future__ import annotations

from collections.abc import Iterator

from addon.views import QuietLine
from server.plans.explain import BY_RULE
from server.plans.model import Exemption
from server.plans.quiet import in_force
from server.plans.register import Register
from server.plans.statuses import day_text


def kept_quiet(register: Register, pupil_id: str, rule: str = "", row: str = "") -> Iterator[QuietLine]:
    """What is kept quiet for a pupil today: of one rule and row, where they are named."""
    for each in in_force(register, pupil_id):
        if rule in ("", _rule(each)) and (not row or each.row.strip() in ("", row)):
            yield _line(register, each)


def _rule(row: Exemption) -> str:
    return row.rule.strip().upper()


def _line(register: Register, row: Exemption) -> QuietLine:
    name = _rule(row)
    person = register.staff.get(row.by_staff)
    return QuietLine(
        exception_id=row.exception_id,
        pupil_id=row.pupil,
        rule=name,
        title=BY_RULE[name].title if name in BY_RULE else "",
        reason=row.reason,
        by=person.name if person else row.by_staff,
        until=f"until {day_text(row.until)}" if row.until else "for good",
    )
