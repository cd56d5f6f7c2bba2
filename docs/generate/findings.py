"""``sample-findings.md``: every finding of the sample that asks somebody to act, with the row that causes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docs.generate import markdown
from server.demo.sample import load
from server.demo.schools import sample_schools
from server.plans.model import Finding
from server.plans.rules import RULES, findings

ACTED_ON = ("block", "red", "prompt")
ABOUT = """
What the rules say of the three invented schools on the day their file is about, as far as somebody has to act: levels
*block*, *red* and *prompt*. Each finding stands with the row and the cell that cause it. A finding without such a row
would be a mistake in a rule."""


def page() -> str:
    sample = load()
    titles = {rule.id: rule.title for rule, _ in RULES}
    found = [
        row for school in sample_schools(sample) for row in _acted_on(findings(school, sample.anchor or date.min))
    ]
    rows = [
        (row.pupil_id, row.rule, row.level, row.message, f"{row.row}, {row.cell}", titles[row.rule]) for row in found
    ]
    headers = ("Pupil", "Rule", "Level", "What it says", "Row and cell", "What the rule asks")
    return markdown.page("Findings of the sample schools", ABOUT, markdown.table(headers, sorted(rows)))


def _acted_on(found: tuple[Finding, ...]) -> Iterator[Finding]:
    return (finding for finding in found if finding.level in ACTED_ON)
