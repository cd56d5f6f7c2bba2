"""The mail Drive sends when a file is shared. It goes to the workspace's outbox."""

from __future__ import annotations

from datetime import timedelta

from sandbox.call import Call
from sandbox.drive import people
from sandbox.drive.files import File
from sandbox.drive.resource import web_link
from sandbox.drive.times import written
from sandbox.drive.types import DOCUMENT, FOLDER, SPREADSHEET

_NOUNS = {DOCUMENT: "Document", SPREADSHEET: "Spreadsheet", FOLDER: "Folder"}


_VISIT = timedelta(days=7)


def send_pin_mail(call: Call, file: File, *, to: str) -> None:
    """The code by which somebody without a Google account proves the address; a visit lasts seven days.

    Google sends it when the link is opened; nobody opens links here, so it comes with the invitation. Source:
    https://support.google.com/drive/answer/9195194."""
    now = call.workspace.clock.now()
    code = call.workspace.ids.next(6, "0123456789")
    call.workspace.outbox.append(
        {
            "kind": "drive-visitor-pin",
            "from": "drive-shares-noreply@google.com",
            "to": to,
            "subject": f"Your verification code is {code}",
            "body": f"{code}\n\n{web_link(file)}",
            "code": code,
            "file_id": file.id,
            "valid_until": written(now + _VISIT),
            "time": written(now),
        }
    )


def send_share_mail(call: Call, file: File, *, to: str, role: str, message: str) -> None:
    """Tell the grantee what was shared, by whom, in which role, with the sharer's own words and the link."""
    noun = _NOUNS.get(file.mime_type, "Item")
    sharer = people.name(call.workspace, call.caller.email)
    able = {"reader": "view", "commenter": "comment on", "owner": "own"}.get(role, "edit")
    link = web_link(file)
    lines = [f"{sharer} ({call.caller.email}) has invited you to {able} the following {noun.lower()}:", file.name]
    call.workspace.outbox.append(
        {
            "kind": "drive-share",
            "from": call.caller.email,
            "to": to,
            "subject": f'{noun} shared with you: "{file.name}"',
            "body": "\n\n".join([*lines, *([message] if message else []), link]),
            "message": message,
            "link": link,
            "file_id": file.id,
            "role": role,
            "time": written(call.workspace.clock.now()),
        }
    )
