"""Resumable uploads: a session is opened with the metadata, then the file arrives in one piece or several."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sandbox import auth, discovery, envelope, journal, wire
from sandbox.call import ApiError, Media
from sandbox.message import Incoming, Outgoing
from sandbox.state import Workspace
from sandbox.wire import Wire

_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
_NOTHING_YET = Media(content_type="", data=b"")


@dataclass
class Session:
    """One upload under way: the request that opened it, and the bytes so far."""

    request: Incoming
    content_type: str
    data: bytearray = field(default_factory=bytearray)


@dataclass
class UploadState:
    """Sessions by upload id."""

    sessions: dict[str, Session] = field(default_factory=dict)


def is_resumable(request: Incoming) -> bool:
    """Whether this opens or feeds a resumable upload."""
    return "/upload/" in request.path[:18] and dict(request.query).get("uploadType") == "resumable"


def answer(served: Wire, request: Incoming) -> Outgoing:
    """Opens a session (POST or PATCH), or takes a piece (PUT) and, when it was the last, carries the call out."""
    upload_id = dict(request.query).get("upload_id", "")
    if not upload_id:
        return _opened(served, request)
    session = _state(served.workspace).sessions.get(upload_id)
    if session is None:
        return envelope.page(404, "The upload session was not found.")
    if not _taken(session, request):
        ranges = {"Range": f"bytes=0-{len(session.data) - 1}"} if session.data else {}
        return Outgoing(status=308, headers=ranges)
    made = served.answer(_whole(session))
    _state(served.workspace).sessions.pop(upload_id, None)
    return made


def _opened(served: Wire, request: Incoming) -> Outgoing:
    found = discovery.find(request.http_method, request.path)
    if found is None:
        return envelope.page(404, "The requested URL was not found on this server.")
    method, path = found
    with served.workspace.lock:
        entry = journal.record(served.workspace, method=method.id, kind="upload", target=journal.target(path))
        try:
            who = auth.caller(served.workspace, request, method)
            entry |= {"user": who.email, "client": who.client_id}
            auth.check_scopes(who, method)
            wire.read(method, who, served.workspace, path, dataclasses.replace(request, media=_NOTHING_YET))
        except ApiError as error:
            entry["status"] = error.status
            return envelope.refusal(error, legacy=method.api.legacy, indent=method.api.indent)
        entry["status"] = 200
        upload_id = served.workspace.ids.next(60)
        kind = request.headers.get("X-Upload-Content-Type", "application/octet-stream")
        _state(served.workspace).sessions[upload_id] = Session(request=request, content_type=kind)
    path, query = request.target.partition("?")[0], urlencode([*request.query, ("upload_id", upload_id)])
    place = f"{_public(request.origin)}{path}?{query}"
    return Outgoing(headers={"Location": place, "X-GUploader-UploadID": upload_id})


def _public(origin: str) -> str:
    """Who asks for one of Google's own hosts came through a proxy that ended TLS, and goes back the same way."""
    return origin.replace("http://", "https://", 1) if origin.endswith(".googleapis.com") else origin


def _taken(session: Session, request: Incoming) -> bool:
    """Adds what the request carries; whether the file is whole now."""
    match = _RANGE.fullmatch(request.headers.get("Content-Range", ""))
    if match is None:
        session.data[:] = request.body
        return True
    if match[1] is not None:
        session.data[int(match[1]) :] = request.body
    return match[3] != "*" and len(session.data) >= int(match[3])


def _whole(session: Session) -> Incoming:
    media = Media(content_type=session.content_type, data=bytes(session.data))
    return dataclasses.replace(session.request, media=media)


def _state(workspace: Workspace) -> UploadState:
    return workspace.service("uploads", UploadState)
