"""What is to be told of one check: why it is made, what to do, who helps, and who may keep it quiet. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from server.plans.model import Finding, Settings
from server.plans.register import Register
from server.plans.rules import RULES, Rule
from server.plans.rules.exemptions import may_be_quiet, may_decide
from sheets_templates.guidance import Guidance, guidance

BINDING: Mapping[str, str] = {
    "must": "The law asks for it.",
    "should": "The SEND Code of Practice asks for it; schools need a good reason to do otherwise.",
    "local": "Many councils ask for it.",
    "default": "Our own advice; the school may decide otherwise.",
}
HELPERS: Mapping[str, str] = {
    "senco": "Your SENCO",
    "head": "The head",
    "council": "The council's SEN team",
    "specialist": "A specialist, once the parents agree",
}
ADVICE = "For families: {service}, free and impartial"
USUAL_ADVICE = "your council's advice service (SENDIASS)"
USUAL_LEAD = "Your designated safeguarding lead"
IN_LAW = "The law asks for this, so it can't be kept quiet."
STOPS = "This stops a step until it is put right, so it can't be kept quiet."
OF_SCHOOL = "This is about the school as a whole, so it goes once it is put right."
BY_RULE: Mapping[str, Rule] = {rule.id: rule for rule, _ in RULES}


def told_of(rule_id: str) -> Guidance:
    """Why and how, in plain words."""
    return guidance()[rule_id]


def helpers(rule_id: str, settings: Settings) -> Iterator[str]:
    """Who helps with it, a line each; the family's own advice by the name that Settings give."""
    for name in told_of(rule_id).helps:
        if name == "sendiass":
            yield ADVICE.format(service=settings.advice_service.strip() or USUAL_ADVICE)
        elif name == "lead":
            yield settings.safeguarding_lead.strip() or USUAL_LEAD
        else:
            yield HELPERS[name]


def deciders(register: Register, finding: Finding) -> dict[str, str]:
    """Those of the school's own staff who may keep it quiet: name by id."""
    own = (person for person in register.school.staff if not person.external)
    return {each.staff_id: each.name for each in own if may_decide(register, finding, each.staff_id)}


def why_not_quiet(finding: Finding) -> str:
    """Why nobody may keep it quiet; "" where somebody may."""
    if may_be_quiet(finding):
        return ""
    if not finding.pupil_id:
        return OF_SCHOOL
    return STOPS if finding.level == "block" else IN_LAW
