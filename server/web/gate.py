"""The add-on's gate: who is calling is proved before anything of the call is read."""

from __future__ import annotations

from flask import Request

from addon.event import BadEvent, Event, parse_event
from server.plans.trouble import NotSignedIn
from server.web.ports import Caller, WebServices

BEARER = "bearer "


def admit(request: Request, services: WebServices) -> tuple[Event, Caller]:
    """The event and who caused it.

    Raises NotSignedIn where Google did not sign the call or somebody else's ID token came with it; BadEvent and
    werkzeug's errors where the body is not an event."""
    services.verify_system(_bearer(request.headers.get("Authorization", "")))
    event = parse_event(_json(request))
    email = services.verify_user(event.user_id_token).email if event.user_id_token else ""
    return event, Caller(token=event.user_token, email=email, spreadsheet_id=event.spreadsheet_id)


def _json(request: Request) -> object:
    try:
        return request.get_json()
    except RecursionError:
        raise BadEvent("The body is nested too deeply.") from None


def _bearer(header: str) -> str:
    if not header.casefold().startswith(BEARER):
        raise NotSignedIn("This request does not show who is calling.", reason="noToken", status=401)
    return header[len(BEARER) :].strip()
