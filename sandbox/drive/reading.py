"""``files.get``, ``files.export`` and bytes by the piece.

Source of ranges: https://developers.google.com/workspace/drive/api/guides/manage-downloads#partial_download."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sandbox.call import Call, Reply
from sandbox.drive import access, content
from sandbox.drive.resource import file_resource

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def get(call: Call) -> Mapping[str, Any] | Reply:
    """The file's resource, or its bytes with ``alt=media``."""
    if call.params.get("alt") == "media":
        return media(call)
    return file_resource(call, access.require(call, call.params["fileId"], "reader"))


def media(call: Call) -> Reply:
    """A binary file's bytes, or the range of them that was asked for."""
    file = access.require(call, call.params["fileId"], "reader")
    access.require_content(call, file)
    data, content_type = content.download(call, file)
    return partial(call, data, content_type)


def export(call: Call) -> Reply:
    """A Google file in another format."""
    file = access.require(call, call.params["fileId"], "reader")
    access.require_content(call, file)
    mime_type = str(call.params["mimeType"])
    return Reply(data=content.export(call, file, mime_type), content_type=mime_type)


def partial(call: Call, data: bytes, content_type: str) -> Reply:
    """All of the bytes, or with a ``Range`` header 206 and its part; 416 where the range begins past the end."""
    match = _RANGE.fullmatch(call.headers.get("Range", ""))
    if match is None or not (match[1] or match[2]):
        return Reply(data=data, content_type=content_type)
    first, last = _ends(match, len(data))
    if first >= len(data):
        return Reply(
            status=416, data=b"", content_type="text/html", headers={"Content-Range": f"bytes */{len(data)}"}
        )
    headers = {"Content-Range": f"bytes {first}-{last}/{len(data)}"}
    return Reply(status=206, data=data[first : last + 1], content_type=content_type, headers=headers)


def _ends(match: re.Match[str], length: int) -> tuple[int, int]:
    """The first and the last byte; ``-5`` asks for the last five."""
    if not match[1]:
        return max(length - int(match[2]), 0), length - 1
    return int(match[1]), min(int(match[2] or length), length - 1)
