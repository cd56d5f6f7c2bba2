"""What each label of a form most likely means: a field with a score, other fields it may be, or "unknown". Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sheets_templates.form_context import Meanings
from sheets_templates.form_labels import find_labels
from sheets_templates.form_meaning import ordinal_of, without_ordinal
from sheets_templates.form_nearby import Proposal
from sheets_templates.form_reading import Form, read_form
from sheets_templates.form_spots import Spot


@dataclass(frozen=True, kw_only=True, eq=False)
class Recognised:
    """A form with what was found in it, in reading order."""

    form: Form
    proposals: tuple[Proposal, ...]

    @property
    def left(self) -> tuple[Proposal, ...]:
        """Labels that stay as they are: nothing is known to go there."""
        return tuple(proposal for proposal in self.proposals if not proposal.field)


def recognise(docx: bytes) -> Recognised:
    """Find every label of a form and propose a field for each. Raises TemplateRefused for an unsafe file."""
    form = read_form(docx)
    return Recognised(form=form, proposals=propose(find_labels(form)))


def propose(spots: Sequence[Spot]) -> tuple[Proposal, ...]:
    """A field for each label, in the light of the labels and headings around it."""
    found: list[Proposal] = []
    meanings = Meanings(spots)
    for spot in spots:
        found.append(meanings.of(spot, found))
    return _numbered(found)


def _numbered(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """With numbers for labels that stand several times: Outcome 1, Outcome 2; the same block again."""
    key = [_same(proposal) for proposal in proposals]
    many, seen = Counter(key), Counter[tuple[str, ...]]()
    found = []
    for proposal, name in zip(proposals, key, strict=True):
        seen[name] += 1
        again = many[name] > 1 and "[]" in proposal.field
        ordinal = ordinal_of(proposal.label)
        instance = ordinal or (seen[name] if again else 0)
        found.append(replace(proposal, instance=instance, repeats=proposal.spot.repeats or again or bool(ordinal)))
    return tuple(found)


def _same(proposal: Proposal) -> tuple[str, ...]:
    return (
        without_ordinal(proposal.label).casefold(),
        proposal.field,
        str(bool(proposal.spot.placement == "column")),
    )
