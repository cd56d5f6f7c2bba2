"""Google's quotas on the sandbox's clock: the call over the limit is refused in its words and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from clients import Api
from echo import Echo
from googleapiclient.errors import HttpError

from sandbox import quotas
from sandbox.call import Caller
from sandbox.discovery import methods
from sandbox.state import Clock, Workspace

SHEET, DOC, FILES = "/v4/spreadsheets/s", "/v1/documents/d", "/drive/v3/files"
EVENTS = "/calendar/v3/calendars/c/events"


def test_no_quota_holds_until_it_is_switched_on(echo: Echo) -> None:
    assert all(echo.send("GET", SHEET).ok for _ in range(70))


@pytest.mark.parametrize(
    ("name", "verb", "path", "title", "service"),
    [
        ("sheets.read.user", "GET", SHEET, "'Read requests' and limit 'Read requests per minute per user'", "sheets"),
        ("sheets.read.project", "GET", SHEET, "'Read requests' and limit 'Read requests per minute'", "sheets"),
        ("sheets.write.user", "POST", f"{SHEET}:batchUpdate", "limit 'Write requests per minute per user'", "sheets"),
        ("docs.read.user", "GET", DOC, "limit 'Read requests per minute per user'", "docs"),
    ],
)
def test_sheets_and_docs_answer_429_with_error_info(
    echo: Echo, name: str, verb: str, path: str, title: str, service: str
) -> None:
    quotas.switch(echo.server.workspace, limits={name: 2})
    answers = [echo.send(verb, path, json={} if verb == "POST" else None) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    error = answers[-1].json()["error"]
    assert error["status"] == "RESOURCE_EXHAUSTED"
    assert error["message"].startswith("Quota exceeded for quota metric ")
    assert title in error["message"]
    assert f"of service '{service}.googleapis.com' for consumer 'project_number:" in error["message"]
    (info,) = error["details"]
    assert (info["reason"], info["domain"]) == ("RATE_LIMIT_EXCEEDED", "googleapis.com")
    assert (
        info["metadata"]["quota_limit"]
        == {
            "sheets.read.user": "ReadRequestsPerMinutePerUser",
            "sheets.read.project": "ReadRequestsPerMinutePerProject",
            "sheets.write.user": "WriteRequestsPerMinutePerUser",
            "docs.read.user": "ReadRequestsPerMinutePerUser",
        }[name]
    )
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


def test_calendar_answers_403_usage_limits(echo: Echo) -> None:
    quotas.switch(echo.server.workspace, limits={"calendar.queries.user": 1})
    body = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
    assert [echo.send("POST", EVENTS, json=body).status_code for _ in range(2)] == [200, 403]
    error = echo.send("POST", EVENTS, json=body).json()["error"]
    assert (error["errors"][0]["domain"], error["errors"][0]["reason"]) == ("usageLimits", "rateLimitExceeded")
    assert error["status"] == "PERMISSION_DENIED"
    assert "of service 'calendar-json.googleapis.com'" in error["message"]


def test_drive_counts_units(echo: Echo) -> None:
    quotas.switch(echo.server.workspace, limits={"drive.units.user": 210})
    assert [echo.send("GET", FILES).status_code for _ in range(3)] == [200, 200, 403]
    assert echo.send("GET", FILES).json()["error"]["errors"][0]["reason"] == "rateLimitExceeded"


@pytest.mark.parametrize(
    ("method", "units"),
    [
        ("drive.files.list", 100),
        ("drive.permissions.list", 100),
        ("drive.files.get", 5),
        ("drive.files.export", 200),
        ("drive.files.create", 50),
        ("drive.permissions.create", 50),
        ("drive.files.emptyTrash", 5),
        ("drive.about.get", 5),
    ],
)
def test_each_kind_of_drive_call_has_its_price(method: str, units: int) -> None:
    assert quotas.drive_units(methods()[method]) == units


def test_drive_takes_three_writes_a_second(echo: Echo, monkeypatch: pytest.MonkeyPatch) -> None:
    quotas.switch(echo.server.workspace)
    now = echo.server.workspace.clock.now()
    monkeypatch.setattr(Clock, "now", lambda clock: now + clock.offset)
    answers = [echo.send("POST", FILES, json={}) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 403]
    assert answers[-1].json()["error"]["errors"] == [
        {"message": "User rate limit exceeded.", "domain": "usageLimits", "reason": "userRateLimitExceeded"}
    ]
    assert echo.send("GET", FILES).ok
    echo.server.workspace.clock.advance(1.5)
    assert echo.send("POST", FILES, json={}).ok


def test_the_window_slides_with_the_sandboxs_clock(echo: Echo) -> None:
    quotas.switch(echo.server.workspace, limits={"sheets.read.user": 1})
    assert [echo.send("GET", SHEET).status_code for _ in range(2)] == [200, 429]
    echo.server.workspace.clock.advance(61)
    assert [echo.send("GET", SHEET).status_code for _ in range(2)] == [200, 429]


def test_people_have_their_own_quota_and_a_project_has_one(echo: Echo, api: Api) -> None:
    quotas.switch(echo.server.workspace, limits={"sheets.read.user": 2, "sheets.read.project": 3})
    services = [api("sheets", "v4", f"{name}@school.example") for name in ("one", "two")]
    told = []
    for service in (services[0], services[0], services[0], services[1], services[1]):
        try:
            service.spreadsheets().get(spreadsheetId="s").execute()
            told.append("ok")
        except HttpError as refused:
            told.append(refused.reason.partition("limit '")[2].partition("'")[0])
    assert told == ["ok", "ok", "Read requests per minute per user", "ok", "Read requests per minute"]


def test_each_part_of_a_batch_counts(echo: Echo, api: Api) -> None:
    quotas.switch(echo.server.workspace, limits={"calendar.queries.user": 2})
    service, statuses = api("calendar", "v3", "one@school.example"), []
    batch = service.new_batch_http_request(callback=lambda _, __, error: statuses.append(error and error.status_code))
    body = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
    for _ in range(3):
        batch.add(service.events().insert(calendarId="c", body=body))
    batch.execute()
    assert statuses == [None, None, 403]


def test_a_refused_call_costs_and_changes_nothing(echo: Echo) -> None:
    quotas.switch(echo.server.workspace, limits={"sheets.write.user": 1})
    for _ in range(5):
        echo.send("POST", f"{SHEET}:batchUpdate", json={})
    assert len(echo.seen) == 1
    assert quotas.told(echo.server.workspace)["used"]["sheets.write.user senplans.apps.googleusercontent.com "
                                                      "teacher@school.example"] == 1  # fmt: skip


def test_quotas_are_switched_from_outside(echo: Echo) -> None:
    def ask(verb: str, **options: Any) -> Any:
        return requests.request(verb, f"{echo.server.url}/_sandbox/quotas", timeout=10, **options).json()

    assert ask("GET")["on"] is False
    assert ask("POST", json={"limits": {"sheets.read.user": 1}})["limits"]["sheets.read.user"] == 1
    assert [echo.send("GET", SHEET).status_code for _ in range(2)] == [200, 429]
    assert "sheets.raed" in ask("POST", json={"limits": {"sheets.raed": 1}})["error"]
    assert ask("DELETE")["on"] is False
    assert echo.send("GET", SHEET).ok


def test_googles_own_numbers_hold_unless_others_are_given(workspace: Workspace) -> None:
    quotas.switch(workspace)
    who = Caller(email="a@b.example", client_id="123-x", scopes=frozenset())
    method = methods()["sheets.spreadsheets.get"]
    for _ in range(60):
        quotas.charge(workspace, method, who)
    with pytest.raises(Exception, match="project_number:123'"):
        quotas.charge(workspace, method, who)
