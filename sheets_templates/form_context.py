"""One label's meaning in the light of the labels and headings around it. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sheets_templates.form_choices import by_options
from sheets_templates.form_families import (
    SINGLE,
    Family,
    families,
    family_of_section,
)
from sheets_templates.form_fitting import fitting
from sheets_templates.form_kinds import Kinds, alike, is_for_office
from sheets_templates.form_lists import Shares, families_of_groups
from sheets_templates.form_meaning import Candidate, best_each, confidence, meanings, without_ordinal
from sheets_templates.form_nearby import (
    Proposal,
    beside_signature,
    families_of_rows,
    follows,
    only_count,
    table_of,
)
from sheets_templates.form_signing import BARE_DATE, BARE_SIGN, signer, speaks_of_signing
from sheets_templates.form_spots import Spot
from sheets_templates.form_stretches import blocks_of_outcomes, families_of_stretches, lines_of_signers, stretch_of
from sheets_templates.form_words import label_text
from sheets_templates.synonyms import NOT_OURS, plain

ENOUGH = 0.72
"""A label whose best field scores less is said to be unknown, with that field as a suggestion."""

_PEOPLE = {
    "family": {"family", "parent", "parents", "home", "carer", "carers"},
    "school": {"school", "setting", "nursery", "staff", "teacher"},
    "child": {"child", "pupil", "me", "my", "i", "young", "person", "learner"},
}
_SURE = 0.86
_MARGIN, _PLAIN, _STRETCH = 0.045, 0.97, 0.9
_FAR, _DOUBTED = 0.1, 0.85
_ALONE, _ONLY_LISTED = 0.95, 0.9
_LISTED = re.compile(
    r"school_plan_apdr\.log|review\.(actions|present)|provision_map\.pupil|relational_plan\.trusted|\w+\.attainment\["
)
"""Lists that hardly ever stand as single labels."""

_SPLIT = ("my_support_plan.working", "my_support_plan.not_working")
_WHOLE_LISTS = {
    "review.present": "review.present[].name",
    "relational_plan.trusted": "relational_plan.trusted[].name",
}


class Meanings:
    def __init__(self, spots: Sequence[Spot]) -> None:
        groups: dict[str, list[Spot]] = defaultdict(list)
        for spot in spots:
            if _is_column(spot):
                groups[spot.group].append(spot)
        self._groups = groups
        self._families = families_of_groups(groups)
        self._counted = {group for group, members in groups.items() if only_count(_heads(members))}
        self._row_families = families_of_rows(spots, self._families, self._counted)
        self._rows: dict[str, list[Spot]] = defaultdict(list)
        for spot in spots:
            if spot.role == "row_field":
                self._rows[spot.group].append(spot)
        self._shares = Shares(
            [
                *((self._families[group], members) for group, members in groups.items()),
                *((family, self._rows[group]) for group, family in self._row_families.items()),
            ]
        )
        self._blocks = blocks_of_outcomes(spots)
        self._stretches = families_of_stretches(spots)
        self._kinds = Kinds(spots)
        self._signed_lines = lines_of_signers(spots)
        self._signing = {
            spot.group
            for spot in spots
            if spot.role == "column_field" and speaks_of_signing(spot.label, *spot.said[:1])
        }

    def of(self, spot: Spot, before: Sequence[Proposal]) -> Proposal:
        if any(is_for_office(text) for text in (spot.label, *spot.said[:1])):
            return Proposal(spot=spot, field="", score=0.0, ours=False)
        told = [*self._signed(spot, before), *self._split(spot), *self._result(spot), *follows(spot, before)]
        family = self._in_family(spot)
        found = best_each([*family, *by_options(spot), *self._by_name(spot)])
        rest = best_each(
            replace(
                each,
                score=round(
                    min(1.0, each.score * self._kinds.likely(each.field, spot) * fitting(each.field, spot)), 3
                ),
            )
            for each in found
        )
        candidates = [*told, *(each for each in rest if each.field not in {one.field for one in told})]
        rows = self._row_families.get(spot.group) is not None or spot.group in self._counted
        parted = spot.group in self._signing or rows
        if parted and spot.role in ("column_field", "column_part"):
            return Proposal(spot=replace(spot, role="column_part"), field="", score=0.0, ours=False)
        if spot.role == "row_field" and spot.group not in self._signing and self._columns_carry(spot):
            return self._row_key(spot, candidates)
        return _chosen(spot, candidates, told=bool(told) or any(each.score >= _PLAIN for each in family[:1]))

    def _likely(self, field: str, spot: Spot) -> float:
        return self._kinds.likely(field, spot) * fitting(field, spot)

    def _columns_carry(self, spot: Spot) -> bool:
        """Whether the columns of a grid are the fields, and its rows only say what each row is about."""
        family = self._families.get(spot.group)
        if self._row_families.get(spot.group) is not None or spot.group in self._counted:
            return False
        columns = spot.cross.split("\n")
        rows = self._rows[spot.group]
        own = sum(confidence(row.label) for row in rows) / len(rows)
        if family is None:
            return len(columns) > 1 and not own
        return sum(family.part(column)[1] for column in columns) / len(columns) > own

    def _row_key(self, spot: Spot, candidates: Sequence[Candidate]) -> Proposal:
        family = self._families.get(spot.group)
        key = next(iter(family.parts)) if family else ""
        return Proposal(
            spot=replace(spot, role="row_key"), field=key, score=0.8 if key else 0.0, others=tuple(candidates[:2])
        )

    def _signed(self, spot: Spot, before: Sequence[Proposal]) -> list[Candidate]:
        """Agreements: who signs, and the date beside a signature."""
        if BARE_DATE.match(spot.label) or BARE_SIGN.match(spot.label):
            return beside_signature(spot, before)
        around = [spot.label, *(line.text for line in spot.lines[:1]), spot.cross.replace("\n", " ")]
        named = spot.group in self._signing or spot.where in self._signed_lines
        if not named and not speaks_of_signing(*around):
            return []
        if spot.role in ("column_field", "column_part"):
            return []
        path, score = signer(spot.label)
        return [Candidate(field=path, score=min(0.97, score))] if path else []

    def _split(self, spot: Spot) -> list[Candidate]:
        """For me / for my family / for my school, under what works and what doesn't."""
        words = set(label_text(spot.label).casefold().replace("’s", "").replace("'s", "").split())
        columns = [column for column in spot.cross.split("\n") if column]
        for heading in columns or spot.said[:2]:
            best = [each for each in meanings(heading)[:1] if each.field.startswith(_SPLIT)]
            part = next((part for part, names in _PEOPLE.items() if words & names), "")
            if best and best[0].score >= ENOUGH and part and len(words) <= 6 and spot.role != "column_field":
                whole = next(path for path in reversed(_SPLIT) if best[0].field.startswith(path))
                return [Candidate(field=f"{whole}.{part}", score=0.93)]
        return []

    def _result(self, spot: Spot) -> list[Candidate]:
        """A column "Outcome" after one of targets says how each target went."""
        columns = [each.label for each in self._groups.get(spot.group, ())]
        earlier = columns[: columns.index(spot.label)] if spot.label in columns else []
        targets = [_top([each for each in meanings(label) if each.field == "outcome[].target"]) for label in earlier]
        if plain(spot.label) != "outcome" or max(targets, default=0.0) < ENOUGH:
            return []
        return [Candidate(field="outcome[].result" if spot.options else "outcome[].actual", score=0.9)]

    def _in_family(self, spot: Spot) -> list[Candidate]:
        label = without_ordinal(spot.label)
        family = self._families.get(spot.group) if _is_column(spot) else self._row_families.get(spot.group)
        if family is not None and (_is_column(spot) or spot.role == "row_field"):
            return self._shares.candidates(spot, family)
        if table_of(spot) in self._blocks:
            path, score = families()["plan"].part(label)
            return [Candidate(field=path, score=score)] if score >= 0.95 else []
        about = self._stretches.get(stretch_of(spot))
        if about is not None and (named := about.part(label))[1] >= _STRETCH:
            return [Candidate(field=named[0], score=named[1])]
        found: list[Candidate] = []
        for each in family_of_section(spot.said[:2]):
            path, score = each.part(label)
            short = len(label.split()) <= 3
            if short and score >= 0.9 and (each.name in (*SINGLE, "contact") or spot.repeats):
                found.append(Candidate(field=path, score=round(score * 0.94, 3)))
        return found[:1]

    def _by_name(self, spot: Spot) -> list[Candidate]:
        family = self._families.get(spot.group) if _is_column(spot) else None
        lines = [text for line in spot.lines for text in line.text.split("\n") if text.strip()]
        known = list(meanings(spot.label))
        if len(lines) > 1 and max((each.score for each in known), default=0.0) < _SURE:
            inner = (each for line in lines for each in meanings(label_text(line)))
            known = best_each([*known, *(replace(each, score=round(each.score * 0.94, 3)) for each in inner)])
        found = [replace(each, field=_WHOLE_LISTS.get(each.field, each.field)) for each in known]
        return [replace(each, score=_weighed(each, spot, family)) for each in found]


def _heads(members: Sequence[Spot]) -> list[str]:
    return [each.label for each in members if each.role != "column_part"]


def _is_column(spot: Spot) -> bool:
    return (
        spot.placement in ("column", "below", "options", "matrix") and bool(spot.group) and spot.role != "row_field"
    )


def _weighed(candidate: Candidate, spot: Spot, family: Family | None) -> float:
    """A list's columns are parts of lists; one answer of its own is less likely there."""
    if family is None:
        alone = "[]" in candidate.field and not (spot.repeats or spot.placement == "below")
        return candidate.score * (1.0 if not alone else _ONLY_LISTED if _LISTED.match(candidate.field) else _ALONE)
    if candidate.field in family.parts:
        return candidate.score
    others = candidate.field.startswith(("school_plan_apdr.log", "review.present", "review.actions"))
    allowed = (
        family.name in ("plan", "areas", "needs")
        and not others
        and not candidate.field.startswith(("pupil.", "plan.", "contact"))
    )
    if candidate.field == NOT_OURS or allowed:
        return candidate.score * 0.98
    return candidate.score * (0.75 if spot.repeats else 0.93)


def _top(found: Sequence[object]) -> float:
    return float(getattr(found[0], "score", 0.0)) if found else 0.0


def _chosen(spot: Spot, candidates: Sequence[Candidate], *, told: bool) -> Proposal:
    first = candidates[0] if candidates else Candidate(field="", score=0.0)
    ours = first.field != NOT_OURS
    rival = next((each.score for each in candidates[1:] if not alike(each.field, first.field)), 0.0)
    lead = 1.0 if told else first.score - rival
    good = ours and first.score >= ENOUGH and lead >= (0.0 if told else _MARGIN)
    others = [each for each in candidates if each.field != NOT_OURS and not (good and each is first)]
    doubted = lead < _FAR and first.score < _PLAIN
    return Proposal(
        spot=spot,
        field=first.field if good else "",
        score=round(min(first.score, _DOUBTED) if doubted else first.score, 3),
        others=tuple(others[:3]),
        ours=ours,
    )
