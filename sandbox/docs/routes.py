"""Docs v1: every method the sandbox answers. Absent ones are 501."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sandbox.call import ApiError, Call, Handler
from sandbox.docs import backend, body, edits, outline
from sandbox.drive import access
from sandbox.drive.files import File, create_native, drive_state, touch
from sandbox.drive.inheritance import role_of
from sandbox.drive.permissions import RANK
from sandbox.drive.types import DOCUMENT
from sandbox.state import Workspace


def _get(call: Call) -> Mapping[str, Any]:
    file = _document(call, "reader")
    return _resource(call, file, tabs=bool(call.params.get("includeTabsContent")))


def _create(call: Call) -> Mapping[str, Any]:
    """An empty document: only the title of the body counts, as in the real API."""
    file = create_native(
        call.workspace,
        owner_email=call.caller.email,
        client_id=call.caller.client_id,
        name=str(call.body.get("title") or "Untitled document"),
        mime_type=DOCUMENT,
    )
    return _resource(call, file, tabs=False)


def _batch_update(call: Call) -> Mapping[str, Any]:
    """All requests in order, or none."""
    file = _document(call, "writer")
    if file.locked:
        raise ApiError(403, "The caller does not have permission", status_name="PERMISSION_DENIED")
    _check_revision(call, file)
    document = backend.open_document(call.workspace, file.id)
    replies = [edits.apply(document, request) for request in call.body.get("requests", [])]
    if any(any(reply.values()) for reply in replies):
        backend.replace_document(call.workspace, file.id, backend.to_bytes(document))
        touch(call.workspace, file.id, email=call.caller.email)
    revision = {"requiredRevisionId": _revision(call.workspace, file)}
    return {"documentId": file.id, "replies": replies, "writeControl": revision}


def _document(call: Call, role: str) -> File:
    file = access.require(call, call.params["documentId"], role)
    if file.mime_type != DOCUMENT:
        message = "This operation is not supported for this document"
        raise ApiError(400, message, status_name="FAILED_PRECONDITION")
    return file


def _check_revision(call: Call, file: File) -> None:
    required = call.body.get("writeControl", {}).get("requiredRevisionId")
    if required and required != _revision(call.workspace, file):
        message = f"The required revision ID '{required}' does not match the latest revision."
        raise ApiError(400, message, status_name="FAILED_PRECONDITION")


def _resource(call: Call, file: File, *, tabs: bool) -> Mapping[str, Any]:
    blocks = outline.body(backend.open_document(call.workspace, file.id))
    text = {"body": {"content": body.content(blocks)}, "lists": body.LISTS}
    found: dict[str, Any] = {
        "documentId": file.id,
        "title": file.name,
        "suggestionsViewMode": "SUGGESTIONS_INLINE",
    }
    if tabs:
        found["tabs"] = [{"tabProperties": {"tabId": "t.0", "title": "Tab 1", "index": 0}, "documentTab": text}]
    else:
        found |= text
    role = role_of(drive_state(call.workspace), file, call.caller.email, call.workspace.clock.now())
    if RANK[role] >= RANK["writer"]:
        found["revisionId"] = _revision(call.workspace, file)
    return found


def _revision(workspace: Workspace, file: File) -> str:
    """A name for the content as it is now; only editors are told it."""
    document = backend.docs_state(workspace).documents[file.id]
    return "AB" + hashlib.sha256(f"{file.id}:{document.revision}".encode()).hexdigest()[:40]


ROUTES: dict[str, Handler] = {
    "docs.documents.batchUpdate": _batch_update,
    "docs.documents.create": _create,
    "docs.documents.get": _get,
}
