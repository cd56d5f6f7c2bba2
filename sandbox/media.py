"""Uploads: what ``uploadType=media`` and ``uploadType=multipart`` carry beside or instead of JSON."""

from __future__ import annotations

import base64
import email.parser
import email.policy
import re
from dataclasses import dataclass

from sandbox.call import ApiError, Media
from sandbox.message import Incoming


@dataclass(frozen=True, kw_only=True)
class Payload:
    """The JSON text of a request and the file that came with it."""

    text: bytes = b""
    media: Media | None = None


def read(request: Incoming, upload_type: str) -> Payload:
    """Takes a body apart by its upload type, or by its content type where none is named (as aiogoogle uploads).

    Raises ApiError (400) for a malformed one."""
    if request.media is not None:
        return Payload(text=request.body, media=request.media)
    if not upload_type:
        upload_type = "multipart" if request.content_type.startswith("multipart/related") else "media"
    if upload_type == "media":
        kind = request.content_type or "application/octet-stream"
        return Payload(media=Media(content_type=kind, data=request.body))
    if upload_type == "multipart":
        return _related(request)
    raise ApiError(400, f"Invalid upload type: {upload_type}.", reason="badRequest", location="uploadType")


def parts(content_type: str, body: bytes) -> list[tuple[dict[str, str], bytes]]:
    """The parts of a multipart body with their headers (names in lower case), bytes untouched."""
    boundary = _boundary(content_type)
    if not boundary:
        raise ApiError(400, "Missing end boundary in multipart body.", reason="badContent")
    delimiter = b"--" + boundary.encode()
    pieces = (b"\r\n" + body.replace(b"\r\n" + delimiter, b"\n" + delimiter)).split(b"\n" + delimiter)
    found: list[tuple[dict[str, str], bytes]] = []
    for piece in pieces[1:]:
        if piece.startswith(b"--"):
            return found
        found.append(_part(piece))
    raise ApiError(400, "Missing end boundary in multipart body.", reason="badContent")


def _boundary(content_type: str) -> str:
    message = email.parser.Parser(policy=email.policy.compat32).parsestr(f"Content-Type: {content_type}\n\n")
    found = message.get_boundary()
    return found or ""


def _part(piece: bytes) -> tuple[dict[str, str], bytes]:
    piece = piece.lstrip(b" \t").removeprefix(b"\r").removeprefix(b"\n")
    if piece.startswith((b"\r\n", b"\n")):
        return {}, piece.removeprefix(b"\r").removeprefix(b"\n")
    at, skip = _blank_line(piece)
    unfolded = re.sub(r"\r?\n[ \t]+", " ", piece[:at].decode("latin-1"))
    lines = unfolded.splitlines()
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return headers, piece[at + skip :]


def _blank_line(piece: bytes) -> tuple[int, int]:
    found = [(piece.find(mark), len(mark)) for mark in (b"\r\n\r\n", b"\n\n")]
    return min(((at, skip) for at, skip in found if at >= 0), default=(len(piece), 0))


def _related(request: Incoming) -> Payload:
    found = parts(request.content_type, request.body)
    if len(found) != 2:
        raise ApiError(400, "Multipart upload needs a metadata part and a media part.", reason="badContent")
    (_, text), (headers, data) = found
    if "base64" in headers.get("content-transfer-encoding", ""):
        data = base64.b64decode(data)
    kind = headers.get("content-type", "application/octet-stream")
    return Payload(text=text, media=Media(content_type=kind, data=data))
