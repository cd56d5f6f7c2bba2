"""Drive v3: every method the sandbox answers. Absent ones are 501."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox import fields
from sandbox.call import Call, Handler, Reply
from sandbox.drive import about, changes, changing, downloading, errors, listing, making, policy, reading, watching
from sandbox.drive import comment_methods as comments
from sandbox.drive import drive_methods as drives
from sandbox.drive import permission_methods as permissions
from sandbox.drive import revision_methods as revisions
from sandbox.drive.resource import file_resource
from sandbox.drive.v2.routes import HANDLERS as V2
from sandbox.push import channels

_FILE = "kind,id,name,mimeType"
_PERMISSION = "kind,id,type,role,allowFileDiscovery"

_REVISION = "kind,id,mimeType,modifiedTime"
_DRIVE = "kind,id,name"
_CHANGE = f"kind,type,changeType,time,removed,fileId,file({_FILE}),driveId,teamDriveId,drive(kind,id,name)"

DEFAULT_FIELDS: Mapping[str, str] = {
    "drive.changes.list": f"kind,nextPageToken,newStartPageToken,changes({_CHANGE})",
    "drive.drives.create": _DRIVE,
    "drive.drives.get": _DRIVE,
    "drive.drives.hide": _DRIVE,
    "drive.drives.list": f"kind,nextPageToken,drives({_DRIVE})",
    "drive.drives.unhide": _DRIVE,
    "drive.drives.update": _DRIVE,
    "drive.files.copy": _FILE,
    "drive.files.create": _FILE,
    "drive.files.get": _FILE,
    "drive.files.list": f"kind,incompleteSearch,nextPageToken,files({_FILE})",
    "drive.files.update": _FILE,
    "drive.permissions.create": _PERMISSION,
    "drive.permissions.get": _PERMISSION,
    "drive.permissions.list": f"kind,nextPageToken,permissions({_PERMISSION})",
    "drive.permissions.update": _PERMISSION,
    "drive.revisions.get": _REVISION,
    "drive.revisions.list": f"kind,nextPageToken,revisions({_REVISION})",
    "drive.revisions.update": _REVISION,
}
"""What an answer holds when the caller names no ``fields``."""


def _sparing(method: str, handler: Handler) -> Handler:
    """The handler, its answer cut to the method's default fields unless the caller names some."""
    mask = fields.parse(DEFAULT_FIELDS[method])

    def answer(call: Call) -> Mapping[str, Any] | Reply:
        made = handler(call)
        if isinstance(made, Reply) or call.params.get("fields"):
            return made
        cut: Mapping[str, Any] = fields.apply(mask, made)
        return cut

    return answer


def _update(call: Call) -> Mapping[str, Any]:
    return file_resource(call, changing.update(call))


def _delete(call: Call) -> Reply:
    changing.delete(call)
    return Reply(status=204)


def _about(call: Call) -> Mapping[str, Any]:
    errors.require_fields(call)
    return about.resource(call)


_HANDLERS: Mapping[str, Handler] = {
    "drive.about.get": _about,
    "drive.changes.getStartPageToken": changes.start_page_token,
    "drive.changes.list": changes.list_,
    "drive.changes.watch": watching.all_changes,
    "drive.channels.stop": channels.stop,
    "drive.comments.create": comments.create,
    "drive.comments.delete": comments.delete,
    "drive.comments.get": comments.get,
    "drive.comments.list": comments.list_,
    "drive.comments.update": comments.update,
    "drive.drives.create": drives.create,
    "drive.drives.delete": drives.delete,
    "drive.drives.get": drives.get,
    "drive.drives.hide": drives.hide,
    "drive.drives.list": drives.list_,
    "drive.drives.unhide": drives.unhide,
    "drive.drives.update": drives.update,
    "drive.files.copy": making.copy,
    "drive.files.create": making.create,
    "drive.files.delete": _delete,
    "drive.files.download": downloading.download,
    "drive.files.emptyTrash": changing.empty_trash,
    "drive.files.export": reading.export,
    "drive.files.generateIds": making.generate_ids,
    "drive.files.get": reading.get,
    "drive.files.list": listing.list_files,
    "drive.files.update": _update,
    "drive.files.watch": watching.file,
    "drive.operations.get": downloading.operation,
    "drive.permissions.create": permissions.create,
    "drive.permissions.delete": permissions.delete,
    "drive.permissions.get": permissions.get,
    "drive.permissions.list": permissions.list_,
    "drive.permissions.update": permissions.update,
    "drive.replies.create": comments.create_reply,
    "drive.replies.delete": comments.delete_reply,
    "drive.replies.get": comments.get_reply,
    "drive.replies.list": comments.list_replies,
    "drive.replies.update": comments.update_reply,
    "drive.revisions.delete": revisions.delete,
    "drive.revisions.get": revisions.get,
    "drive.revisions.list": revisions.list_,
    "drive.revisions.update": revisions.update,
    **V2,
}


def _allowed(handler: Handler) -> Handler:
    """The handler, where the administrator hasn't switched the API off."""

    def answer(call: Call) -> Mapping[str, Any] | Reply:
        policy.check_api(call)
        return handler(call)

    return answer


ROUTES: dict[str, Handler] = {
    method: _allowed(_sparing(method, handler) if method in DEFAULT_FIELDS else handler)
    for method, handler in _HANDLERS.items()
}
