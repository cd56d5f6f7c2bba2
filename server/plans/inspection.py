"""What of all that is held about a pupil an inspector asks to see, in the order they ask for it. Staff only. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from server.plans.transfer.pages import Part
from sheets_templates.schema import Catalogue

TABLES = (
    *("pupils", "status_history", "notifications", "plans", "profiles", "cycles", "outcomes", "provision", "log"),
    *("reviews", "meetings", "actions", "views", "child_views", "parent_views", "relational", "support_plans"),
    *("transitions", "referrals", "ehc", "ehc_outcomes", "ehc_requests", "reports", "agreements", "reads"),
)
"""Tabs of the pack. Contact details, money, training and questions of colleagues are not among them."""


def inspection_parts(catalogue: Catalogue, every: Sequence[Part], beside: Iterable[str]) -> tuple[Part, ...]:
    """The parts of the pack, numbered: those of its tabs that say anything, then those called as ``beside`` says."""
    wanted = (*(catalogue.table(key).title for key in TABLES), *beside)
    found = {part.title: part for part in every if part.rows}
    chosen = [found[title] for title in wanted if title in found]
    return tuple(replace(part, title=f"{number}. {part.title}") for number, part in enumerate(chosen, 1))


def contents(parts: Iterable[Part]) -> tuple[str, ...]:
    """A line for each part of the pack: what it is, and how much of it there is."""
    return tuple(f"{part.title}: {len(part.rows)}" for part in parts)
