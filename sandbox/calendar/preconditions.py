"""``If-None-Match`` on what is read and ``If-Match`` on what is changed, by the etag of the answer's body.

Source: https://developers.google.com/workspace/calendar/api/guides/version-resources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.calendar import errors
from sandbox.call import Call, Handler, Reply


def conditional(read: Handler) -> Handler:
    """The handler, answering 304 without a body where the caller has that state of the resource already."""

    def answered(call: Call) -> Mapping[str, Any] | Reply:
        found = read(call)
        if isinstance(found, Reply) or not _names(call, "if-none-match", found.get("etag")):
            return found
        return Reply(status=304, data=b"", content_type="")

    return answered


def guarded(change: Handler, read: Handler) -> Handler:
    """The handler, refusing with 412 where the resource is in another state than the caller thinks."""

    def changed(call: Call) -> Mapping[str, Any] | Reply:
        if _header(call, "if-match") not in ("", "*"):
            found = read(call)
            if isinstance(found, Reply) or not _names(call, "if-match", found.get("etag")):
                raise errors.changed_meanwhile()
        return change(call)

    return changed


def _names(call: Call, name: str, etag: Any) -> bool:
    """Whether the header lists that etag."""
    return str(etag) in [one.strip().removeprefix("W/") for one in _header(call, name).split(",")]


def _header(call: Call, wanted: str) -> str:
    return next((value for name, value in call.headers.items() if name.lower() == wanted), "")
