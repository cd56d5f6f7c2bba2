"""What ``live-check`` found: as Markdown for an administrator, as JSON for machines. Holds no address and no id."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

HELD, NOT_HELD, PERSON, UNTRIED = KINDS = ("held", "did not hold", "needs a person", "could not be tried here")
ASSUMPTION, CONTRACT = "assumption", "contract test"
LONGEST = 400
ABOUT = (
    "SEN Plans was built against a stand-in for Google. This report says which of the things that it takes for "
    "granted are so on a real account. What was made for it stood in a folder and in calendars of its own."
)
MEANINGS = {
    HELD: "Google does what SEN Plans takes for granted.",
    NOT_HELD: "Google does something else: tell the developers.",
    PERSON: "only somebody at a screen can tell; the steps are given.",
    UNTRIED: "this account or these settings don't allow it; the reason is given.",
}
_ADDRESS = re.compile(r"[\w.+%-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+")
_LONG = re.compile(r"(?<![\w-])(?=[\w-]*\d)[\w-]{25,}(?![\w-])")


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One assumption or contract test. ``kind`` is one of KINDS."""

    sort: str
    area: str
    title: str
    kind: str
    saw: str = ""
    steps: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """``domain`` is the account's; ``google`` is where the calls went; ``notes`` tell of cleaning up."""

    date: str
    domain: str
    google: str
    versions: Mapping[str, str]
    checked: tuple[Checked, ...]
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Nothing failed, and nothing was left behind."""
        failed = any(one.kind == NOT_HELD for one in self.checked)
        return not failed and not any(note.startswith("Left behind") for note in self.notes)

    def counts(self) -> dict[str, Counter[str]]:
        """Of each area, how many came to each kind."""
        found: dict[str, Counter[str]] = {}
        for one in self.checked:
            found.setdefault(one.area, Counter())[one.kind] += 1
        return found


def clean(text: str) -> str:
    """The text on one line, without addresses and ids, and not too long."""
    line = " ".join(_LONG.sub("(id)", _ADDRESS.sub("(address)", text)).split())
    return line if len(line) <= LONGEST else line[:LONGEST].rstrip() + " …"


def as_json(report: Report) -> str:
    whole = dataclasses.asdict(report) | {"ok": report.ok, "counts": report.counts()}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_markdown(report: Report) -> str:
    return "\n\n".join(part for part in _parts(report) if part) + "\n"


def _parts(report: Report) -> Iterator[str]:
    yield "# Live check"
    yield ABOUT
    facts = {"Date": report.date, "Account's domain": report.domain or "unknown", "Google": report.google}
    yield _table(("", ""), (facts | dict(report.versions)).items())
    yield "\n".join(f"- **{kind}**: {meaning}" for kind, meaning in MEANINGS.items())
    yield _table(("Area", *KINDS), [(area, *(str(n[kind]) for kind in KINDS)) for area, n in report.counts().items()])
    yield "\n".join(f"- {note}" for note in report.notes)
    yield from _told("What did not hold", [one for one in report.checked if one.kind == NOT_HELD])
    assumptions = [one for one in report.checked if one.sort == ASSUMPTION]
    yield from _told("Assumptions", assumptions)
    left = [one for one in report.checked if one.sort == CONTRACT and one.kind == UNTRIED]
    yield from _told("Contract tests that could not be tried here", left)


def _told(heading: str, several: Iterable[Checked]) -> Iterator[str]:
    rows = [
        (one.area, one.title, one.kind, " ".join(part for part in (one.saw, one.steps) if part)) for one in several
    ]
    if rows:
        yield f"## {heading}\n\n" + _table(("Area", "What", "Outcome", "What was seen, or what to do"), rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(head), *(tuple(row) for row in rows)]
    lines.insert(1, ("---",) * len(lines[0]))
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
