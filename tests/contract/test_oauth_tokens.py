"""Tokens: what they open, when they stop, and what says so."""

from __future__ import annotations

import clients
import pytest
from clients import Api
from echo import TEACHER, Echo
from googleapiclient.errors import HttpError

from sandbox.oauth.tokens import NoSuchUser, mint_access_token
from sandbox.server import RunningSandbox
from sandbox.state import User, Workspace

SHEET = "/v4/spreadsheets/s"
FILES = "/drive/v3/files"
DOC = "/v1/documents/d"


def expired(echo: Echo) -> str:
    echo.server.workspace.users[TEACHER] = User(email=TEACHER)
    return mint_access_token(echo.server.workspace, email=TEACHER, client_id="c", scopes=["drive"], lifetime=-1)


@pytest.mark.parametrize("path", [SHEET, FILES, DOC, "/calendar/v3/calendars/c/events"])
def test_a_forged_or_expired_token_is_401(echo: Echo, path: str) -> None:
    for token in ("forged", expired(echo)):
        answer = echo.send("GET", path, token=token)
        error = answer.json()["error"]
        assert answer.status_code == 401
        assert error["status"] == "UNAUTHENTICATED"
        assert error["message"].startswith("Request had invalid authentication credentials.")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert not echo.seen


def test_drive_says_invalid_credentials_in_its_own_envelope(echo: Echo) -> None:
    errors = echo.send("GET", FILES, token="forged").json()["error"]["errors"]
    assert errors == [
        {
            "message": "Invalid Credentials",
            "domain": "global",
            "reason": "authError",
            "location": "Authorization",
            "locationType": "header",
        }
    ]


@pytest.mark.parametrize(("path", "status"), [(SHEET, 403), (FILES, 403), (DOC, 401)])
def test_no_token_at_all_is_refused_as_each_api_refuses_it(echo: Echo, path: str, status: int) -> None:
    assert echo.send("GET", path, token="").status_code == status
    assert not echo.seen


def test_a_token_opens_only_what_its_scopes_name(echo: Echo, api: Api) -> None:
    narrow = ["calendar.app.created"]
    with pytest.raises(HttpError) as drive:
        api("drive", "v3", TEACHER, scopes=narrow).files().list().execute()
    with pytest.raises(HttpError) as sheets:
        api("sheets", "v4", TEACHER, scopes=narrow).spreadsheets().get(spreadsheetId="s").execute()
    api("calendar", "v3", TEACHER, scopes=narrow).events().list(calendarId="c").execute()
    assert drive.value.status_code == sheets.value.status_code == 403
    assert drive.value.error_details[0]["reason"] == "insufficientPermissions"
    assert b"ACCESS_TOKEN_SCOPE_INSUFFICIENT" in sheets.value.content
    assert [call.method for call in echo.seen] == ["calendar.events.list"]


def test_reading_scopes_do_not_write(echo: Echo, api: Api) -> None:
    sheets = api("sheets", "v4", TEACHER, scopes=["spreadsheets.readonly"]).spreadsheets()
    sheets.get(spreadsheetId="s").execute()
    with pytest.raises(HttpError) as refused:
        sheets.batchUpdate(spreadsheetId="s", body={"requests": []}).execute()
    assert refused.value.status_code == 403


def test_a_call_carries_its_user_client_and_scopes(echo: Echo, api: Api) -> None:
    api("drive", "v3", TEACHER, scopes=["drive.file"], client_id="other-client").files().list().execute()
    caller = echo.seen[0].caller
    assert (caller.email, caller.client_id) == (TEACHER, "other-client")
    assert caller.has("drive.file")
    assert not caller.has("drive")
    assert (echo.journal[0]["user"], echo.journal[0]["client"]) == (TEACHER, "other-client")


def test_a_revoked_token_opens_nothing(echo: Echo) -> None:
    token = clients.credentials(echo.server, TEACHER).token
    assert echo.send("GET", FILES, token=token).ok
    assert echo.send("POST", "/revoke", token="", data={"token": token}).status_code == 200
    assert echo.send("GET", FILES, token=token).status_code == 401
    assert echo.send("POST", "/revoke", token="", data={"token": token}).status_code == 400


def test_a_token_in_the_query_counts(echo: Echo) -> None:
    token = clients.credentials(echo.server, TEACHER).token
    assert echo.send("GET", f"{FILES}?access_token={token}", token="").ok


def test_nobody_gets_a_token_for_a_stranger(workspace: Workspace) -> None:
    with pytest.raises(NoSuchUser, match=r"nobody@school\.example"):
        mint_access_token(workspace, email="nobody@school.example", client_id="c", scopes=["drive"])


def test_an_open_sandbox_takes_any_token_as_one_user(sandbox_server: RunningSandbox) -> None:
    sandbox_server.use(Workspace(open_access=True))
    opened = Echo(sandbox_server)
    assert opened.send("GET", FILES, token="anything").ok
    assert opened.send("POST", f"{SHEET}:batchUpdate", token="else", json={}).ok
    assert {call.caller.email for call in opened.seen} == {"owner@sandbox.example"}
    assert opened.send("GET", DOC, token="").status_code == 401


def test_userinfo_says_whose_token_it_is(echo: Echo) -> None:
    told = echo.send("GET", "/oauth2/v3/userinfo").json()
    assert (told["email"], told["email_verified"]) == (TEACHER, True)
    older = echo.send("GET", "/userinfo/v2/me").json()
    assert (older["id"], older["email"], older["verified_email"]) == (told["sub"], TEACHER, True)
    assert {"sub", "email_verified"}.isdisjoint(older)
    assert {"id", "verified_email"}.isdisjoint(told)
    assert echo.send("GET", "/oauth2/v3/userinfo", token="forged").status_code == 401


def test_tokeninfo_lists_the_scopes(echo: Echo) -> None:
    token = clients.credentials(echo.server, TEACHER, scopes=["drive.file"]).token
    told = echo.send("GET", f"/tokeninfo?access_token={token}", token="").json()
    assert told["scope"] == "https://www.googleapis.com/auth/drive.file"
    assert 3500 < int(told["expires_in"]) <= 3600
    assert echo.send("GET", "/tokeninfo?access_token=forged", token="").status_code == 400
