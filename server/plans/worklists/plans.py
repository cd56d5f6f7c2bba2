"""Worklists about plans and reviews that are not complete, and decisions that wait for somebody."""

from __future__ import annotations

from server.plans.worklists.desk import Worklist, no_dates
from server.plans.worklists.reviews import of_cycle

DECISIONS = ("R25", "R32", "R36", "R37", "R38")
TO_COMPLETE = ("R03", "R06", "R10", "R11", "R12", "R13", "R14", "R15", "R17", "R20", "R21", "R24", "R47")

LISTS = (
    Worklist(
        key="decisions",
        title="Decisions due",
        rules=dict.fromkeys(DECISIONS, of_cycle),
        levels=frozenset({"prompt"}),
    ),
    Worklist(key="plans", title="Plans to complete", rules=dict.fromkeys(TO_COMPLETE, of_cycle)),
    Worklist(key="records", title="Reviews to complete", rules=dict.fromkeys(("R30", "R31"), no_dates)),
)
