"""R60: what help costs can be worked out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import Cost, Finding, Provision, Record
from server.plans.register import Register
from server.plans.rules.r13_provision import is_part_of_the_day
from server.plans.rules.rule import Rule
from server.plans.rules.wording import listed
from sheets_templates.ids import leading_id

RULE = Rule(
    id="R60",
    force="default",
    source="Durham, Wirral and The Key on costed provision maps",
    title="The cost of help can be worked out",
    mover="senco",
)
NUMBERS = (
    ("minutes_per_session", "minutes each time"),
    ("sessions_per_week", "times a week"),
    ("weeks", "weeks"),
)
Gap = tuple[Record, str, str]


def check(register: Register, _today: date) -> Iterator[Finding]:
    """For staff alone: per row of Money about help that is running, the numbers that its sum still wants."""
    if not register.sees_contacts:
        return
    running = {row.provision_id: (row, live.pupil.pupil_id) for live in register.live for row in live.provision}
    for cost in register.all(Cost):
        found = running.get(leading_id(cost.provision))
        if found is not None:
            yield from _missing(cost, *found)


def _missing(cost: Cost, provision: Provision, pupil_id: str) -> Iterator[Finding]:
    gaps = list(_gaps(cost, provision))
    if gaps:
        yield RULE.finding(
            "staff",
            *gaps[0][:2],
            f"The cost of {provision.provision_id} can't be worked out without {listed(name for _, _, name in gaps)}",
            "Enter what is missing; until then this help counts with what is known, or not at all.",
            pupil_id=pupil_id,
        )


def _gaps(cost: Cost, provision: Provision) -> Iterator[Gap]:
    """An hourly rate wants minutes, times and weeks; without a rate, what was bought once is the whole cost.
    Help woven into the day may go without all three."""
    if cost.hourly_rate is None and cost.one_off is None:
        yield cost, "hourly_rate", "an hourly rate or a one-off cost"
    elif cost.hourly_rate:
        missing = [(provision, field, name) for field, name in NUMBERS if not getattr(provision, field)]
        if len(missing) < len(NUMBERS) or not is_part_of_the_day(provision):
            yield from missing
