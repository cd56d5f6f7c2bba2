"""Reads a plan workbook's cells, given as JSON, in a process of its own: says what each step took of its processor,
in seconds, and the most memory that it needed, in bytes."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from server.memory import collect_rarely
from server.plans.rules import findings
from server.plans.school import assemble
from server.web.ports import AtHand
from server.web.present import home_view
from sheets_templates import catalogue
from sheets_templates.readback import read
from tests.benchmarks.sandbox_process import most_memory

T = TypeVar("T")


def main() -> None:
    collect_rarely()
    day = date.fromisoformat(sys.argv[1])
    tables, took = catalogue.load(), {}

    def timed(step: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        made = work()
        took[step] = time.process_time() - began
        return made

    cells = timed("parsed", lambda: _grids(json.load(sys.stdin)))
    reading = timed("read", lambda: read(tables, "plan", cells))
    school = timed("put together", lambda: assemble(None, (reading,)))
    found = timed("checked", lambda: findings(school, day))
    at_hand = AtHand(school=school, today=day, is_publisher=True, findings=found)
    listed = timed("listed", lambda: home_view(at_hand))
    counts = {"rows": sum(len(t.rows) for t in reading.tables.values()), "problems": len(reading.problems)}
    print(json.dumps({"took": took, **counts, "pupils": len(listed.pupils), "bytes": most_memory()}))


def _grids(told: dict[str, Any]) -> dict[int, Any]:
    return {int(sheet_id): tuple(tuple(row) for row in rows) for sheet_id, rows in told.items()}


if __name__ == "__main__":
    main()
