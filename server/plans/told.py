"""The day on which all who are to have it had the updated plan after a review, as the ledger remembers it (rule R35).

A day is noted once, when a round has seen every copy of the pupil up to date and with its readers, the review is
written down and the next plan is begun: a copy of the plan that was reviewed is no news to the family. It stays until
the review's row is gone. The tab's own cell, filled by hand, is never touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from server.plans import progress
from server.plans.ledger import Entry, Ledger
from server.plans.model import Review, School
from server.plans.register import Register

TOLD = "told"


def copies_sent(ledger: Ledger) -> Mapping[str, date]:
    """By review, the day noted; lines that were forged into something else are left out."""
    return {entry.key: day for entry in ledger.of_kind(TOLD) if (day := entry.day) is not None}


def newly_told(school: School, ledger: Ledger, today: date, is_shared: Callable[[str], bool]) -> Iterator[Entry]:
    """A line for the last review of each pupil whose family has the updated plan as of today, and no line yet.

    ``is_shared`` says of a pupil whether every copy is up to date and with all its readers."""
    register = Register(school, today)
    for pupil_id, last in progress.latest(register):
        review = last.review
        if review is None or review.copy_sent is not None or not _is_written(review):
            continue
        if ledger.get(TOLD, review.review_id) is None and progress.is_renewed(register, last) and is_shared(pupil_id):
            yield Entry(kind=TOLD, key=review.review_id, time=today.isoformat())


def outlived(ledger: Ledger, reviews: Iterable[Review]) -> list[tuple[str, str]]:
    """Lines of reviews that are no longer there; none where no review could be read at all."""
    known = {review.review_id for review in reviews}
    return [entry.name for entry in ledger.of_kind(TOLD) if known and entry.key not in known]


def _is_written(review: Review) -> bool:
    return bool(review.review_id and review.impact_summary.strip())
