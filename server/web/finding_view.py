"""One check of a pupil's row, as its card shows it."""

from __future__ import annotations

from collections.abc import Iterable

from addon.finding_views import FindingView
from server.plans.explain import BINDING, BY_RULE, deciders, helpers, told_of, why_not_quiet
from server.plans.mailbox import hidden_address
from server.plans.model import Finding
from server.plans.quiet import found
from server.plans.register import Register
from server.web.ports import AtHand
from server.web.present import WHOLE_SCHOOL, finding_line
from server.web.quiet_lines import kept_quiet


def finding_view(
    at_hand: AtHand, register: Register, rule_id: str, pupil_id: str, row: str, email: str
) -> FindingView:
    """What the check says today, kept quiet or not, with all that is known of it. ``rule_id`` names a rule."""
    rule, told = BY_RULE[rule_id], told_of(rule_id)
    said = found(register, pupil_id, rule_id, row)
    heard = [each for each in said if each in at_hand.findings]
    pupil = register.pupils.get(pupil_id)
    may = deciders(register, said[0]) if heard else {}
    return FindingView(
        rule=rule_id,
        title=rule.title,
        pupil_id=pupil_id,
        who=pupil.label if pupil else WHOLE_SCHOOL,
        row=row,
        said=tuple(finding_line(each, pupil.label if pupil else WHOLE_SCHOOL) for each in said),
        why=told.why,
        how=told.how,
        helpers=tuple(helpers(rule_id, at_hand.school.settings)),
        source=said[0].source if said else rule.source,
        binding=BINDING[said[0].force if said else rule.force],
        for_parents=rule.for_parents,
        why_not_quiet=_why_not(heard),
        deciders=may,
        decider=_own_id(at_hand, email, may),
        kept=tuple(kept_quiet(register, pupil_id, rule_id, row)),
    )


def _why_not(said: Iterable[Finding]) -> str:
    return next((why for each in said if (why := why_not_quiet(each))), "")


def _own_id(at_hand: AtHand, email: str, may: Iterable[str]) -> str:
    """The person at the panel: by their address in Staff, or by what stands for it in a teacher's workbook."""
    hidden = hidden_address(email)
    own = [p.staff_id for p in at_hand.school.staff if hidden and hidden in (hidden_address(p.email), p.note)]
    return next((staff_id for staff_id in own if staff_id in may), "")
