"""``rules.md``: what each rule checks, how binding it is, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from inspect import getmodule

from docs.generate import markdown
from server.plans.rules import RULES

ABOUT = """
A rule reads what a school's workbooks say and a date, and gives findings. It changes nothing and stops nobody from
typing. Each finding names the rule, the pupil's id, the cell it is about, what is the matter and what to do. A few
are about the school as a whole and name no pupil. Numbers that a school may set for itself, such as days and
percentages, are in [settings of a school](school-settings.md)."""
FORCE = """
**Force**: *must* is law, *should* is the SEND Code of Practice, *local* is council guidance that many schools
follow, *default* is our own advice."""
LEVELS = """
**Level** of a finding, gravest first: *block* (the plan can't start), *red* (overdue or missing), *amber* (soon, or
to put right), *prompt* (think about it), *info* (advice on wording), *staff* (for staff alone), *history* (for the
record, not on worklists).

**Next move**: who usually acts on it. Advice can be kept quiet for one pupil by a row in Exceptions that says why,
who decided and when (see [keep a check quiet](../how-to/keep-a-check-quiet.md)); what the law asks for, and what
stops a step, can't. One stop has a way on: in a private nursery, which the Act doesn't bind, the SENCO may lift
R01."""


def page() -> str:
    rows = [
        (rule.id, rule.title, _says(check), rule.force, rule.mover, rule.source, rule.for_parents)
        for rule, check in RULES
    ]
    headers = ("Rule", "In a sentence", "What it tells you", "Force", "Next move", "Source", "What parents read")
    return markdown.page("Rules", ABOUT, FORCE, LEVELS, markdown.table(headers, rows), _where())


def _says(check: Callable[..., object]) -> str:
    return markdown.promise(check) or markdown.promise(getmodule(check))


def _where() -> str:
    return (
        f"These are all {len(RULES)} rules that are built, in `server/plans/rules/`, one module each. "
        "To add one, see [add a rule](../how-to/add-a-rule.md)."
    )
