"""R06: SEN status and need codes fit together, as the school census asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.plans.model import EhcPlan, Finding, Pupil, Record
from server.plans.register import Register
from server.plans.rules.rule import Rule

RULE = Rule(
    id="R06",
    force="must",
    source="DfE school census guide, SEN items",
    title="Status and need codes fit together",
)
NO_CATEGORY = "NSA"


def check(register: Register, _today: date) -> Iterator[Finding]:
    """One finding per code that the census would refuse."""
    live = {cycle.pupil for cycle in register.school.cycles if cycle.is_open}
    for pupil in register.here.values():
        for field, message, action in _broken(pupil, pupil.pupil_id in live):
            yield RULE.finding("red", pupil, field, message, action)
        if register.sees_contacts:
            yield from _undated(pupil, register.ehc_plans.get(pupil.pupil_id, ()))


def _broken(pupil: Pupil, has_live_cycle: bool) -> Iterator[tuple[str, str, str]]:
    status, primary, secondary = pupil.sen_status, pupil.primary_need, pupil.secondary_need
    if not status and (primary or secondary or has_live_cycle):
        yield "sen_status", "There is a need or a live cycle but no SEN status", "Choose N, K or E."
    if status == "N" and (primary or secondary):
        field = "primary_need" if primary else "secondary_need"
        yield field, "Status N (no SEN) but a need is recorded", "Clear the need, or change the status."
    if status in {"K", "E"}:
        yield from _needs(status, primary, secondary)


def _needs(status: str, primary: str, secondary: str) -> Iterator[tuple[str, str, str]]:
    if not primary:
        yield "primary_need", f"Status {status} but no primary need", "Choose one primary need."
    if secondary and secondary == primary:
        yield "secondary_need", "The secondary need repeats the primary need", "Choose another, or clear it."
    for field, value, name in (("primary_need", primary, "primary"), ("secondary_need", secondary, "secondary")):
        if len([code for code in value.replace(";", ",").split(",") if code.strip()]) > 1:
            yield field, f"More than one {name} need", f"Leave one {name} need."
        if status == "E" and NO_CATEGORY in value:
            yield field, "NSA (no specialist assessment) goes with status K only", "Choose the need in the EHC plan."


def _undated(pupil: Pupil, ehc_plans: tuple[EhcPlan, ...]) -> Iterator[Finding]:
    if pupil.sen_status != "E" or any(plan.issued for plan in ehc_plans):
        return
    place: tuple[Record, str] = (ehc_plans[0], "issued") if ehc_plans else (pupil, "sen_status")
    yield RULE.finding(
        "red",
        *place,
        "Status E but the EHC plan has no issue date",
        "Enter the date the EHC plan was issued in the EHC tab.",
    )
