"""The table of refusals as an assumption: how many of an API's refusals are worded as the sandbox words them."""

from __future__ import annotations

import refusals
from ground import Google, NotHere
from live.outcome import Outcome, judged

LONGEST = 6


def compared(google: Google, api: str) -> Outcome:
    """Held where Google refuses every row of this API's table with the row's status, reason and form of words."""
    made, rows, others, left = refusals.things(google), refusals.TABLE[api], [], 0
    for row in rows:
        try:
            other = refusals.difference(row, refusals.send(google, made, *row[:3]))
        except NotHere:
            left += 1
            continue
        if other:
            others.append(f"{row[0]} {row[1]}: {other}")
    tried = len(rows) - left
    said = f"{tried - len(others)} of {tried} refusals are as expected."
    return judged(not others, " ".join([said, *others[:LONGEST]]))
