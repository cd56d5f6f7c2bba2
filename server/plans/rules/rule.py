"""What a rule is: its number, how binding it is, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from server.plans.model import Finding, Record

LEVELS = ("block", "red", "amber", "prompt", "info", "staff", "history")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the graduated approach. ``force`` is must (law), should (Code), local or default.

    ``for_parents`` is the sentence that parents read about it, "" where they see nothing of it. ``mover`` is who acts
    on it: teacher, senco, head, parent or council. ``of_school`` says that some of its findings are about the school
    as a whole, and name no pupil."""

    id: str
    force: str
    source: str
    title: str
    for_parents: str = ""
    mover: str = "teacher"
    of_school: bool = False

    def finding(
        self, level: str, row: Record, field: str, message: str, action: str, *, mover: str = "", pupil_id: str = ""
    ) -> Finding:
        """What this rule says of one field of one row. ``mover`` is whose next move it is, if not the rule's usual
        one; ``pupil_id`` the pupil's, where the row doesn't name one."""
        return Finding(
            rule=self.id,
            level=level,
            pupil_id=pupil_id or row.whose,
            row=row.id,
            cell=row.cell(field),
            message=message,
            action=action,
            mover=mover or self.mover,
            force=self.force,
            source=self.source,
        )
