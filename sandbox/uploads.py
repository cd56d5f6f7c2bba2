"""Resumable uploads: a session is opened with the metadata, then the file arrives in one piece or several.

Source: https://developers.google.com/workspace/drive/api/guides/manage-uploads#resumable; the words for a piece
that is too small or begins too late, and that whole multiples alone are kept, from reports of failures."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from sandbox import auth, discovery, envelope, journal, wire
from sandbox.call import ApiError, Media
from sandbox.message import Incoming, Outgoing
from sandbox.state import Workspace
from sandbox.wire import Wire

_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
_LASTS = timedelta(weeks=1)
_GRAIN = 256 * 1024
_TOO_SMALL = (
    f"Invalid request.  The number of bytes uploaded is required to be equal or greater than {_GRAIN}, except for the"
    f" final request (it's recommended to be the exact multiple of {_GRAIN}).  The received request contained {{}}"
    " bytes, which does not meet this requirement."
)
_GAP = (
    "Invalid request.  According to the Content-Range header, the upload offset is {} byte(s), which exceeds already"
    " uploaded size of {} byte(s)."
)
_NOTHING_YET = Media(content_type="", data=b"")


@dataclass
class Session:
    """One upload under way: the request that opened it, and the bytes so far; or the answer that it ended with."""

    request: Incoming
    content_type: str
    opened: datetime
    data: bytearray = field(default_factory=bytearray)
    answer: Outgoing | None = None


@dataclass
class UploadState:
    """Sessions by upload id."""

    sessions: dict[str, Session] = field(default_factory=dict)


def is_resumable(request: Incoming) -> bool:
    """Whether this opens or feeds a resumable upload."""
    return "/upload/" in request.path[:18] and dict(request.query).get("uploadType") == "resumable"


def answer(served: Wire, request: Incoming) -> Outgoing:
    """Opens a session (POST or PATCH), takes a piece (PUT) and, when it was the last, carries the call out; a DELETE
    ends the session. Who asks again after the last piece gets the same answer again."""
    upload_id = dict(request.query).get("upload_id", "")
    if not upload_id:
        return _opened(served, request)
    sessions = _state(served.workspace).sessions
    session = sessions.get(upload_id)
    if session is None or served.workspace.clock.now() - session.opened >= _LASTS:
        sessions.pop(upload_id, None)
        return envelope.page(404, "The upload session was not found.")
    if request.http_method == "DELETE":
        del sessions[upload_id]
        return Outgoing(status=499)
    if session.answer is None:
        if (refused := _taken(session, request)) is not None:
            return refused
        session.answer = served.answer(_whole(session))
        session.data.clear()
    return session.answer


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
        _state(served.workspace).sessions[upload_id] = Session(
            request=request, content_type=kind, opened=served.workspace.clock.now()
        )
    query = urlencode([*request.query, ("upload_id", upload_id)])
    place = f"{_public(request.origin)}{request.target.partition('?')[0]}?{query}"
    return Outgoing(headers={"Location": place, "X-GUploader-UploadID": upload_id})


def _public(origin: str) -> str:
    """Who asks for one of Google's own hosts came through a proxy that ended TLS, and goes back the same way."""
    return origin.replace("http://", "https://", 1) if origin.endswith(".googleapis.com") else origin


def _taken(session: Session, request: Incoming) -> Outgoing | None:
    """Adds what the request carries. None when the file is whole, else how far it is or why the piece is refused."""
    match = _RANGE.fullmatch(request.headers.get("Content-Range", ""))
    if match is None:
        session.data[:] = request.body
        return None
    whole = int(match[3]) if match[3] != "*" else None
    start = int(match[1] or len(session.data))
    piece = request.body if match[1] is not None else b""
    if start > len(session.data):
        return _plain(503, _GAP.format(start, len(session.data)))
    if piece and (whole is None or start + len(piece) < whole):
        if len(piece) < _GRAIN:
            return _plain(400, _TOO_SMALL.format(len(piece)))
        piece = piece[: (start + len(piece)) // _GRAIN * _GRAIN - start]
    if piece:
        session.data[start:] = piece
    if whole is not None and len(session.data) >= whole:
        return None
    return Outgoing(status=308, headers={"Range": f"bytes=0-{len(session.data) - 1}"} if session.data else {})


def _plain(status: int, sentence: str) -> Outgoing:
    return Outgoing(status=status, content_type="text/plain; charset=utf-8", body=sentence.encode())


def _whole(session: Session) -> Incoming:
    media = Media(content_type=session.content_type, data=bytes(session.data))
    return dataclasses.replace(session.request, media=media)


def _state(workspace: Workspace) -> UploadState:
    return workspace.service("uploads", UploadState)
