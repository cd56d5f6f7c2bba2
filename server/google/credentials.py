"""Whose door it is: a person's token that came with an event, or the school's service account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import google.oauth2.credentials
import google.oauth2.service_account
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google_auth_oauthlib.flow import InstalledAppFlow
from oauthlib.oauth2.rfc6749.errors import OAuth2Error

from server.google.endpoints import Endpoints
from server.plans.trouble import Invalid


def person(access_token: str) -> Credentials:
    """A person's access token for as long as it lives; it can't be renewed."""
    return google.oauth2.credentials.Credentials(token=access_token or None)


def authorized_user(info: Mapping[str, str], *, scopes: Sequence[str] = (), endpoints: Endpoints) -> Credentials:
    """A person who signed in once, with ``scopes`` or with all that they granted then. Renews itself.

    ``info`` is the file's content. Raises Invalid where it is not one."""
    if not all(info.get(name) for name in ("client_id", "client_secret", "refresh_token")):
        raise Invalid("This is not the credentials file of a person who signed in.", place="credentials file")
    return google.oauth2.credentials.Credentials(
        token=None,
        refresh_token=info["refresh_token"],
        client_id=info["client_id"],
        client_secret=info["client_secret"],
        token_uri=endpoints.token_uri,
        scopes=list(scopes) or None,
    )


def sign_in(client: Mapping[str, Any], *, scopes: Sequence[str]) -> dict[str, str]:
    """What a person's credentials file holds once they signed in and granted ``scopes``, all of them, in the browser.

    ``client`` is the file of an OAuth client of the type Desktop app. Raises Invalid where it is not one, or where
    the person granted less."""
    try:
        flow = InstalledAppFlow.from_client_config(dict(client), [*scopes])
    except ValueError:
        raise Invalid(
            "This is not the file of an OAuth client of the type Desktop app.", place="client file"
        ) from None
    try:
        held = flow.run_local_server(port=0, access_type="offline", prompt="consent")
    except (Warning, OAuth2Error):
        raise Invalid("Not everything was granted. Sign in again and tick every box.", place="sign-in") from None
    names = ("client_id", "client_secret", "refresh_token")
    return {"type": "authorized_user", **{name: str(getattr(held, name)) for name in names}}


def service_account(
    info: Mapping[str, str], *, scopes: Sequence[str], endpoints: Endpoints, subject: str = ""
) -> Credentials:
    """The school's service account, speaking for ``subject`` where delegation allows. Renews itself.

    ``info`` is the key file's content. Raises Invalid where it is not one."""
    keys = {**info, "token_uri": endpoints.token_uri}
    try:
        account: Credentials = google.oauth2.service_account.Credentials.from_service_account_info(
            keys, scopes=list(scopes), subject=subject or None
        )
    except (ValueError, GoogleAuthError):
        raise Invalid("This is not the key file of a Google service account.", place="service account key") from None
    return account
