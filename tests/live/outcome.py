"""What a check of an assumption can come to, and the list of all checks."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from googleapiclient.errors import HttpError
from ground import Google, NotHere

HELD, NOT_HELD, PERSON, UNTRIED = "held", "did not hold", "needs a person", "could not be tried here"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One of the four kinds; ``saw`` is what Google did, or why it could not be tried; ``steps`` are a person's."""

    kind: str
    saw: str
    steps: str = ""


def held(saw: str) -> Outcome:
    return Outcome(kind=HELD, saw=saw)


def not_held(saw: str) -> Outcome:
    return Outcome(kind=NOT_HELD, saw=saw)


def person(steps: str, saw: str = "") -> Outcome:
    return Outcome(kind=PERSON, saw=saw, steps=steps)


def untried(why: str) -> Outcome:
    return Outcome(kind=UNTRIED, saw=why)


def judged(holds: bool, saw: str) -> Outcome:
    return held(saw) if holds else not_held(saw)


@dataclass(frozen=True, kw_only=True)
class Check:
    """How one line of docs/unverified.md, found by its heading, is tried."""

    heading: str
    trying: Callable[[Google], Outcome]

    def run(self, google: Google) -> Outcome:
        """The outcome; a refusal that the check did not expect means that the assumption does not hold."""
        try:
            return self.trying(google)
        except HttpError as error:
            return not_held(told(error))
        except NotHere as reason:
            return untried(str(reason))


CHECKS: list[Check] = []


def assumption(heading: str) -> Callable[[Callable[[Google], Outcome]], Callable[[Google], Outcome]]:
    """The function tries the line of docs/unverified.md with this heading."""

    def listed(trying: Callable[[Google], Outcome]) -> Callable[[Google], Outcome]:
        CHECKS.append(Check(heading=heading, trying=trying))
        return trying

    return listed


def told(error: HttpError) -> str:
    """A refusal as Google told it: status, reason where there is one, message."""
    try:
        said = json.loads(error.content)["error"]
        reason = next(iter(said.get("errors", [{}])), {}).get("reason") or said.get("status", "")
        return f"Google answered {error.status_code} {reason}: {said['message']}"
    except (ValueError, LookupError, AttributeError, TypeError):
        return f"Google answered {error.status_code} without a reason."


def refused(request: Any) -> HttpError | None:
    """How Google refuses this request; None where it doesn't."""
    try:
        request.execute()
    except HttpError as error:
        return error
    return None


def refusal(request: Any, status: int, *words: str) -> Outcome:
    """Held where Google refuses with this status and one of these words (any, where none are given)."""
    error = refused(request)
    if error is None:
        return not_held("Google took it.")
    said = told(error)
    return judged(error.status_code == status and (not words or any(word in said for word in words)), said)
