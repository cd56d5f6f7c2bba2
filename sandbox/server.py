"""The sandbox on a port of this machine, in a background thread."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from flask import Flask

from sandbox.app import create_app
from sandbox.call import Handler
from sandbox.listener import Listener
from sandbox.state import Workspace


class RunningSandbox:
    """A served workspace. ``url`` has no trailing slash; setting ``workspace`` serves another one from then on."""

    def __init__(self, workspace: Workspace, *, port: int, host: str, routes: Mapping[str, Handler] | None) -> None:
        self._routes = routes
        self._app: Flask = create_app(workspace, routes)
        self._workspace = workspace
        listening = socket.create_server((host, port), backlog=128)
        port = listening.getsockname()[1]
        self._listener = Listener(self._serve, listening)
        self.url = f"http://{host}:{port}"

    @property
    def workspace(self) -> Workspace:
        return self._workspace

    @workspace.setter
    def workspace(self, workspace: Workspace) -> None:
        self.use(workspace, self._routes)

    @property
    def app(self) -> Flask:
        """The Flask app that answers now: pages may be added to it before its first request."""
        return self._app

    def use(self, workspace: Workspace, routes: Mapping[str, Handler] | None = None) -> None:
        """Serves another workspace from now on, with the services' handlers or with ``routes``."""
        self._app, self._workspace = create_app(workspace, routes), workspace

    def close(self) -> None:
        """Stops listening; the workspace stays readable."""
        self._listener.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _serve(self, environ: dict[str, Any], start_response: Any) -> Any:
        return self._app(environ, start_response)


def serve(
    workspace: Workspace, port: int = 0, *, host: str = "127.0.0.1", routes: Mapping[str, Handler] | None = None
) -> RunningSandbox:
    """Serves ``workspace`` on ``host``; port 0 takes a free one. ``routes`` replaces the services' handlers. Raises
    OSError where the port is taken."""
    return RunningSandbox(workspace, port=port, host=host, routes=routes)
