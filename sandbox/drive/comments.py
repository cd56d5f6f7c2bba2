"""Comments on a file and the replies to them: what they are and how Drive writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from sandbox.call import Call
from sandbox.drive import people
from sandbox.drive.times import written


@dataclass(kw_only=True)
class Reply:
    """One answer under a comment. ``action`` is "", "resolve" or "reopen"."""

    id: str
    author: str
    content: str
    created: datetime
    modified: datetime
    action: str = ""
    deleted: bool = False


@dataclass(kw_only=True)
class Comment(Reply):
    """One comment. ``modified`` moves with its replies too."""

    anchor: str = ""
    quoted: dict[str, str] | None = None
    replies: list[Reply] = field(default_factory=list)

    @property
    def resolved(self) -> bool | None:
        """Whether the last reply that did something to the comment closed it; None where none did anything."""
        acts = [reply.action for reply in self.replies if reply.action]
        return acts[-1] == "resolve" if acts else None


def comment_resource(call: Call, comment: Comment, *, include_deleted: bool = False) -> Mapping[str, Any]:
    """A comment with its replies; a deleted one has no words left, one never resolved doesn't say so.

    Source: NangoHQ/integration-templates' recordings of 2026."""
    found = {"kind": "drive#comment", **_said(call, comment)}
    if comment.resolved is not None:
        found["resolved"] = comment.resolved
    replies = [reply for reply in comment.replies if include_deleted or not reply.deleted]
    found["replies"] = [reply_resource(call, reply) for reply in replies]
    if comment.anchor:
        found["anchor"] = comment.anchor
    if comment.quoted:
        found["quotedFileContent"] = comment.quoted
    return found


def reply_resource(call: Call, reply: Reply) -> Mapping[str, Any]:
    """A reply; a deleted one has no words left."""
    action = {"action": reply.action} if reply.action else {}
    return {"kind": "drive#reply", **_said(call, reply), **action}


def _said(call: Call, one: Reply) -> dict[str, Any]:
    author = people.user(call, one.author)
    found: dict[str, Any] = {
        "id": one.id,
        "createdTime": written(one.created),
        "modifiedTime": written(one.modified),
        "author": {key: author[key] for key in ("kind", "displayName", "me")},
        "deleted": one.deleted,
    }
    if not one.deleted and one.content:
        found |= {"content": one.content, "htmlContent": escape(one.content, quote=False).replace("\n", "<br>")}
    return found
