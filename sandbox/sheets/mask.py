"""Field masks on updates: which parts of a message a request sets, and which it clears by leaving them out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sandbox import discovery, fields
from sandbox.sheets.errors import Refused


def read(schema: str, text: str) -> fields.Mask:
    """A request's ``fields``, checked against the message it applies to, colours in both of their spellings.

    Names may be in snake case and spaces stand between them, as a live sheet took them."""
    if not text:
        raise Refused("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    return _twinned(fields.select(discovery.apis()["sheets"], schema, _camel(text)))


def _camel(text: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), re.sub(r"\s", "", text))


def merged(mask: fields.Mask, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """``old`` with everything that the mask names taken from ``new``; what ``new`` lacks is cleared."""
    if "*" in mask:
        return dict(new)
    made = dict(old)
    for name, inner in mask.items():
        value = _below(inner, old.get(name, {}), new.get(name, {})) if inner else new.get(name)
        if value is None or value in ({}, []):
            made.pop(name, None)
        else:
            made[name] = value
    return made


def _below(mask: fields.Mask, old: Any, new: Any) -> Any:
    """What is below a name: a list has no parts that a mask could keep, so the new one stands in its place."""
    if isinstance(new, list):
        return [merged(mask, {}, item) for item in new]
    return merged(mask, {} if isinstance(old, list) else old, new)


def both_colours(value: Any) -> Any:
    """The same JSON with every colour in both forms, ``xColor`` and ``xColorStyle``, as Google stores it."""
    if isinstance(value, list):
        return [both_colours(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    made = {name: both_colours(item) for name, item in value.items()}
    for name, item in list(made.items()):
        if not isinstance(item, Mapping):
            continue
        if name == "rgbColor":
            made[name] = _lit(item)
        elif name.lower().endswith("color"):
            made[name] = _lit(item)
            made.setdefault(name + "Style", {"rgbColor": _lit(item)})
        elif name.lower().endswith("colorstyle") and "rgbColor" in item:
            made[name.removesuffix("Style")] = item["rgbColor"]
    return made


def _lit(colour: Mapping[str, Any]) -> dict[str, Any]:
    """A colour as Google says it: a part of nought is left out."""
    return {part: amount for part, amount in colour.items() if amount}


def _twinned(mask: fields.Mask) -> fields.Mask:
    made = {name: _twinned(inner) for name, inner in mask.items()}
    for name in list(made):
        if name.lower().endswith("color"):
            made[name + "Style"] = {}
        elif name.lower().endswith("colorstyle"):
            made[name], made[name.removesuffix("Style")] = {}, {}
    return made
