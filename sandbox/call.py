"""What a service's handler is given and what it gives back. One vocabulary for Sheets, Drive, Docs, Calendar.

A service is a package with ``routes.py`` (one table, ``ROUTES: dict[str, Handler]``, from the discovery method id
such as ``"drive.files.create"`` to a function) over ``backend.py`` (state and rules). Handlers return values or
raise ``ApiError``; only ``wire.py`` knows JSON, HTTP and Google's envelopes. A method that is in the discovery
document and in no table answers 501 with its name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.state import Workspace


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Whose token it is: a user's (or service account's) address, the OAuth client, and the granted scopes."""

    email: str
    client_id: str
    scopes: frozenset[str]

    def has(self, *scopes: str) -> bool:
        """Whether any of these scopes (short names such as ``drive.file`` or whole URLs) was granted."""
        prefix = "https://www.googleapis.com/auth/"
        return any(s in self.scopes or prefix + s in self.scopes for s in scopes)


@dataclass(frozen=True, kw_only=True)
class Media:
    """An uploaded file."""

    content_type: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Call:
    """One API request, already checked against the discovery document and typed by it.

    ``params`` holds path and query parameters under their discovery names (ints are ints, booleans booleans,
    repeated ones lists; absent ones absent). ``body`` is the JSON body, {} where none was sent."""

    method: str
    caller: Caller
    workspace: Workspace
    params: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    media: Media | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer that is not simply a JSON object with status 200: bytes (``data``), no content, extra headers."""

    body: Mapping[str, Any] | None = None
    data: bytes | None = None
    status: int = 200
    content_type: str = "application/json; charset=UTF-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], "Mapping[str, Any] | Reply"]


class ApiError(Exception):
    """A refusal. ``wire`` prints it in the envelope of the API that was called.

    ``reason`` is Drive's and Calendar's ``errors[].reason`` (``notFound``); ``status_name`` is the canonical code
    Sheets and Docs print (``NOT_FOUND``), derived from the HTTP status when empty."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        reason: str = "",
        status_name: str = "",
        domain: str = "global",
        location: str = "",
        location_type: str = "",
        details: tuple[Mapping[str, Any], ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.reason = reason
        self.status_name = status_name
        self.domain = domain
        self.location = location
        self.location_type = location_type
        self.details = details
        self.headers = dict(headers or {})
