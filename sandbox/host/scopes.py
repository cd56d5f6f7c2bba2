"""OAuth scopes in the words of the consent dialog."""

from __future__ import annotations

import functools

from sandbox.oauth.state import full_scopes

PREFIX = "https://www.googleapis.com/auth/"
_ADDON_SCOPES = {
    "calendar.addons.execute": "Run as a Google Workspace add-on in Calendar",
    "calendar.addons.current.event.read": "View the event you have open in Calendar",
    "drive.addons.metadata.readonly": "View the names of the Drive files you select while the add-on is open",
    "script.locale": "View your country, language and time zone",
    "userinfo.email": "See your primary Google Account email address",
    "calendar.app.created": "Make secondary Google calendars, and see, create, change and delete events on them",
    "calendar.calendarlist.readonly": "See the list of Google calendars you're subscribed to",
    "drive.file": "See, edit, create and delete only the specific Google Drive files you use with this add-on",
    "openid": "Associate you with your personal info on Google",
}


@functools.cache
def sentence(scope: str) -> str:
    """What the dialog says that this scope lets the add-on do."""
    short = scope.removeprefix(PREFIX)
    return _ADDON_SCOPES.get(short, f"Use {short}")


def full(scopes: list[str] | frozenset[str]) -> list[str]:
    """Whole URLs, in the order given."""
    return [next(iter(full_scopes([one]))) for one in scopes]
