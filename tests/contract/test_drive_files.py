"""Drive's files through Google's own client: made, converted, replaced in place, found, copied, deleted."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest
from drive_helpers import DOC, DOCX, FOLDER, PARENT, SENCO, SHEET, make, reason, refusal, share, upload, word
from ground import Google

pytestmark = pytest.mark.any_google


def export(drive: Any, file_id: str, mime_type: str = "text/plain") -> bytes:
    data: bytes = drive.files().export(fileId=file_id, mimeType=mime_type).execute()
    return data


@pytest.mark.sandbox_only("it lists all of the account's files")
def test_the_default_answer_is_four_fields(drive: Any) -> None:
    made = drive.files().create(body={"name": "Plans", "mimeType": FOLDER}).execute()
    assert made == {"kind": "drive#file", "id": made["id"], "name": "Plans", "mimeType": FOLDER}
    assert drive.files().get(fileId=made["id"]).execute() == made
    listed = drive.files().list().execute()
    assert listed == {"kind": "drive#fileList", "incompleteSearch": False, "files": [made]}


def test_a_word_upload_becomes_a_doc(drive: Any) -> None:
    body = {"name": "Maya", "mimeType": DOC, "appProperties": {"senplans_kind": "copy"}}
    made = drive.files().create(body=body, media_body=upload(word("Outcome", "3/5")), fields="*").execute()
    assert made["mimeType"] == DOC
    assert made["appProperties"] == {"senplans_kind": "copy"}
    assert made["webViewLink"].startswith(f"https://docs.google.com/document/d/{made['id']}/edit")
    assert export(drive, made["id"]).decode() == "\ufeffOutcome\r\n3/5"
    assert export(drive, made["id"], DOCX)[:2] == b"PK"
    assert b"<p>Outcome</p>" in export(drive, made["id"], "text/html")


def test_a_media_update_replaces_a_doc_in_place(sandbox_server: Any, drive: Any) -> None:
    body = {"name": "Maya", "mimeType": DOC}
    kept = "id,webViewLink,permissionIds,parents,name,mimeType"
    made = drive.files().create(body=body, media_body=upload(word("old")), fields="id,version,modifiedTime").execute()
    share(drive, made["id"], PARENT)
    before = drive.files().get(fileId=made["id"], fields=kept).execute()
    sandbox_server.workspace.clock.advance(60)
    after = drive.files().update(fileId=made["id"], media_body=upload(word("new")), fields=kept).execute()
    assert after == before
    assert export(drive, made["id"]).decode() == "\ufeffnew"
    now = drive.files().get(fileId=made["id"], fields="version,modifiedTime").execute()
    assert int(now["version"]) > int(made["version"])
    assert now["modifiedTime"] > made["modifiedTime"]


def test_a_locked_doc_refuses_new_content(drive: Any) -> None:
    doc = make(drive)["id"]
    lock = {"contentRestrictions": [{"readOnly": True, "reason": "Shared with parents"}]}
    drive.files().update(fileId=doc, body=lock).execute()
    assert reason(drive.files().update(fileId=doc, media_body=upload(word("x"))), 403) == "contentRestricted"
    drive.files().update(fileId=doc, body={"contentRestrictions": [{"readOnly": False}]}).execute()
    drive.files().update(fileId=doc, media_body=upload(word("x"))).execute()
    assert export(drive, doc).decode() == "\ufeffx"


@pytest.mark.sandbox_only("it lists all of the account's files")
@pytest.mark.parametrize("data", [b"", b"MZ\x90", word("x")[:300]], ids=["empty", "program", "cut"])
def test_a_broken_upload_is_refused_and_leaves_nothing(drive: Any, data: bytes) -> None:
    doc = make(drive)["id"]
    refusal(drive.files().update(fileId=doc, media_body=upload(data)), 400)
    refusal(drive.files().create(body={"name": "x", "mimeType": DOC}, media_body=upload(data)), 400)
    assert [f["id"] for f in drive.files().list().execute()["files"]] == [doc]
    assert export(drive, doc).decode() == "\ufeff"


def test_what_cannot_be_converted_is_refused(drive: Any) -> None:
    body = {"name": "x", "mimeType": DOC}
    request = drive.files().create(body=body, media_body=upload(b"ID3", "audio/mpeg"))
    assert refusal(request, 400)["message"] == "The requested conversion is not supported."


def test_a_binary_file_comes_back_as_it_went_in(drive: Any) -> None:
    data = bytes(range(256)) * 50 + b"\r\n--x--\r\n"
    made = drive.files().create(body={"name": "logo.png"}, media_body=upload(data, "image/png"), fields="*").execute()
    assert (made["mimeType"], made["size"]) == ("image/png", str(len(data)))
    assert made["md5Checksum"] == hashlib.md5(data).hexdigest()
    assert drive.files().get_media(fileId=made["id"]).execute() == data
    updated = drive.files().update(fileId=made["id"], media_body=upload(b"2", "image/png"), fields="*").execute()
    assert updated["headRevisionId"] != made["headRevisionId"]
    assert reason(drive.files().export(fileId=made["id"], mimeType="text/plain"), 403) == "fileNotExportable"


def test_a_doc_has_no_bytes_to_download(drive: Any) -> None:
    error = refusal(drive.files().get_media(fileId=make(drive)["id"]), 403)
    assert error["errors"][0] == {
        "domain": "global",
        "reason": "fileNotDownloadable",
        "message": "Only files with binary content can be downloaded. Use Export with Docs Editors files.",
        "locationType": "parameter",
        "location": "alt",
    }


def test_a_doc_is_no_picture(drive: Any) -> None:
    refusal(drive.files().export(fileId=make(drive)["id"], mimeType="image/png"), 400)


def test_a_missing_file_is_404_with_its_id(drive: Any) -> None:
    error = refusal(drive.files().get(fileId="nowhere"), 404)
    assert error["message"] == "File not found: nowhere."
    assert error["errors"][0]["reason"] == "notFound"
    assert error["errors"][0]["location"] == "fileId"


def test_a_bad_query_is_400_on_q(drive: Any) -> None:
    error = refusal(drive.files().list(q="name is 'x'"), 400)
    assert error["errors"][0] == {
        "domain": "global",
        "reason": "invalid",
        "message": "Invalid Value",
        "locationType": "parameter",
        "location": "q",
    }


def test_an_unknown_folder_in_a_query_is_404(drive: Any) -> None:
    assert reason(drive.files().list(q="'nowhere' in parents"), 404) == "notFound"


@pytest.mark.sandbox_only("it lists all of the account's files")
def test_pages_hold_every_file_once_in_the_order_asked_for(drive: Any) -> None:
    for number in (10, 9, 2, 1):
        make(drive, f"Plan {number}")
    names: list[str] = []
    request = drive.files().list(pageSize=3, orderBy="name_natural", fields="nextPageToken,files(name)")
    while request is not None:
        page = request.execute()
        names += [f["name"] for f in page["files"]]
        request = drive.files().list_next(request, page)
    assert names == ["Plan 1", "Plan 2", "Plan 9", "Plan 10"]
    refusal(drive.files().list(pageSize=0), 400)
    refusal(drive.files().list(pageToken="forged"), 400)
    refusal(drive.files().list(orderBy="colour"), 400)


def test_files_are_found_by_folder_property_and_bin(drive: Any) -> None:
    folder = make(drive, "SEN", FOLDER)["id"]
    doc = make(drive, "Maya", parents=[folder], appProperties={"pupil": "P09"})["id"]
    make(drive, "Elsewhere", appProperties={"pupil": "P10"})

    def found(query: str) -> list[str]:
        return [f["id"] for f in drive.files().list(q=query).execute()["files"]]

    query = f"'{folder}' in parents and appProperties has {{key='pupil' and value='P09'}} and trashed = false"
    assert found(query) == [doc]
    drive.files().update(fileId=folder, body={"trashed": True}).execute()
    assert found(query) == []
    assert drive.files().get(fileId=doc, fields="trashed,explicitlyTrashed").execute() == {
        "trashed": True,
        "explicitlyTrashed": False,
    }


def test_a_file_moves_between_folders_and_stands_in_one(drive: Any) -> None:
    first, second = (make(drive, name, FOLDER)["id"] for name in ("A", "B"))
    doc = make(drive, parents=[first])["id"]
    assert reason(drive.files().update(fileId=doc, addParents=f"{first},{second}"), 403) == "cannotAddParent"
    for leaving in ({"removeParents": first}, {}):
        request = drive.files().update(fileId=doc, addParents=second, fields="parents", **leaving)
        assert request.execute() == {"parents": [second]}
    assert reason(drive.files().update(fileId=doc, body={"parents": [first]}), 403) == "fieldNotWritable"
    inner = make(drive, "C", FOLDER, parents=[second])["id"]
    root = drive.files().get(fileId="root").execute()["id"]
    refusal(drive.files().update(fileId=second, addParents=inner, removeParents=root), 400)


def test_properties_merge_and_null_removes_one(drive: Any) -> None:
    doc = make(drive, appProperties={"a": "1", "b": "2"})["id"]
    body = {"appProperties": {"a": None, "c": "3"}}
    kept = drive.files().update(fileId=doc, body=body, fields="appProperties").execute()
    assert kept == {"appProperties": {"b": "2", "c": "3"}}


@pytest.mark.sandbox_only("it lists all of the account's files")
def test_properties_have_limits(drive: Any) -> None:
    make(drive, appProperties={"k" * 24: "é" * 50})
    refusal(drive.files().create(body={"appProperties": {"k" * 25: "é" * 50}}), 400)
    refusal(drive.files().create(body={"appProperties": {f"k{n}": "v" for n in range(31)}}), 403)
    assert len(drive.files().list().execute()["files"]) == 1


def test_a_copy_belongs_to_who_made_it_and_is_shared_with_nobody(api: Any, drive: Any) -> None:
    body = {"name": "Template", "mimeType": DOC, "appProperties": {"kind": "template"}}
    source = drive.files().create(body=body, media_body=upload(word("{{ name }}"))).execute()["id"]
    share(drive, source, PARENT)
    parent = api("drive", "v3", PARENT)
    copied = parent.files().copy(fileId=source, body={"name": "Mine"}, fields="*").execute()
    assert copied["id"] != source
    assert copied["name"] == "Mine"
    assert copied["appProperties"] == {"kind": "template"}
    assert [p["emailAddress"] for p in copied["permissions"]] == [PARENT]
    drive.files().update(fileId=source, media_body=upload(word("changed"))).execute()
    assert export(parent, copied["id"]).decode() == "\ufeff{{ name }}"
    assert reason(drive.files().get(fileId=copied["id"]), 404) == "notFound"


def test_a_sheet_is_made_and_copied_natively(drive: Any, api: Any) -> None:
    sheet = make(drive, "Plans", SHEET, fields="id,mimeType,webViewLink")
    assert "docs.google.com/spreadsheets/d/" in sheet["webViewLink"]
    sheets = api("sheets", "v4", SENCO)
    values = {"values": [["P09", "3/5"]]}
    sheets.spreadsheets().values().update(
        spreadsheetId=sheet["id"], range="A1", valueInputOption="RAW", body=values
    ).execute()
    copied = drive.files().copy(fileId=sheet["id"], body={"name": "Copy"}).execute()["id"]
    read = sheets.spreadsheets().values().get(spreadsheetId=copied, range="A1:B1").execute()
    assert read["values"] == values["values"]


def test_a_generated_id_is_usable_once_and_never_for_a_doc(drive: Any) -> None:
    first, second = drive.files().generateIds(count=2).execute()["ids"]
    request = drive.files().create(body={"id": first, "name": "a.txt"}, media_body=upload(b"x", "text/plain"))
    assert request.execute()["id"] == first
    again = drive.files().create(body={"id": first, "name": "a.txt"}, media_body=upload(b"x", "text/plain"))
    assert reason(again, 409) == "fileIdInUse"
    request = drive.files().create(body={"id": second, "name": "Doc", "mimeType": DOC})
    assert reason(request, 403) == "generatedIdNotSupported"
    refusal(drive.files().create(body={"id": "made-up", "name": "x"}), 400)


@pytest.mark.sandbox_only("it lists all of the account's files")
def test_a_deleted_folder_takes_its_owners_files_along(drive: Any) -> None:
    folder = make(drive, "SEN", FOLDER)["id"]
    doc = make(drive, parents=[folder])["id"]
    assert drive.files().delete(fileId=folder).execute() == ""
    refusal(drive.files().get(fileId=doc), 404)
    assert drive.files().list().execute()["files"] == []


def test_times_are_the_sandbox_clocks_in_utc_milliseconds(sandbox_server: Any, drive: Any) -> None:
    sandbox_server.workspace.clock.set(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    made = make(drive, fields="createdTime")
    assert made["createdTime"].startswith("2026-11-23T09:00:0")
    assert made["createdTime"][-5] == "."
    assert made["createdTime"].endswith("Z")


def test_about_needs_fields_and_names_the_caller(google: Google, drive: Any) -> None:
    assert reason(drive.about().get(), 400) == "required"
    assert drive.about().get(fields="user/emailAddress").execute() == {"user": {"emailAddress": google.owner}}


def test_a_service_account_owns_folders_only(sandbox_server: Any, api: Any) -> None:
    robot = "runner@senplans.iam.gserviceaccount.example"
    drive = api("drive", "v3", robot)
    sandbox_server.workspace.users[robot].service_account = True
    assert reason(drive.files().create(body={"name": "x", "mimeType": DOC}), 403) == "storageQuotaExceeded"
    make(drive, "SEN", FOLDER)
