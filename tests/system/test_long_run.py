"""A run that takes longer than its lease keeps it."""

from __future__ import annotations

from town import Between, Town

from server.workflows.lease import LOCK, SECONDS, holder


def test_a_run_slower_than_its_lease_never_lets_it_run_out(town: Town) -> None:
    held: list[float] = []

    def slower() -> None:
        town.now += SECONDS / 10
        senco = town.files().senco
        if senco is None:
            return
        with town.run() as run:
            names = run.google.sheets.named_ranges(senco.file_id)
        if LOCK in names:
            held.append(holder(names)[1] - town.now)

    town.begin(Between(slower))
    assert len(held) > 10
    assert min(held) > 0
