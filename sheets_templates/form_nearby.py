"""What a label means after the one before it: its date, its name, another fact of the same person. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_templates.form_families import Family, families, family_of_list
from sheets_templates.form_meaning import Candidate, without_ordinal
from sheets_templates.form_spots import Spot
from sheets_templates.synonyms import NOT_OURS

BARE_DATE = re.compile(r"^(date|dyddiad)( of (signing|signature)| signed)?$", re.IGNORECASE)
BARE_SIGN = re.compile(r"^(signed?|signature|print(ed)? name|name|llofnod)$", re.IGNORECASE)
_FITS = 0.9


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
    same = [p for p in before[-3:] if p.spot.where == spot.where or _row_of(p.spot.where) == _row_of(spot.where)]
    for proposal in reversed(same):
        if proposal.field.endswith(("_ok", "_consulted")):
            dated = proposal.field.endswith(("teacher_ok", "parent_consulted"))
            name = "date" if BARE_DATE.match(spot.label) else "name"
            return [Candidate(field=f"{proposal.field}.{name}" if dated else NOT_OURS, score=0.95)]
    return []


def _row_of(where: str) -> str:
    return re.sub(r"c\d+( p\d+)?$", "", where)


def families_of_rows(spots: Sequence[Spot], columns: Mapping[str, Family | None]) -> Mapping[str, Family]:
    """For each grid whose rows are the fields and whose columns only count, what its rows are about."""
    found: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        if spot.role == "row_field":
            found[spot.group].append(spot)
    return {group: family for group, rows in found.items() if (family := _of_rows(rows, columns))}


def _of_rows(rows: Sequence[Spot], columns: Mapping[str, Family | None]) -> Family | None:
    """The family whose parts the rows of a grid are: Name, Telephone, Email of parent 1 and parent 2."""
    names = [row.label for row in rows]
    family = family_of_list(names, rows[0].said) if len(names) > 1 else None
    if family is None or sum(family.part(name)[1] for name in names) / len(names) < _FITS:
        return None
    across = columns.get(rows[0].group)
    heads = rows[0].cross.split("\n")
    fit = sum(across.part(head)[1] for head in heads) / len(heads) if across and heads else 0.0
    return None if across is not None and across.name != "contact" and fit >= _FITS else family
