"""A sandbox whose handlers only write down what reached them: for tests of the wire itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import clients
import requests

from sandbox.call import ApiError, Call, Reply
from sandbox.server import RunningSandbox

TEACHER = "teacher@school.example"
FILE = {"kind": "drive#file", "id": "made-1", "name": "Plan", "mimeType": "text/plain"}
SHEET = {
    "spreadsheetId": "made-2",
    "properties": {"title": "Plans", "locale": "en_GB"},
    "sheets": [{"properties": {"sheetId": 7, "title": "Pupils"}}, {"properties": {"sheetId": 8, "title": "Plan"}}],
}
EVENT = {"kind": "calendar#event", "id": "made3", "summary": "AI review meeting"}


@dataclass
class Echo:
    """A served table of small handlers. ``seen`` holds the calls that reached one."""

    server: RunningSandbox
    seen: list[Call] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server.use(self.server.workspace, self._routes())

    def send(self, verb: str, path: str, *, token: str | None = None, **options: Any) -> requests.Response:
        """One plain HTTP request as TEACHER, or with the token given."""
        bearer = clients.credentials(self.server, TEACHER).token if token is None else token
        headers = {"Authorization": f"Bearer {bearer}"} | options.pop("headers", {}) if bearer else {}
        return requests.request(verb, self.server.url + path, headers=headers, timeout=10, **options)

    @property
    def journal(self) -> list[dict[str, Any]]:
        return self.server.workspace.journal

    def _routes(self) -> dict[str, Any]:
        answers: Mapping[str, Any] = {
            "drive.files.create": FILE,
            "drive.files.update": FILE,
            "drive.files.list": {"kind": "drive#fileList", "incompleteSearch": False, "files": [FILE, FILE]},
            "drive.files.delete": {},
            "drive.files.export": Reply(data=b"%PDF-", content_type="application/pdf"),
            "drive.permissions.create": {"kind": "drive#permission", "id": "p1"},
            "sheets.spreadsheets.get": SHEET,
            "sheets.spreadsheets.create": SHEET,
            "sheets.spreadsheets.batchUpdate": {"spreadsheetId": "s", "replies": []},
            "sheets.spreadsheets.values.get": {"range": "A1", "values": [["x"]]},
            "sheets.spreadsheets.values.update": {"spreadsheetId": "s"},
            "sheets.spreadsheets.values.append": {"spreadsheetId": "s"},
            "sheets.spreadsheets.values.batchGetByDataFilter": {"spreadsheetId": "s", "valueRanges": []},
            "docs.documents.get": {"documentId": "d", "title": "Plan"},
            "docs.documents.batchUpdate": {"documentId": "d"},
            "calendar.events.insert": EVENT,
            "calendar.events.patch": EVENT,
            "calendar.events.list": {"kind": "calendar#events", "items": [EVENT]},
        }
        routes = {method: self._handler(answer) for method, answer in answers.items()}
        return routes | {"drive.files.get": self._missing, "docs.documents.create": self._broken}

    def _handler(self, answer: Any) -> Any:
        def handle(call: Call) -> Any:
            self.seen.append(call)
            return answer

        return handle

    def _missing(self, call: Call) -> Any:
        file_id = call.params["fileId"]
        raise ApiError(404, f"File not found: {file_id}.", reason="notFound", location="fileId")

    def _broken(self, call: Call) -> Any:
        raise KeyError("a bug in a handler")
