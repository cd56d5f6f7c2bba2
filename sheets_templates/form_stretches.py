"""Labels that stand together in one table or one line, and what they are about. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sheets_templates.form_families import Family, family_of_list
from sheets_templates.form_meaning import meanings
from sheets_templates.form_nearby import table_of
from sheets_templates.form_signing import signer
from sheets_templates.form_spots import Spot

_FEWEST = 3
_FITS, _FITS_UNTOLD = 0.8, 0.95
_SIGNER = 0.95
_PEOPLE = ("contact", "professionals")


def blocks_of_outcomes(spots: Sequence[Spot]) -> frozenset[str]:
    """Tables that are one outcome each: most of their labels are of an outcome and the help for it."""
    tables: dict[str, list[bool]] = defaultdict(list)
    for spot in spots:
        if (table := table_of(spot)) and not spot.repeats:
            best = meanings(spot.label)[:1]
            tables[table].append(bool(best) and best[0].field.startswith(("outcome[]", "provision[]")))
    return frozenset(table for table, ours in tables.items() if len(ours) > 2 and sum(ours) * 2 > len(ours))


def stretch_of(spot: Spot) -> str:
    """The table or the line that a label stands in."""
    return table_of(spot) or spot.where


def families_of_stretches(spots: Sequence[Spot]) -> Mapping[str, Family]:
    """For each table or line of several labels, what they are about: where the heading over them says so
    too, or all of them are parts of somebody's details."""
    found: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        if not spot.repeats and not spot.role:
            found[stretch_of(spot)].append(spot)
    return {place: family for place, members in found.items() if (family := _about(members)) is not None}


def _about(members: Sequence[Spot]) -> Family | None:
    labels = [spot.label for spot in members]
    if len(labels) < _FEWEST:
        return None
    family = family_of_list(labels, members[0].said[:1])
    if family is None or family.name == "plan":
        return None
    told = family.told_by(members[0].said[:1])
    fits = sum(family.part(label)[1] for label in labels) / len(labels)
    return family if (told and fits >= _FITS) or (fits >= _FITS_UNTOLD and family.name in _PEOPLE) else None


def lines_of_signers(spots: Sequence[Spot]) -> frozenset[str]:
    """Lines that name people alone, each with a blank: Teacher …… Parent …… Pupil …… are to sign there."""
    lines: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        if spot.placement == "same" and not table_of(spot):
            lines[spot.where].append(spot)
    return frozenset(
        where
        for where, named in lines.items()
        if len(named) > 1 and all(signer(spot.label)[1] >= _SIGNER for spot in named)
    )
