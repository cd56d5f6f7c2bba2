"""Drive v2 by Google's own client: what PyDrive2 and older samples call, in v2's words."""

from __future__ import annotations

import io
from typing import Any

import pytest
from drive_helpers import DOC, FOLDER, SENCO, TEACHER, reason, upload
from googleapiclient.http import MediaInMemoryUpload, MediaIoBaseDownload


@pytest.fixture
def old(api: Any) -> Any:
    return api("drive", "v2", SENCO)


def insert(old: Any, title: str = "Plan", data: bytes | None = None, **body: Any) -> Any:
    media = {} if data is None else {"media_body": upload(data, "text/plain")}
    return old.files().insert(body={"title": title, **body}, **media).execute()


def titles(old: Any, **asked: Any) -> list[str]:
    return [item["title"] for item in old.files().list(**asked).execute()["items"]]


def downloaded(request: Any, chunk: int = 4) -> bytes:
    out = io.BytesIO()
    loader, done = MediaIoBaseDownload(out, request, chunksize=chunk), False
    while not done:
        _, done = loader.next_chunk()
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b"x", b"hello world"])
def test_bytes_come_back_piece_by_piece(old: Any, data: bytes) -> None:
    media = MediaInMemoryUpload(data, mimetype="text/plain", resumable=True)
    made = old.files().insert(body={"title": "Text"}, media_body=media).execute()
    assert made["fileSize"] == str(len(data))
    assert downloaded(old.files().get_media(fileId=made["id"])) == data


def test_a_doc_is_not_downloaded_but_exported(old: Any) -> None:
    made = insert(old, mimeType=DOC)
    assert reason(old.files().get_media(fileId=made["id"]), 403) == "fileNotDownloadable"
    assert old.files().export(fileId=made["id"], mimeType="text/plain").execute().startswith(b"\xef\xbb\xbf")


def test_files_are_listed_by_v2s_words(old: Any) -> None:
    for title in ("Aa", "Ab", "Ba"):
        insert(old, title)
    assert titles(old, q="title contains 'A' and trashed = false", orderBy="title desc") == ["Ab", "Aa"]
    first = old.files().list(maxResults=2, orderBy="title").execute()
    assert (first["kind"], len(first["items"])) == ("drive#fileList", 2)
    rest = old.files().list(maxResults=2, orderBy="title", pageToken=first["nextPageToken"]).execute()
    assert [item["title"] for item in rest["items"]] == ["Ba"]
    assert reason(old.files().list(q="name = 'Aa'"), 400) == "invalid"


def test_a_file_goes_into_the_bin_and_out(old: Any) -> None:
    file_id = insert(old)["id"]
    assert old.files().trash(fileId=file_id).execute()["labels"]["trashed"]
    assert titles(old, q="trashed = true") == ["Plan"]
    assert not old.files().untrash(fileId=file_id).execute()["labels"]["trashed"]
    old.files().delete(fileId=file_id).execute()
    assert reason(old.files().get(fileId=file_id), 404) == "notFound"


def test_a_whole_resource_may_be_sent_back(old: Any) -> None:
    made = insert(old)
    changed = old.files().update(fileId=made["id"], body={**made, "title": "New"}).execute()
    assert (changed["title"], changed["parents"]) == ("New", made["parents"])
    patched = old.files().patch(fileId=made["id"], body={"description": "About"}).execute()
    assert (patched["title"], patched["description"]) == ("New", "About")


def test_a_file_moves_by_its_parents_from_either_end(old: Any) -> None:
    one, two = (insert(old, title, mimeType=FOLDER)["id"] for title in "12")
    file_id = insert(old, parents=[{"id": one}])["id"]
    moved = old.files().update(fileId=file_id, body={"parents": [{"kind": "drive#fileLink", "id": two}]}).execute()
    assert [parent["id"] for parent in moved["parents"]] == [two]
    old.children().insert(folderId=one, body={"id": file_id}).execute()
    assert [item["id"] for item in old.parents().list(fileId=file_id).execute()["items"]] == [one]
    assert [item["id"] for item in old.children().list(folderId=one).execute()["items"]] == [file_id]
    assert reason(old.parents().get(fileId=file_id, parentId=two), 404) == "notFound"


def test_permissions_name_their_grantee_by_value(api: Any, old: Any) -> None:
    api("drive", "v2", TEACHER)
    file_id = insert(old)["id"]
    body = {"type": "user", "value": TEACHER, "role": "reader", "additionalRoles": ["commenter"]}
    made = old.permissions().insert(fileId=file_id, body=body, sendNotificationEmails=False).execute()
    assert (made["emailAddress"], made["role"], made["additionalRoles"]) == (TEACHER, "reader", ["commenter"])
    assert old.permissions().getIdForEmail(email=TEACHER).execute()["id"] == made["id"]
    anyone = {"type": "anyone", "value": "anyone", "role": "reader", "withLink": True}
    old.permissions().insert(fileId=file_id, body=anyone).execute()
    listed = old.permissions().list(fileId=file_id).execute()["items"]
    assert [item["type"] for item in listed] == ["anyone", "user", "user"]
    assert listed[-1]["role"] == "owner"
    raised = old.permissions().patch(fileId=file_id, permissionId=made["id"], body={"role": "writer"}).execute()
    assert raised["role"] == "writer"
    old.permissions().delete(fileId=file_id, permissionId=made["id"]).execute()
    assert len(old.permissions().list(fileId=file_id).execute()["items"]) == 2


def test_a_copy_properties_revisions_and_changes_in_v2s_words(old: Any) -> None:
    token = old.changes().getStartPageToken().execute()["startPageToken"]
    file_id = insert(old, "Text", b"one")["id"]
    copy = old.files().copy(fileId=file_id, body={"title": "Copy"}).execute()
    assert copy["title"] == "Copy"
    old.properties().insert(fileId=file_id, body={"key": "k", "value": "v", "visibility": "PUBLIC"}).execute()
    assert [one["key"] for one in old.files().get(fileId=file_id).execute()["properties"]] == ["k"]
    assert old.properties().get(fileId=file_id, propertyKey="k", visibility="PUBLIC").execute()["value"] == "v"
    old.properties().delete(fileId=file_id, propertyKey="k", visibility="PUBLIC").execute()
    assert old.properties().list(fileId=file_id).execute()["items"] == []
    (revision,) = old.revisions().list(fileId=file_id).execute()["items"]
    assert (revision["fileSize"], revision["pinned"]) == ("3", False)
    changed = old.changes().list(pageToken=token).execute()
    assert {item["file"]["title"] for item in changed["items"]} == {"Text", "Copy"}
    assert changed["largestChangeId"] >= changed["items"][-1]["id"]


def test_about_says_who_and_where(old: Any) -> None:
    about = old.about().get().execute()
    assert about["user"]["emailAddress"] == SENCO
    root = old.files().get(fileId=about["rootFolderId"]).execute()
    assert root["title"] == "My Drive"


def test_permissions_and_most_capabilities_stand_in_a_file_only_where_fields_name_them(old: Any) -> None:
    made = insert(old, "Shared")
    assert "permissions" not in made
    assert made["capabilities"].keys() == {"canCopy", "canEdit"}
    assert "permissions" not in old.files().list(corpora="default").execute()["items"][0]
    named = old.files().get(fileId=made["id"], fields="permissions/role").execute()
    assert named == {"permissions": [{"role": "owner"}]}
