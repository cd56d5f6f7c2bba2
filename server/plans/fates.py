"""What becomes of an outcome once its turn is over: it goes on, it has ended, or somebody has to say."""

from __future__ import annotations

from collections.abc import Iterator

from server.plans.model import Outcome
from server.plans.results import NOT_RATED, SECURE, result

CARRIED, ENDED, UNCLEAR = "carried", "ended", "unclear"
ACHIEVED, STOP, STEP_DOWN = "achieved – new outcome", "stop and replace", "step down to universal"
CHANGE, TWEAK = "change a lot", "tweak"

Ask = tuple[str, str, bool]
"""The field where a person answers, the question, and whether nothing is drafted before."""


def said(choice: str) -> str:
    """A choice in small letters, for comparing."""
    return " ".join(choice.casefold().split())


def fate(outcome: Outcome, *, stopped: bool) -> str:
    """What was decided goes before what the ratings say. ``stopped``: the turn ended without a review, so what is not
    rated goes on too."""
    decision, is_secure = said(outcome.decision), result(outcome) in SECURE
    if decision in (ACHIEVED, STOP, STEP_DOWN):
        return ENDED
    if is_secure:
        return UNCLEAR if decision else ENDED
    return UNCLEAR if result(outcome) == NOT_RATED and not stopped else CARRIED


def asks(outcome: Outcome, *, stopped: bool) -> Iterator[Ask]:
    """What is to be asked about one outcome before or while the next turn is written."""
    name, decision, how = outcome.outcome_id, said(outcome.decision), result(outcome)
    match fate(outcome, stopped=stopped):
        case "unclear" if how in SECURE:
            words = (
                f"{name} is rated {how}, and “{outcome.decision}” was decided. Is it to go on? Put one of them right."
            )
            yield "decision", words, True
        case "unclear":
            yield "actual_rating", f"Where is the child now with {name}, 1 to 10?", True
        case "carried":
            yield from _of_carried(outcome, decision, how)
        case "ended" if decision == ACHIEVED and how not in (*SECURE, NOT_RATED):
            yield (
                "decision",
                f"{name} is rated {how}, and decided as achieved: it is not carried on. Is that right?",
                False,
            )
        case "ended" if decision == STOP:
            yield "decision", f"{name} stops and is to be replaced. What takes its place?", False


def _of_carried(outcome: Outcome, decision: str, how: str) -> Iterator[Ask]:
    name = outcome.outcome_id
    if how == NOT_RATED:
        yield "actual_rating", f"{name} goes on without a rating. Where does the child start now?", False
    if decision == CHANGE:
        yield "target", f"{name} is to change a lot. What is the next step now?", False
    elif decision == TWEAK:
        yield "target", f"{name} is to be tweaked. What changes in the next step?", False
    if aim(outcome) is None and how != NOT_RATED:
        yield "expected_rating", f"How far is {name} to come this time, 1 to 10?", False


def aim(outcome: Outcome) -> int | None:
    """Where the next turn aims: as high as the last one, if that lies ahead and is no more than five steps off."""
    now, aimed = outcome.actual_rating, outcome.expected_rating
    return aimed if now is not None and aimed is not None and now < aimed <= now + 5 else None
