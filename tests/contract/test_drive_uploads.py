"""Resumable uploads piece by piece: how far they are, what pieces are refused, and how a session ends."""

from __future__ import annotations

from typing import Any

import clients
import pytest
import requests
from drive_helpers import SENCO, TEACHER, make, reason

GRAIN = 256 * 1024
pytestmark = pytest.mark.sandbox_only("it sends what no client library sends")


class Upload:
    """One session, fed by hand."""

    def __init__(self, server: Any) -> None:
        self.headers = {"Authorization": f"Bearer {clients.credentials(server, SENCO).token}"}
        opened = requests.post(
            f"{server.url}/upload/drive/v3/files?uploadType=resumable",
            json={"name": "Big"},
            headers={**self.headers, "X-Upload-Content-Type": "text/plain"},
            timeout=10,
        )
        assert opened.status_code == 200
        self.place = opened.headers["Location"]

    def put(self, data: bytes, content_range: str) -> requests.Response:
        return requests.put(self.place, data=data, headers={"Content-Range": content_range}, timeout=10)


@pytest.fixture
def session(sandbox_server: Any, drive: Any) -> Upload:
    return Upload(sandbox_server)


def test_a_session_says_how_far_it_is_and_goes_on_from_there(session: Upload, drive: Any) -> None:
    total = 2 * GRAIN + 5
    nothing = session.put(b"", f"bytes */{total}")
    assert (nothing.status_code, nothing.headers.get("Range")) == (308, None)
    first = session.put(b"a" * (GRAIN + 100), f"bytes 0-{GRAIN + 99}/{total}")
    assert (first.status_code, first.headers["Range"]) == (308, f"bytes=0-{GRAIN - 1}")
    assert session.put(b"", f"bytes */{total}").headers["Range"] == f"bytes=0-{GRAIN - 1}"
    last = session.put(b"b" * (GRAIN + 5), f"bytes {GRAIN}-{total - 1}/{total}")
    assert last.status_code == 200
    assert session.put(b"", f"bytes */{total}").json() == last.json()
    assert drive.files().get_media(fileId=last.json()["id"]).execute() == b"a" * GRAIN + b"b" * (GRAIN + 5)


def test_a_piece_that_is_small_or_comes_too_early_is_refused(session: Upload) -> None:
    small = session.put(b"x" * 1000, "bytes 0-999/5000")
    assert (small.status_code, "greater than 262144" in small.text) == (400, True)
    early = session.put(b"x" * GRAIN, f"bytes {GRAIN}-{2 * GRAIN - 1}/{3 * GRAIN}")
    assert early.status_code == 503
    assert early.text.endswith(f"offset is {GRAIN} byte(s), which exceeds already uploaded size of 0 byte(s).")


def test_an_empty_file_and_one_of_unknown_length(sandbox_server: Any, session: Upload, drive: Any) -> None:
    empty = session.put(b"", "bytes */0").json()
    assert drive.files().get(fileId=empty["id"], fields="size").execute() == {"size": "0"}
    streamed = Upload(sandbox_server)
    assert streamed.put(b"x" * GRAIN, f"bytes 0-{GRAIN - 1}/*").status_code == 308
    done = streamed.put(b"y", f"bytes {GRAIN}-{GRAIN}/{GRAIN + 1}").json()
    assert drive.files().get(fileId=done["id"], fields="size").execute() == {"size": str(GRAIN + 1)}


def test_a_session_ends_by_a_delete_or_after_a_week(sandbox_server: Any, session: Upload) -> None:
    assert requests.delete(session.place, timeout=10).status_code == 499
    assert session.put(b"", "bytes */0").status_code == 404
    other = Upload(sandbox_server)
    sandbox_server.workspace.clock.advance(7 * 86_400)
    assert other.put(b"", "bytes */0").status_code == 404


def test_bytes_are_given_by_the_range(sandbox_server: Any, drive: Any) -> None:
    made = Upload(sandbox_server)
    file_id = made.put(b"0123456789", "bytes 0-9/10").json()["id"]
    address = f"{sandbox_server.url}/drive/v3/files/{file_id}?alt=media"
    for asked, status, data, told in (
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
    ):
        got = requests.get(address, headers={**made.headers, "Range": asked}, timeout=10)
        assert (got.status_code, got.content, got.headers["Content-Range"]) == (status, data, told), asked
    assert make(drive)["id"]


def test_a_download_is_an_operation_that_says_where_the_bytes_are(session: Upload, drive: Any, api: Any) -> None:
    file_id = session.put(b"text", "bytes 0-3/4").json()["id"]
    made = drive.files().download(fileId=file_id).execute()
    assert made["done"]
    assert made["response"]["downloadUri"].endswith(f"/drive/v3/files/{file_id}?alt=media")
    assert drive.operations().get(name=made["name"]).execute() == made
    assert reason(api("drive", "v3", TEACHER).operations().get(name=made["name"]), 404) == "notFound"
    doc = make(drive)["id"]
    assert reason(drive.files().download(fileId=doc), 400) == "required"
    exported = drive.files().download(fileId=doc, mimeType="text/html").execute()
    assert exported["response"]["downloadUri"].endswith("/export?mimeType=text%2Fhtml")


def test_a_file_of_another_app_is_metadata_alone(drive: Any) -> None:
    made = make(drive, "Board", "application/vnd.google-apps.drive-sdk.42", fields="mimeType,size,md5Checksum")
    assert made["mimeType"] == "application/vnd.google-apps.drive-sdk.42"
    assert "md5Checksum" not in made


def test_an_item_of_a_shared_drive_says_who_threw_it_away(drive: Any) -> None:
    shared = drive.drives().create(requestId="r1", body={"name": "SEN"}).execute()["id"]
    file_id = drive.files().create(body={"name": "x", "parents": [shared]}, supportsAllDrives=True).execute()["id"]
    binned = drive.files().update(fileId=file_id, body={"trashed": True}, supportsAllDrives=True, fields="*")
    told = binned.execute()
    assert (told["trashingUser"]["emailAddress"], told["trashedTime"][:2]) == (SENCO, "20")
    widened = {"restrictions": {"downloadRestriction": {}}}
    assert reason(drive.drives().update(driveId=shared, body=widened), 400) == "badRequest"
