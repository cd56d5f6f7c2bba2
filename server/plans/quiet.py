"""Checks that somebody keeps quiet for one pupil, with a reason: planned here, shown here, and taken back. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from server.plans.model import Exemption, Finding
from server.plans.new_ids import NewIds
from server.plans.register import Register
from server.plans.rules import unfiltered
from server.plans.rules.exemptions import covers, is_in_force, may_be_quiet, may_decide
from server.plans.trouble import Invalid
from sheets_templates.imports.matching import Add, Change, Proposals
from sheets_templates.schema import Catalogue

TABLE = "exceptions"
LONGEST_REASON = 1_000
WHY = "Say why, so that a colleague, an inspector or a parent would understand. Nothing was changed."
WHO = "Say who decides. Nothing was changed."
LATER = "Choose a day that is still to come, or leave it empty. Nothing was changed."
GONE = "This check says nothing of this pupil any more. Nothing was changed."
NEVER = "What the law asks for, and what stops a step, can't be kept quiet. Nothing was changed."
SENCO_ONLY = "Only the SENCO may decide this. Nothing was changed."
NOT_THERE = "This row of Exceptions is not there any more. Nothing was changed."


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Keep one check quiet for one pupil: about one row, or with ``row`` "" about all; until a day, or for good."""

    pupil_id: str
    rule: str
    row: str = ""
    until: date | None = None
    reason: str = ""
    by_staff: str = ""


def found(register: Register, pupil_id: str, rule: str, row: str) -> tuple[Finding, ...]:
    """What a check says of a pupil's row today, kept quiet or not; of any row where none is named. Not what it only
    keeps for the record."""
    every = (each for each in unfiltered(register, {rule}) if each.level != "history")
    return tuple(each for each in every if each.pupil_id == pupil_id and row in ("", each.row))


def keep_quiet(
    register: Register, wish: Wish, catalogue: Catalogue, taken: Mapping[str, Collection[str]]
) -> Proposals:
    """The row of Exceptions to be added; nothing where the check is quiet already.

    Raises Invalid, saying what to do, for a wish that can't be."""
    about = found(register, wish.pupil_id, wish.rule, wish.row)
    _refuse(register, wish, about)
    if all(_is_quiet(register, finding) for finding in about):
        return Proposals()
    ids = NewIds(catalogue, f"quiet/{wish.pupil_id}/{wish.rule}/{wish.row}/{register.today}", taken)
    values = {
        "pupil": wish.pupil_id,
        "rule": wish.rule,
        "row": wish.row or None,
        "until": wish.until,
        "reason": wish.reason.strip()[:LONGEST_REASON],
        "by_staff": wish.by_staff,
        "decided": register.today,
    }
    told = {key: value for key, value in values.items() if value is not None}
    return Proposals(adds=(Add(table=TABLE, row_id=ids(TABLE), pupil=wish.pupil_id, values=told),))


def _refuse(register: Register, wish: Wish, about: tuple[Finding, ...]) -> None:
    if not about:
        raise Invalid(GONE)
    if not all(may_be_quiet(finding) for finding in about):
        raise Invalid(NEVER)
    if not wish.reason.strip():
        raise Invalid(WHY)
    if wish.by_staff not in register.staff:
        raise Invalid(WHO)
    if not all(may_decide(register, finding, wish.by_staff) for finding in about):
        raise Invalid(SENCO_ONLY)
    if wish.until is not None and wish.until <= register.today:
        raise Invalid(LATER)


def _is_quiet(register: Register, finding: Finding) -> bool:
    rows = register.of(Exemption, finding.pupil_id)
    return any(covers(register, row, finding, register.today) for row in rows)


def speak_again(register: Register, pupil_id: str, exception_id: str) -> Proposals:
    """The row ended as of today, so that its reason stays to be read; nothing where it has ended already."""
    row = next((each for each in register.of(Exemption, pupil_id) if each.exception_id == exception_id), None)
    if row is None:
        raise Invalid(NOT_THERE)
    if not is_in_force(row, register.today):
        return Proposals()
    ended = Change(table=TABLE, row_id=row.id, pupil=pupil_id, column="until", after=register.today, before=row.until)
    return Proposals(fills=(ended,)) if ended.fills else Proposals(changes=(ended,))


def in_force(register: Register, pupil_id: str) -> Iterator[Exemption]:
    """The pupil's exemptions that hold today."""
    return (row for row in register.of(Exemption, pupil_id) if is_in_force(row, register.today))
