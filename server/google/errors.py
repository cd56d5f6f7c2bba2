"""What went wrong at Google, in our own error tree.

Nothing here puts a token, a name or a cell into a message: a message says which call, which reason code and which
status. Google's own words go to ``Trouble.detail``, which is never logged.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from googleapiclient.errors import HttpError
from urllib3.exceptions import MaxRetryError, NewConnectionError

from server.google.retry import Failure, Setback, failure_of, retry_after
from server.plans.trouble import (
    AlreadyThere,
    Busy,
    NotSignedIn,
    NotVisible,
    Refused,
    ScopeMissing,
    Trouble,
    Unreachable,
)

SCOPE_CODES = frozenset({"insufficientPermissions", "insufficientScopes", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
HIDDEN_CODES = frozenset({"appNotAuthorizedToFile"})
TAKEN_CODES = frozenset({"duplicate", "alreadyExists", "ALREADY_EXISTS"})
_PLACE = re.compile(r"\b(?:requests|data|dataFilters?|data_filters)\[\d+\](?:\.\w+)*")
_CODE = re.compile(r"[A-Za-z_]{1,60}")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A refusal as Google sent it. ``codes`` holds every reason it gave, ``reason`` the most telling one."""

    status: int
    reason: str = ""
    codes: frozenset[str] = frozenset()
    location: str = ""
    message: str = field(default="", repr=False)
    retry_after: float = 0.0

    @property
    def setback(self) -> Setback:
        return Setback(kind=failure_of(self.status, self.codes), retry_after=self.retry_after)


def read_answer(status: int, content: bytes, headers: Mapping[str, str]) -> Answer:
    """Read either of Google's error envelopes; a page of HTML or nothing at all gives an answer without reason."""
    error = _error_object(content)
    details = [item for key in ("errors", "details") for item in _dicts(error.get(key))]
    codes = [code for code in (*_reasons(details), str(error.get("status", ""))) if _CODE.fullmatch(code)]
    return Answer(
        status=status,
        reason=next(iter(codes), ""),
        codes=frozenset(codes),
        location=next((str(item["location"]) for item in details if "location" in item), ""),
        message=str(error.get("message", "")),
        retry_after=retry_after(headers.get("retry-after")),
    )


def _error_object(content: bytes) -> Mapping[str, Any]:
    """The ``error`` of an envelope; the token endpoint's is a string, and some services wrap all in a list."""
    try:
        envelope = json.loads(content)
    except ValueError:
        return {}
    envelope = next(iter(envelope), {}) if isinstance(envelope, list) else envelope
    error = envelope.get("error") if isinstance(envelope, dict) else None
    if isinstance(error, dict):
        return error
    return {"status": error} if isinstance(error, str) else {}


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())


def _reasons(details: list[Mapping[str, Any]]) -> Iterator[str]:
    return (str(item["reason"]) for item in details if item.get("reason"))


def _kind(answer: Answer) -> type[Trouble]:
    if answer.setback.kind is not Failure.FINAL:
        return Busy
    if answer.codes & SCOPE_CODES:
        return ScopeMissing
    if answer.codes & HIDDEN_CODES:
        return NotVisible
    if answer.codes & TAKEN_CODES:
        return AlreadyThere
    return {401: NotSignedIn, 404: NotVisible}.get(answer.status, Refused)


def _told(answer: Answer, call: str) -> str:
    place = _PLACE.search(answer.message)
    where = f" at {place.group()}" if place else ""
    return f"Google refused {call} with status {answer.status} {answer.reason}".rstrip() + f"{where}."


def refusal(answer: Answer, call: str) -> Trouble:
    """The error that an answer from Google means."""
    return _kind(answer)(
        _told(answer, call),
        call=call,
        reason=answer.reason,
        status=answer.status,
        reference=new_reference(),
        detail=answer.message,
    )


def new_reference() -> str:
    """A short code for a person to read out and for us to find in the log."""
    return secrets.token_hex(3).upper()


def setback_of(error: Exception) -> Setback:
    """What a failure to get any answer tells of the call: whether it can have reached Google."""
    if isinstance(error, RefreshError):
        return Setback(kind=Failure.UNSENT if error.retryable else Failure.FINAL)
    if isinstance(error, TransportError | requests.ConnectTimeout) or _never_connected(error):
        return Setback(kind=Failure.UNSENT)
    if isinstance(error, requests.RequestException):
        return Setback(kind=Failure.AMBIGUOUS)
    return Setback(kind=Failure.FINAL)


def _never_connected(error: Exception) -> bool:
    """Whether the connection itself was refused, so that nothing was sent."""
    cause = error.args[0] if isinstance(error, requests.ConnectionError) and error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def no_answer(error: Exception, call: str) -> Trouble:
    """The error that the lack of an answer means."""
    refused = isinstance(error, GoogleAuthError) and not (isinstance(error, TransportError) or error.retryable)
    if refused:
        return NotSignedIn(
            f"Google would not accept this sign-in for {call}.",
            call=call,
            reason="invalidToken",
            status=401,
            reference=new_reference(),
        )
    return Unreachable(
        f"Google did not answer {call}.",
        call=call,
        reason=type(error).__name__,
        reference=new_reference(),
    )


def part_answer(error: HttpError) -> Answer:
    """The refusal of one part of an HTTP batch. The library hides ``errors[].reason``, so the content is read."""
    return read_answer(error.status_code, error.content, error.resp)
