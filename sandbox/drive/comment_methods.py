"""``comments.*`` and ``replies.*``. Every one but delete wants ``fields``, as Google's reference says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sandbox.call import ApiError, Call
from sandbox.call import Reply as Answer
from sandbox.drive import access, errors
from sandbox.drive.comments import Comment, Reply, comment_resource, reply_resource
from sandbox.drive.files import File, drive_state
from sandbox.drive.pages import paged
from sandbox.drive.terms import moment

_R = TypeVar("_R", bound=Reply)


def create(call: Call) -> Mapping[str, Any]:
    errors.require_fields(call)
    _check_lock(access.require(call, call.params["fileId"], "commenter"))
    comment = Comment(
        **_new(call, _content(call)),
        anchor=str(call.body.get("anchor", "")),
        quoted=dict(call.body["quotedFileContent"]) if call.body.get("quotedFileContent") else None,
    )
    _comments(call).append(comment)
    return comment_resource(call, comment)


def get(call: Call) -> Mapping[str, Any]:
    errors.require_fields(call)
    comment = _comment(call, "reader")
    return comment_resource(call, comment, include_deleted=_with_deleted(call))


def list_(call: Call) -> Mapping[str, Any]:
    """Newest first, as Drive lists them."""
    errors.require_fields(call)
    access.require(call, call.params["fileId"], "reader")
    since = moment(str(call.params["startModifiedTime"])) if call.params.get("startModifiedTime") else None
    found = [
        comment_resource(call, comment, include_deleted=_with_deleted(call))
        for comment in sorted(_comments(call), key=lambda c: c.modified, reverse=True)
        if (_with_deleted(call) or not comment.deleted) and (since is None or comment.modified >= since)
    ]
    return {"kind": "drive#commentList", **paged(call, "comments", found, default=20, most=100)}


def update(call: Call) -> Mapping[str, Any]:
    errors.require_fields(call)
    comment = _own(call, _comment(call, "commenter"))
    _check_lock(drive_state(call.workspace).files[call.params["fileId"]])
    comment.content, comment.modified = _content(call), call.workspace.clock.now()
    return comment_resource(call, comment)


def _check_lock(file: File) -> None:
    """A file whose content is restricted takes no comments and lets none change."""
    if file.locked:
        raise errors.locked()


def delete(call: Call) -> Answer:
    comment = _own(call, _comment(call, "commenter"))
    comment.deleted, comment.modified = True, call.workspace.clock.now()
    return Answer(status=204)


def create_reply(call: Call) -> Mapping[str, Any]:
    """Words, or something done to the comment, or both."""
    errors.require_fields(call)
    comment = _comment(call, "commenter")
    action = str(call.body.get("action", ""))
    if action not in ("", "resolve", "reopen"):
        raise errors.invalid("Invalid Value", location="reply.action", location_type="other")
    reply = Reply(**_new(call, str(call.body.get("content", "")) if action else _content(call)), action=action)
    comment.replies.append(reply)
    comment.modified = reply.modified
    return reply_resource(call, reply)


def get_reply(call: Call) -> Mapping[str, Any]:
    errors.require_fields(call)
    return reply_resource(call, _reply(call, "reader")[1])


def list_replies(call: Call) -> Mapping[str, Any]:
    errors.require_fields(call)
    comment = _comment(call, "reader")
    shown = [reply_resource(call, one) for one in comment.replies if _with_deleted(call) or not one.deleted]
    return {"kind": "drive#replyList", **paged(call, "replies", shown, default=20, most=100)}


def update_reply(call: Call) -> Mapping[str, Any]:
    errors.require_fields(call)
    comment, reply = _reply(call, "commenter")
    _own(call, reply).content = _content(call)
    comment.modified = reply.modified = call.workspace.clock.now()
    return reply_resource(call, reply)


def delete_reply(call: Call) -> Answer:
    comment, reply = _reply(call, "commenter")
    _own(call, reply).deleted = True
    comment.modified = reply.modified = call.workspace.clock.now()
    return Answer(status=204)


def _new(call: Call, content: str) -> dict[str, Any]:
    now = call.workspace.clock.now()
    made = "AAAB" + call.workspace.ids.next(7)
    return {"id": made, "author": call.caller.email.lower(), "content": content, "created": now, "modified": now}


def _content(call: Call) -> str:
    content = str(call.body.get("content", ""))
    if not content:
        raise errors.required("The content field is required.")
    return content


def _with_deleted(call: Call) -> bool:
    return bool(call.params.get("includeDeleted"))


def _comments(call: Call) -> list[Comment]:
    return drive_state(call.workspace).comments.setdefault(_file_id(call), [])


def _file_id(call: Call) -> str:
    file: File = access.require(call, call.params["fileId"], "reader")
    return file.id


def _comment(call: Call, role: str) -> Comment:
    """The comment; a deleted one only where deleted ones are asked for."""
    access.require(call, call.params["fileId"], role)
    return _known(call, _comments(call), "commentId", "Comment")


def _reply(call: Call, role: str) -> tuple[Comment, Reply]:
    comment = _comment(call, role)
    return comment, _known(call, comment.replies, "replyId", "Reply")


def _known(call: Call, among: Sequence[_R], parameter: str, noun: str) -> _R:
    wanted = call.params[parameter]
    for one in among:
        if one.id == wanted and (not one.deleted or _with_deleted(call)):
            return one
    raise ApiError(
        404, f"{noun} not found: {wanted}.", reason="notFound", location=parameter, location_type="parameter"
    )


def _own(call: Call, one: _R) -> _R:
    """Words are their author's to change or take back."""
    if one.author != call.caller.email.lower():
        raise errors.insufficient(call.params["fileId"])
    return one
