"""What files.list finds: text, shortcuts, spaces and corpora, and the refusals of each."""

from __future__ import annotations

from typing import Any

import pytest
from drive_helpers import DOC, FOLDER, SENCO, SHEET, STRANGER, TEACHER, make, reason, refusal, share, upload

KEYS = (
    *("createdTime", "folder", "modifiedByMeTime", "modifiedTime", "name", "name_natural", "quotaBytesUsed"),
    *("recency", "sharedWithMeTime", "starred", "viewedByMeTime"),
)
SHORTCUT = "application/vnd.google-apps.shortcut"


def names(drive: Any, q: str, **options: Any) -> list[str]:
    return [file["name"] for file in drive.files().list(q=q, **options).execute()["files"]]


def test_text_is_found_in_docs_sheets_files_and_names(api: Any, drive: Any) -> None:
    page = upload(b"<p>The quick brown fox</p>", "text/html")
    drive.files().create(body={"name": "Doc", "mimeType": DOC}, media_body=page).execute()
    drive.files().create(body={"name": "Text"}, media_body=upload(b"a quick note", "text/plain")).execute()
    book = make(drive, "Sheet", SHEET)["id"]
    values = api("sheets", "v4", SENCO).spreadsheets().values()
    values.update(spreadsheetId=book, range="A1", valueInputOption="RAW", body={"values": [["quick"]]}).execute()
    make(drive, "Quick")
    assert set(names(drive, "fullText contains 'quick'")) == {"Doc", "Text", "Sheet", "Quick"}
    assert names(drive, "fullText contains 'fox quick'") == ["Doc"]
    assert names(drive, "fullText contains '\"brown fox\"'") == ["Doc"]
    assert names(drive, "fullText contains '\"fox brown\"'") == []


def test_what_is_found_by_text_has_no_other_order(drive: Any) -> None:
    asked = drive.files().list(q="name = 'x' or fullText contains 'y'", orderBy="name")
    assert refusal(asked, 403)["errors"][0]["location"] == "orderBy"
    assert names(drive, "name = 'fullText contains'", orderBy="name") == []


def test_a_shortcut_stands_for_a_file_and_holds_nothing(drive: Any) -> None:
    target = make(drive, "Register", SHEET)["id"]
    body = {"name": "Short", "mimeType": SHORTCUT, "shortcutDetails": {"targetId": target}}
    made = drive.files().create(body=body, fields="*").execute()
    assert made["shortcutDetails"] == {"targetId": target, "targetMimeType": SHEET}
    assert "size" not in made
    assert names(drive, f"shortcutDetails.targetId = '{target}'") == ["Short"]
    assert reason(drive.files().create(body={"name": "In", "parents": [made["id"]]}), 403) == "parentNotAFolder"
    assert reason(drive.files().export(fileId=made["id"], mimeType="text/csv"), 403) == "fileNotExportable"
    other = {"shortcutDetails": {"targetId": made["id"]}}
    assert reason(drive.files().update(fileId=made["id"], body=other), 403) == "fieldNotWritable"
    drive.files().delete(fileId=target).execute()
    assert drive.files().get(fileId=made["id"], fields="shortcutDetails").execute() == {
        "shortcutDetails": made["shortcutDetails"]
    }


def test_a_shortcut_to_what_one_cannot_see_is_refused(api: Any, drive: Any) -> None:
    hidden = make(api("drive", "v3", STRANGER))["id"]
    body = {"mimeType": SHORTCUT, "shortcutDetails": {"targetId": hidden}}
    assert reason(drive.files().create(body=body), 404) == "notFound"


def test_an_apps_hidden_folder_needs_its_scope(drive: Any) -> None:
    for request in (
        drive.files().list(spaces="appDataFolder"),
        drive.files().create(body={"name": "x", "parents": ["appDataFolder"]}),
        drive.files().get(fileId="appDataFolder"),
    ):
        assert reason(request, 403) == "insufficientScopes"
    assert reason(drive.files().list(spaces="attic"), 400) == "invalid"


def test_corpora_narrow_a_search(drive: Any, teacher: Any) -> None:
    make(drive, "Mine")
    found = make(drive, "School's")["id"]
    whole_school = {"type": "domain", "domain": "school.example", "role": "reader", "allowFileDiscovery": True}
    drive.permissions().create(fileId=found, body=whole_school).execute()
    assert names(teacher, "", corpora="domain") == ["School's"]
    assert reason(drive.files().list(corpora="attic"), 400) == "invalid"
    assert reason(drive.files().list(corpora="allDrives"), 403) == "teamDrivesIncludeParameterRequired"
    everywhere = {"corpora": "allDrives", "includeItemsFromAllDrives": True, "supportsAllDrives": True}
    assert set(names(drive, "", **everywhere)) == {"Mine", "School's"}


def test_a_page_belongs_to_its_question(drive: Any) -> None:
    for number in range(3):
        make(drive, f"File {number}")
    first = drive.files().list(pageSize=1, orderBy="name", fields="*").execute()
    second = drive.files().list(pageSize=1, orderBy="name", pageToken=first["nextPageToken"]).execute()
    assert [file["name"] for file in second["files"]] == ["File 1"]
    other = drive.files().list(pageSize=1, orderBy="name desc", pageToken=first["nextPageToken"])
    assert reason(other, 400) == "invalid"


@pytest.mark.parametrize("key", KEYS)
def test_every_documented_key_orders(drive: Any, key: str) -> None:
    make(drive, "File 10"), make(drive, "File 9"), make(drive, "Folder", FOLDER)
    up, down = (drive.files().list(orderBy=f"{key}{way},name").execute()["files"] for way in ("", " desc"))
    assert len(up) == len(down) == 3
    if key == "name_natural":
        assert [file["name"] for file in up] == ["File 9", "File 10", "Folder"]
    if key == "folder":
        assert (up[0]["name"], down[2]["name"]) == ("Folder", "Folder")


def test_people_are_search_terms(drive: Any, teacher: Any) -> None:
    read, written = make(drive, "Read")["id"], make(drive, "Written")["id"]
    share(drive, read, TEACHER)
    share(drive, written, TEACHER, role="writer")
    assert names(teacher, "'me' in writers") == ["Written"]
    assert set(names(drive, f"'{TEACHER}' in readers")) == {"Read", "Written"}
    assert set(names(teacher, f"sharedWithMe and '{SENCO}' in owners")) == {"Read", "Written"}
    assert names(teacher, "not 'me' in readers") == []
