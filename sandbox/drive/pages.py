"""Lists a page at a time, for the methods whose token is a plain position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.call import Call
from sandbox.drive import errors


def paged(call: Call, name: str, items: Sequence[Any], *, default: int, most: int) -> Mapping[str, Any]:
    """One page of ``items`` under ``name``, with the next page's token where there is one."""
    size, start = page_size(call, default=default, most=most), position(call)
    more = {"nextPageToken": f"~!{start + size}"} if start + size < len(items) else {}
    return {**more, name: list(items[start : start + size])}


def page_size(call: Call, *, default: int, most: int) -> int:
    """How many are asked for; 400 outside the range."""
    size = int(call.params.get("pageSize", default))
    if not 1 <= size <= most:
        message = f"Invalid value '{size}'. Values must be within the range: [1, {most}]"
        raise errors.invalid(message, location="pageSize")
    return size


def position(call: Call) -> int:
    """Where the asked page begins; 400 for a token that is none."""
    token = str(call.params.get("pageToken", ""))
    number = token.removeprefix("~!")
    if token and not (token != number and number.isascii() and number.isdecimal()):
        raise errors.invalid("Invalid Value", location="pageToken")
    return int(number or 0)
