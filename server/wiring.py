"""The one place that knows everybody: settings in, doors, runs and the web tier's services out."""

from __future__ import annotations

import json
import secrets
import time
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask

from server import manifest
from server.google.credentials import person, service_account
from server.google.door import Door
from server.google.endpoints import Endpoints
from server.google.identity import Verifier
from server.google.transport import Probe
from server.memory import collect_rarely
from server.plans.trouble import Invalid
from server.settings import Settings
from server.web.app import create_app
from server.web.ports import WebSettings
from server.workflows.run import Progress, Run, in_silence
from sheets_templates import catalogue

SCHOOL_MODE_SCOPES = tuple(
    f"https://www.googleapis.com/auth/{name}"
    for name in ("drive", "calendar.app.created", "calendar.calendarlist.readonly")
)
NO_IDENTITY = (
    "No Google identity was given, so nothing was done. Set SENPLANS_TOKEN to an access token, or "
    "SENPLANS_SERVICE_ACCOUNT_FILE to a key file."
)


def endpoints(settings: Settings) -> Endpoints:
    return Endpoints.at(settings.google_url) if settings.google_url else Endpoints()


def door(settings: Settings, *, token: str = "", probe: Probe | None = None) -> Door:
    """A door to Google for the person whose token is given, else for whom the settings name."""
    places = endpoints(settings)
    access = token or settings.token
    if access:
        return Door(person(access), places, probe=probe)
    if not settings.service_account_file:
        raise Invalid(NO_IDENTITY, place="settings")
    info = json.loads(Path(settings.service_account_file).read_text("utf-8"))
    account = service_account(info, scopes=SCHOOL_MODE_SCOPES, endpoints=places, subject=settings.subject)
    return Door(account, places, drive_id=settings.drive_id, probe=probe)


def web_app(settings: Settings) -> Flask:
    """The add-on's web service. Google's calls are checked against the addresses in the manifest, not the request."""
    from server.panel import Panel

    made = manifest.for_base_url(manifest.load(), settings.base_url)
    verifier = Verifier(
        endpoints(settings),
        system_audiences=manifest.audiences(made),
        service_account=settings.addon_service_account,
        oauth_client_id=settings.oauth_client_id,
        clock_skew_seconds=settings.clock_skew_seconds,
    )
    collect_rarely()
    return create_app(Panel(settings, verifier), WebSettings(base_url=settings.base_url))


def today_of(settings: Settings) -> date:
    """The date in England, or the one the settings set instead."""
    return date.fromisoformat(settings.today) if settings.today else datetime.now(ZoneInfo("Europe/London")).date()


def new_run(
    settings: Settings,
    google: Door,
    *,
    publisher: str = "",
    progress: Progress = in_silence,
    today: date | None = None,
) -> Run:
    """One run of a workflow, with an id nobody else has."""
    return Run(
        google=google,
        catalogue=catalogue.load(),
        today=today or today_of(settings),
        now=time.time,
        run_id=secrets.token_hex(6),
        publisher=publisher or settings.publisher,
        progress=progress,
    )
