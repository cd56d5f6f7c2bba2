"""Connections whose every call is looked at before it leaves, and whose every answer is looked at as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httplib2
import requests
from google.auth.credentials import Credentials
from google.auth.transport.requests import AuthorizedSession
from googleapiclient.http import build_http

Watch = Callable[[str, str, Any, Callable[[Any], Any], Callable[[Any], Any]], Any]
"""Verb, address, body, how to send a body, how to read status and content of an answer: gives the answer."""


class WatchedHttp(httplib2.Http):
    """What google-api-python-client sends through."""

    def __init__(self, watch: Watch) -> None:
        self._inner, self._watch = build_http(), watch
        super().__init__(timeout=self._inner.timeout)

    def request(
        self, uri: str, method: str = "GET", body: Any = None, headers: Any = None, *args: Any, **options: Any
    ) -> Any:
        def send(allowed: Any) -> Any:
            length = {"content-length": str(len(allowed))} if allowed is not body else {}
            return self._inner.request(uri, method, allowed, {**(headers or {}), **length}, *args, **options)

        return self._watch(method, uri, body, send, lambda answer: (answer[0].status, answer[1]))

    def close(self) -> None:
        self._inner.close()


class PlainSession(requests.Session):
    """What plain requests and gspread send through, here without a token."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        def send(allowed: Any) -> requests.Response:
            if allowed is not request.body:
                request.prepare_body(allowed, None)
            return super(PlainSession, self).send(request, **options)

        verb, url = request.method or "GET", request.url or ""
        return self._watch(verb, url, request.body, send, lambda answer: (answer.status_code, answer.content))


class WatchedSession(PlainSession, AuthorizedSession):
    """The same with a token."""

    def __init__(self, held: Credentials, watch: Watch) -> None:
        AuthorizedSession.__init__(self, held)
        self._watch = watch
