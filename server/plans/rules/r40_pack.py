"""R40: what an EHC request still lacks that councils usually ask for. A warning, never a stop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import EhcRequest, Finding
from server.plans.pack_papers import PAPERS
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed

RULE = Rule(
    id="R40",
    force="local",
    source="Hull, Bradford, Norfolk and Hampshire guidance; SOS!SEN: counts of cycles are policy, not law",
    title="An EHC request has what councils ask for",
    mover="senco",
)


def check(register: Register, _today: date) -> Iterator[Finding]:
    """One finding per request that is not sent yet, naming every paper it lacks and the cycles there are."""
    if not register.sees_contacts:
        return
    for request in register.all(EhcRequest):
        if request.sent is None and request.pupil in register.pupils:
            yield from _lacking(register, request)


def _lacking(register: Register, request: EhcRequest) -> Iterator[Finding]:
    wanted = register.settings.pack_papers or tuple(PAPERS)
    lacks = [(field, PAPERS[field]) for field in PAPERS if field in wanted and not getattr(request, field)]
    norm = register.settings.ehc_cycles
    done = sum(1 for cycle in register.cycles.get(request.pupil, ()) if cycle.review_held_date)
    if not lacks and done >= norm:
        return
    papers = f"still lacks: {listed(name for _, name in lacks)}" if lacks else "has every paper"
    state = "met" if done >= norm else "not met, which is no reason in law to wait"
    yield RULE.finding(
        "info",
        request,
        lacks[0][0] if lacks else "request_id",
        f"EHC pack {papers}; completed cycles {done} (local norm {norm}: {state})",
        "Add what you have. The request may go without: councils ask for these, the law asks for two things only.",
    )
