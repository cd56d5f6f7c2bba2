"""``revisions.*``: a file's history, for those who may edit it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import ApiError, Call, Reply
from sandbox.drive import access, errors, people
from sandbox.drive.files import File, drive_state
from sandbox.drive.inheritance import role_of
from sandbox.drive.pages import paged
from sandbox.drive.permissions import RANK
from sandbox.drive.revisions import Revision, resource
from sandbox.drive.types import FOLDER

_MAX_KEPT = 200
_PUBLISHING = {
    "published": "published",
    "publishAuto": "publish_auto",
    "publishedOutsideDomain": "published_outside",
}


def list_(call: Call) -> Mapping[str, Any]:
    """Oldest first."""
    file = _file(call)
    shown = [_shown(call, file, revision) for revision in file.revisions]
    return {"kind": "drive#revisionList", **paged(call, "revisions", shown, default=200, most=1000)}


def get(call: Call) -> Mapping[str, Any] | Reply:
    """The revision, or with ``alt=media`` its bytes."""
    file = _file(call)
    revision = _revision(call, file)
    if call.params.get("alt") != "media":
        return _shown(call, file, revision)
    access.require_content(call, file)
    if revision.content is None:
        raise errors.forbidden(
            "Only files with binary content can be downloaded. Use Export with Docs Editors files.",
            reason="fileNotDownloadable",
        )
    return Reply(data=revision.content, content_type=revision.mime_type)


def update(call: Call) -> Mapping[str, Any]:
    """``keepForever`` of a binary file's revision; whether a native file's is published."""
    file = _file(call, changing=True)
    revision = _revision(call, file)
    if "keepForever" in call.body:
        _keep(file, revision, wanted=bool(call.body["keepForever"]))
    for field, name in _PUBLISHING.items():
        if field in call.body:
            if not file.native:
                raise errors.forbidden("Only Docs Editors files can be published.", reason="fileNotPublishable")
            setattr(revision, name, bool(call.body[field]))
    return _shown(call, file, revision)


def delete(call: Call) -> Reply:
    file = _file(call, changing=True)
    revision = _revision(call, file)
    if file.native:
        raise errors.forbidden(
            "Revisions of Docs Editors files cannot be deleted.", reason="revisionDeletionNotSupported"
        )
    if len(file.revisions) == 1:
        raise errors.forbidden("The only revision of a file cannot be deleted.", reason="cannotDeleteOnlyRevision")
    file.revisions.remove(revision)
    if file.revision_id == revision.id:
        file.revision_id, file.content = file.revisions[-1].id, file.revisions[-1].content
    return Reply(status=204)


def _keep(file: File, revision: Revision, *, wanted: bool) -> None:
    if file.native:
        raise errors.forbidden(
            "Revisions of Docs Editors files cannot be kept forever.", reason="illegalKeepForeverModification"
        )
    if wanted and sum(one.keep_forever for one in file.revisions) >= _MAX_KEPT:
        raise errors.forbidden(
            "The limit of revisions kept forever has been reached.", reason="keepForeverLimitExceeded"
        )
    revision.keep_forever = wanted


def _file(call: Call, *, changing: bool = False) -> File:
    file = access.require(call, call.params["fileId"], "writer" if changing else "reader")
    if file.mime_type == FOLDER:
        raise errors.forbidden("The file does not support revisions.", reason="revisionsNotSupported")
    role = role_of(drive_state(call.workspace), file, call.caller.email, call.workspace.clock.now())
    if RANK[role] < RANK["writer"]:
        raise errors.insufficient(file.id)
    return file


def _revision(call: Call, file: File) -> Revision:
    wanted = call.params["revisionId"]
    for revision in file.revisions:
        if wanted in (revision.id, "head") and (wanted != "head" or revision is file.revisions[-1]):
            return revision
    raise ApiError(
        404,
        f"Revision not found: {wanted}.",
        reason="notFound",
        location="revisionId",
        location_type="parameter",
    )


def _shown(call: Call, file: File, revision: Revision) -> Mapping[str, Any]:
    return resource(file, revision, people.user(call, revision.author))
