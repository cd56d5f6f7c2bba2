"""``school-settings.md``: what a school decides for itself in the Settings tab, as the one list of facts says."""

from __future__ import annotations

from docs.generate import markdown
from server.plans.setting_facts import FACTS, Fact

ABOUT = """
What a school decides for itself stands in the Settings tab of its SENCO workbook: one row each, its name in the first
cell, the value beside it. A row that is not there, or is empty, means the usual value. A value that can't be used is
told with its cell, and the usual one stands. Small letters, capitals and brackets make no difference; a name that is
nearly one of these is told too."""
MORE = """
Half-terms (`Half-term`, a name, From and To), closed days (`Closed day`, From and To) and the school's own words
(`Our word for …`) have as many rows as they need. Settings of the service itself are in [settings](settings.md)."""


def page() -> str:
    rows = [(fact.name, fact.help, fact.takes, _default(fact), ", ".join(fact.rules)) for fact in FACTS]
    headers = ("Setting", "What it is", "It takes", "Usually", "Followed by")
    return markdown.page("Settings of a school", ABOUT, markdown.table(headers, rows), MORE)


def _default(fact: Fact) -> str:
    if fact.kind == "papers":
        return "all"
    return str(fact.default) if fact.default not in ("", None) else ""
