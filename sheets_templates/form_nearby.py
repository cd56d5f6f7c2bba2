"""What a label means after the one before it: its date, its name, another fact of the same person. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sheets_templates.form_families import Family, families, family_of_list
from sheets_templates.form_meaning import Candidate, without_ordinal
from sheets_templates.form_signing import BARE_DATE
from sheets_templates.form_spots import Spot
from sheets_templates.synonyms import NOT_OURS

_AGREED = ("_ok", "_consulted")
_AGREED_WHOLE = ("ehc_pack.informed", "ehc_pack.head_ok", "specialist_referral.agreed_by")
"""Agreements kept with who and when in one."""

_FITS = 0.9
_COUNTED_FITS = 0.72


@dataclass(frozen=True, kw_only=True, eq=False)
class Proposal:
    """A label and the field proposed for it. ``field`` is "" for a label that no field fits well enough; ``score``
    from 0 to 1; ``others`` are the next best. ``ours`` is False where we know the label and keep no such fact."""

    spot: Spot
    field: str
    score: float
    others: tuple[Candidate, ...] = ()
    instance: int = 0
    repeats: bool = False
    ours: bool = True

    @property
    def label(self) -> str:
        return self.spot.label


def follows(spot: Spot, before: Sequence[Proposal]) -> list[Candidate]:
    """What a label means after the one before it: its date, or another fact of the same parent."""
    if not before or not before[-1].field:
        return []
    last = before[-1]
    dated = spot.label.casefold().startswith("date")
    if dated and spot.where == last.spot.answer != last.spot.where:
        return [Candidate(field=last.field, score=0.9)]
    if BARE_DATE.match(spot.label) and last.field.endswith(".what") and table_of(spot) == table_of(last.spot):
        return [Candidate(field=f"{last.field.removesuffix('.what')}.date", score=0.9)]
    if last.field.startswith("contact[]") and table_of(spot) == table_of(last.spot) and not spot.repeats:
        path, score = families()["contact"].part(without_ordinal(spot.label))
        return [Candidate(field=path, score=score * 0.95)] if score >= 0.95 else []
    return []


def table_of(spot: Spot) -> str:
    return re.sub(r" r\d+c\d+( p\d+)?$", "", spot.where) if " r" in spot.where else ""


def beside_signature(spot: Spot, before: Sequence[Proposal]) -> list[Candidate]:
    """The date or the printed name that goes with a signature in the same line or row, or in the cell above."""
    over = _above(spot.where)
    same = [p for p in before[-3:] if p.spot.where == spot.where or _row_of(p.spot.where) == _row_of(spot.where)]
    above = [p for p in before if over and p.spot.where == over]
    for proposal in (*above, *reversed(same)):
        if proposal.field.endswith(_AGREED) or proposal.field in _AGREED_WHOLE:
            name = "date" if BARE_DATE.match(spot.label) else "name"
            return [Candidate(field=_part_of_agreement(proposal.field, name), score=0.95)]
    return []


def _part_of_agreement(field: str, name: str) -> str:
    """Its date or its name: kept in a part of its own, with the agreement, or not at all."""
    if field.endswith(("teacher_ok", "parent_consulted")):
        return f"{field}.{name}"
    return field if field in _AGREED_WHOLE and name == "date" else NOT_OURS


def _above(where: str) -> str:
    """The address of the cell above; "" for what is no cell."""
    found = re.fullmatch(r"(.* r)(\d+)(c\d+)", where)
    return f"{found[1]}{int(found[2]) - 1}{found[3]}" if found else ""


def _row_of(where: str) -> str:
    return re.sub(r"c\d+( p\d+)?$", "", where)


_COUNTING = re.compile(
    r"(yes|no|y|n|n/a|comments?|details?|notes?|not sure|unsure|sometimes|always|never|partly|in part|nearly|mostly"
    r"|tick|rating|say more|how|why|more information"
    r"|((first|second|third|fourth|other) )?(adult|parent|carer|parent/carer"
    r"|pupil|child|student|contact|person|target|outcome|goal|aim|objective|step|priority|area|review|cycle|term|week"
    r"|session)?s?( \W*\w{0,2}\d?)?|[a-f1-9])",
    re.IGNORECASE,
)
_ANSWERS = frozenset({"yes", "no"})


def only_count(columns: Sequence[str]) -> bool:
    """Whether a grid's columns say nothing of their own: Yes / No / Comment, Target 1 / Target 2, first adult."""
    bare = [label.strip(" ?:.").casefold() for label in columns]
    return len(columns) > 1 and (set(bare) >= _ANSWERS or all(_COUNTING.fullmatch(label) for label in bare))


def families_of_rows(
    spots: Sequence[Spot], columns: Mapping[str, Family | None], counted: Collection[str]
) -> Mapping[str, Family]:
    """For each grid whose rows are the fields and whose columns only count, what its rows are about."""
    found: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        if spot.role == "row_field":
            found[spot.group].append(spot)
    return {
        group: family
        for group, rows in found.items()
        if (family := _of_rows(rows, columns, counting=group in counted))
    }


def _of_rows(rows: Sequence[Spot], columns: Mapping[str, Family | None], *, counting: bool) -> Family | None:
    """The family whose parts the rows of a grid are: Name, Telephone, Email of parent 1 and parent 2."""
    names = [row.label for row in rows]
    heads = rows[0].cross.split("\n")
    family = family_of_list(names, (*heads[:1], *rows[0].said)) if len(names) > 1 else None
    fits = 0.0 if family is None else sum(family.part(name)[1] for name in names) / len(names)
    if family is None or fits < (_COUNTED_FITS if counting else _FITS):
        return None
    across = columns.get(rows[0].group)
    fit = sum(across.part(head)[1] for head in heads) / len(heads) if across and heads else 0.0
    return None if not counting and across is not None and across.name != "contact" and fit >= _FITS else family
