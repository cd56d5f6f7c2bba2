"""The one place that reads the environment. docs/reference/settings.md lists every setting with its meaning."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

PREFIX = "SENPLANS_"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this service runs. Each field is read from ``SENPLANS_`` and its name in capitals.

    google_url: one address that answers for all of Google, such as a sandbox; empty is Google itself
    token: access token of the person the command line acts for
    publisher: e-mail address of the person or service account that publishes and syncs
    service_account_file: key file of the school's service account, instead of a person's token
    subject: whom the service account speaks for, by domain-wide delegation
    drive_id: the shared drive of a school in school mode
    base_url: the public https address of this service, as in the manifest
    addon_service_account: the add-on's service account, which signs Google's calls to us
    oauth_client_id: the add-on's OAuth client, the audience of people's ID tokens
    clock_skew_seconds: how far Google's clock and ours may differ
    today: a date (YYYY-MM-DD) to act on instead of the real one, for demonstrations
    live_credentials: file of the account that `live-check` uses: a person's who signed in, or a service account's
    live_subject: whom that service account speaks for
    live_second_credentials: file of a second account, which may be shared with and written to
    live_second_subject: whom the second file's service account speaks for
    live_alias: another address of the second account
    live_no_account: a mailbox without a Google account, which gets one invitation
    """

    google_url: str = ""
    token: str = ""
    publisher: str = ""
    service_account_file: str = ""
    subject: str = ""
    drive_id: str = ""
    base_url: str = "https://senplans.example"
    addon_service_account: str = ""
    oauth_client_id: str = ""
    clock_skew_seconds: int = 10
    today: str = ""
    live_credentials: str = ""
    live_subject: str = ""
    live_second_credentials: str = ""
    live_second_subject: str = ""
    live_alias: str = ""
    live_no_account: str = ""

    def __repr__(self) -> str:
        return f"Settings(google_url={self.google_url!r}, base_url={self.base_url!r}, …)"


def read(environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Settings from the environment; what is ``given`` and not None wins."""
    source = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for field in fields(Settings):
        text = source.get(PREFIX + field.name.upper())
        if text is not None:
            values[field.name] = int(text) if field.type == "int" else text
    return Settings(**{**values, **{name: value for name, value in given.items() if value is not None}})
