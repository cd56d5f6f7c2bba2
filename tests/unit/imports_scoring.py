"""How well an import agrees with the answers written beside the invented sheets and exports."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sheets_templates.imports.grid import Book
from sheets_templates.imports.sheet import Import, read_book
from sheets_templates.imports.xlsx import book_of_xlsx

FORMS = Path(__file__).parents[1] / "data" / "forms"
OURS = {
    ("pupils", "accountable_staff_id"): ("pupils", "accountable_staff"),
    ("provision", "delivered_by_staff_id"): ("provision", "delivered_by"),
    ("provision", "pupil_id"): ("provision", "pupil"),
    ("provision", "entry"): ("provision", "entry_measure"),
    ("provision", "exit"): ("provision", "exit_measure"),
    ("provision", "hourly_rate_gbp"): ("costs", "hourly_rate"),
    ("provision", "funding"): ("costs", "funding"),
    ("plans", "start_date"): ("cycles", "plan_agreed_date"),
    ("one_page_profiles", "how_best_to_support_me"): ("pupils", "how_to_support"),
    ("actions", "action"): ("reviews", "actions"),
    ("specialist_involvement", "type"): ("pupils", "other_professionals"),
    ("specialist_involvement", "report_date"): ("pupils", "other_professionals"),
}
SAME = {
    "plan.review_date": {("outcomes", "target_date"), ("cycles", "review_due_date")},
    "outcome[].measure": {("outcomes", "measure")},
    "child_views.like": {("pupils", "strengths")},
    "review.decision": {("reviews", "next_step"), ("reviews", "actions")},
}


@dataclass
class Score:
    cells: int = 0
    accounted: int = 0
    values: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    kept_out: int = 0
    kept_right: int = 0


def sheets() -> list[Path]:
    return sorted(FORMS.glob("school_sheet_*.xlsx"))


def gold(path: Path) -> Any:
    return json.loads(path.with_name(f"{path.stem}.gold.json").read_text("utf-8"))


def book(path: Path) -> Book:
    return book_of_xlsx(path.read_bytes())


def score(path: Path) -> tuple[Score, Import]:
    """Every cell of the answers against the line of the report."""
    found = read_book(book(path))
    lines = {(line.tab, line.cell): line for line in found.report.lines}
    result = Score()
    answers = gold(path)
    for cell in answers["cells"]:
        result.cells += 1
        line = lines.get((cell["sheet"], cell["cell"]))
        result.accounted += line is not None
        given = [] if line is None else [(t.table, t.field, plain(t.value)) for t in line.to]
        name = f"{cell['sheet']}!{cell['cell']} {cell['text'][:30]!r}"
        if "kept_out" in cell:
            result.kept_out += 1
            result.kept_right += not given
            if given:
                result.wrong.append(f"{name} should stay out, went to {given}")
            continue
        _values(result, cell, given, name, line)
    return result, found


def _values(result: Score, cell: Any, given: list[tuple[str, str, Any]], name: str, line: Any) -> None:
    accept = cell.get("accept", [])
    wanted = {(t["table"], t["field"], json.dumps(t["value"])): t for t in cell["to"]}.values()
    for target in wanted:
        result.values += 1
        places = {OURS.get((target["table"], target["field"]), (target["table"], target["field"]))}
        for path in target.get("alt", []):
            places |= SAME.get(path, set())
        values = [value for table, key, value in given if (table, key) in places]
        wants = [target["value"], *(accept if not isinstance(accept, dict) else [])]
        linked = target["field"] == "pupil_id" and bool(values)
        if linked or any(agree(v, w) for v in values for w in wants) or (not values and None in accept):
            result.right += 1
        elif not given:
            kind = result.asked if line is not None and line.verdict == "ask" else result.missed
            kind.append(f"{name} -> {target['table']}.{target['field']} ({line and line.why})")
        else:
            result.wrong.append(
                f"{name}: wanted {target['table']}.{target['field']}={target['value']!r}, got {given}"
            )


def plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def agree(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, list):
        return bool(ours) and theirs in (ours, ours[0], "; ".join(ours))
    if isinstance(ours, str) and isinstance(theirs, str):
        return " ".join(ours.split()) == " ".join(theirs.split())
    return bool(ours == theirs)
