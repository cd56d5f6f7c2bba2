"""How sure a proposal is, in words a teacher reads at a glance. Pure."""

from __future__ import annotations

from sheets_templates.form_nearby import Proposal

_SURE, _LIKELY = 0.93, 0.8


def confidence_in_words(proposal: Proposal) -> str:
    """``Sure``, ``Likely`` or ``Please check``; what to do where no field is proposed."""
    if not proposal.field:
        return "Not known: choose one, or leave it" if proposal.ours else "Left: plans hold no such fact"
    return in_words(proposal.score)


def in_words(score: float) -> str:
    if score >= _SURE:
        return "Sure"
    return "Likely" if score >= _LIKELY else "Please check"
