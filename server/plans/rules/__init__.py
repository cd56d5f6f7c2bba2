"""The rules of the graduated approach, one per module, as pure functions of a school and a date."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

from server.plans.model import Finding, School
from server.plans.register import Register
from server.plans.rules.exemptions import audible
from server.plans.rules.rule import LEVELS, Rule

Check = Callable[[Register, date], Iterator[Finding]]
MODULE = re.compile(r"r\d\d_\w+")


def _rules() -> Iterator[tuple[Rule, Check]]:
    for name in sorted(module.name for module in iter_modules(__path__) if MODULE.fullmatch(module.name)):
        module = import_module(f"{__name__}.{name}")
        yield module.RULE, module.check


RULES: tuple[tuple[Rule, Check], ...] = tuple(_rules())
"""Every rule with its check, by number: one for each module ``rNN_name`` of this package."""

__all__ = ["LEVELS", "RULES", "Rule", "findings", "unfiltered"]


def findings(school: School, today: date) -> tuple[Finding, ...]:
    """Everything every rule says of the school on that day, gravest first, then by pupil and rule; without what an
    exemption keeps quiet."""
    register = Register(school, today)
    return tuple(sorted(audible(register, unfiltered(register), today), key=_gravity))


def unfiltered(register: Register, only: Collection[str] = ()) -> Iterator[Finding]:
    """What the rules say on the register's day, kept quiet or not; of some of them, where any are named."""
    checks = (check for rule, check in RULES if not only or rule.id in only)
    return (finding for check in checks for finding in check(register, register.today))


def _gravity(finding: Finding) -> tuple[int, str, str, str]:
    return LEVELS.index(finding.level), finding.pupil_id, finding.rule, finding.message
