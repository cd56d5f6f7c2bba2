"""Faults: the call that a rule names is refused, cut, lost or slowed, and no other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from clients import Api
from echo import TEACHER, Echo
from googleapiclient.errors import HttpError

from sandbox import faults
from sandbox.faults import Rule
from sandbox.message import Incoming
from sandbox.wire import Wire

FILES = "/drive/v3/files"


def test_only_the_nth_call_that_matches_is_refused(echo: Echo) -> None:
    faults.add(echo.server.workspace, Rule(method="drive.files.*", nth=2, status=500))
    verbs = [("GET", FILES), ("GET", "/v4/spreadsheets/s"), ("POST", FILES), ("GET", FILES)]
    assert [echo.send(verb, path).status_code for verb, path in verbs] == [200, 200, 500, 200]
    assert len(echo.seen) == 3


def test_a_rule_may_strike_several_times_in_a_row(echo: Echo) -> None:
    faults.add(echo.server.workspace, Rule(nth=2, times=2, status=503))
    assert [echo.send("GET", FILES).status_code for _ in range(4)] == [200, 503, 503, 200]


def test_a_rule_without_a_number_strikes_every_time(echo: Echo) -> None:
    faults.add(echo.server.workspace, Rule(target="s", status=429, reason="RATE_LIMIT_EXCEEDED", retry_after=7))
    assert echo.send("GET", "/v4/spreadsheets/other").ok
    for _ in range(2):
        answer = echo.send("GET", "/v4/spreadsheets/s")
        assert answer.headers["Retry-After"] == "7"
        assert answer.json()["error"]["status"] == "RESOURCE_EXHAUSTED"
        assert answer.json()["error"]["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"


def test_a_rule_may_name_one_person(echo: Echo, api: Api) -> None:
    faults.add(echo.server.workspace, Rule(user="head@*", status=403, reason="userRateLimitExceeded"))
    assert echo.send("GET", FILES).ok
    with pytest.raises(HttpError) as refused:
        api("drive", "v3", "head@school.example").files().list().execute()
    assert refused.value.error_details[0]["reason"] == "userRateLimitExceeded"
    assert refused.value.error_details[0]["domain"] == "usageLimits"


def test_a_broken_front_end_answers_html(echo: Echo) -> None:
    faults.add(echo.server.workspace, Rule(status=502, html=True))
    answer = echo.send("GET", FILES)
    assert answer.status_code == 502
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_reset_call_was_never_applied(echo: Echo) -> None:
    faults.add(echo.server.workspace, Rule(nth=1, reset=True))
    with pytest.raises(requests.ConnectionError):
        echo.send("POST", FILES, json={"name": "x"})
    assert not echo.seen
    assert (echo.journal[0]["status"], echo.journal[0]["fault"]) == (0, "reset")
    assert echo.send("POST", FILES, json={"name": "x"}).ok


def test_a_lost_answer_was_applied(echo: Echo) -> None:
    faults.add(echo.server.workspace, Rule(nth=1, lost=True))
    with pytest.raises(requests.ConnectionError):
        echo.send("POST", FILES, json={"name": "x"})
    assert [call.body for call in echo.seen] == [{"name": "x"}]
    assert (echo.journal[0]["status"], echo.journal[0]["fault"]) == (200, "lost")


def test_a_cut_inside_a_batch_cuts_the_whole_answer(echo: Echo, api: Api) -> None:
    faults.add(echo.server.workspace, Rule(method="drive.permissions.create", nth=2, lost=True))
    drive = api("drive", "v3", TEACHER)
    batch = drive.new_batch_http_request()
    for number in range(3):
        batch.add(drive.permissions().create(fileId=f"f{number}", body={"type": "user"}))
    with pytest.raises(ConnectionError):
        batch.execute()
    assert [call.params["fileId"] for call in echo.seen] == ["f0", "f1"]


def test_a_cut_reaches_a_caller_in_the_same_process(echo: Echo) -> None:
    faults.add(echo.server.workspace, Rule(reset=True))
    with pytest.raises(ConnectionError):
        echo.server.app.test_client().get(FILES)


def test_latency_holds_up_nobody_else(echo: Echo) -> None:
    workspace = echo.server.workspace
    faults.add(workspace, Rule(latency=30))
    waited: list[float] = []
    with ThreadPoolExecutor(1) as other:

        def sleep(seconds: float) -> None:
            waited.append(seconds)
            assert other.submit(workspace.lock.acquire, timeout=5).result()
            other.submit(workspace.lock.release).result()

        wire = Wire(workspace=workspace, routes={}, sleep=sleep)
        assert wire.answer(Incoming(http_method="GET", target=FILES)).status == 403
    assert waited == [30]


def test_a_rule_counts_from_when_it_was_made(echo: Echo) -> None:
    echo.send("GET", FILES)
    faults.add(echo.server.workspace, Rule(nth=1, status=500))
    assert echo.send("GET", FILES).status_code == 500
    assert [seen for _, seen in faults.listed(echo.server.workspace)] == [1]
    faults.clear(echo.server.workspace)
    assert echo.send("GET", FILES).ok


def test_a_truncated_answer_is_shorter_than_it_said(echo: Echo) -> None:
    faults.add(echo.server.workspace, Rule(nth=1, truncate=20))
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        echo.send("GET", FILES)
    assert echo.journal[-1]["fault"] == "truncated"
    assert echo.send("GET", FILES).ok


def test_chance_strikes_the_same_calls_for_the_same_seed(echo: Echo) -> None:
    def round_of(seed: int) -> list[int]:
        faults.clear(echo.server.workspace)
        faults.add(echo.server.workspace, Rule(status=503, probability=0.5, seed=seed))
        return [echo.send("GET", FILES).status_code for _ in range(20)]

    first = round_of(1)
    assert {200, 503} == set(first)
    assert round_of(1) == first
    assert round_of(2) != first


def test_a_profile_draws_a_delay_for_every_call(echo: Echo) -> None:
    waited: list[float] = []
    wire = Wire(workspace=echo.server.workspace, routes={}, sleep=waited.append)
    faults.add(echo.server.workspace, Rule(profile="mobile", seed=3))
    for _ in range(5):
        wire.answer(Incoming(http_method="GET", target=FILES))
    least, _ = faults.PROFILES["mobile"]
    assert len(set(waited)) == 5
    assert all(one > least for one in waited)


def test_an_unknown_profile_is_refused(echo: Echo) -> None:
    with pytest.raises(ValueError, match="unknown profile: carrier; known: near, office, mobile, bad"):
        faults.from_wire({"profile": "carrier"})


@pytest.mark.parametrize(
    ("status", "reason", "message"),
    [
        (403, "userRateLimitExceeded", "User rate limit exceeded."),
        (403, "insufficientFilePermissions", "The user does not have sufficient permissions for this file."),
        (410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required."),
        (412, "conditionNotMet", "Precondition Failed"),
        (500, "backendError", "Backend Error"),
    ],
)
def test_a_reason_brings_googles_words(echo: Echo, status: int, reason: str, message: str) -> None:
    faults.add(echo.server.workspace, Rule(status=status, reason=reason))
    error = echo.send("GET", FILES).json()["error"]
    assert (error["code"], error["errors"][0]["reason"], error["message"]) == (status, reason, message)
