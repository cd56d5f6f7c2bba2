"""The server itself: its port, its state, its end."""

from __future__ import annotations

import http.client
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import clients
import pytest
import requests
from echo import TEACHER, Echo

from sandbox import faults
from sandbox.server import serve
from sandbox.state import User, Workspace


def test_a_taken_port_is_an_error_and_no_exit(workspace: Workspace) -> None:
    with serve(workspace) as running, pytest.raises(OSError):
        serve(Workspace(), int(running.url.rpartition(":")[2]))


def test_a_closed_sandbox_listens_no_more_and_can_still_be_read(workspace: Workspace) -> None:
    with serve(workspace) as running:
        workspace.users["head@school.example"] = User(email="head@school.example")
        assert requests.get(f"{running.url}/_sandbox/", timeout=10).ok
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{running.url}/_sandbox/", timeout=10)
    assert "head@school.example" in running.workspace.users


def test_another_workspace_takes_over_at_once(workspace: Workspace) -> None:
    with serve(workspace) as running:
        running.workspace = Workspace(users={"head@school.example": User(email="head@school.example")})
        body = {"email": "head@school.example", "client_id": "c", "scopes": ["drive"]}
        assert "access_token" in requests.post(f"{running.url}/_sandbox/tokens", json=body, timeout=10).json()


def test_calls_at_the_same_time_are_each_journalled_once(echo: Echo) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: echo.send("GET", "/drive/v3/files").status_code, range(40)))
    assert answers == [200] * 40
    assert sorted(entry["n"] for entry in echo.journal) == list(range(1, 41))


def test_one_connection_carries_every_kind_of_answer(echo: Echo) -> None:
    headers = {"Authorization": f"Bearer {clients.credentials(echo.server, TEACHER).token}"}
    connection = http.client.HTTPConnection(*_address(echo.server.url), timeout=10)
    connection.connect()
    held = connection.sock
    asked = [
        ("GET", "/drive/v3/files", None, 200),
        ("DELETE", "/drive/v3/files/f", None, 204),
        ("POST", "/drive/v3/nowhere", b"a body that nobody reads", 404),
        ("HEAD", "/drive/v3/nowhere", None, 404),
        ("POST", "/drive/v3/files", iter([b'{"name":', b'"x"}']), 200),
        ("POST", "/drive/v3/files", b"{", 400),
        ("GET", "/drive/v3/files", None, 200),
    ]
    for verb, path, body, status in asked:
        connection.request(verb, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        assert (answer.status, answer.version) == (status, 11), (verb, path)
    assert connection.sock is held
    connection.close()


def test_a_client_may_wait_to_be_told_to_send_its_body(echo: Echo) -> None:
    token = clients.credentials(echo.server, TEACHER).token
    head = f"POST /drive/v3/files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nExpect: 100-continue\r\n"
    with socket.create_connection(_address(echo.server.url), timeout=10) as waiting:
        waiting.sendall(f"{head}Content-Type: application/json\r\nContent-Length: 12\r\n\r\n".encode())
        assert waiting.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        waiting.sendall(b'{"name":"x"}')
        assert waiting.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n")
    assert echo.seen[0].body == {"name": "x"}


def test_closing_waits_for_no_idle_connection_and_leaves_no_thread(workspace: Workspace) -> None:
    before = threading.active_count()
    running = serve(workspace)
    idle = [socket.create_connection(_address(running.url), timeout=10) for _ in range(3)]
    idle[0].sendall(b"GET /_sandbox/ HTTP/1.1\r\nHost: x\r\n\r\n")
    assert idle[0].recv(100).startswith(b"HTTP/1.1 200")
    idle[1].sendall(b"POST /drive/v3/files HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nunfinished")
    running.close()
    assert threading.active_count() == before
    for one in idle:
        one.close()


def test_slow_calls_hold_up_no_other(echo: Echo) -> None:
    """More of them than the server keeps threads for; all are let go by one event."""
    released, slow = threading.Event(), 6
    reached = threading.Semaphore(0)
    listing = echo.server.app.wsgi_app

    def held_up(environ: Any, start_response: Any) -> Any:
        if environ["QUERY_STRING"] == "slow":
            reached.release()
            assert released.wait(10)
        return listing(environ, start_response)

    echo.server.app.wsgi_app = held_up  # type: ignore[method-assign]  # the hook Flask documents for middleware
    with ThreadPoolExecutor(slow) as pool:
        waiting = [pool.submit(requests.get, f"{echo.server.url}/_sandbox/?slow", timeout=10) for _ in range(slow)]
        assert all(reached.acquire(timeout=10) for _ in range(slow))
        assert requests.get(f"{echo.server.url}/_sandbox/", timeout=10).ok
        released.set()
        assert all(one.result().ok for one in waiting)


def test_a_cut_connection_is_reset_and_the_next_call_has_a_new_one(echo: Echo) -> None:
    headers = {"Authorization": f"Bearer {clients.credentials(echo.server, TEACHER).token}"}
    faults.add(echo.server.workspace, faults.Rule(nth=2, reset=True))
    with requests.Session() as session:
        url = f"{echo.server.url}/drive/v3/files"
        assert session.get(url, headers=headers, timeout=10).ok
        with pytest.raises(requests.ConnectionError, match="Connection reset by peer"):
            session.get(url, headers=headers, timeout=10)
        assert session.get(url, headers=headers, timeout=10).ok


def _address(url: str) -> tuple[str, int]:
    host, _, port = url.removeprefix("http://").partition(":")
    return host, int(port)


def test_a_sandbox_closed_at_any_moment_listens_no_more(workspace: Workspace) -> None:
    for _ in range(40):
        with serve(workspace) as running:
            address = running.url.removeprefix("http://").split(":")
        with pytest.raises(OSError), socket.create_connection((address[0], int(address[1])), timeout=5):
            pass
