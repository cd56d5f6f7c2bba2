"""Every check there is."""

from __future__ import annotations

from live import (
    on_addon,
    on_calendar,
    on_docs,
    on_drive,
    on_series,
    on_sharing,
    on_sheet_shapes,
    on_sheets,
    on_wire,
)
from live.outcome import CHECKS

__all__ = ["CHECKS", "PARTS"]
PARTS = (on_sheets, on_sheet_shapes, on_drive, on_sharing, on_docs, on_calendar, on_series, on_wire, on_addon)
