"""``files.download`` and ``operations.get``: a download as an operation, which is done at once here.

Source: https://developers.google.com/workspace/drive/api/guides/manage-downloads; what the response holds and that an
operation lasts twelve hours at least, from the same page. Google's address is a one-off; here it is the file's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from sandbox.call import ApiError, Call
from sandbox.drive import access, content, errors
from sandbox.drive.files import File

_FILES = "https://www.googleapis.com/drive/v3/files/"
_TYPE = "type.googleapis.com/google.apps.drive.v3."


@dataclass
class Operations:
    """Finished downloads by name, each with whose it is."""

    done: dict[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)


def download(call: Call) -> Mapping[str, Any]:
    """A finished operation that says where the bytes are; a Google file needs the format."""
    file = access.require(call, call.params["fileId"], "reader")
    access.require_content(call, file)
    if call.params.get("revisionId"):
        raise errors.not_built("drive.files.download with revisionId")
    made = {
        "name": call.workspace.ids.next(40),
        "done": True,
        "metadata": {"@type": f"{_TYPE}DownloadFileMetadata"},
        "response": {
            "@type": f"{_TYPE}DownloadFileResponse",
            "downloadUri": _address(call, file),
            "partialDownloadAllowed": not file.native,
        },
    }
    _operations(call).done[str(made["name"])] = (call.caller.email.lower(), made)
    return made


def operation(call: Call) -> Mapping[str, Any]:
    """The operation again, for who started it."""
    owner, made = _operations(call).done.get(call.params["name"], ("", {}))
    if owner != call.caller.email.lower():
        raise ApiError(404, f"Operation not found: {call.params['name']}.", reason="notFound")
    return made


def _address(call: Call, file: File) -> str:
    if not file.native:
        content.download(call, file)
        return f"{_FILES}{file.id}?alt=media"
    mime_type = str(call.params.get("mimeType") or "")
    if not mime_type:
        raise errors.required("The mimeType field is required for Docs Editors files.")
    content.export(call, file, mime_type)
    return f"{_FILES}{file.id}/export?mimeType={quote(mime_type, safe='')}"


def _operations(call: Call) -> Operations:
    return call.workspace.service("drive operations", Operations)
