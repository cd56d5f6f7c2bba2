"""Ownership, limits and locks: who hands a file on, who is kept out, what a lock refuses, what each role can."""

from __future__ import annotations

from typing import Any

from drive_helpers import FOLDER, PARENT, SENCO, TEACHER, make, reason, share

GMAIL, OTHER_GMAIL = "one@gmail.com", "two@gmail.com"
READER = {"canCopy", "canDownload"}
COMMENTER = READER | {"canComment"}
WRITER = COMMENTER | {
    *("canChangeCopyRequiresWriterPermission", "canChangeViewersCanCopyContent", "canEdit", "canModifyContent"),
    *("canModifyContentRestriction", "canModifyEditorContentRestriction", "canMoveItemWithinDrive"),
    *("canReadRevisions", "canRename", "canShare"),
}
OWNER = WRITER | {
    *("canDelete", "canModifyOwnerContentRestriction", "canMoveItemIntoTeamDrive", "canMoveItemOutOfDrive"),
    *("canRemoveMyDriveParent", "canTrash", "canUntrash"),
}
NOT_IN_A_FILE_OF_ONES_OWN = {
    *("canAcceptOwnership", "canAddChildren", "canAddMyDriveParent", "canChangeSecurityUpdateEnabled"),
    *("canDisableInheritedPermissions", "canEnableInheritedPermissions", "canListChildren", "canModifyLabels"),
    *("canMoveChildrenWithinDrive", "canReadLabels", "canRemoveChildren", "canRemoveContentRestriction"),
}


def able(drive: Any, file_id: str) -> set[str]:
    told = drive.files().get(fileId=file_id, fields="capabilities").execute()["capabilities"]
    assert set(told) == OWNER | NOT_IN_A_FILE_OF_ONES_OWN
    return {name for name, can in told.items() if can}


def test_each_role_can_what_drive_says_it_can(drive: Any, teacher: Any) -> None:
    file_id = make(drive)["id"]
    assert able(drive, file_id) == OWNER
    for role, can in (("reader", READER), ("commenter", COMMENTER), ("writer", WRITER)):
        share(drive, file_id, TEACHER, role)
        assert able(teacher, file_id) == can, role


def test_a_lock_shows_in_what_one_can(drive: Any, teacher: Any) -> None:
    file_id = make(drive)["id"]
    share(drive, file_id, TEACHER, "writer")
    lock = {"contentRestrictions": [{"readOnly": True, "ownerRestricted": True, "reason": "Done"}]}
    assert reason(teacher.files().update(fileId=file_id, body=lock), 403) == "insufficientFilePermissions"
    drive.files().update(fileId=file_id, body=lock).execute()
    assert "canRemoveContentRestriction" in able(drive, file_id)
    assert not able(teacher, file_id) & {"canEdit", "canComment", "canRemoveContentRestriction"}
    unlock = {"contentRestrictions": [{"readOnly": False}]}
    assert reason(teacher.files().update(fileId=file_id, body=unlock), 403) == "insufficientFilePermissions"
    comment = drive.comments().create(fileId=file_id, body={"content": "Hm"}, fields="id")
    assert reason(comment, 403) == "contentRestricted"
    drive.files().update(fileId=file_id, body={"description": "About"}).execute()
    drive.files().update(fileId=file_id, body={"trashed": True}).execute()


def test_a_consumers_file_is_offered_and_taken(api: Any) -> None:
    one, two = (api("drive", "v3", email) for email in (GMAIL, OTHER_GMAIL))
    file_id = make(one)["id"]
    body = {"type": "user", "role": "owner", "emailAddress": OTHER_GMAIL}
    outright = one.permissions().create(fileId=file_id, body=body, transferOwnership=True)
    assert reason(outright, 403) == "consentRequiredForOwnershipTransfer"
    as_reader = {"type": "user", "role": "reader", "emailAddress": OTHER_GMAIL, "pendingOwner": True}
    refused = one.permissions().create(fileId=file_id, body=as_reader)
    assert reason(refused, 403) == "pendingOwnerWriterRequired"
    offered = one.permissions().create(fileId=file_id, body={**as_reader, "role": "writer"}, fields="*").execute()
    assert offered["pendingOwner"]
    assert "canAcceptOwnership" in able(two, file_id)
    taken = {"fileId": file_id, "permissionId": offered["id"], "body": {"role": "owner"}}
    assert reason(two.permissions().update(**taken), 403) == "forbidden"
    two.permissions().update(**taken, transferOwnership=True).execute()
    listed = two.permissions().list(fileId=file_id, fields="*").execute()["permissions"]
    assert {one["emailAddress"]: one["role"] for one in listed} == {GMAIL: "writer", OTHER_GMAIL: "owner"}


def test_a_file_may_move_to_its_new_owners_root(drive: Any, teacher: Any) -> None:
    file_id = make(drive)["id"]
    share(drive, file_id, TEACHER, "owner", transferOwnership=True, moveToNewOwnersRoot=True)
    root = teacher.files().get(fileId="root").execute()["id"]
    assert teacher.files().get(fileId=file_id, fields="parents").execute() == {"parents": [root]}


def test_who_is_kept_out_of_a_limited_folder_is_listed_and_can_be_let_in(drive: Any, teacher: Any) -> None:
    top = make(drive, mime_type=FOLDER)["id"]
    limited = make(drive, mime_type=FOLDER, parents=[top], inheritedPermissionsDisabled=True)["id"]
    share(drive, top, TEACHER, "writer")
    listed = drive.permissions().list(fileId=limited, fields="*").execute()["permissions"]
    (kept_out,) = [one for one in listed if one["emailAddress"] == TEACHER]
    assert (kept_out["view"], kept_out["role"]) == ("metadata", "reader")
    assert kept_out["inheritedPermissionsDisabled"]
    assert all(detail["inherited"] for detail in kept_out["permissionDetails"])
    share(drive, limited, TEACHER)
    assert teacher.files().get(fileId=limited).execute()["id"] == limited
    (let_in,) = [
        one
        for one in drive.permissions().list(fileId=limited, fields="*").execute()["permissions"]
        if one["emailAddress"] == TEACHER
    ]
    assert "view" not in let_in


def test_a_writer_who_may_share_may_limit_a_folder(drive: Any, teacher: Any) -> None:
    folder = make(drive, mime_type=FOLDER)["id"]
    share(drive, folder, TEACHER, "writer")
    limit = {"inheritedPermissionsDisabled": True}
    teacher.files().update(fileId=folder, body=limit).execute()
    drive.files().update(fileId=folder, body={"writersCanShare": False}).execute()
    other = teacher.files().update(fileId=folder, body={"inheritedPermissionsDisabled": False})
    assert reason(other, 403) == "insufficientFilePermissions"


def test_a_visitor_without_an_account_gets_a_code_for_seven_days(sandbox_server: Any, drive: Any) -> None:
    share(drive, make(drive)["id"], "nobody@post.example", emailMessage="Welcome")
    pin, invitation = sorted(sandbox_server.workspace.outbox, key=lambda mail: mail["kind"], reverse=True)
    assert invitation["message"] == "Welcome"
    assert len(pin["code"]) == 6
    assert pin["valid_until"][:10] > pin["time"][:10]


def test_who_shared_a_file_and_how_it_may_be_copied_is_told(drive: Any, teacher: Any) -> None:
    file_id = make(drive)["id"]
    share(drive, file_id, TEACHER, "writer")
    told = teacher.files().get(fileId=file_id, fields="sharingUser/emailAddress").execute()
    assert told == {"sharingUser": {"emailAddress": SENCO}}
    everybody = {"itemDownloadRestriction": {"restrictedForReaders": True, "restrictedForWriters": True}}
    drive.files().update(fileId=file_id, body={"downloadRestrictions": everybody}).execute()
    assert not able(teacher, file_id) & {"canCopy", "canDownload"}
    assert {"canCopy", "canDownload"} <= able(drive, file_id)


def test_a_drives_members_do_not_expire(drive: Any, api: Any) -> None:
    api("drive", "v3", PARENT)
    shared = drive.drives().create(requestId="r1", body={"name": "SEN"}).execute()["id"]
    body = {"type": "user", "role": "reader", "emailAddress": PARENT, "expirationTime": "2030-01-01T00:00:00Z"}
    asked = drive.permissions().create(fileId=shared, body=body, supportsAllDrives=True)
    assert reason(asked, 403) == "expirationDateNotAllowedForSharedDriveMembers"
