"""``traceability.md``: what the five sources say, by feature, and how much of it a test shows."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from docs.generate import markdown

FILE = Path(__file__).parents[1] / "reference" / "traceability.csv"
NOT_YET = "not yet"
ABOUT = """
Each sentence of the sources that a school can be helped with is a row of `docs/reference/traceability.csv`: the
words, what follows from them, the feature that serves it and the tests that show it (`shown_by`). A row that no test
shows says *not yet*."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence of a source and the tests that show what follows from it."""

    n: str
    seed_file: str
    where: str
    quoted_phrase: str
    feature_id: str
    feature: str
    implies: str
    data_needed: str
    shown_by: str


@cache
def statements() -> tuple[Statement, ...]:
    with FILE.open(encoding="utf-8", newline="") as opened:
        return tuple(Statement(**row) for row in csv.DictReader(opened))


def page() -> str:
    rows = sorted(statements(), key=lambda row: (row.feature_id, int(row.n)))
    shown = sum(row.shown_by != NOT_YET for row in rows)
    told = f"**{shown} of {len(rows)}** rows are shown by a test."
    headers = ("Feature", "What it is", "Rows", "Shown", "Not yet")
    summary = [_summed(list(group)) for _, group in groupby(rows, key=lambda row: row.feature_id)]
    return markdown.page(
        "Where each feature comes from", ABOUT, told, markdown.table(headers, summary), _missing(rows)
    )


def _summed(rows: Sequence[Statement]) -> tuple[str, ...]:
    missing = [row.n for row in rows if row.shown_by == NOT_YET]
    first = rows[0]
    return first.feature_id, first.feature, str(len(rows)), str(len(rows) - len(missing)), ", ".join(missing)


def _missing(rows: Sequence[Statement]) -> str:
    told = [(row.n, row.feature_id, row.quoted_phrase, row.implies) for row in rows if row.shown_by == NOT_YET]
    if not told:
        return ""
    return "## Not yet\n\n" + markdown.table(("Row", "Feature", "What the source says", "What follows"), told)
