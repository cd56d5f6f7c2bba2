"""How often Python looks for objects that hold each other."""

from __future__ import annotations

import gc

RARELY = (50_000, 50, 100)


def collect_rarely() -> None:
    """Let big workbooks be read without a search for cycles every few thousand cells.

    Rows, records and findings hold no cycles, so nothing grows: with Python's own thresholds a quarter of the time
    that a trust's workbooks take goes into looking. https://docs.python.org/3/library/gc.html#gc.set_threshold"""
    gc.set_threshold(*RARELY)
