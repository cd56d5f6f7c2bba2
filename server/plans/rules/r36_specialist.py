"""R36: where progress stays weak, a specialist is brought in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans import fidelity, progress
from server.plans.model import Finding, Referral
from server.plans.progress import LITTLE, Reviewed
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed

RULE = Rule(
    id="R36",
    force="should",
    source="Code of Practice 5.39, 5.48, 6.58, 6.59",
    title="Weak progress brings in a specialist",
    for_parents="Your child may make little progress for a long time. Then we talk with you about asking a "
    "specialist. We ask nobody unless you agree.",
    mover="senco",
)
SEVERAL = 2


def check(register: Register, _today: date) -> Iterator[Finding]:
    """A prompt per pupil whose last two cycles or more brought less than expected, or whose last one little or
    nothing; until a referral is sent, or a person-centred meeting held or booked, after that review. Only where the
    referrals were read too."""
    for pupil_id, pupil in register.here.items():
        if register.sees_contacts and pupil.sen_status in ("K", "E"):
            runs = (progress.weak_run(done) for done in progress.reviewed(register, pupil_id))
            told = [run for run in runs if _tells(run) and not _acted_on(register, pupil_id, run[-1])]
            yield from (_prompt(register, run) for run in told[:1])


def _tells(run: tuple[Reviewed, ...]) -> bool:
    return len(run) >= SEVERAL or (bool(run) and run[-1].progress == LITTLE)


def _acted_on(register: Register, pupil_id: str, last: Reviewed) -> bool:
    sent = any(row.sent is not None and row.sent >= last.held for row in register.of(Referral, pupil_id))
    return sent or progress.person_centred(register, pupil_id, last.held) is not None


def _prompt(register: Register, run: tuple[Reviewed, ...]) -> Finding:
    last = run[-1]
    row, field = (last.review, "overall_progress") if last.review else (last.cycle, "review_held_date")
    said = "less than expected" if len(run) >= SEVERAL else "little or no"
    unfair = [done.cycle.cycle_id for done in run if _is_unfair(register, done)]
    first = f"{listed(unfair)} was not a fair test: see R25 first. " if unfair else ""
    cycles = f"{len(run)} cycle{'s' if len(run) > 1 else ''}"
    return RULE.finding(
        "prompt",
        row,
        field,
        f"{cycles} with {said} progress: involve a specialist / consider PCP",
        f"{first}Decide it with the parents. Once they agree, send the referral, or book a person-centred meeting.",
        pupil_id=last.cycle.pupil,
    )


def _is_unfair(register: Register, done: Reviewed) -> bool:
    """Whether all help that was counted fell short: then little is known of the help itself."""
    counted = [delivery for _, delivery in fidelity.of_cycle(register, done.cycle)]
    return bool(counted) and all(delivery.is_short for delivery in counted)
