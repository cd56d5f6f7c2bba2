"""Google's refusals become our error tree, and say nothing they should not."""

from __future__ import annotations

import json

import pytest
import requests
from google.auth.exceptions import RefreshError, TransportError
from hypothesis import given
from hypothesis import strategies as st
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import MaxRetryError, NewConnectionError

from server.google.errors import no_answer, read_answer, refusal, setback_of
from server.google.retry import Failure
from server.plans.trouble import (
    AlreadyThere,
    Busy,
    NotSignedIn,
    NotVisible,
    Refused,
    ScopeMissing,
    Trouble,
    Unreachable,
)


def legacy(status: int, reason: str, message: str = "Said so.", **extra: str) -> bytes:
    """The envelope of Drive and Calendar."""
    one = {"domain": "global", "reason": reason, "message": message, **extra}
    return json.dumps({"error": {"code": status, "message": message, "errors": [one]}}).encode()


def rpc(status: int, name: str, message: str = "Said so.", info: str = "") -> bytes:
    """The envelope of Sheets and Docs."""
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": info}] if info else []
    return json.dumps({"error": {"code": status, "message": message, "status": name, "details": details}}).encode()


def raised(status: int, content: bytes) -> Trouble:
    return refusal(read_answer(status, content, {}), "drive.files.get")


@pytest.mark.parametrize(
    ("status", "content", "expected"),
    [
        (401, rpc(401, "UNAUTHENTICATED"), NotSignedIn),
        (401, b"", NotSignedIn),
        (403, legacy(403, "insufficientPermissions"), ScopeMissing),
        (403, rpc(403, "PERMISSION_DENIED", info="ACCESS_TOKEN_SCOPE_INSUFFICIENT"), ScopeMissing),
        (403, legacy(403, "appNotAuthorizedToFile"), NotVisible),
        (403, rpc(403, "PERMISSION_DENIED"), Refused),
        (403, legacy(403, "userRateLimitExceeded"), Busy),
        (404, legacy(404, "notFound"), NotVisible),
        (404, b"<html>not here</html>", NotVisible),
        (409, legacy(409, "duplicate"), AlreadyThere),
        (410, legacy(410, "deleted"), Refused),
        (412, legacy(412, "conditionNotMet"), Refused),
        (429, rpc(429, "RESOURCE_EXHAUSTED"), Busy),
        (400, rpc(400, "INVALID_ARGUMENT"), Refused),
        (502, b"<html>Bad gateway</html>", Busy),
        (503, b"", Busy),
    ],
)
def test_each_refusal_has_its_place_in_the_tree(status: int, content: bytes, expected: type[Trouble]) -> None:
    error = raised(status, content)
    assert type(error) is expected
    assert error.status == status
    assert error.call == "drive.files.get"


def test_the_reason_hidden_behind_details_is_found() -> None:
    both = {
        "code": 403,
        "message": "Too fast.",
        "errors": [{"reason": "rateLimitExceeded"}],
        "details": [{"reason": "RATE_LIMIT_EXCEEDED"}],
    }
    answer = read_answer(403, json.dumps({"error": both}).encode(), {"retry-after": "3"})
    assert answer.reason == "rateLimitExceeded"
    assert answer.setback.kind is Failure.RATE
    assert answer.setback.retry_after == 3.0


def test_the_token_endpoints_plain_string_is_a_reason_too() -> None:
    assert raised(400, b'{"error": "invalid_grant"}').reason == "invalid_grant"


@given(st.integers(300, 599), st.binary(max_size=200))
def test_no_answer_is_too_broken_to_be_read(status: int, content: bytes) -> None:
    assert raised(status, content).status == status


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["error", "errors", "reason", "details", "status"]), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_no_json_is_too_odd_to_be_read(value: object) -> None:
    assert raised(400, json.dumps(value).encode()).status == 400


def test_what_google_said_stays_out_of_messages_and_reprs() -> None:
    said = 'Invalid requests[4].updateCells: Amara Iheatu <amara@school.example> ya29.secret "P09"'
    error = raised(400, rpc(400, "INVALID_ARGUMENT", said))
    shown = f"{error} {error!r} {read_answer(400, rpc(400, 'INVALID_ARGUMENT', said), {})!r}"
    for secret in ("Amara", "amara@", "ya29", "P09"):
        assert secret not in shown
    assert "requests[4].updateCells" in str(error)
    assert error.detail == said


def test_a_reason_that_is_not_a_code_is_not_repeated() -> None:
    assert raised(400, legacy(400, "Amara Iheatu is not allowed")).reason == ""


def test_every_error_has_a_reference_of_its_own() -> None:
    first, second = raised(404, b""), raised(404, b"")
    assert len(first.reference) == 6
    assert first.reference != second.reference


POOL = HTTPConnectionPool("localhost")
NEVER_CONNECTED = requests.ConnectionError(MaxRetryError(POOL, "/", NewConnectionError(POOL, "refused")))


@pytest.mark.parametrize(
    ("error", "kind", "expected"),
    [
        (requests.ReadTimeout(), Failure.AMBIGUOUS, Unreachable),
        (requests.ConnectionError("reset by peer"), Failure.AMBIGUOUS, Unreachable),
        (requests.exceptions.ChunkedEncodingError(), Failure.AMBIGUOUS, Unreachable),
        (requests.ConnectTimeout(), Failure.UNSENT, Unreachable),
        (NEVER_CONNECTED, Failure.UNSENT, Unreachable),
        (TransportError("no token endpoint"), Failure.UNSENT, Unreachable),
        (RefreshError("busy", retryable=True), Failure.UNSENT, Unreachable),
        (RefreshError("invalid_grant"), Failure.FINAL, NotSignedIn),
    ],
)
def test_a_missing_answer_tells_whether_the_call_can_have_happened(
    error: Exception, kind: Failure, expected: type[Trouble]
) -> None:
    assert setback_of(error).kind is kind
    assert type(no_answer(error, "drive.files.create")) is expected
