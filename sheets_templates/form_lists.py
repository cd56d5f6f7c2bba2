"""The lists of a form: what each is about, and which field each of its labels names beside the others. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sheets_templates.form_families import Family, family_of_list
from sheets_templates.form_meaning import Candidate, without_ordinal
from sheets_templates.form_spots import Spot
from sheets_templates.synonyms import plain

_SHORT, _EXACT, _LEAST = 3, 0.97, 0.6
_OTHERWISE = 0.95
_MOST = 3


def families_of_groups(groups: Mapping[str, Sequence[Spot]]) -> Mapping[str, Family | None]:
    """What each list of two columns or more is about."""
    found: dict[str, Family | None] = {}
    under: Counter[tuple[str, ...]] = Counter()
    for group, members in groups.items():
        said = members[0].said
        under[said] += len(members) > 1
        labels = [without_ordinal(spot.label) for spot in members]
        found[group] = family_of_list(labels, said, nth=under[said]) if len(members) > 1 else None
    return found


class Shares:
    """Which field of its family each label of a list names, where every field is named once."""

    def __init__(self, members: Iterable[tuple[Family | None, Sequence[Spot]]]) -> None:
        self._fields: dict[tuple[str, str], tuple[str, float]] = {}
        for family, spots in members:
            labels = list(dict.fromkeys(without_ordinal(spot.label) for spot in spots))
            shared = family.shared_out(labels) if family is not None else ()
            self._fields |= {
                (spots[0].group, label): each for label, each in zip(labels, shared, strict=family is not None)
            }

    def candidates(self, spot: Spot, family: Family) -> list[Candidate]:
        """The fields of its family that a label may name, best first."""
        label = without_ordinal(spot.label)
        least = _EXACT if len(plain(label)) <= _SHORT else _LEAST
        path, score = self._fields.get((spot.group, label), ("", 0.0))
        others = [(other, min(score, like) * _OTHERWISE) for other, like in family.named(label) if other != path]
        found = [(path, score), *others][:_MOST]
        return [Candidate(field=each, score=round(like, 3)) for each, like in found if each and like >= least]
