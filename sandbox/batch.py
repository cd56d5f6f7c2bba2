"""HTTP batches: several calls in one ``multipart/mixed`` request, each answered with a status of its own."""

from __future__ import annotations

import http
import re
from urllib.parse import urlsplit

from requests.structures import CaseInsensitiveDict

from sandbox import auth, envelope, journal, media
from sandbox.call import ApiError, Caller
from sandbox.message import Incoming, Outgoing
from sandbox.oauth.tokens import caller_of
from sandbox.wire import Wire

_PATH = re.compile(r"/batch(?:/(drive|calendar|sheets|docs)/v\d)?")
_MOST = 1000
_MOST_FOR_DRIVE = 100
_WITHOUT_VERSION = ("/v4/", "/v1/")
_BOUNDARY = "batch_sandbox_answer"


def is_batch(request: Incoming) -> bool:
    """Whether this goes to a batch endpoint."""
    return request.http_method == "POST" and _PATH.fullmatch(request.path) is not None


def answer(wire: Wire, request: Incoming) -> Outgoing:
    """Carries out the parts in their order. One journal entry stands for the envelope and one for each part.

    Sheets and Docs have ``/batch`` on their own hosts; Drive's and Calendar's calls there went to the global
    endpoint, which is gone. Source: github.com/googleapis/google-api-dotnet-client issue 1622."""
    api = _api(request)
    who = caller_of(wire.workspace, auth.bearer(request))
    known = who or Caller(email="", client_id="", scopes=frozenset())
    with wire.workspace.lock:
        entry = journal.record(
            wire.workspace, method=f"batch.{api}", kind="batch", user=known.email, client=known.client_id
        )
    try:
        calls = _calls(api, request)
        if api == "all" and any(not call.path.startswith(_WITHOUT_VERSION) for _, call in calls):
            entry["status"] = 404
            return envelope.page(404, "The requested URL was not found on this server.")
    except ApiError as error:
        entry["status"] = error.status
        return envelope.refusal(error, legacy=True)
    entry["status"] = 200
    answers = [
        (part_id, _over_the_limit() if api == "drive" and at >= _MOST_FOR_DRIVE else wire.answer(call, in_batch=True))
        for at, (part_id, call) in enumerate(calls)
    ]
    body = b"".join(_printed(part_id, made) for part_id, made in answers) + f"--{_BOUNDARY}--\r\n".encode()
    return Outgoing(content_type=f"multipart/mixed; boundary={_BOUNDARY}", body=body)


def _over_the_limit() -> Outgoing:
    """Drive carries out the first hundred and refuses each call after them."""
    message = "Exceeds allowed inner batch requests soft limit. Please retry."
    return envelope.refusal(ApiError(403, message, reason="forbidden"), legacy=True)


def _api(request: Incoming) -> str:
    match = _PATH.fullmatch(request.path)
    return match[1] if match and match[1] else "all"


def _calls(api: str, request: Incoming) -> list[tuple[str, Incoming]]:
    found = media.parts(request.content_type, request.body)
    if len(found) > _MOST:
        message = f"The batch request contains too many calls: {len(found)} calls given, at most {_MOST} are allowed."
        raise ApiError(400, message, reason="batchSizeTooLarge")
    return [(headers.get("content-id", ""), _call(api, content, request)) for headers, content in found]


def _call(api: str, content: bytes, outer: Incoming) -> Incoming:
    head, _, body = content.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")
    first, *lines = head.decode("utf-8", "replace").split("\n")
    words = first.split()
    if len(words) < 2:
        raise ApiError(400, "Failed to parse batch request, error: Failed in parsing HTTP payload.")
    headers = CaseInsensitiveDict(
        {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    )
    if "Authorization" not in headers and "Authorization" in outer.headers:
        headers["Authorization"] = outer.headers["Authorization"]
    call = Incoming(http_method=words[0].upper(), target=_target(words[1]), headers=headers, body=body.rstrip(b"\n"))
    _allow(api, call)
    return call


def _target(text: str) -> str:
    parts = urlsplit(text)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _allow(api: str, call: Incoming) -> None:
    foreign = api in ("drive", "calendar") and not call.path.startswith((f"/{api}/", f"/upload/{api}/"))
    if foreign:
        raise ApiError(400, f"The batch endpoint of {api} takes only calls of {api}.", reason="badRequest")
    if "/upload/" in call.path or dict(call.query).get("alt") == "media" or call.path.endswith("/export"):
        raise ApiError(400, "Media uploads and downloads can't be batched.", reason="badRequest")


def _printed(part_id: str, made: Outgoing) -> bytes:
    lines = [f"--{_BOUNDARY}", "Content-Type: application/http"]
    if part_id:
        lines.append("Content-ID: " + (f"<response-{part_id[1:]}" if part_id[0] == "<" else f"response-{part_id}"))
    lines += ["", f"HTTP/1.1 {made.status} {http.HTTPStatus(made.status).phrase}"]
    if made.content_type:
        lines.append(f"Content-Type: {made.content_type}")
    lines += [f"{name}: {value}" for name, value in made.headers.items()]
    lines.append(f"Content-Length: {len(made.body)}")
    return "\r\n".join([*lines, "", ""]).encode() + made.body + b"\r\n"
