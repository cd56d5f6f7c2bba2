"""Who sees what in Drive: permissions, inheritance, drive.file, and the mail that goes out."""

from __future__ import annotations

from typing import Any

import pytest
from drive_helpers import (
    DOC,
    DOCX,
    FOLDER,
    PARENT,
    SENCO,
    STRANGER,
    TEACHER,
    make,
    reason,
    refusal,
    share,
    upload,
    word,
)

from sandbox.drive.access import grant_file_scope


@pytest.fixture
def parent(api: Any) -> Any:
    return api("drive", "v3", PARENT)


def names(drive: Any, **options: Any) -> list[str]:
    return sorted(f["name"] for f in drive.files().list(fields="files(name)", **options).execute()["files"])


def test_a_strangers_file_is_404_by_every_method_of_drive_and_403_in_its_editor(api: Any, drive: Any) -> None:
    doc = make(drive, appProperties={"a": "b"})["id"]
    stranger = api("drive", "v3", STRANGER)
    files, permissions = stranger.files(), stranger.permissions()
    for request in (
        files.get(fileId=doc),
        files.export(fileId=doc, mimeType="text/plain"),
        files.update(fileId=doc, body={"name": "mine"}),
        files.copy(fileId=doc, body={}),
        files.delete(fileId=doc),
        permissions.list(fileId=doc),
        permissions.create(fileId=doc, body={"type": "user", "role": "reader", "emailAddress": STRANGER}),
        permissions.delete(fileId=doc, permissionId="anyoneWithLink"),
        files.create(body={"name": "x", "parents": [doc]}),
    ):
        assert refusal(request, 404)["message"] == f"File not found: {doc}."
    docs = api("docs", "v1", STRANGER)
    assert refusal(docs.documents().get(documentId=doc), 403)["status"] == "PERMISSION_DENIED"
    assert names(stranger) == []


def test_a_reader_reads_and_exports_but_changes_nothing(drive: Any, parent: Any) -> None:
    body = {"name": "Maya", "mimeType": DOC}
    doc = drive.files().create(body=body, media_body=upload(word("Outcome"))).execute()["id"]
    share(drive, doc, PARENT)
    got = parent.files().get(fileId=doc, fields="ownedByMe,capabilities(canEdit,canShare,canDownload),permissions")
    assert got.execute() == {
        "ownedByMe": False,
        "capabilities": {"canEdit": False, "canShare": False, "canDownload": True},
    }
    assert parent.files().export(fileId=doc, mimeType=DOCX).execute()[:2] == b"PK"
    assert names(parent, q="sharedWithMe = true") == ["Maya"]
    for request in (
        parent.files().update(fileId=doc, body={"name": "x"}),
        parent.files().update(fileId=doc, media_body=upload(word("x"))),
        parent.files().update(fileId=doc, body={"trashed": True}),
        parent.files().delete(fileId=doc),
        parent.permissions().list(fileId=doc),
        parent.permissions().create(fileId=doc, body={"type": "anyone", "role": "reader"}),
    ):
        error = refusal(request, 403)
        assert error["errors"][0]["reason"] == "insufficientFilePermissions"
        assert error["message"] == f"The user does not have sufficient permissions for file {doc}."


def test_a_reader_who_may_not_copy_gets_no_bytes(drive: Any, parent: Any) -> None:
    doc = make(drive, copyRequiresWriterPermission=True)["id"]
    share(drive, doc, PARENT)
    assert reason(parent.files().export(fileId=doc, mimeType="text/plain"), 403) == "cannotExportFile"
    assert reason(parent.files().copy(fileId=doc, body={}), 403) == "cannotCopyFile"


def test_a_share_mails_the_person_with_the_link_and_message(sandbox_server: Any, parent: Any, drive: Any) -> None:
    doc = make(drive, "Maya's plan", fields="id,webViewLink")
    share(drive, doc["id"], PARENT, emailMessage="Please read before Tuesday.")
    (mail,) = sandbox_server.workspace.outbox
    assert (mail["kind"], mail["to"], mail["from"]) == ("drive-share", PARENT, SENCO)
    assert "Maya's plan" in mail["subject"]
    assert "Please read before Tuesday." in mail["body"]
    assert doc["webViewLink"] in mail["body"]


def test_a_silent_share_mails_nobody(sandbox_server: Any, parent: Any, drive: Any) -> None:
    share(drive, make(drive)["id"], PARENT, sendNotificationEmail=False)
    assert sandbox_server.workspace.outbox == []


def test_an_address_without_an_account_must_be_notified(sandbox_server: Any, drive: Any) -> None:
    doc = make(drive)["id"]
    body = {"type": "user", "role": "reader", "emailAddress": "nobody@post.example"}
    request = drive.permissions().create(fileId=doc, body=body, sendNotificationEmail=False)
    error = refusal(request, 400)
    assert error["errors"][0]["reason"] == "invalidSharingRequest"
    assert "must check the Notify people box" in error["message"]
    assert sandbox_server.workspace.outbox == []
    drive.permissions().create(fileId=doc, body=body).execute()
    kinds = [(mail["kind"], mail["to"]) for mail in sandbox_server.workspace.outbox]
    assert kinds == [("drive-visitor-pin", "nobody@post.example"), ("drive-share", "nobody@post.example")]


def test_sharing_again_keeps_the_permission_and_never_lowers_it(drive: Any, parent: Any) -> None:
    doc, other = make(drive)["id"], make(drive)["id"]
    first = share(drive, doc, PARENT, "writer")
    again = share(drive, doc, PARENT.upper(), "reader")
    assert (again["id"], again["role"]) == (first["id"], "writer")
    assert share(drive, other, PARENT)["id"] == first["id"]
    assert len(drive.permissions().list(fileId=doc).execute()["permissions"]) == 2


def test_a_permission_answers_four_fields_by_default(drive: Any, parent: Any) -> None:
    doc = make(drive)["id"]
    body = {"type": "user", "role": "reader", "emailAddress": PARENT}
    made = drive.permissions().create(fileId=doc, body=body).execute()
    assert made == {"kind": "drive#permission", "id": made["id"], "type": "user", "role": "reader"}
    assert drive.permissions().get(fileId=doc, permissionId=made["id"]).execute() == made
    assert made in drive.permissions().list(fileId=doc).execute()["permissions"]


def test_a_revoked_person_sees_nothing_any_more(drive: Any, parent: Any) -> None:
    doc = make(drive)["id"]
    permission = share(drive, doc, PARENT)["id"]
    assert drive.permissions().delete(fileId=doc, permissionId=permission).execute() == ""
    refusal(parent.files().get(fileId=doc), 404)
    refusal(drive.permissions().delete(fileId=doc, permissionId=permission), 404)


def test_a_folders_readers_read_what_is_in_it_and_cannot_be_removed_below(drive: Any, parent: Any) -> None:
    folder = make(drive, "SEN", FOLDER)["id"]
    doc = make(drive, "Maya", parents=[folder])["id"]
    permission = share(drive, folder, PARENT)["id"]
    assert parent.files().get(fileId=doc, fields="name").execute() == {"name": "Maya"}
    details = drive.permissions().get(fileId=doc, permissionId=permission, fields="permissionDetails").execute()
    assert details["permissionDetails"] == [
        {"permissionType": "file", "role": "reader", "inherited": True, "inheritedFrom": folder}
    ]
    request = drive.permissions().delete(fileId=doc, permissionId=permission)
    assert reason(request, 403) == "cannotDeleteInheritedPermission"
    drive.permissions().delete(fileId=folder, permissionId=permission).execute()
    refusal(parent.files().get(fileId=doc), 404)


def test_writers_share_unless_the_owner_says_no(api: Any, drive: Any, parent: Any) -> None:
    doc = make(drive)["id"]
    share(drive, doc, TEACHER, "writer")
    teacher = api("drive", "v3", TEACHER)
    share(teacher, doc, PARENT)
    drive.files().update(fileId=doc, body={"writersCanShare": False}).execute()
    assert reason(teacher.permissions().list(fileId=doc), 403) == "insufficientFilePermissions"
    assert "permissions" not in teacher.files().get(fileId=doc, fields="*").execute()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"type": "user", "emailAddress": PARENT}, 400),
        ({"role": "reader", "emailAddress": PARENT}, 400),
        ({"type": "user", "role": "reader"}, 400),
        ({"type": "user", "role": "reader", "emailAddress": "not an address"}, 400),
        ({"type": "domain", "role": "reader"}, 400),
        ({"type": "user", "role": "boss", "emailAddress": PARENT}, 400),
        ({"type": "user", "role": "organizer", "emailAddress": PARENT}, 403),
        ({"type": "user", "role": "owner", "emailAddress": PARENT}, 403),
        ({"type": "anyone", "role": "reader", "expirationTime": "2099-01-01T00:00:00Z"}, 403),
        ({"type": "user", "role": "reader", "emailAddress": PARENT, "expirationTime": "2001-01-01T00:00:00Z"}, 403),
    ],
)
def test_a_malformed_grant_is_refused_and_gives_nothing(drive: Any, body: dict[str, str], status: int) -> None:
    doc = make(drive)["id"]
    refusal(drive.permissions().create(fileId=doc, body=body), status)
    assert len(drive.permissions().list(fileId=doc).execute()["permissions"]) == 1


def test_the_owner_stays_unless_ownership_is_transferred(api: Any, drive: Any) -> None:
    doc = make(drive)["id"]
    owner = drive.permissions().list(fileId=doc).execute()["permissions"][0]["id"]
    kept = refusal(drive.permissions().delete(fileId=doc, permissionId=owner), 403)
    assert kept["message"] == "The owner of a file cannot be removed."
    assert reason(drive.permissions().update(fileId=doc, permissionId=owner, body={"role": "reader"}), 403) == (
        "cannotRemoveOwner"
    )
    api("drive", "v3", TEACHER)
    given = share(drive, doc, TEACHER, "owner", transferOwnership=True)
    assert given["role"] == "owner"
    assert drive.files().get(fileId=doc, fields="ownedByMe,owners/emailAddress").execute() == {
        "ownedByMe": False,
        "owners": [{"emailAddress": TEACHER}],
    }


def test_a_grant_ends_when_its_time_is_up(sandbox_server: Any, drive: Any, parent: Any) -> None:
    doc = make(drive)["id"]
    until = sandbox_server.workspace.clock.now().replace(microsecond=0).isoformat()
    request = drive.permissions().create(
        fileId=doc,
        body={"type": "user", "role": "reader", "emailAddress": PARENT, "expirationTime": until},
    )
    sandbox_server.workspace.clock.advance(-3600)
    request.execute()
    assert names(parent) == ["Plan"]
    sandbox_server.workspace.clock.advance(3601)
    assert names(parent) == []


def test_a_batch_of_grants_is_answered_one_by_one(sandbox_server: Any, drive: Any, parent: Any) -> None:
    docs = [make(drive, f"Plan {n}")["id"] for n in range(3)]
    answers: dict[str, Any] = {}
    batch = drive.new_batch_http_request(callback=lambda key, reply, error: answers.update({key: error or reply}))
    for doc in [*docs, "nowhere"]:
        body = {"type": "user", "role": "reader", "emailAddress": PARENT}
        batch.add(drive.permissions().create(fileId=doc, body=body, sendNotificationEmail=False), request_id=doc)
    batch.execute()
    assert [answers[doc]["role"] for doc in docs] == ["reader"] * 3
    assert answers["nowhere"].status_code == 404
    assert names(parent) == ["Plan 0", "Plan 1", "Plan 2"]


def test_drive_file_is_per_person_and_per_app(sandbox_server: Any, api: Any) -> None:
    ours = api("drive", "v3", SENCO, scopes=["drive.file"])
    theirs = api("drive", "v3", SENCO, scopes=["drive.file"], client_id="other.example")
    teacher = api("drive", "v3", TEACHER, scopes=["drive.file"])
    doc = make(ours, "Maya")["id"]
    share(ours, doc, TEACHER, "writer")
    assert (names(ours), names(theirs), names(teacher)) == (["Maya"], [], [])
    refusal(theirs.files().get(fileId=doc), 404)
    refusal(teacher.files().get(fileId=doc), 404)
    grant_file_scope(sandbox_server.workspace, TEACHER, "senplans.apps.googleusercontent.com", doc)
    assert names(teacher) == ["Maya"]
    teacher.files().update(fileId=doc, body={"name": "Maya 2"}).execute()


def test_picking_a_file_one_cannot_see_gives_nothing(sandbox_server: Any, api: Any) -> None:
    doc = make(api("drive", "v3", SENCO))["id"]
    with pytest.raises(KeyError):
        grant_file_scope(sandbox_server.workspace, STRANGER, "senplans.apps.googleusercontent.com", doc)


def test_a_folder_with_an_unopened_file_is_not_shared_under_drive_file(api: Any) -> None:
    app = api("drive", "v3", SENCO, scopes=["drive.file"])
    folder = make(app, "SEN", FOLDER)["id"]
    make(api("drive", "v3", SENCO, client_id="drive.example"), "By hand", parents=[folder])
    body = {"type": "user", "role": "reader", "emailAddress": TEACHER}
    assert reason(app.permissions().create(fileId=folder, body=body), 403) == "appNotAuthorizedToChild"
    assert reason(app.files().update(fileId=folder, body={"trashed": True}), 403) == "appNotAuthorizedToChild"


def test_app_properties_are_private_to_the_app(api: Any) -> None:
    ours = api("drive", "v3", SENCO)
    theirs = api("drive", "v3", SENCO, client_id="other.example")
    doc = make(ours, appProperties={"pupil": "P09"}, properties={"term": "autumn"})["id"]
    seen = theirs.files().get(fileId=doc, fields="appProperties,properties").execute()
    assert seen == {"properties": {"term": "autumn"}}
    query = "appProperties has {key='pupil' and value='P09'}"
    assert names(ours, q=query) == ["Plan"]
    assert names(theirs, q=query) == []


def test_a_reading_scope_never_writes(api: Any) -> None:
    doc = make(api("drive", "v3", SENCO, client_id="drive.example"))["id"]
    reader = api("drive", "v3", SENCO, scopes=["drive.readonly", "drive.file"])
    assert reader.files().get(fileId=doc, fields="name").execute() == {"name": "Plan"}
    assert reason(reader.files().update(fileId=doc, body={"name": "x"}), 403) == "appNotAuthorizedToFile"
    metadata = api("drive", "v3", SENCO, scopes=["drive.metadata.readonly", "drive.file"])
    assert reason(metadata.files().export(fileId=doc, mimeType="text/plain"), 403) == "appNotAuthorizedToFile"


def test_a_trashed_file_stays_readable_to_its_readers(drive: Any, parent: Any) -> None:
    doc = make(drive)["id"]
    share(drive, doc, PARENT)
    drive.files().update(fileId=doc, body={"trashed": True}).execute()
    assert parent.files().get(fileId=doc, fields="trashed").execute() == {"trashed": True}


def test_a_star_is_ones_own(drive: Any, parent: Any) -> None:
    doc = make(drive)["id"]
    share(drive, doc, PARENT)
    parent.files().update(fileId=doc, body={"starred": True}).execute()
    assert names(parent, q="starred = true") == ["Plan"]
    assert names(drive, q="starred = true") == []


def test_anybody_may_give_up_their_own_access(drive: Any, parent: Any) -> None:
    doc = make(drive)["id"]
    permission = share(drive, doc, PARENT)["id"]
    parent.permissions().delete(fileId=doc, permissionId=permission).execute()
    assert names(parent) == []


def test_a_link_grant_opens_a_file_without_listing_it(api: Any, drive: Any) -> None:
    doc = make(drive)["id"]
    made = drive.permissions().create(fileId=doc, body={"type": "anyone", "role": "reader"}).execute()
    assert made == {"kind": "drive#permission", "id": "anyoneWithLink", "type": "anyone", "role": "reader"} | {
        "allowFileDiscovery": False
    }
    stranger = api("drive", "v3", STRANGER)
    assert stranger.files().get(fileId=doc, fields="name").execute() == {"name": "Plan"}
    assert names(stranger) == []
    assert names(drive, q="visibility = 'anyoneWithLink'") == ["Plan"]
