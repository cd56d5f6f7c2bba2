"""Docs v1: every method the sandbox answers. Absent ones are 501."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from copy import deepcopy
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sandbox.call import ApiError, Call, Handler
from sandbox.docs import backend, edits, named_ranges
from sandbox.docs.backend import StoredTab
from sandbox.docs.body import Writer
from sandbox.docs.edit import Edit
from sandbox.docs.tabs import OpenTab, Tab, Tabs, properties
from sandbox.drive import access
from sandbox.drive.files import File, create_native, drive_state, touch
from sandbox.drive.inheritance import role_of
from sandbox.drive.permissions import RANK
from sandbox.drive.types import DOCUMENT
from sandbox.state import Workspace

_BY_ACCESS = "DEFAULT_FOR_CURRENT_ACCESS"


def _get(call: Call) -> Mapping[str, Any]:
    file = _document(call, "reader")
    tabs = bool(call.params.get("includeTabsContent"))
    return _resource(call, file, whole=not tabs, tabs=tabs)


def _create(call: Call) -> Mapping[str, Any]:
    """An empty document, told both as a whole and as its first tab. Only the title of the body counts."""
    file = create_native(
        call.workspace,
        owner_email=call.caller.email,
        client_id=call.caller.client_id,
        name=str(call.body.get("title") or "Untitled document"),
        mime_type=DOCUMENT,
    )
    return _resource(call, file, whole=True, tabs=True)


def _batch_update(call: Call) -> Mapping[str, Any]:
    """All requests in order, or none."""
    file = _document(call, "writer")
    if file.locked:
        raise ApiError(403, "The caller does not have permission", status_name="PERMISSION_DENIED")
    _check_revision(call, file)
    edited = _opened(call, file)
    requests = call.body.get("requests", [])
    replies = [edits.apply_to(edited, request, at) for at, request in enumerate(requests)]
    if requests:
        backend.save_edit(call.workspace, file.id, edited)
        touch(call.workspace, file.id, email=call.caller.email)
    revision = {"requiredRevisionId": _revision(call.workspace, file)}
    return {"documentId": file.id, "replies": replies, "writeControl": revision}


def _opened(call: Call, file: File) -> Tabs:
    """Every tab of the document as a working copy."""

    def new_id(start: str = "kix.") -> str:
        return start + call.workspace.ids.next(12, "0123456789abcdefghijklmnopqrstuvwxyz")

    fetch = partial(_public_file, call.workspace)
    user = call.workspace.users.get(call.caller.email)
    locale = user.locale if user else "en_GB"

    def blank() -> OpenTab:
        edit = Edit(document=backend.blank_document(locale), ranges={}, new_id=new_id, fetch=fetch)
        return OpenTab(tab=Tab(id=new_id("t.")), edit=edit)

    stored = backend.docs_state(call.workspace).documents[file.id].tabs()
    opened = [
        OpenTab(
            tab=deepcopy(one.tab),
            edit=Edit(document=one.open(), ranges=deepcopy(one.named_ranges), new_id=new_id, fetch=fetch),
        )
        for one in stored
    ]
    return Tabs(open=opened, blank=blank)


def _public_file(workspace: Workspace, uri: str) -> bytes | None:
    """The bytes of a file that anyone may read, by the address that Drive serves it at."""
    parts = urlsplit(uri)
    file_id = parse_qs(parts.query).get("id", [""])[0]
    file = drive_state(workspace).files.get(file_id) if parts.netloc == "drive.google.com" else None
    if file is None or file.trashed or not role_of(drive_state(workspace), file, "", workspace.clock.now()):
        return None
    return file.content


def _document(call: Call, role: str) -> File:
    file = access.require(call, call.params["documentId"], role)
    if file.mime_type != DOCUMENT:
        message = "This operation is not supported for this document"
        raise ApiError(400, message, status_name="FAILED_PRECONDITION")
    return file


def _check_revision(call: Call, file: File) -> None:
    """A required revision must be the latest; a target one any that the document has had."""
    control = call.body.get("writeControl", {})
    required, target = control.get("requiredRevisionId"), control.get("targetRevisionId")
    if required and required != _revision(call.workspace, file):
        message = f"The required revision ID '{required}' does not match the latest revision."
        raise ApiError(400, message, status_name="FAILED_PRECONDITION")
    if target and target not in _revisions(call.workspace, file):
        raise ApiError(400, f"The target revision ID '{target}' is invalid.", status_name="INVALID_ARGUMENT")


def _resource(call: Call, file: File, *, whole: bool, tabs: bool) -> Mapping[str, Any]:
    """The first tab's text as the document's (``whole``), the text in its tabs, or both."""
    editor = (
        RANK[role_of(drive_state(call.workspace), file, call.caller.email, call.workspace.clock.now())]
        >= RANK["writer"]
    )
    found: dict[str, Any] = {
        "documentId": file.id,
        "title": file.name,
        "suggestionsViewMode": _view_mode(call, editor=editor),
    }
    stored = backend.docs_state(call.workspace).documents[file.id].tabs()
    if whole:
        found |= _text(stored[0])
    if tabs:
        found["tabs"] = _tree(stored)
    if editor:
        found["revisionId"] = _revision(call.workspace, file)
    return found


def _text(stored: StoredTab) -> dict[str, Any]:
    text = Writer(stored.open()).resource()
    return text | ({"namedRanges": named_ranges.resource(stored.named_ranges)} if stored.named_ranges else {})


def _tree(stored: list[StoredTab], parent: str = "") -> list[dict[str, Any]]:
    """The tabs under one, each with those under it."""
    known = [one.tab for one in stored]
    found = []
    for one in stored:
        if one.tab.parent == parent:
            told = {"tabProperties": properties(known, one.tab), "documentTab": _text(one)}
            below = _tree(stored, one.tab.id)
            found.append(told | ({"childTabs": below} if below else {}))
    return found


def _view_mode(call: Call, *, editor: bool) -> str:
    """How suggestions are shown. There are none here, but who may not edit may not ask to see them."""
    asked = str(call.params.get("suggestionsViewMode", _BY_ACCESS))
    if asked == _BY_ACCESS:
        return "SUGGESTIONS_INLINE" if editor else "PREVIEW_WITHOUT_SUGGESTIONS"
    if asked == "SUGGESTIONS_INLINE" and not editor:
        raise ApiError(403, "The caller does not have permission", status_name="PERMISSION_DENIED")
    return asked


def _revision(workspace: Workspace, file: File) -> str:
    """A name for the content as it is now; only editors are told it."""
    return _named_revision(file, backend.docs_state(workspace).documents[file.id].revision)


def _revisions(workspace: Workspace, file: File) -> set[str]:
    latest = backend.docs_state(workspace).documents[file.id].revision
    return {_named_revision(file, number) for number in range(1, latest + 1)}


def _named_revision(file: File, number: int) -> str:
    return "AMHacu" + hashlib.sha512(f"{file.id}:{number}".encode()).hexdigest()[:100]


ROUTES: dict[str, Handler] = {
    "docs.documents.batchUpdate": _batch_update,
    "docs.documents.create": _create,
    "docs.documents.get": _get,
}
