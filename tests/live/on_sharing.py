"""What is taken for granted about who may see a file: other addresses, people without an account, folders."""

from __future__ import annotations

from typing import Any

from drive_helpers import FOLDER, make, share
from googleapiclient.errors import HttpError
from ground import SECOND, Google
from live.on_drive import drive, seconds_until
from live.outcome import Outcome, assumption, held, judged, not_held, refused, told, untried

from server.google.errors import read_answer
from server.google.refusals import sharing_sentence

NO_SECOND = "No second account was given (SENPLANS_LIVE_SECOND_CREDENTIALS)."
NO_ALIAS = "No other address of the second account was given (SENPLANS_LIVE_ALIAS)."
NO_MAILBOX = "No mailbox without a Google account was given (SENPLANS_LIVE_NO_ACCOUNT)."


@assumption("Other names of a mailbox.")
def alias(google: Google) -> Outcome:
    if not (google.second and google.alias):
        return untried(NO_ALIAS if google.second else NO_SECOND)
    own = drive(google)
    made = make(own, "For an alias", parents=[google.folder])["id"]
    share(own, made, google.alias, sendNotificationEmail=False)
    found = own.permissions().list(fileId=made, fields="permissions(emailAddress,role)").execute()["permissions"]
    readers = [one["emailAddress"].lower() for one in found if one["role"] == "reader"]
    told_as = "the account's own address" if readers == [google.second.lower()] else "the alias, or somebody else"
    return judged(readers == [google.second.lower()], f"A share with the alias is listed under {told_as}.")


@assumption("Parents without a Google account.")
def no_account(google: Google) -> Outcome:
    if not google.no_account:
        return untried(NO_MAILBOX)
    own = drive(google)
    made = make(own, "For a parent", parents=[google.folder])["id"]
    body = {"type": "user", "role": "reader", "emailAddress": google.no_account}
    silent = refused(own.permissions().create(fileId=made, body=body, sendNotificationEmail=False))
    asked = refused(own.permissions().create(fileId=made, body=body, sendNotificationEmail=True))
    without = told(silent) if silent else "accepted"
    if asked is None:
        return held(f"With an invitation: accepted. Without: {without}.")
    known = _known(asked)
    return judged(known, f"With an invitation: {told(asked)}, {'a' if known else 'not a'} reason with words of ours. "
                         f"Without: {without}.")  # fmt: skip


def _known(error: HttpError) -> bool:
    answer = read_answer(error.status_code, error.content, {})
    return not sharing_sentence(answer).startswith("Google refused this with the code")


@assumption("A folder deleted for good.")
def deleted_folder(google: Google) -> Outcome:
    if not google.second:
        return untried(NO_SECOND)
    own, theirs = drive(google), google.service("drive", "v3", SECOND)
    folder = make(own, "Shared", FOLDER, parents=[google.folder])["id"]
    mine = make(own, "Mine", parents=[folder])["id"]
    share(own, folder, google.second, "writer", sendNotificationEmail=False)
    other = make(theirs, "Theirs", parents=[folder])["id"]
    try:
        own.files().delete(fileId=folder).execute()
        gone = refused(own.files().get(fileId=mine))
        places = theirs.files().get(fileId=other, fields="parents").execute().get("parents", [])
        root = theirs.files().get(fileId="root", fields="id").execute()["id"]
    finally:
        theirs.files().delete(fileId=other).execute()
    fits = gone is not None and gone.status_code == 404 and places in ([root], [])
    where = "their My Drive" if places == [root] else "no folder"
    return judged(fits, f"The owner's file is {'gone' if gone else 'still there'}, the other's is in {where}.")


@assumption("Sharing down a folder in changes.")
def folder_changes(google: Google) -> Outcome:
    if not google.second:
        return untried(NO_SECOND)
    own, theirs = drive(google), google.service("drive", "v3", SECOND)
    folder = make(own, "Changes", FOLDER, parents=[google.folder])["id"]
    inside = {make(own, f"{number}", parents=[folder])["id"] for number in range(3)}
    token = theirs.changes().getStartPageToken().execute()["startPageToken"]
    share(own, folder, google.second, sendNotificationEmail=False)
    found: dict[str, Any] = {}

    def told_of() -> bool:
        page = theirs.changes().list(pageToken=token, pageSize=1000).execute()
        found.update({one["fileId"]: one for one in page["changes"] if one.get("fileId")})
        return inside <= found.keys()

    waited = seconds_until(google, told_of, step=5)
    if waited is None:
        return not_held(f"Of three files in the shared folder {len(inside & found.keys())} were told.")
    return held(f"All three files in the shared folder were told after {waited:g} s.")


@assumption("A move without removeParents.")
def moved(google: Google) -> Outcome:
    own = drive(google)
    first, second = (make(own, name, FOLDER, parents=[google.folder])["id"] for name in ("First", "Second"))
    made = make(own, "Moved", parents=[first])["id"]
    error = refused(own.files().update(fileId=made, addParents=second, fields="id"))
    places = own.files().get(fileId=made, fields="parents").execute().get("parents", [])
    names = ["the first" if one == first else "the second" for one in places]
    said = f"{told(error) if error else 'Taken'}; the file stands in {' and '.join(names)} folder."
    return judged(error is None and places == [second], said)


@assumption("The owner's own permission.")
def owners(google: Google) -> Outcome:
    own = drive(google)
    made = make(own, "Owned", parents=[google.folder])["id"]
    found = own.permissions().list(fileId=made, fields="permissions(id,role)").execute()["permissions"]
    owner = next(one["id"] for one in found if one["role"] == "owner")
    error = refused(own.permissions().delete(fileId=made, permissionId=owner))
    return judged(error is not None and "cannotRemoveOwner" in told(error), told(error) if error else "Taken.")
