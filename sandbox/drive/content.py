"""What is in a file: uploads taken in, converted or kept as bytes, and given out again."""

from __future__ import annotations

import re

from sandbox.call import ApiError, Call, Media
from sandbox.docs import backend as docs
from sandbox.docs import importing
from sandbox.drive import editors, errors, formats, revisions
from sandbox.drive.capabilities import can_download
from sandbox.drive.convert import document, sheets
from sandbox.drive.files import File, drive_state
from sandbox.drive.inheritance import role_of
from sandbox.drive.types import DOCUMENT, FOLDER, GOOGLE, SHORTCUT, SPREADSHEET
from sandbox.sheets import backend as spreadsheets
from sandbox.sheets.errors import Refused
from sandbox.sheets.model import Sheet
from sandbox.state import Workspace

_MAX_EXPORT = 10 * 1024 * 1024


Converted = bytes | list[Sheet]
"""What an upload becomes: a Doc's document or a spreadsheet's sheets."""


def converted(workspace: Workspace, media: Media, mime_type: str, *, title: str, owner: str) -> Converted | None:
    """The upload as the stored form of a Google type; None where the file keeps the bytes as they are.

    Dates and numbers of a spreadsheet are read as in the owner's locale."""
    if not mime_type.startswith(GOOGLE):
        return None
    if mime_type == SPREADSHEET:
        return _sheets(workspace, media, title, owner)
    kind = importing.content_type(media)
    if mime_type == DOCUMENT and not document.importable(media) and DOCUMENT in formats.IMPORTS.get(kind, ()):
        raise errors.not_built(f"Converting {kind} to a Google Doc")
    if mime_type != DOCUMENT or not document.importable(media):
        raise _no_conversion()
    return document.imported(media)


def _sheets(workspace: Workspace, media: Media, title: str, owner: str) -> list[Sheet]:
    kind = upload_type(media)
    if not sheets.importable(kind):
        if SPREADSHEET in formats.IMPORTS.get(kind, ()):
            raise errors.not_built(f"Converting {kind} to a Google Sheet")
        raise _no_conversion()
    try:
        return sheets.imported(workspace, media.data, kind, title=title, locale=editors.locale(workspace, owner)[0])
    except Refused:
        raise errors.bad_request("Bad Request") from None


def put(workspace: Workspace, file: File, media: Media, content: Converted | None) -> None:
    """Replace the whole content: a Google file's by what was converted, a binary file's by the upload."""
    if isinstance(content, list):
        spreadsheets.replace_sheets(workspace, file.id, content)
        return
    if content is not None:
        docs.replace_document(workspace, file.id, content)
        return
    file.content = media.data
    file.revision_id = "0B" + workspace.ids.next(49)
    file.original_name = file.original_name or file.name
    revisions.uploaded(file, workspace.clock.now(), file.last_modifier)


def download(call: Call, file: File) -> tuple[bytes, str]:
    """A binary file's bytes and type."""
    _check_download(call, file, "cannotDownloadFile", "This file cannot be downloaded by the user.")
    if file.content is None:
        raise ApiError(
            403,
            "Only files with binary content can be downloaded. Use Export with Docs Editors files.",
            reason="fileNotDownloadable",
            location="alt",
            location_type="parameter",
        )
    return file.content, file.mime_type


def export(call: Call, file: File, mime_type: str) -> bytes:
    """One of Google's own files in another format."""
    if not file.native or file.mime_type in (FOLDER, SHORTCUT):
        raise errors.forbidden("Export only supports Docs Editors files.", reason="fileNotExportable")
    _check_download(call, file, "cannotExportFile", "This file cannot be exported by the user.")
    if file.mime_type == SPREADSHEET and sheets.exportable(mime_type):
        data = sheets.exported(call.workspace, file.id, mime_type)
    elif file.mime_type == DOCUMENT and document.exportable(mime_type):
        data = document.exported(call.workspace, file.id, mime_type, title=file.name)
    elif mime_type in formats.EXPORTS.get(file.mime_type, ()):
        raise errors.not_built(f"Exporting {file.mime_type} as {mime_type}")
    else:
        raise _no_conversion()
    if len(data) > _MAX_EXPORT:
        raise errors.forbidden("This file is too large to be exported.", reason="exportSizeLimitExceeded")
    return data


def upload_type(media: Media) -> str:
    """The MIME type of an upload, without parameters."""
    return re.split(r"\s*;", media.content_type, maxsplit=1)[0].strip() or "application/octet-stream"


def _check_download(call: Call, file: File, reason: str, message: str) -> None:
    role = role_of(drive_state(call.workspace), file, call.caller.email, call.workspace.clock.now())
    if not can_download(file, role):
        raise errors.forbidden(message, reason=reason)


def _no_conversion() -> ApiError:
    return ApiError(
        400,
        "The requested conversion is not supported.",
        reason="badRequest",
        location="convertTo",
        location_type="parameter",
    )
