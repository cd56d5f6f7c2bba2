"""Video meetings of events: copied as they are given, or made on request. Nobody can join them.

Source: the discovery document (ConferenceData, ``conferenceDataVersion``); the refusals' words:
github.com/googleapis/google-api-nodejs-client issues 3052 and 2387."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.calendar import errors
from sandbox.call import Call

_MEET = "hangoutsMeet"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def settled(call: Call, before: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The meeting that the event has after the call; a client of version 0 neither makes nor takes one away."""
    if not call.params.get("conferenceDataVersion"):
        return before
    if "conferenceData" not in call.body:
        return before if call.method.endswith(".patch") else None
    asked = call.body["conferenceData"]
    if not asked:
        return None
    if asked.get("entryPoints") and asked.get("conferenceSolution"):
        return dict(asked)
    if create := asked.get("createRequest"):
        return _made(call, create, before)
    raise errors.invalid("Invalid conference data.")


def link(data: Mapping[str, Any] | None) -> str:
    """Where a browser would join the meeting."""
    points = (data or {}).get("entryPoints", ())
    return next((str(point.get("uri", "")) for point in points if point.get("entryPointType") == "video"), "")


def _made(call: Call, create: Mapping[str, Any], before: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """A new meeting; the same request again gives the one that it made."""
    request_id = create.get("requestId")
    if before is not None and before.get("createRequest", {}).get("requestId") == request_id:
        return before
    if not request_id:
        raise errors.invalid("Invalid conference data.")
    kind = create.get("conferenceSolutionKey", {}).get("type", _MEET)
    if kind != _MEET:
        raise errors.invalid("Invalid conference type value.")
    code = "-".join(call.workspace.ids.next(length, _LETTERS) for length in (3, 4, 3))
    key = {"type": _MEET}
    icon = (
        "https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png"
    )
    return {
        "createRequest": {
            "requestId": request_id,
            "conferenceSolutionKey": key,
            "status": {"statusCode": "success"},
        },
        "entryPoints": [
            {"entryPointType": "video", "uri": f"https://meet.google.com/{code}", "label": f"meet.google.com/{code}"}
        ],
        "conferenceSolution": {"key": key, "name": "Google Meet", "iconUri": icon},
        "conferenceId": code,
    }
