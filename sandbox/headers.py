"""Headers that stand on every answer of an API, and compression.

Source: gspread's and muttlib's recordings (Sheets, Drive), gspread-pandas' recordings (gzip for whoever accepts it,
whatever ``User-Agent`` says). That Docs answers as Sheets does, and Calendar as Drive, is assumed, and so is that
short answers go out as they are."""

from __future__ import annotations

import dataclasses
import gzip
from collections.abc import Mapping

from sandbox.discovery import Api
from sandbox.message import Incoming, Outgoing

_COMMON = {"X-XSS-Protection": "0", "X-Frame-Options": "SAMEORIGIN", "X-Content-Type-Options": "nosniff"}
_SHORT = 256
_PRESSED = ("application/json", "text/html")


def standing(api: Api) -> Mapping[str, str]:
    """What the API sends with every answer, refusals too."""
    return _LEGACY if api.legacy else _RPC


def pressed(asked: Incoming, made: Outgoing) -> Outgoing:
    """The answer as gzip where the caller accepts that. Files, batches and what a fault cut stay as they are."""
    fitting = made.content_type.startswith(_PRESSED) and len(made.body) >= _SHORT
    if not fitting or "Content-Length" in made.headers or not _accepted(asked):
        return made
    headers = {**made.headers, "Content-Encoding": "gzip"}
    return dataclasses.replace(made, body=gzip.compress(made.body, 1, mtime=0), headers=headers)


def _accepted(asked: Incoming) -> bool:
    """Whether gzip is among the encodings that the caller names, and not named with a weight of nought."""
    for one in asked.headers.get("Accept-Encoding", "").lower().split(","):
        name, _, weight = one.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


_RPC = _COMMON | {"Vary": "Origin, X-Origin, Referer", "Cache-Control": "private"}
_LEGACY = _COMMON | {
    "Vary": "Origin, X-Origin",
    "Cache-Control": "no-cache, no-store, max-age=0, must-revalidate",
    "Pragma": "no-cache",
    "Expires": "Mon, 01 Jan 1990 00:00:00 GMT",
}
