"""Google's own web pages as the host page stands in for them: each call is a person's, with every right they have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.app import service_routes
from sandbox.call import Call, Caller
from sandbox.state import Workspace

BROWSER = "a person's browser"
_ALL = frozenset(
    f"https://www.googleapis.com/auth/{name}" for name in ("drive", "spreadsheets", "documents", "calendar")
)


class Office:
    """Asks the sandbox's services in a person's name, past the wire: what people do is not the app's traffic, so the
    journal does not count it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._routes = service_routes()

    def ask(
        self, email: str, method: str, params: Mapping[str, Any], body: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        """The answer to one method, as the API would give it. Raises ApiError."""
        caller = Caller(email=email, client_id=BROWSER, scopes=_ALL)
        call = Call(method=method, caller=caller, workspace=self.workspace, params=params, body=body or {})
        with self.workspace.lock:
            answer = self._routes[method](call)
        return answer if isinstance(answer, Mapping) else (answer.body or {})
