"""R41: an EHC request argues the two things that the law asks for, with evidence under each heading."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import EhcRequest, Finding
from server.plans.register import Register
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed
from server.plans.terms import add_months

RULE = Rule(
    id="R41",
    force="must",
    source="Children and Families Act 2014 s.36(8); Code of Practice 9.14",
    title="An EHC request argues both limbs, with evidence",
    for_parents="You may ask the council for an EHC plan yourself. You can do that at any time.",
    mover="senco",
)
LIMBS = (
    ("limb_a", "that the child has or may have SEN"),
    ("limb_b", "that an EHC plan may be needed for the provision"),
)
EVIDENCE = (
    ("attainment", "attainment and rate of progress"),
    ("nature", "nature, extent and context of the needs"),
    ("only_with_support", "progress only through much additional support"),
    ("clinicians", "physical, emotional, social and health needs"),
)
MONTHS_TO_18 = 18 * 12


def check(register: Register, today: date) -> Iterator[Finding]:
    """One finding per request that leaves a limb unargued or a heading without an item."""
    if not register.sees_contacts:
        return
    for request in register.all(EhcRequest):
        if request.pupil in register.pupils and (gaps := list(_gaps(register, request, today))):
            yield RULE.finding(
                "amber" if request.sent else "info",
                request,
                gaps[0][0],
                f"The EHC request does not yet show {listed(text for _, text in gaps)}",
                "Say it in your own words, and name the papers that show it.",
            )


def _gaps(register: Register, request: EhcRequest, today: date) -> Iterator[tuple[str, str]]:
    yield from ((field, text) for field, text in (*LIMBS, *EVIDENCE) if not getattr(request, field))
    if not any(cycle.review_held_date for cycle in register.cycles.get(request.pupil, ())):
        yield "request_id", "the action taken: no reviewed cycle is recorded"
    born = register.pupils[request.pupil].dob
    if born and add_months(born, MONTHS_TO_18) <= today and not request.over_18.strip():
        yield "over_18", "why a young person over 18 needs more time"
