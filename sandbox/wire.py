"""From bytes to a handler and back: routing, tokens, checks, faults, journal, partial responses."""

from __future__ import annotations

import dataclasses
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox import auth, discovery, envelope, faults, fields, headers, journal, media, parameters, quotas
from sandbox.call import ApiError, Call, Caller, Handler, Reply
from sandbox.discovery import Method
from sandbox.message import ConnectionCut, Incoming, Outgoing
from sandbox.schema import BodyCheck
from sandbox.state import Workspace
from sandbox.violations import refusal

Entry = dict[str, Any]
_MOST = 10 * 1024 * 1024
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Wire:
    """One workspace behind the handlers of all services. ``sleep`` waits out a fault's latency."""

    workspace: Workspace
    routes: Mapping[str, Handler]
    sleep: Callable[[float], None] = time.sleep

    def answer(self, request: Incoming, *, in_batch: bool = False) -> Outgoing:
        """The answer to one API request. Raises ConnectionCut where a fault says so."""
        request = overridden(request)
        found = discovery.find(request.http_method, request.path)
        if found is None:
            return envelope.page(404, "The requested URL was not found on this server.")
        method, path = found
        try:
            who: Caller | ApiError = auth.caller(self.workspace, request, method)
        except ApiError as error:
            who = error
        entry = self._entry(method, who, path, in_batch=in_batch)
        rule = self._fault(entry)
        if rule.status:
            made = faults.answer(rule, legacy=method.api.legacy)
        else:
            with self.workspace.lock:
                made = self._apply(method, who, path, request, entry)
        entry["status"] = made.status
        if not in_batch:
            made = dataclasses.replace(made, headers={**headers.standing(method.api), **made.headers})
        if rule.truncate >= 0:
            entry["fault"] = "truncated"
            made = cut(made, rule.truncate, told=not in_batch)
        if rule.lost:
            entry["fault"] = "lost"
            raise ConnectionCut("the answer was lost")
        return made

    def _entry(self, method: Method, who: Caller | ApiError, path: Mapping[str, str], *, in_batch: bool) -> Entry:
        known = who if isinstance(who, Caller) else Caller(email="", client_id="", scopes=frozenset())
        with self.workspace.lock:
            return journal.record(
                self.workspace,
                method=method.id,
                user=known.email,
                client=known.client_id,
                target=journal.target(path),
                write=journal.is_write(method),
                in_batch=in_batch,
            )

    def _fault(self, entry: Entry) -> faults.Rule:
        with self.workspace.lock:
            rule = faults.due(self.workspace, method=entry["method"], target=entry["target"], user=entry["user"])
        if rule.latency:
            self.sleep(rule.latency)
        if rule.reset:
            entry["fault"] = "reset"
            raise ConnectionCut("the connection was closed before the call")
        if rule.status:
            entry["fault"] = str(rule.status)
        return rule

    def _apply(
        self, method: Method, who: Caller | ApiError, path: Mapping[str, str], request: Incoming, entry: Entry
    ) -> Outgoing:
        try:
            if isinstance(who, ApiError):
                raise who
            auth.check_scopes(who, method)
            quotas.charge(self.workspace, method, who)
            call = read(method, who, self.workspace, path, request)
            return self._handled(method, call, entry)
        except ApiError as error:
            return envelope.refusal(error, legacy=method.api.legacy, indent=method.api.indent)
        except Exception:  # a fault of the sandbox's own is an answer too, as Google's are
            log.exception("the handler of %s failed", method.id)
            failed = ApiError(500, f"The sandbox's handler of {method.id} failed; see its log.")
            return envelope.refusal(failed, legacy=method.api.legacy, indent=method.api.indent)

    def _handled(self, method: Method, call: Call, entry: Entry) -> Outgoing:
        handler = self.routes.get(method.id)
        if handler is None:
            raise ApiError(501, f"Method {method.id} is not built in this sandbox.", reason="notImplemented")
        _refuse_format(method, call)
        text = call.params.get("fields", "")
        mask = fields.select(method.api, method.response, text) if text else {}
        result = handler(call)
        reply = result if isinstance(result, Reply) else Reply(body=result)
        entry["target"] = entry["target"] or journal.made(reply.body)
        return written(method, call, reply, mask)


def _refuse_format(method: Method, call: Call) -> None:
    """501 for the answers other than JSON and files that Google has."""
    wanted = call.params.get("alt", "json")
    if wanted == "proto" or (wanted == "media" and not method.download and not method.api.legacy):
        raise ApiError(501, f"Answers of {method.id} as alt={wanted} are not built in this sandbox.")
    if call.params.get("callback"):
        raise ApiError(501, "Answers as a script (callback) are not built in this sandbox.")


def cut(made: Outgoing, length: int, *, told: bool) -> Outgoing:
    """The first ``length`` bytes of the answer's body; ``told`` keeps the length of the whole in its header."""
    headers = {**made.headers, **({"Content-Length": str(len(made.body))} if told else {})}
    return dataclasses.replace(made, body=made.body[:length], headers=headers)


def overridden(request: Incoming) -> Incoming:
    """A long GET that came as a POST with its query in the body, as the GET it means."""
    verb = request.headers.get("X-HTTP-Method-Override", "").upper()
    if not verb or request.http_method != "POST":
        return request
    if not request.content_type.startswith("application/x-www-form-urlencoded"):
        return dataclasses.replace(request, http_method=verb)
    path, _, query = request.target.partition("?")
    joined = "&".join(part for part in (query, request.body.decode("ascii", "replace").strip()) if part)
    return dataclasses.replace(request, http_method=verb, target=f"{path}?{joined}", body=b"")


def read(method: Method, who: Caller, workspace: Workspace, path: Mapping[str, str], request: Incoming) -> Call:
    """The request as a handler wants it. Raises ApiError (400) for whatever the discovery document doesn't allow."""
    params = parameters.read(method, path, request.query)
    payload = media.Payload(text=request.body)
    if method.upload and "/upload/" in request.path[:18]:
        payload = media.read(request, params.get("uploadType", ""))
    return Call(
        method=method.id,
        caller=who,
        workspace=workspace,
        params=params,
        body=body(method, payload.text),
        media=payload.media,
        headers=request.headers,
    )


def body(method: Method, text: bytes) -> Mapping[str, Any]:
    """The JSON body, typed. Raises ApiError (400).

    Source of the most that Sheets and Docs take: github.com/jlolling/talendcomp_tGoogleSheet issue 1."""
    if not method.request or not text.strip():
        return {}
    if len(text) > _MOST and not method.api.legacy:
        raise ApiError(400, f"Request payload size exceeds the limit: {_MOST} bytes.", reason="badRequest")
    check = BodyCheck(method.api)
    value = _parsed(text)
    typed = check.message(method.request, value, method.body_field)
    if check.found:
        raise refusal(method.api, check.found)
    found: Mapping[str, Any] = typed
    return found


def _parsed(text: bytes) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_constant=_no_constant)
        if b"\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        at = error.pos if isinstance(error, json.JSONDecodeError) else 0
        raise _unreadable(f"Unexpected token.\n{_around(text, at)}", "parseError") from None
    if not isinstance(value, dict):
        raise _unreadable('Unknown name "": Root element must be a message.', "badRequest")
    return value


def _unreadable(why: str, reason: str) -> ApiError:
    return ApiError(400, f"Invalid JSON payload received. {why}", reason=reason, status_name="INVALID_ARGUMENT")


def _around(text: bytes, at: int) -> str:
    """The line about position ``at``, with a caret below it."""
    shown = text.decode("utf-8", "replace")
    start = max(shown.rfind("\n", 0, at) + 1, at - 20)
    return f"{shown[start : at + 20].splitlines()[0] if shown[start:] else ''}\n{' ' * (at - start)}^"


def _no_constant(name: str) -> None:
    raise ValueError(name)


def written(method: Method, call: Call, reply: Reply, mask: fields.Mask) -> Outgoing:
    """A handler's reply as bytes: masked and indented JSON, raw data, or 204 where the method has no answer."""
    if reply.data is not None:
        return Outgoing(status=reply.status, content_type=reply.content_type, headers=reply.headers, body=reply.data)
    if reply.status == 204 or (not reply.body and not method.response):
        return Outgoing(status=204, content_type="text/html", headers=reply.headers)
    pretty = call.params.get("prettyPrint", True)
    value = fields.apply(mask, reply.body or {})
    encoded = envelope.encode(value, indent=method.api.indent if pretty else None)
    return Outgoing(status=reply.status, content_type=reply.content_type, headers=reply.headers, body=encoded)
