"""The people on the host page under test, and a small add-on of the tests' own that answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import google.auth.transport.requests
from flask import jsonify, request
from google.oauth2 import id_token
from playwright.sync_api import Page
from werkzeug.serving import WSGIRequestHandler

from sandbox.host import HostConfig
from sandbox.server import RunningSandbox

SENCO, TEACHER, PARENT, STRANGER = (
    "senco@school.example", "teacher@school.example", "parent@home.example", "stranger@else.example",
)  # fmt: skip
NAMES = {SENCO: "Sana the SENCO", TEACHER: "Tom the teacher", PARENT: "Pat the parent", STRANGER: "Sid the stranger"}
CLIENT, SERVICE = "senplans.apps.googleusercontent.com", "service-1@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"
SCOPES = ["drive.file", "calendar.app.created", "userinfo.email", "script.locale"]
Visit = Callable[..., Page]


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing."""


@dataclass
class FakeAddon:
    """An HTTP add-on on its own port. It lets in only callers with a good system token for the URL they call;
    ``events`` are what it was sent, ``answers`` what it says at each path (a value or a function of the event)."""

    certificates: str
    url: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)

    def handle(self, path: str) -> Any:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        transport = google.auth.transport.requests.Request()
        try:
            claims = id_token.verify_token(
                token, transport, audience=f"{self.url}/{path}", certs_url=self.certificates
            )
            assert claims["email"] == SERVICE
        except (ValueError, AssertionError) as error:
            self.refused.append(str(error))
            return jsonify({}), 401
        event = request.get_json()
        self.events.append(event)
        answer = self.answers[path]
        made = answer(event) if callable(answer) else answer
        return made if isinstance(made, tuple) else jsonify(made)


@dataclass(frozen=True, kw_only=True)
class Host:
    """What a test drives: the served sandbox and the add-on behind its page."""

    sandbox: RunningSandbox
    addon: FakeAddon
    config: HostConfig


def manifest(url: str) -> dict[str, Any]:
    return {
        "oauthScopes": SCOPES,
        "addOns": {
            "common": {
                "name": "SEN Plans",
                "useLocaleFromApp": True,
                "homepageTrigger": {"runFunction": f"{url}/home"},
                "universalActions": [{"label": "Start over", "runFunction": f"{url}/again"}],
            },
            "drive": {"onItemsSelectedTrigger": {"runFunction": f"{url}/selected"}},
            "sheets": {"onFileScopeGrantedTrigger": {"runFunction": f"{url}/granted"}},
            "calendar": {"eventOpenTrigger": {"runFunction": f"{url}/event"}, "currentEventAccess": "READ"},
        },
    }


def card(title: str, *widgets: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"header": {"title": title}, "sections": [{"widgets": list(widgets)}], **more}


def text(words: str) -> dict[str, Any]:
    return {"textParagraph": {"text": words}}


def button(label: str, url: str, **parameters: str) -> dict[str, Any]:
    listed = [{"key": key, "value": value} for key, value in parameters.items()]
    return {
        "buttonList": {"buttons": [{"text": label, "onClick": {"action": {"function": url, "parameters": listed}}}]}
    }


def push(made: dict[str, Any]) -> dict[str, Any]:
    return {"action": {"navigations": [{"pushCard": made}]}}
