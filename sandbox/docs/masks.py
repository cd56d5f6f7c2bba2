"""The field masks of the style requests."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from sandbox.call import ApiError
from sandbox.docs.edit import Refused


def fields(request: Mapping[str, Any], built: Collection[str]) -> set[str]:
    """The fields of the mask, in either spelling. 501 for one that isn't built; ``*`` means those that are."""
    mask = str(request.get("fields", ""))
    named = {_camel(field.strip().partition(".")[0]) for field in mask.split(",") if field.strip()}
    if not named:
        raise Refused("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    if "*" in named:
        return set(built)
    if missing := sorted(named - set(built)):
        raise ApiError(501, f"Updating the style field {missing[0]} is not built in the sandbox.")
    return named


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)
