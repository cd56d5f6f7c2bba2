"""What counts as a formal notice of SEN support (rules R01 and R02)."""

from __future__ import annotations

from server.plans.model import Notification


def is_notice(row: Notification) -> bool:
    """Whether the row tells of SEN support; an invitation or a notice of its end is another letter."""
    return not row.kind or "notification" in row.kind.casefold()
