"""The papers of an EHC request that councils usually ask for, by the column that keeps each."""

from __future__ import annotations

from collections.abc import Mapping

PAPERS: Mapping[str, str] = {
    "clinicians": "evidence of physical, emotional, social and health needs",
    "attainment": "attainment and rate of progress",
    "nature": "nature, extent and context",
    "only_with_support": "progress only with much extra support",
    "child_views": "the child's views",
    "parent_views": "the parents' views",
    "support_plan": "a My Support Plan",
    "costed_map": "the costed provision map",
    "reports": "professional reports",
    "council_form": "the council's form",
    "head_agreed": "the head's sign-off",
}
