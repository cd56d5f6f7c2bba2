"""What every test may ask for: a workspace, a sandbox served over HTTP, and real clients of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import clients
import gspread
import pytest
from clients import Api
from echo import Echo
from ground import Google, Sandbox
from hypothesis import settings
from push_receiver import Receiver

from sandbox.server import RunningSandbox, serve
from sandbox.state import Workspace

# Any number of examples proves little more than these; `pytest --hypothesis-profile=long` looks for longer.
settings.register_profile("usual", max_examples=60, deadline=None)
settings.register_profile("long", max_examples=1_000, deadline=None)
settings.load_profile("usual")


@pytest.fixture(autouse=True)
def _connections_given_back() -> Iterator[None]:
    yield
    clients.close_all()


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


@pytest.fixture(scope="session")
def account(request: pytest.FixtureRequest) -> Iterator[Google | None]:
    """The account that ``senplans live-check`` was given; None in all other runs, which have the sandbox."""
    asked = request.config.pluginmanager.get_plugin("senplans-live-check")
    if asked is None:
        yield None
        return
    from live.account import opened

    with opened(asked) as found:
        yield found


@pytest.fixture
def google(request: pytest.FixtureRequest, account: Google | None) -> Iterator[Google]:
    """A Google to test against: an empty sandbox of the test's own, or the account that was given."""
    if account:
        yield account
        return
    made = Sandbox(request.getfixturevalue("sandbox_server"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def modules_google(account: Google | None) -> Iterator[Google]:
    """``google`` for a whole module, with what its tests left in it."""
    if account:
        yield account
        return
    with serve(Workspace()) as running:
        made = Sandbox(running)
        yield made
        made.close()


@pytest.fixture
def api(google: Google) -> Api:
    """Makes google-api-python-client services against ``google``: ``api("drive", "v3", "senco@school.example")``."""
    return google.service


@pytest.fixture
def gspread_client(google: Google) -> Callable[..., gspread.Client]:
    """Makes gspread clients against ``google``: ``gspread_client("senco@school.example", scopes=[...])``."""
    return google.spreadsheets


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
