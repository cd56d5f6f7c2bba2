"""What is taken for granted about Drive's protocol: channels, pieces of uploads, shortcuts, locks, exports."""

from __future__ import annotations

from typing import Any

from drive_helpers import DOC, make, share, upload, word
from ground import SECOND, Google
from live.on_drive import drive, seconds_until
from live.on_sharing import NO_SECOND
from live.outcome import Outcome, assumption, judged, not_held, person, refused, told, untried

SHORTCUT = "application/vnd.google-apps.shortcut"
FORMATS = {
    "text": "text/plain",
    "Markdown": "text/markdown",
    "RTF": "application/rtf",
    "PDF": "application/pdf",
    "EPUB": "application/epub+zip",
    "OpenDocument": "application/vnd.oasis.opendocument.text",
}
READABLE = ("text", "Markdown", "RTF")
PIECE = 256 * 1024


@assumption("How long a channel lasts.")
def channel(google: Google) -> Outcome:
    return person("With an https address of your own, watch a file until ten days from now; read what is answered.")


@assumption("What X-Goog-Changed says.")
def changed(google: Google) -> Outcome:
    return person(
        "With an https address of your own, watch a file; rename, edit, move and share it; read the header."
    )


@assumption("Ownership across organisations.")
def ownership(google: Google) -> Outcome:
    return person("With accounts of two organisations, transfer a file's ownership, then offer it by pendingOwner.")


@assumption("Layout of conversions.")
def layout(google: Google) -> Outcome:
    files = drive(google).files()
    body = {"name": "Formats", "mimeType": DOC}
    made = files.create(body=body, media_body=upload(word("Outcome one")), fields="id").execute()["id"]
    came = {name: files.export(fileId=made, mimeType=kind).execute() for name, kind in FORMATS.items()}
    said = ", ".join(f"{name} {len(data):,} bytes" for name, data in came.items())
    return judged(all(came.values()) and all(b"Outcome one" in came[name] for name in READABLE), said)


@assumption("A locked file's refusal.")
def locked(google: Google) -> Outcome:
    own = drive(google)
    made = make(own, "Locked", parents=[google.folder])["id"]
    own.files().update(fileId=made, body={"contentRestrictions": [{"readOnly": True}]}).execute()
    calls = {
        "upload": own.files().update(fileId=made, media_body=upload(word("x"))),
        "comment": own.comments().create(fileId=made, body={"content": "x"}, fields="id"),
    }
    answers = {name: refused(call) for name, call in calls.items()}
    own.files().update(fileId=made, body={"contentRestrictions": [{"readOnly": False}]}).execute()
    said = {name: told(error) if error else "taken" for name, error in answers.items()}
    fits = all(f"403 {'contentRestricted'}" in words for words in said.values())
    return judged(fits, "; ".join(f"{name}: {words}" for name, words in said.items()))


@assumption("A shortcut to a shortcut.")
def shortcut(google: Google) -> Outcome:
    own = drive(google)
    target = make(own, "Target", parents=[google.folder])["id"]
    first = make(own, "First", SHORTCUT, parents=[google.folder], shortcutDetails={"targetId": target})["id"]
    body = {"name": "Second", "mimeType": SHORTCUT, "parents": [google.folder]}
    calls = {
        "shortcutTargetInvalid": own.files().create(body={**body, "shortcutDetails": {"targetId": first}}),
        "required": own.files().create(body=body),
    }
    said = {reason: told(error) if (error := refused(call)) else "taken" for reason, call in calls.items()}
    return judged(all(reason in words for reason, words in said.items()), "; ".join(said.values()))


@assumption("Order of permissions.")
def order(google: Google) -> Outcome:
    if not google.second:
        return untried(NO_SECOND)
    own = drive(google)
    made = make(own, "Shared", parents=[google.folder])["id"]
    share(own, made, google.second, sendNotificationEmail=False)
    found = own.permissions().list(fileId=made, fields="permissions(role)").execute()["permissions"]
    roles = [one["role"] for one in found]
    return judged(roles == ["reader", "owner"], f"A file shared with one reader lists {roles}.")


@assumption("A reader's capabilities.")
def capabilities(google: Google) -> Outcome:
    if not google.second:
        return untried(NO_SECOND)
    own, theirs = drive(google), google.service("drive", "v3", SECOND)
    made = make(own, "Shared", parents=[google.folder])["id"]
    share(own, made, google.second, sendNotificationEmail=False)
    names = ("canCopy", "canDownload", "canComment", "canEdit", "canShare", "canTrash")
    asked = theirs.files().get(fileId=made, fields=f"capabilities({','.join(names)})").execute()["capabilities"]
    can = [name for name in names if asked.get(name)]
    return judged(
        can == ["canCopy", "canDownload"], f"A reader has {', '.join(can) or 'none'} of {', '.join(names)}."
    )


@assumption("Changes in My Drive alone.")
def my_changes(google: Google) -> Outcome:
    if not google.second:
        return untried(NO_SECOND)
    own, theirs = drive(google), google.service("drive", "v3", SECOND)
    token = theirs.changes().getStartPageToken().execute()["startPageToken"]
    made = make(own, "Shared", parents=[google.folder])["id"]
    share(own, made, google.second, sendNotificationEmail=False)

    def told_of(**options: Any) -> bool:
        page = theirs.changes().list(pageToken=token, pageSize=1000, **options).execute()
        return any(one.get("fileId") == made for one in page["changes"])

    if seconds_until(google, told_of) is None:
        return not_held("A file shared with one is not told at all.")
    narrow = told_of(restrictToMyDrive=True)
    return judged(not narrow, f"A file shared with one is {'told' if narrow else 'left out'} with restrictToMyDrive.")


@assumption("Resumable pieces.")
def pieces(google: Google) -> Outcome:
    total, sent = 4 * PIECE, {"Content-Type": "application/octet-stream"}
    body = {"name": "Pieces", "parents": [google.folder]}
    start = google.request("POST", "/upload/drive/v3/files?uploadType=resumable&fields=id", json=body)
    place = start.headers["Location"].partition("://")[2].partition("/")[2]

    def put(first: int, length: int) -> Any:
        said = {"Content-Range": f"bytes {first}-{first + length - 1}/{total}"}
        return google.request("PUT", f"/{place}", data=b"x" * length, headers=sent | said, allow_redirects=False)

    uneven = put(0, PIECE + 1000)
    kept = uneven.headers.get("Range", "none")
    small = put(PIECE, 100)
    fits = (uneven.status_code, kept, small.status_code) == (308, f"bytes=0-{PIECE - 1}", 400)
    return judged(fits, f"A piece and 1000 bytes: {uneven.status_code}, kept {kept}; 100 bytes: {small.status_code}.")
