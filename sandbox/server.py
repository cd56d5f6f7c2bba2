"""The sandbox on a port of this machine, in a background thread."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from sandbox.app import create_app
from sandbox.call import Handler
from sandbox.state import Workspace


class RunningSandbox:
    """A served workspace. ``url`` has no trailing slash; setting ``workspace`` serves another one from then on."""

    def __init__(self, workspace: Workspace, *, port: int, host: str, routes: Mapping[str, Handler] | None) -> None:
        self._routes = routes
        self._app: Flask = create_app(workspace, routes)
        self._workspace = workspace
        with socket.create_server((host, port), backlog=128) as listening:
            port = listening.getsockname()[1]
            self._server = make_server(
                host, port, self._serve, threaded=True, request_handler=_QuietHandler, fd=listening.fileno()
            )
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
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
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

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


class _QuietHandler(WSGIRequestHandler):
    """Logs nothing per request, and closes abruptly where a fault cut the connection."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Says nothing: the journal knows every call."""

    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:  # noqa: ARG002 (werkzeug's)
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
