"""How long a trust's worth of rows takes to read, check and list, on one core, and in how much memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from server.demo import sample
from tests.benchmarks.big_school import big_workbook

SECONDS, MEMORY, TIMES = 3.0, 500 * 1_000_000, 3


def measured() -> Iterator[str]:
    """One line for the whole, the best of a few runs, with what each step took of it."""
    anchor = sample.load().anchor
    assert anchor is not None
    cells = json.dumps(big_workbook())
    command = [sys.executable, "-m", "tests.benchmarks.reading_process", anchor.isoformat()]
    runs = [
        json.loads(subprocess.run(command, input=cells, capture_output=True, text=True, check=True).stdout)
        for _ in range(TIMES)
    ]
    best = min(runs, key=lambda run: sum(run["took"].values()))
    took, most = sum(best["took"].values()), max(run["bytes"] for run in runs)
    steps = ", ".join(f"{step} {seconds:.2f}" for step, seconds in best["took"].items())
    yield (
        f"{best['rows']:,} rows of {best['pupils']:,} pupils: {took:.2f} s of one core ({steps}), "
        f"{most / 1e6:.0f} MB (promised under {SECONDS:.0f} s: {SECONDS / took:.1f} times as good; "
        f"under {MEMORY / 1e6:.0f} MB: {MEMORY / most:.1f})"
    )
