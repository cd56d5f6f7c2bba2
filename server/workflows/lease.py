"""One run at a time for a school: a lease held as two named ranges in the SENCO workbook.

The lock has a fixed id, so that making it fails where it exists. The mark carries the holder's own id; taking over
a stale lease deletes the stale holder's mark in the same atomic batch, so of two takers one fails, and a holder
that was presumed dead can no longer write: every batch it sends renews its own mark first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from server.plans.ports import Request, Sheets
from server.plans.trouble import AlreadyThere, InUse, Refused, Trouble

LOCK = "senplans_lock"
SECONDS = 180


@dataclass(frozen=True, kw_only=True)
class Lease:
    """A held lease. ``sheet_id`` is the hidden tab its named ranges sit on, ``until`` in epoch seconds."""

    spreadsheet_id: str
    sheet_id: int
    run_id: str

    def take(self, now: float) -> list[Request]:
        """Requests that take a free lease; their batch fails where it is held."""
        return [
            self._add(LOCK, f"senplans_lock_{self.run_id}_{int(now) + SECONDS}"),
            self._add(self._mark, self._mark),
        ]

    def renew(self, now: float) -> list[Request]:
        """Requests that go first in every batch of the run: they fail once somebody else took over."""
        return [*self.release(), *self.take(now)]

    def release(self) -> list[Request]:
        return [_delete(self._mark), _delete(LOCK)]

    @property
    def _mark(self) -> str:
        return mark(self.run_id)

    def _add(self, range_id: str, name: str) -> dict[str, Any]:
        corner = {
            "sheetId": self.sheet_id,
            "startRowIndex": 0,
            "endRowIndex": 1,
            "startColumnIndex": 0,
            "endColumnIndex": 1,
        }
        return {"addNamedRange": {"namedRange": {"namedRangeId": range_id, "name": name, "range": corner}}}


def mark(run_id: str) -> str:
    return f"senplans_mark_{run_id}"


def _delete(range_id: str) -> dict[str, Any]:
    return {"deleteNamedRange": {"namedRangeId": range_id}}


def holder(names: Mapping[str, str]) -> tuple[str, float]:
    """Who holds the lease and until when, from the named ranges; ("", 0) where nobody does."""
    name = names.get(LOCK, "")
    _, _, rest = name.partition("senplans_lock_")
    run_id, _, until = rest.rpartition("_")
    return (run_id, float(until)) if until.isdigit() else ("", 0.0)


def acquire(sheets: Sheets, lease: Lease, now: float) -> None:
    """Take the lease, or take over a stale one. Raises InUse where another run holds it."""
    try:
        sheets.batch(lease.spreadsheet_id, lease.take(now))
    except AlreadyThere:
        _take_over(sheets, lease, now)


@contextmanager
def given_back(sheets: Sheets, lease: Lease) -> Iterator[None]:
    """Release the lease where trouble ends the work, so that nobody has to wait until it runs out.

    Whoever took it over in the meantime keeps it: without our own mark the release is refused whole."""
    try:
        yield
    except Trouble:
        with suppress(Trouble):
            sheets.batch(lease.spreadsheet_id, lease.release())
        raise


def _take_over(sheets: Sheets, lease: Lease, now: float) -> None:
    names = sheets.named_ranges(lease.spreadsheet_id)
    run_id, until = holder(names)
    if LOCK in names and until > now:
        raise InUse("Another run is working on this school. Nothing was changed by this one.", until=until)
    try:
        sheets.batch(lease.spreadsheet_id, [*_clear(names, run_id), *lease.take(now)])
    except Refused as refused:
        raise InUse("Another run took over first. Nothing was changed by this one.", until=now + SECONDS) from refused


def _clear(names: Mapping[str, str], run_id: str) -> Sequence[Request]:
    """Deletions of what a dead run left. Its mark goes by name, so that only one taker can succeed."""
    return [_delete(range_id) for range_id in (mark(run_id), LOCK) if range_id in names]
