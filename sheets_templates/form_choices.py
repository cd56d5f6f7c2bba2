"""What may be ticked says what is asked. Pure."""

from __future__ import annotations

import re

from sheets_templates.form_meaning import Candidate
from sheets_templates.form_spots import Spot
from sheets_templates.synonyms import NOT_OURS

_AS_OPTIONS = {
    "pupil.sen_status": ("sen support", "ehc plan", "ehcp", "monitoring", "no sen"),
    "pupil.area": (
        "communication and interaction",
        "cognition and learning",
        "social emotional and mental health",
        "sensory and or physical",
    ),
    "pupil.tier": ("universal", "targeted", "specialist"),
    "outcome[].result": (
        "met",
        "partly",
        "not met",
        "achieved",
        "partially met",
        "partly met",
        "not achieved",
        "partially achieved",
        "fully met",
    ),
    NOT_OURS: ("autumn", "spring", "summer", "male", "female"),
}


def by_options(spot: Spot) -> list[Candidate]:
    """What may be ticked says what is asked."""
    offered = [" ".join(re.findall(r"\w+", option.casefold())) for option in spot.options]
    for path, known in _AS_OPTIONS.items():
        if len(offered) > 1 and sum(option in known for option in offered) * 2 >= len(offered):
            return [Candidate(field=path, score=0.96 if path.endswith("result") else 0.9)]
    return []
