"""What a filter says of its columns: which values show, and in which order; both of Google's spellings say the same.

``filterSpecs`` win over ``criteria`` and both are answered (discovery document)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sandbox.sheets import mask as masks
from sandbox.sheets.box import Box
from sandbox.sheets.errors import Refused, not_built
from sandbox.sheets.model import Json, Ranged
from sandbox.sheets.validation import check_condition

_PARTS = ("criteria", "filterSpecs", "sortSpecs")
_COLOURS = ("visibleBackgroundColorStyle", "visibleForegroundColorStyle")


def read(asked: Json, box: Box) -> dict[str, Any]:
    """The columns' part of a filter over a closed box. Raises Refused for a column outside it."""
    specs = [_spec(spec) for spec in _given(asked)]
    orders = [_order(spec) for spec in asked.get("sortSpecs", ())]
    columns = [spec["columnIndex"] for spec in specs] + [order["dimensionIndex"] for order in orders]
    if any(column not in box.columns() for column in columns):
        raise Refused("A filter's column index must lie within its range.")
    return body(specs, orders)


def _given(asked: Json) -> Sequence[Json]:
    if "filterSpecs" in asked:
        found: Sequence[Json] = asked["filterSpecs"]
        return found
    given: Json = asked.get("criteria", {})
    if not all(column.isdecimal() for column in given):
        raise Refused("A filter's criteria are named by column indexes.")
    return [{"columnIndex": int(column), "filterCriteria": each} for column, each in given.items()]


def _spec(spec: Json) -> Json:
    _check_column(spec)
    found = masks.both_colours(spec.get("filterCriteria", {}))
    if "condition" in found:
        check_condition(found["condition"])
    if all(colour in found for colour in _COLOURS):
        raise Refused("Only one of visibleBackgroundColor and visibleForegroundColor can be set.")
    return {"columnIndex": spec.get("columnIndex", 0), "filterCriteria": found}


def _order(spec: Json) -> Json:
    _check_column(spec)
    ready: Json = masks.both_colours(spec)
    return {"dimensionIndex": 0, **ready}


def _check_column(spec: Json) -> None:
    if "dataSourceColumnReference" in spec:
        raise not_built("sheets.spreadsheets.batchUpdate with dataSourceColumnReference")


def body(specs: Sequence[Json], orders: Sequence[Json]) -> dict[str, Any]:
    """The JSON that a filter keeps; nothing for what is empty."""
    made: dict[str, Any] = {}
    if orders:
        made["sortSpecs"] = list(orders)
    if specs:
        made["criteria"] = {str(spec["columnIndex"]): spec["filterCriteria"] for spec in specs}
        made["filterSpecs"] = list(specs)
    return made


def moved(found: Ranged, point: Callable[[int], int | None]) -> Ranged:
    """A filter whose columns went where ``point`` says; what was said of a column that is gone is forgotten."""
    specs = [_pointed(spec, "columnIndex", point) for spec in found.body.get("filterSpecs", ())]
    orders = [_pointed(spec, "dimensionIndex", point) for spec in found.body.get("sortSpecs", ())]
    rest = {name: value for name, value in found.body.items() if name not in _PARTS}
    return replace(found, body={**rest, **body([s for s in specs if s], [o for o in orders if o])})


def _pointed(spec: Mapping[str, Any], name: str, point: Callable[[int], int | None]) -> Json | None:
    place = point(spec[name])
    return None if place is None else {**spec, name: place}
