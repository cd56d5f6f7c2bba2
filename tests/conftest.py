"""What every test may ask for: a workspace, a sandbox served over HTTP, and real clients of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import clients
import gspread
import pytest
from clients import Api
from echo import Echo

from sandbox.server import RunningSandbox, serve
from sandbox.state import Workspace


@pytest.fixture
def workspace() -> Workspace:
    """An empty workspace that nothing serves."""
    return Workspace()


@pytest.fixture(scope="session")
def _served() -> Iterator[RunningSandbox]:
    with serve(Workspace()) as running:
        yield running


@pytest.fixture
def sandbox_server(_served: RunningSandbox) -> RunningSandbox:
    """An empty workspace served over HTTP: ``.url``, ``.workspace``. The port is shared, the state is not."""
    _served.use(Workspace())
    return _served


@pytest.fixture
def echo(sandbox_server: RunningSandbox) -> Echo:
    """``sandbox_server`` with handlers that only write down what reaches them."""
    return Echo(sandbox_server)


@pytest.fixture
def api(sandbox_server: RunningSandbox) -> Iterator[Api]:
    """Makes google-api-python-client services against ``sandbox_server``, with real tokens."""
    made: list[Any] = []

    def make(name: str, version: str, email: str, **options: Any) -> Any:
        made.append(clients.service(sandbox_server, name, version, email, **options))
        return made[-1]

    yield make
    for service in made:
        service.close()


@pytest.fixture
def gspread_client(sandbox_server: RunningSandbox) -> Iterator[Callable[..., gspread.Client]]:
    """Makes gspread clients against ``sandbox_server``: ``gspread_client("senco@school.example", scopes=[...])``."""
    made: list[gspread.Client] = []

    def make(email: str, **options: Any) -> gspread.Client:
        made.append(clients.spreadsheets(sandbox_server, email, **options))
        return made[-1]

    yield make
    for client in made:
        client.http_client.session.close()
