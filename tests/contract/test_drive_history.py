"""Drive's comments, replies, revisions and changes through Google's own client."""

from __future__ import annotations

from typing import Any

import pytest
from drive_helpers import DOC, FOLDER, PARENT, SENCO, STRANGER, TEACHER, make, reason, share, upload

pytestmark = pytest.mark.any_google


def comment(drive: Any, file_id: str, content: str = "Please check", **body: Any) -> Any:
    return drive.comments().create(fileId=file_id, body={"content": content, **body}, fields="*").execute()


def test_a_comment_is_its_authors_and_is_resolved_by_a_reply(drive: Any, teacher: Any) -> None:
    file_id = make(drive)["id"]
    share(drive, file_id, TEACHER, "commenter")
    made = comment(teacher, file_id, "Is <this> so?")
    assert made["author"] == {"kind": "drive#user", "displayName": "Teacher", "me": True}
    assert made["htmlContent"] == "Is &lt;this&gt; so?"
    assert made["replies"] == []
    assert "resolved" not in made
    ids = {"fileId": file_id, "commentId": made["id"]}
    assert reason(drive.comments().update(**ids, body={"content": "No"}, fields="*"), 403)
    drive.replies().create(**ids, body={"action": "resolve"}, fields="id").execute()
    kept = drive.comments().get(**ids, fields="resolved,replies(action,author/me)").execute()
    assert kept == {"resolved": True, "replies": [{"action": "resolve", "author": {"me": True}}]}


def test_a_deleted_comment_is_found_only_on_request_and_says_nothing(drive: Any) -> None:
    file_id = make(drive)["id"]
    made = comment(drive, file_id)
    ids = {"fileId": file_id, "commentId": made["id"]}
    drive.comments().delete(**ids).execute()
    assert reason(drive.comments().get(**ids, fields="*"), 404) == "notFound"
    kept = drive.comments().get(**ids, fields="*", includeDeleted=True).execute()
    assert kept["deleted"] is True
    assert "content" not in kept
    assert drive.comments().list(fileId=file_id, fields="comments").execute() == {"comments": []}


def test_comments_want_fields_and_a_commenter(api: Any, drive: Any) -> None:
    file_id = make(drive)["id"]
    share(drive, file_id, PARENT)
    assert reason(drive.comments().list(fileId=file_id), 400) == "required"
    reader = api("drive", "v3", PARENT).comments().create(fileId=file_id, body={"content": "Hm"}, fields="id")
    assert reason(reader, 403) == "insufficientFilePermissions"


def test_comments_come_in_pages(drive: Any) -> None:
    file_id = make(drive)["id"]
    made = [comment(drive, file_id, f"Number {n}")["id"] for n in range(5)]
    found: list[str] = []
    token = None
    while True:
        page = drive.comments().list(fileId=file_id, fields="*", pageSize=2, pageToken=token).execute()
        found += [one["id"] for one in page["comments"]]
        token = page.get("nextPageToken")
        if not token:
            break
    assert sorted(found) == sorted(made)


def test_an_upload_keeps_what_it_replaces(drive: Any) -> None:
    body = {"name": "notes.txt"}
    file_id = drive.files().create(body=body, media_body=upload(b"one", "text/plain")).execute()["id"]
    drive.files().update(fileId=file_id, media_body=upload(b"two", "text/plain")).execute()
    revisions = drive.revisions().list(fileId=file_id, fields="revisions(id,size,keepForever)").execute()["revisions"]
    assert [one["keepForever"] for one in revisions] == [False, False]
    first, last = (one["id"] for one in revisions)
    assert drive.revisions().get_media(fileId=file_id, revisionId=first).execute() == b"one"
    assert drive.files().get(fileId=file_id, fields="headRevisionId").execute() == {"headRevisionId": last}
    drive.revisions().delete(fileId=file_id, revisionId=last).execute()
    assert drive.files().get_media(fileId=file_id).execute() == b"one"
    assert reason(drive.revisions().delete(fileId=file_id, revisionId=first), 403) == "cannotDeleteOnlyRevision"


def test_a_native_file_has_numbered_revisions_that_stay(api: Any, drive: Any) -> None:
    doc, folder = (make(drive, mime_type=kind)["id"] for kind in (DOC, FOLDER))
    sheet = api("sheets", "v4", SENCO).spreadsheets().create(body={}).execute()["spreadsheetId"]
    listed = drive.revisions().list(fileId=sheet, fields="revisions(id,keepForever)").execute()
    assert listed == {"revisions": [{"id": "1"}, {"id": "2"}]}
    assert reason(drive.revisions().delete(fileId=doc, revisionId="1"), 403) == "revisionDeletionNotSupported"
    assert reason(drive.revisions().list(fileId=folder), 403) == "revisionsNotSupported"
    assert reason(drive.revisions().get(fileId=doc, revisionId="9"), 404) == "notFound"


def changed(drive: Any, token: str, **options: Any) -> tuple[dict[str, bool], str]:
    page = drive.changes().list(pageToken=token, **options).execute()
    return {one["fileId"]: one["removed"] for one in page["changes"]}, page.get("newStartPageToken", "")


def test_changes_are_what_happened_since_the_token_once_a_file(drive: Any) -> None:
    make(drive, "before")
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    assert changed(drive, token) == ({}, token)
    file_id = make(drive, "after")["id"]
    drive.files().update(fileId=file_id, body={"name": "renamed"}).execute()
    page = drive.changes().list(pageToken=token).execute()
    (only,) = page["changes"]
    assert only["file"] == {"kind": "drive#file", "id": file_id, "name": "renamed", "mimeType": DOC}
    assert changed(drive, page["newStartPageToken"])[0] == {}


def test_lost_access_and_deletion_are_removals_only_for_whom_they_concern(api: Any, drive: Any, teacher: Any) -> None:
    file_id = make(drive)["id"]
    grant = share(drive, file_id, TEACHER)
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    drive.permissions().delete(fileId=file_id, permissionId=grant["id"]).execute()
    assert changed(teacher, token)[0] == {file_id: True}
    assert changed(teacher, token, includeRemoved=False)[0] == {}
    assert changed(drive, token)[0] == {file_id: False}
    drive.files().delete(fileId=file_id).execute()
    assert changed(drive, token)[0] == {file_id: True}
    assert changed(api("drive", "v3", STRANGER), token)[0] == {}


def test_sharing_a_folder_changes_what_is_in_it(drive: Any, teacher: Any) -> None:
    folder = make(drive, mime_type=FOLDER)["id"]
    inside = make(drive, parents=[folder])["id"]
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    grant = share(drive, folder, TEACHER)
    assert changed(teacher, token)[0] == {folder: False, inside: False}
    drive.permissions().delete(fileId=folder, permissionId=grant["id"]).execute()
    assert changed(teacher, token)[0] == {folder: True, inside: True}


def test_changes_come_in_pages_that_miss_nothing(drive: Any) -> None:
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    made = [make(drive, f"file {n}")["id"] for n in range(5)]
    found: list[str] = []
    while token:
        page = drive.changes().list(pageToken=token, pageSize=2).execute()
        found += [one["fileId"] for one in page["changes"]]
        token = page.get("nextPageToken", "")
    assert found == made
    assert reason(drive.changes().list(pageToken="soon"), 400) == "invalid"


def test_emptying_the_bin_deletes_only_what_is_in_it_and_ones_own(drive: Any, teacher: Any) -> None:
    mine, kept, theirs = make(drive)["id"], make(drive)["id"], make(teacher)["id"]
    for owner, file_id in ((drive, mine), (teacher, theirs)):
        owner.files().update(fileId=file_id, body={"trashed": True}).execute()
    drive.files().emptyTrash().execute()
    assert reason(drive.files().get(fileId=mine), 404) == "notFound"
    assert drive.files().get(fileId=kept).execute()["id"] == kept
    assert teacher.files().get(fileId=theirs).execute()["id"] == theirs


@pytest.mark.sandbox_only("it says what the sandbox lacks")
def test_a_conversion_that_google_has_and_the_sandbox_has_not_is_501_and_one_that_nobody_has_400(drive: Any) -> None:
    file_id = make(drive)["id"]
    assert reason(drive.files().export(fileId=file_id, mimeType="video/mp4"), 400) == "badRequest"
    picture = drive.files().create(body={"mimeType": DOC}, media_body=upload(b"GIF89a", "image/gif"))
    assert reason(picture, 501) == "notImplemented"
