"""Drive's push messages: one file's channel, and a person's changes, until stopped or over."""

from __future__ import annotations

import json
from typing import Any

import pytest
from drive_helpers import FOLDER, SENCO, SHEET, TEACHER, make, reason, share, upload
from push_receiver import Receiver


def hook(receiver: Receiver, **more: Any) -> dict[str, Any]:
    return {"id": "channel-1", "type": "web_hook", "address": receiver.address, **more}


def heard(receiver: Receiver) -> tuple[str, str]:
    headers, _ = receiver.got.get(timeout=10)
    return headers["X-Goog-Resource-State"], headers.get("X-Goog-Changed", "")


def watch(drive: Any, receiver: Receiver, file_id: str, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = drive.files().watch(fileId=file_id, body=hook(receiver, **more)).execute()
    assert heard(receiver) == ("sync", "")
    return made


def test_a_files_channel_says_what_happened_to_it(drive: Any, teacher: Any, receiver: Receiver) -> None:
    folder, file_id = make(drive, mime_type=FOLDER)["id"], make(drive)["id"]
    made = watch(drive, receiver, file_id)
    assert made["kind"] == "api#channel"
    assert made["resourceUri"].startswith(f"https://www.googleapis.com/drive/v3/files/{file_id}?")
    drive.files().update(fileId=file_id, body={"name": "New"}).execute()
    assert heard(receiver) == ("update", "properties")
    drive.files().update(fileId=file_id, media_body=upload(b"text", "text/plain")).execute()
    assert heard(receiver) == ("update", "content")
    drive.files().update(fileId=file_id, addParents=folder, removeParents="root").execute()
    assert heard(receiver) == ("update", "parents")
    drive.permissions().create(fileId=file_id, body={"type": "anyone", "role": "reader"}).execute()
    assert heard(receiver) == ("update", "permissions")
    for trashed, state in ((True, "trash"), (False, "untrash")):
        drive.files().update(fileId=file_id, body={"trashed": trashed}).execute()
        assert heard(receiver) == (state, "")
    drive.files().delete(fileId=file_id).execute()
    assert heard(receiver) == ("remove", "")


def test_a_cell_that_changes_is_content(api: Any, drive: Any, receiver: Receiver) -> None:
    book = make(drive, mime_type=SHEET)["id"]
    watch(drive, receiver, book)
    values = api("sheets", "v4", SENCO).spreadsheets().values()
    values.update(spreadsheetId=book, range="A1", valueInputOption="RAW", body={"values": [[1]]}).execute()
    assert heard(receiver) == ("update", "content")


def test_a_folders_channel_hears_of_what_comes_into_it(drive: Any, receiver: Receiver) -> None:
    folder = make(drive, mime_type=FOLDER)["id"]
    watch(drive, receiver, folder)
    make(drive, parents=[folder])
    assert heard(receiver) == ("update", "children")


def test_who_loses_a_file_hears_that_it_is_gone(drive: Any, teacher: Any, receiver: Receiver) -> None:
    file_id = make(drive)["id"]
    granted = share(drive, file_id, TEACHER)["id"]
    watch(teacher, receiver, file_id)
    drive.permissions().delete(fileId=file_id, permissionId=granted).execute()
    assert heard(receiver) == ("remove", "")


def test_a_persons_changes_are_theirs_and_say_no_more_than_that(drive: Any, teacher: Any, receiver: Receiver) -> None:
    token = teacher.changes().getStartPageToken().execute()["startPageToken"]
    made = teacher.changes().watch(pageToken=token, body=hook(receiver, token="mine")).execute()
    assert f"pageToken={token}" in made["resourceUri"]
    assert heard(receiver)[0] == "sync"
    make(drive)
    shared = make(drive)["id"]
    share(drive, shared, TEACHER, sendNotificationEmail=False)
    headers, body = receiver.got.get(timeout=10)
    assert (headers["X-Goog-Resource-State"], headers["X-Goog-Channel-Token"]) == ("change", "mine")
    assert headers["X-Goog-Message-Number"] == "2"
    assert json.loads(body) == {"kind": "drive#changes"}
    changed = teacher.changes().list(pageToken=token).execute()["changes"]
    assert [change["fileId"] for change in changed] == [shared]


def test_a_channel_lasts_an_hour_and_a_files_a_day_at_most(
    sandbox_server: Any, drive: Any, receiver: Receiver
) -> None:
    now = sandbox_server.workspace.clock.now().timestamp()
    file_id = make(drive)["id"]
    usual = watch(drive, receiver, file_id)
    assert int(usual["expiration"]) / 1000 - now == pytest.approx(3600, abs=60)
    long = watch(drive, receiver, file_id, id="channel-2", expiration=str(round((now + 864_000) * 1000)))
    assert int(long["expiration"]) / 1000 - now == pytest.approx(86_400, abs=60)


def test_a_stopped_channel_is_gone(drive: Any, receiver: Receiver) -> None:
    file_id = make(drive)["id"]
    made = watch(drive, receiver, file_id)
    ended = {"id": made["id"], "resourceId": made["resourceId"]}
    drive.channels().stop(body=ended).execute()
    assert reason(drive.channels().stop(body=ended), 404) == "notFound"
    drive.files().update(fileId=file_id, body={"name": "New"}).execute()
    watch(drive, receiver, file_id)  # the next message is the new channel's own


def test_changes_in_my_drive_alone(drive: Any, teacher: Any) -> None:
    token = teacher.changes().getStartPageToken().execute()["startPageToken"]
    mine, theirs = make(teacher)["id"], make(drive)["id"]
    share(drive, theirs, TEACHER)
    listed = teacher.changes().list(pageToken=token, restrictToMyDrive=True).execute()["changes"]
    assert [change["fileId"] for change in listed] == [mine]
