"""Every check there is."""

from __future__ import annotations

from live import (
    on_addon,
    on_calendar,
    on_calendar_wire,
    on_doc_looks,
    on_docs,
    on_drive,
    on_drive_wire,
    on_series,
    on_sharing,
    on_sheet_moves,
    on_sheet_shapes,
    on_sheet_values,
    on_sheets,
    on_wire,
)
from live.outcome import CHECKS

__all__ = ["CHECKS", "PARTS"]
PARTS = (
    on_sheets,
    on_sheet_shapes,
    on_sheet_values,
    on_sheet_moves,
    on_drive,
    on_drive_wire,
    on_sharing,
    on_docs,
    on_doc_looks,
    on_calendar,
    on_calendar_wire,
    on_series,
    on_wire,
    on_addon,
)
