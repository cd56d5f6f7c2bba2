"""R12: targets are specific, measurable, attainable, relevant and in time. Advice, never a stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from server.plans.model import Finding, Outcome, Record
from server.plans.register import LiveCycle, Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed

RULE = Rule(
    id="R12",
    force="default",
    source="Devon DIAS factsheet",
    title="Targets are SMART",
    for_parents="Each step says what we want to see, and by when.",
)
VAGUE_VERB = re.compile(
    r"\b(?:improv(?:e[sd]?|ing|ements?)|develop(?:s|ed|ing|ment)?|appropriate(?:ly)?"
    r"|understand(?:s|ing)?\b.{0,30}?\bbetter|better understanding)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\d|%|\b(?:once|twice|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)\b",
    re.IGNORECASE,
)
Fault = tuple[Record, str, str]


def check(register: Register, _today: date) -> Iterator[Finding]:
    """One finding per live outcome that is not SMART, listing why. What R10 asks for is left to R10."""
    for live in register.live:
        for outcome in live.outcomes:
            if faults := list(_faults(live, outcome, register.settings.largest_step)):
                yield RULE.finding(
                    "info",
                    *faults[0][:2],
                    f"{outcome.outcome_id} is not yet SMART: {listed(text for _, _, text in faults)}",
                    "Reword the target, or note why it stands as it is.",
                    pupil_id=live.pupil.pupil_id,
                )


def _faults(live: LiveCycle, outcome: Outcome, largest_step: int) -> Iterator[Fault]:
    yield from _specific(outcome)
    if outcome.target.strip() and not NUMBER.search(f"{outcome.target} {outcome.expected}"):
        yield outcome, "target", "no number shows when it is met"
    elif outcome.target.strip() and not (outcome.baseline.strip() or outcome.baseline_rating is not None):
        yield outcome, "baseline", "no baseline to measure from"
    yield from _attainable(outcome, largest_step)
    yield from _relevant(live, outcome)
    due = live.cycle.review_due_date
    if outcome.target_date is None:
        yield outcome, "target_date", "no target date"
    elif due is not None and outcome.target_date > due:
        yield outcome, "target_date", f"its date {outcome.target_date} is after the review of {due}"


def _specific(outcome: Outcome) -> Iterator[Fault]:
    for field, text in (("outcome", outcome.outcome), ("target", outcome.target)):
        if vague := VAGUE_VERB.search(text):
            word = vague.group().casefold()
            named = "understand better" if "better" in word else word
            yield outcome, field, f'"{named}" cannot be seen happening'


def _attainable(outcome: Outcome, largest_step: int) -> Iterator[Fault]:
    baseline, expected = outcome.baseline_rating, outcome.expected_rating
    if baseline is None or expected is None:
        return
    if expected <= baseline:
        yield outcome, "expected_rating", f"expected rating {expected} is not above the baseline {baseline}"
    elif expected - baseline > largest_step:
        yield outcome, "expected_rating", f"a rise of {expected - baseline} points is a lot for one cycle"


def _relevant(live: LiveCycle, outcome: Outcome) -> Iterator[Fault]:
    if not (outcome.need.strip() or outcome.area.strip()):
        yield outcome, "need", "no need is linked"
    if not (live.pupil.aspiration_child.strip() or live.pupil.aspiration_parent.strip()):
        yield live.pupil, "aspiration_child", "no aspiration is linked"
