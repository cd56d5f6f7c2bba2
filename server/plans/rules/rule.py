"""What a rule is: its number, how binding it is, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from server.plans.model import Finding

LEVELS = ("block", "red", "amber", "prompt", "info", "staff", "history")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the graduated approach. ``force`` is must (law), should (Code), local or default."""

    id: str
    force: str
    source: str
    title: str

    def finding(self, level: str, pupil_id: str, cell: str, message: str, action: str) -> Finding:
        """What this rule says of one pupil, about one cell."""
        return Finding(
            rule=self.id,
            level=level,
            pupil_id=pupil_id,
            cell=cell,
            message=message,
            action=action,
            force=self.force,
            source=self.source,
        )
