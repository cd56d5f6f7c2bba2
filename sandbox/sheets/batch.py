"""``spreadsheets.batchUpdate``: requests in order on one copy of the book; the first that fails undoes them all."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from sandbox import discovery
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused, invalid, not_built
from sandbox.sheets.model import Json
from sandbox.sheets.requests.table import REQUESTS


def run(edit: Edit, requests: Sequence[Json]) -> list[Json]:
    """One reply per request, ``{}`` where it has none. Raises ApiError naming the request that failed."""
    if not requests:
        raise invalid("Must specify at least one request.")
    return [_one(edit, place, request) for place, request in enumerate(requests)]


@functools.cache
def _answered() -> frozenset[str]:
    """The requests that have a message of their own in the reply, empty or not."""
    return frozenset(discovery.apis()["sheets"].schemas["Response"]["properties"])


def _one(edit: Edit, place: int, request: Json) -> Json:
    if len(request) != 1:
        raise invalid(f"Invalid requests[{place}]: Must specify exactly one request.")
    kind, body = next(iter(request.items()))
    handler = REQUESTS.get(kind)
    if handler is None:
        raise not_built(f"sheets.spreadsheets.batchUpdate.{kind}")
    try:
        reply = handler(edit, body)
    except Refused as refused:
        raise invalid(f"Invalid requests[{place}].{kind}: {refused}") from None
    return {kind: reply} if kind in _answered() else {}
