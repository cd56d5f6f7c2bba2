"""Values and refusals as the JSON that each of Google's APIs prints."""

from __future__ import annotations

import json
from typing import Any

from sandbox.call import ApiError
from sandbox.message import Outgoing

JSON = "application/json; charset=UTF-8"
HTML = "text/html; charset=UTF-8"

_STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    412: "FAILED_PRECONDITION",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
_REASONS = {
    400: "badRequest",
    401: "authError",
    403: "forbidden",
    404: "notFound",
    409: "conflict",
    410: "deleted",
    412: "conditionNotMet",
    429: "rateLimitExceeded",
    500: "backendError",
    501: "notImplemented",
    503: "backendError",
}


def encode(value: Any, *, indent: int | None) -> bytes:
    """JSON as Google prints it: ``indent`` spaces and a last line feed, or compact for None."""
    if indent is None:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "surrogatepass") + b"\n"


def refusal(error: ApiError, *, legacy: bool, indent: int | None = 2) -> Outgoing:
    """A refusal in the envelope of Drive and Calendar (``legacy``) or of Sheets and Docs."""
    body = _legacy(error) if legacy else _rpc(error)
    headers = dict(error.headers)
    if error.status == 401:
        headers.setdefault("WWW-Authenticate", 'Bearer realm="https://accounts.google.com/", error="invalid_token"')
    encoded = encode({"error": body}, indent=indent)
    return Outgoing(status=error.status, content_type=JSON, headers=headers, body=encoded)


def page(status: int, sentence: str) -> Outgoing:
    """One of the HTML pages that Google's front end answers with."""
    text = f"<!DOCTYPE html>\n<html lang=en>\n<title>Error {status}</title>\n<p><b>{status}.</b> {sentence}\n"
    return Outgoing(status=status, content_type=HTML, body=text.encode())


def _legacy(error: ApiError) -> dict[str, Any]:
    reason = error.reason or _REASONS.get(error.status, "invalid")
    domain = {"domain": error.domain} if error.domain else {}
    one = {"message": getattr(error, "short", error.message)} | domain | {"reason": reason}
    if error.location:
        one |= {"location": error.location, "locationType": error.location_type or "parameter"}
    body: dict[str, Any] = {"code": error.status, "message": error.message, "errors": [one]}
    named = {"status": error.status_name} if error.status_name else {}
    return body | named | _details(error)


def _rpc(error: ApiError) -> dict[str, Any]:
    name = error.status_name or _STATUS_NAMES.get(error.status, "UNKNOWN")
    return {"code": error.status, "message": error.message, "status": name} | _details(error)


def _details(error: ApiError) -> dict[str, Any]:
    return {"details": list(error.details)} if error.details else {}
