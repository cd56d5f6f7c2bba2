"""The editors behind Google's own file types: each keeps the content of its files.

They are imported late, because they ask Drive who may see a file."""

from __future__ import annotations

from sandbox.drive.types import DOCUMENT, SPREADSHEET
from sandbox.state import Workspace


def locale(workspace: Workspace, owner: str) -> tuple[str, str]:
    """The locale and time zone of what that person makes."""
    user = workspace.users.get(owner)
    return (user.locale, user.time_zone) if user else ("en_GB", "Europe/London")


def create(workspace: Workspace, *, file_id: str, mime_type: str, title: str, owner: str) -> None:
    """Have the type's editor make an empty content, in its owner's locale and time zone."""
    from sandbox.docs import backend as docs
    from sandbox.sheets import backend as sheets

    if mime_type == SPREADSHEET:
        language, zone = locale(workspace, owner)
        sheets.create_spreadsheet(workspace, file_id, title, locale=language, time_zone=zone)
    elif mime_type == DOCUMENT:
        docs.create_document(workspace, file_id, title, locale=locale(workspace, owner)[0])


def copy(workspace: Workspace, *, source_id: str, file_id: str, mime_type: str, title: str) -> None:
    """Replace a new file's empty content by the source's."""
    from sandbox.docs import backend as docs
    from sandbox.sheets import backend as sheets

    if mime_type == SPREADSHEET:
        sheets.copy_spreadsheet(workspace, source_id, file_id, title)
    elif mime_type == DOCUMENT:
        docs.copy_document(workspace, source_id, file_id)


def forget(workspace: Workspace, *, file_id: str, mime_type: str) -> None:
    """Drop the content of a file that is gone."""
    from sandbox.docs import backend as docs
    from sandbox.sheets import backend as sheets

    if mime_type == SPREADSHEET:
        sheets.delete_spreadsheet(workspace, file_id)
    elif mime_type == DOCUMENT:
        docs.delete_document(workspace, file_id)
