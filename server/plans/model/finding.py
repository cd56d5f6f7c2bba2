"""What a rule says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule says. ``level`` is one of block, red, amber, prompt, info, staff, history; ``row`` is the id of the
    row it is about, ``mover`` whose next move it is. Without a ``pupil_id`` it is about the school as a whole.
    ``lifted_by`` is whose reasoned decision lifts it although it stops a step: "senco", or "" for nobody's."""

    rule: str
    level: str
    pupil_id: str
    cell: str
    message: str
    action: str = ""
    row: str = ""
    mover: str = ""
    force: str = ""
    source: str = ""
    lifted_by: str = ""
