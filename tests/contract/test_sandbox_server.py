"""The server itself: its port, its state, its end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from echo import Echo

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
