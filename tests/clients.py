"""Real Google clients pointed at a sandbox: the same libraries the product uses, with only the address changed."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
from importlib import resources
from typing import Any, Protocol

import google.auth.transport.requests
import google_auth_httplib2
import gspread
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.http import build_http

from sandbox.oauth.tokens import mint_access_token
from sandbox.server import RunningSandbox
from sandbox.state import User

CLIENT_ID = "senplans.apps.googleusercontent.com"
SCOPES = ("drive", "spreadsheets", "documents", "calendar")
_opened: list[Callable[[], None]] = []


class Api(Protocol):
    """``api("drive", "v3", "senco@school.example", scopes=["drive.file"])``: a real client service."""

    def __call__(
        self, name: str, version: str, email: str, *, scopes: Iterable[str] = ..., client_id: str = ...
    ) -> Any: ...


def credentials(
    sandbox: RunningSandbox, email: str, *, scopes: Iterable[str] = SCOPES, client_id: str = CLIENT_ID
) -> Credentials:
    """A real access token of this person, who is added to the workspace if unknown."""
    sandbox.workspace.users.setdefault(email, User(email=email, name=email.partition("@")[0].title()))
    token = mint_access_token(sandbox.workspace, email=email, client_id=client_id, scopes=scopes)
    return Credentials(token)


def service(
    sandbox: RunningSandbox,
    name: str,
    version: str,
    email: str,
    *,
    scopes: Iterable[str] = SCOPES,
    client_id: str = CLIENT_ID,
) -> Any:
    """A google-api-python-client service (``drive``, ``v3``) acting as this person."""
    described = json.loads(document(name, version))
    described |= {"rootUrl": f"{sandbox.url}/", "baseUrl": f"{sandbox.url}/{described['servicePath']}"}
    held = credentials(sandbox, email, scopes=scopes, client_id=client_id)
    http = google_auth_httplib2.AuthorizedHttp(held, http=build_http())
    made = build_from_document(described, http=http)
    _opened.append(made.close)
    return made


def spreadsheets(
    sandbox: RunningSandbox, email: str, *, scopes: Iterable[str] = SCOPES, client_id: str = CLIENT_ID
) -> gspread.Client:
    """A gspread client acting as this person."""
    held = credentials(sandbox, email, scopes=scopes, client_id=client_id)
    session = _Redirected(held, sandbox.url)
    _opened.append(session.close)
    return gspread.Client(auth=held, session=session)


def close_all() -> None:
    """Give back the connections of every client made so far; who uses one again connects again."""
    while _opened:
        _opened.pop()()


class _Redirected(google.auth.transport.requests.AuthorizedSession):
    """A session that sends what is meant for Google's hosts to the sandbox."""

    def __init__(self, held: Credentials, url: str) -> None:
        super().__init__(held)
        self._url = url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("timeout", 10)
        path = url.partition("://")[2].partition("/")[2]
        return super().request(method, url if url.startswith(self._url) else f"{self._url}/{path}", *args, **kwargs)


@functools.cache
def document(name: str, version: str) -> str:
    """The discovery document that the client library carries, its schemas cut down to whether they have pages.

    Of the rest the library makes help texts only, anew for each ``documents()``: longer work than most tests."""
    folder = resources.files("googleapiclient.discovery_cache") / "documents"
    described = json.loads((folder / f"{name}.{version}.json").read_text(encoding="utf-8"))
    schemas = {key: {"id": key, "properties": _paging(schema)} for key, schema in described["schemas"].items()}
    return json.dumps({**described, "schemas": schemas})


def _paging(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: told for key, told in schema.get("properties", {}).items() if key in ("pageToken", "nextPageToken")}
