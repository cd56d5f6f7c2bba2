"""Headers, compression and formats on the socket itself: what each API sends beside its JSON."""

from __future__ import annotations

import gzip
import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import clients
import pytest
from echo import TEACHER, Echo

READS = {
    "sheets": "/v4/spreadsheets/none",
    "docs": "/v1/documents/none",
    "drive": "/drive/v3/about?fields=user,importFormats",
    "calendar": "/calendar/v3/colors",
}
UNSTORED = "no-cache, no-store, max-age=0, must-revalidate"


@pytest.fixture
def sent(sandbox_server: Any) -> Any:
    """Sends a request with these headers and no others but the token's; gives the answer and its bytes."""
    bearer = clients.credentials(sandbox_server, TEACHER).token
    address = urlsplit(sandbox_server.url)

    def send(verb: str, path: str, body: bytes | None = None, **headers: str) -> tuple[Any, bytes]:
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.putrequest(verb, path, skip_accept_encoding=True)
        named |= {"Authorization": f"Bearer {bearer}", "Content-Length": str(len(body or b""))}
        for name, value in named.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content

    return send


@pytest.mark.parametrize("api", ["drive", "calendar"])
def test_an_answer_is_compressed_for_those_who_take_that(sent: Any, api: str) -> None:
    plain, text = sent("GET", READS[api])
    assert plain.getheader("Content-Encoding") is None
    for accepted in ("gzip", "br, GZIP;q=0.5"):
        pressed, content = sent("GET", READS[api], Accept_Encoding=accepted)
        assert pressed.getheader("Content-Encoding") == "gzip"
        assert len(content) == int(pressed.getheader("Content-Length")) < len(text)
        assert gzip.decompress(content) == text
    for declined in ("identity", "gzip;q=0, br"):
        assert sent("GET", READS[api], Accept_Encoding=declined)[0].getheader("Content-Encoding") is None


@pytest.mark.parametrize("api", READS)
def test_each_api_says_how_its_answers_may_be_kept(sent: Any, api: str) -> None:
    answer, _ = sent("GET", READS[api])
    told = {name: answer.getheader(name) for name in ("Vary", "Cache-Control", "Pragma")}
    rpc = {"Vary": "Origin, X-Origin, Referer", "Cache-Control": "private", "Pragma": None}
    legacy = {"Vary": "Origin, X-Origin", "Cache-Control": UNSTORED, "Pragma": "no-cache"}
    assert told == (rpc if api in ("sheets", "docs") else legacy)
    assert answer.getheader("Content-Type") == "application/json; charset=UTF-8"
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("ETag") is None


@pytest.mark.parametrize(("api", "indent"), [("sheets", 2), ("docs", 2), ("drive", 2), ("calendar", 1)])
def test_each_api_indents_in_its_own_way_and_compactly_when_asked(sent: Any, api: str, indent: int) -> None:
    _, text = sent("GET", READS[api])
    assert text.startswith(b"{\n" + b" " * indent + b'"')
    _, compact = sent("GET", READS[api] + ("&" if "?" in READS[api] else "?") + "prettyPrint=false")
    if api in ("drive", "calendar"):
        assert b"\n" not in compact
        assert json.loads(compact) == json.loads(text)


@pytest.mark.parametrize("query", ["alt=proto", "alt=media", "callback=show"])
def test_a_format_that_is_not_built_is_not_answered_as_another(sent: Any, query: str) -> None:
    answer, text = sent("GET", f"{READS['sheets']}?{query}")
    assert answer.status == 501
    assert query.partition("=")[0] in json.loads(text)["error"]["message"]


def test_what_is_too_large_is_refused_before_it_is_read(sent: Any) -> None:
    answer, text = sent("POST", "/v1/documents", b'{"title": "' + b"x" * (10 * 1024 * 1024) + b'"}')
    assert answer.status == 400
    assert json.loads(text)["error"]["message"] == "Request payload size exceeds the limit: 10485760 bytes."


def test_the_batch_endpoint_of_all_apis_is_gone(echo: Echo) -> None:
    data = b"--b\r\nContent-Type: application/http\r\n\r\nGET /drive/v3/files HTTP/1.1\r\n\r\n\r\n--b--"
    answer = echo.send("POST", "/batch", data=data, headers={"Content-Type": "multipart/mixed; boundary=b"})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert not echo.seen
