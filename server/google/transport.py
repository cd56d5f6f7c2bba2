"""The one ``request()``: a pooled connection, time-outs, retries and our error tree, for both client libraries.

Each client library gets a view of it for one named call (``HttplibLine`` here, ``GspreadLine`` in ``sheets``), so
neither library's own retries, time-outs or error classes come into play.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import google.auth.credentials
import httplib2
import requests
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from server.google.errors import no_answer, read_answer, refusal, setback_of
from server.google.retry import ATTENDED, Attempts, Patience, Setback, Waiting
from server.plans.trouble import Trouble

REPEATABLE_METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE"})


class Probe(Protocol):
    """Watches the wire. What it raises ends the call there and then."""

    def sending(self, method: str, url: str) -> None:
        """Called before a request leaves."""

    def answered(self, method: str, url: str) -> None:
        """Called when its answer has come, whatever it is."""


class _ProbedAdapter(HTTPAdapter):
    def __init__(self, probe: Probe) -> None:
        super().__init__()
        self._probe = probe

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        method, url = str(request.method), str(request.url)
        self._probe.sending(method, url)
        response = super().send(request, *args, **kwargs)
        self._probe.answered(method, url)
        return response


class _Bearer(AuthBase):
    """The access token of one attempt. As ``auth``, because requests lets a ``.netrc`` entry replace a header."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def open_session(probe: Probe | None = None) -> requests.Session:
    """A pooled session watched by ``probe``."""
    session = requests.Session()
    if probe:
        session.mount("http://", _ProbedAdapter(probe))
        session.mount("https://", _ProbedAdapter(probe))
    return session


@dataclass(frozen=True)
class _Failed:
    """One attempt that failed: what to raise if it was the last, and what it tells the retry policy."""

    trouble: Trouble
    setback: Setback


class Transport:
    """One person's connection to Google. It belongs to the thread that first uses it."""

    def __init__(
        self,
        credentials: google.auth.credentials.Credentials,
        *,
        patience: Patience = ATTENDED,
        waiting: Waiting | None = None,
        probe: Probe | None = None,
    ) -> None:
        self.patience = patience
        self.waiting = waiting or Waiting()
        self.credentials = credentials
        self._session = open_session(probe)
        self._owner: int | None = None

    def close(self) -> None:
        self._session.close()

    def attempts(self) -> Attempts:
        """A fresh count of attempts under this transport's patience."""
        return Attempts(self.patience, self.waiting)

    def request(
        self,
        call: str,
        method: str,
        url: str,
        *,
        safe: bool | None = None,
        attempts: Attempts | None = None,
        **options: Any,
    ) -> requests.Response:
        """Google's answer to ``call``, always a success; anything else raises an error of the tree.

        ``safe`` says that doing it twice changes nothing; by default the HTTP method decides. ``attempts`` goes on
        counting where an earlier request of the same call left off."""
        self._claim()
        repeatable = method.upper() in REPEATABLE_METHODS if safe is None else safe
        attempts = attempts or self.attempts()
        while True:
            outcome = self._attempt(call, method.upper(), url, attempts, options)
            if isinstance(outcome, requests.Response):
                return outcome
            if not attempts.again(outcome.setback, safe=repeatable):
                raise outcome.trouble

    def _claim(self) -> None:
        here = threading.get_ident()
        self._owner = self._owner or here
        if self._owner != here:
            raise RuntimeError("A door to Google belongs to one thread: open another door in this one.")

    def _attempt(
        self, call: str, method: str, url: str, attempts: Attempts, options: Mapping[str, Any]
    ) -> requests.Response | _Failed:
        try:
            response = self._send(method, url, attempts, options)
        except (requests.RequestException, GoogleAuthError) as error:
            return _Failed(no_answer(error, call), setback_of(error))
        if response.status_code < 300:
            return response
        answer = read_answer(response.status_code, response.content, response.headers)
        return _Failed(refusal(answer, call), answer.setback)

    def _send(self, method: str, url: str, attempts: Attempts, options: Mapping[str, Any]) -> requests.Response:
        """Send with a valid token; a refused token is renewed once, if it can be."""
        if not self.credentials.valid:
            self._renew(attempts)
        response = self._send_once(method, url, attempts, options)
        if response.status_code == 401 and getattr(self.credentials, "refresh_token", True):
            self._renew(attempts)
            response = self._send_once(method, url, attempts, options)
        return response

    def _send_once(self, method: str, url: str, attempts: Attempts, options: Mapping[str, Any]) -> requests.Response:
        # Not ``credentials.before_request``: for service accounts google-auth then asks a fixed Google host about
        # allowed regions from a thread of its own, past this door.
        return self._session.request(
            method,
            url,
            auth=_Bearer(str(self.credentials.token)),
            timeout=attempts.timeout,
            allow_redirects=method == "GET",
            **options,
        )

    def _renew(self, attempts: Attempts) -> None:
        connect, read = attempts.timeout
        request = Request(self._session)
        self.credentials.refresh(lambda *args, **kwargs: request(*args, **{**kwargs, "timeout": connect + read}))


@dataclass(frozen=True, kw_only=True)
class HttplibLine:
    """One named call, in the shape of the ``httplib2.Http`` that google-api-python-client speaks to."""

    transport: Transport
    call: str
    safe: bool | None = None
    attempts: Attempts | None = None

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> tuple[httplib2.Response, bytes]:
        data = body.encode() if isinstance(body, str) else body
        response = self.transport.request(
            self.call,
            method,
            uri,
            safe=self.safe,
            attempts=self.attempts,
            data=data,
            headers=dict(headers or {}),
        )
        fields = {name.lower(): value for name, value in response.headers.items()}
        return httplib2.Response({**fields, "status": str(response.status_code)}), response.content
