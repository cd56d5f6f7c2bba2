"""A scripted tour for each Python client, as somebody new to the sandbox would take it: create, fill, share, book,
sync, delete. And what many do at once, in one sandbox and in two."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import clients
import gspread
import pytest
import requests
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseDownload, MediaIoBaseUpload

from sandbox.server import RunningSandbox, serve
from sandbox.state import Workspace

SENCO, TEACHER = "senco@school.example", "teacher@school.example"
RAW = "RAW"


def gone(request: Any) -> bool:
    """Whether the request is refused as Google refuses what is not there any more."""
    with pytest.raises(HttpError) as error:
        request.execute()
    return error.value.status_code in (404, 410)


def test_google_api_python_client_goes_round_sheets(api: Any) -> None:
    sheets, drive = api("sheets", "v4", SENCO).spreadsheets(), api("drive", "v3", SENCO)
    theirs = api("sheets", "v4", TEACHER).spreadsheets()
    made = sheets.create(body={"properties": {"title": "Plans"}}).execute()
    book, tab = made["spreadsheetId"], made["sheets"][0]["properties"]["title"]
    rows = {"values": [["Name", "Reading age"], ["Amara", 7.5], ["Ben", 8]]}
    sheets.values().update(spreadsheetId=book, range=f"{tab}!A1", valueInputOption=RAW, body=rows).execute()
    more = {"values": [["Cai", 9]]}
    added = sheets.values().append(spreadsheetId=book, range=f"{tab}!A1", valueInputOption=RAW, body=more).execute()
    assert added["updates"]["updatedRange"].endswith("A4:B4")
    share = {"type": "user", "role": "reader", "emailAddress": TEACHER}
    drive.permissions().create(fileId=book, body=share, sendNotificationEmail=False).execute()
    read = (
        theirs.values().get(spreadsheetId=book, range=f"{tab}!A2:B4", valueRenderOption="UNFORMATTED_VALUE").execute()
    )
    assert read["values"] == [["Amara", 7.5], ["Ben", 8], ["Cai", 9]]
    second = {"requests": [{"addSheet": {"properties": {"title": "Autumn"}}}]}
    reply = sheets.batchUpdate(spreadsheetId=book, body=second).execute()["replies"][0]["addSheet"]
    assert reply["properties"]["title"] == "Autumn"
    drive.files().delete(fileId=book).execute()
    assert gone(sheets.get(spreadsheetId=book))


def test_google_api_python_client_goes_round_drive(api: Any) -> None:
    files, theirs = api("drive", "v3", SENCO).files(), api("drive", "v3", TEACHER).files()
    permissions = api("drive", "v3", SENCO).permissions()
    folder = files.create(body={"name": "SEN", "mimeType": "application/vnd.google-apps.folder"}).execute()["id"]
    upload = MediaIoBaseUpload(io.BytesIO(b"hello"), "text/plain", resumable=True)
    made = files.create(body={"name": "a.txt", "parents": [folder]}, media_body=upload, fields="id,size").execute()
    assert made["size"] == "5"
    listed = files.list(q=f"'{folder}' in parents and trashed = false", fields="files(id,name)").execute()
    assert listed["files"] == [{"id": made["id"], "name": "a.txt"}]
    assert gone(theirs.get(fileId=made["id"]))
    given = {"type": "user", "role": "writer", "emailAddress": TEACHER}
    permission = permissions.create(fileId=made["id"], body=given, sendNotificationEmail=False).execute()["id"]
    fresh = MediaIoBaseUpload(io.BytesIO(b"hello again"), "text/plain")
    theirs.update(fileId=made["id"], media_body=fresh).execute()
    out = io.BytesIO()
    download = MediaIoBaseDownload(out, files.get_media(fileId=made["id"]))
    while not download.next_chunk()[1]:
        pass
    assert out.getvalue() == b"hello again"
    permissions.delete(fileId=made["id"], permissionId=permission).execute()
    assert gone(theirs.get(fileId=made["id"]))
    files.delete(fileId=folder).execute()
    assert gone(files.get(fileId=made["id"]))


def test_google_api_python_client_goes_round_docs(api: Any) -> None:
    documents, drive = api("docs", "v1", SENCO).documents(), api("drive", "v3", SENCO)
    theirs = api("docs", "v1", TEACHER).documents()
    source = MediaIoBaseUpload(io.BytesIO(b"Dear {{name}},\nSee you.\n"), "text/plain")
    native = {"name": "Letter", "mimeType": "application/vnd.google-apps.document"}
    template = drive.files().create(body=native, media_body=source).execute()["id"]
    letter = drive.files().copy(fileId=template, body={"name": "Letter to Amara"}).execute()["id"]
    find = {"containsText": {"text": "{{name}}", "matchCase": True}, "replaceText": "Amara"}
    told = documents.batchUpdate(documentId=letter, body={"requests": [{"replaceAllText": find}]}).execute()
    assert told["replies"] == [{"replaceAllText": {"occurrencesChanged": 1}}]
    assert documents.get(documentId=letter).execute()["title"] == "Letter to Amara"
    text = drive.files().export(fileId=letter, mimeType="text/plain").execute().decode("utf-8-sig")
    assert text.startswith("Dear Amara,")
    share = {"type": "user", "role": "reader", "emailAddress": TEACHER}
    drive.permissions().create(fileId=letter, body=share, sendNotificationEmail=False).execute()
    assert theirs.get(documentId=letter).execute()["documentId"] == letter
    drive.files().delete(fileId=letter).execute()
    assert gone(documents.get(documentId=letter))


def test_google_api_python_client_goes_round_calendar(api: Any, sandbox_server: RunningSandbox) -> None:
    calendar, theirs = api("calendar", "v3", SENCO), api("calendar", "v3", TEACHER)
    home = calendar.calendars().insert(body={"summary": "Reviews", "timeZone": "Europe/London"}).execute()["id"]
    body = {
        "summary": "Review",
        "start": {"dateTime": "2026-11-25T15:30:00", "timeZone": "Europe/London"},
        "end": {"dateTime": "2026-11-25T16:30:00", "timeZone": "Europe/London"},
        "attendees": [{"email": TEACHER}],
        "recurrence": ["RRULE:FREQ=MONTHLY;COUNT=3"],
    }
    event = calendar.events().insert(calendarId=home, body=body, sendUpdates="all").execute()["id"]
    assert [mail["to"] for mail in sandbox_server.workspace.outbox] == [TEACHER]
    token = calendar.events().list(calendarId=home).execute()["nextSyncToken"]
    answer = {"attendees": [{"email": TEACHER, "responseStatus": "accepted"}]}
    theirs.events().patch(calendarId="primary", eventId=event, body=answer).execute()
    changed = calendar.events().list(calendarId=home, syncToken=token).execute()
    assert [one["attendees"][0]["responseStatus"] for one in changed["items"]] == ["accepted"]
    assert calendar.events().list(calendarId=home, syncToken=changed["nextSyncToken"]).execute()["items"] == []
    assert len(theirs.events().instances(calendarId="primary", eventId=event).execute()["items"]) == 3
    rule = {"role": "reader", "scope": {"type": "user", "value": TEACHER}}
    calendar.acl().insert(calendarId=home, body=rule).execute()
    assert theirs.calendarList().insert(body={"id": home}).execute()["accessRole"] == "reader"
    calendar.events().delete(calendarId=home, eventId=event).execute()
    assert theirs.events().get(calendarId="primary", eventId=event).execute()["status"] == "cancelled"
    calendar.calendars().delete(calendarId=home).execute()
    assert gone(calendar.calendars().get(calendarId=home))


def test_gspread_goes_round(gspread_client: Callable[..., gspread.Client]) -> None:
    mine, theirs = gspread_client(SENCO), gspread_client(TEACHER)
    book = mine.create("Plans")
    sheet = book.add_worksheet("Pupils", rows=20, cols=4)
    book.del_worksheet(book.sheet1)
    sheet.update([["Name", "Age"], ["Amara", 7], ["Ben", 8]], "A1")
    sheet.append_row(["Cai", 9])
    assert sheet.get_all_records()[-1] == {"Name": "Cai", "Age": 9}
    assert [cell.address for cell in sheet.findall("Ben")] == ["A3"]
    book.share(TEACHER, perm_type="user", role="reader", notify=False)
    assert theirs.open_by_key(book.id).worksheet("Pupils").acell("A2").value == "Amara"
    sheet.sort((2, "des"), range="A2:B4")
    assert sheet.col_values(1) == ["Name", "Cai", "Ben", "Amara"]
    sheet.batch_clear(["A4:B4"])
    assert len(sheet.get_all_values()) == 3
    mine.del_spreadsheet(book.id)
    with pytest.raises(gspread.exceptions.SpreadsheetNotFound):
        mine.open_by_key(book.id)


def mixed(sandbox: RunningSandbox, worker: int, book: str) -> tuple[int, set[str], set[str]]:
    """One person's traffic over all four APIs: how many rows they added, and the events and files they made."""
    email, session = f"person{worker}@school.example", requests.Session()
    session.headers["Authorization"] = f"Bearer {clients.credentials(sandbox, SENCO).token}"
    files, events = set(), set()

    def send(verb: str, path: str, body: Any = None) -> Any:
        answer = session.request(verb, sandbox.url + path, json=body, timeout=30)
        assert answer.ok, answer.text
        return answer.json()

    row = f"/v4/spreadsheets/{book}/values/A1:append?valueInputOption=RAW&insertDataOption=INSERT_ROWS"
    for number in range(10):
        send("POST", row, {"values": [[email, number]]})
        files.add(send("POST", "/drive/v3/files", {"name": f"{email} {number}", "mimeType": "text/plain"})["id"])
        day = {"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}, "summary": email}
        events.add(send("POST", "/calendar/v3/calendars/primary/events", day)["id"])
        if number == 5:
            send("POST", "/v1/documents", {"title": email})
        send("GET", f"/v4/spreadsheets/{book}/values/A1:B200")
    session.close()
    return number + 1, events, files


def test_eight_threads_of_mixed_traffic_lose_nothing(sandbox_server: RunningSandbox, api: Any) -> None:
    sheets = api("sheets", "v4", SENCO).spreadsheets()
    book = sheets.create(body={}).execute()["spreadsheetId"]
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda worker: mixed(sandbox_server, worker, book), range(8)))
    rows = sheets.values().get(spreadsheetId=book, range="A1:B200").execute()["values"]
    assert len(rows) == len({tuple(row) for row in rows}) == 80
    events = api("calendar", "v3", SENCO).events().list(calendarId="primary", maxResults=2500).execute()["items"]
    assert {one["id"] for one in events} == set().union(*(made for _, made, _ in done))
    listed = api("drive", "v3", SENCO).files().list(q="mimeType = 'text/plain'", pageSize=1000).execute()["files"]
    assert {one["id"] for one in listed} == set().union(*(made for _, _, made in done))
    native = "mimeType = 'application/vnd.google-apps.document'"
    documents = api("drive", "v3", SENCO).files().list(q=native).execute()["files"]
    assert len(documents) == 8
    calls = [entry["n"] for entry in sandbox_server.workspace.journal]
    assert calls == list(range(1, len(calls) + 1))


def test_two_sandboxes_in_one_process_do_not_touch(sandbox_server: RunningSandbox, api: Any) -> None:
    with serve(Workspace()) as second:
        first_drive, other = api("drive", "v3", SENCO), clients.service(second, "drive", "v3", SENCO)
        made = first_drive.files().create(body={"name": "only here"}).execute()["id"]
        assert gone(other.files().get(fileId=made))
        assert other.files().list().execute()["files"] == []
        calendar = clients.service(second, "calendar", "v3", SENCO)
        calendar.events().insert(
            calendarId="primary", body={"start": {"date": "2026-11-25"}, "end": {"date": "2026-11-26"}}
        ).execute()
        assert api("calendar", "v3", SENCO).events().list(calendarId="primary").execute()["items"] == []
        token = str(clients.credentials(second, SENCO).token)
        answer = requests.get(
            f"{sandbox_server.url}/drive/v3/files", headers={"Authorization": f"Bearer {token}"}, timeout=10
        )
        assert answer.status_code == 401
        requests.post(f"{second.url}/_sandbox/faults", json={"status": 503}, timeout=10)
        requests.post(f"{second.url}/_sandbox/quotas", json={"limits": {"drive.units.user": 0}}, timeout=10)
        assert first_drive.files().get(fileId=made).execute()["id"] == made
        requests.post(f"{second.url}/_sandbox/reset", timeout=10)
        assert first_drive.files().get(fileId=made).execute()["id"] == made
        for service in (other, calendar):
            service.close()


def test_a_reset_leaves_no_state(sandbox_server: RunningSandbox) -> None:
    def story() -> list[Any]:
        """The same calls from nothing; what was answered, with times and links left out."""
        answers: list[Any] = []
        token = clients.credentials(sandbox_server, SENCO).token
        for verb, path, body in (
            ("POST", "/drive/v3/files", {"name": "a"}),
            ("GET", "/drive/v3/files", None),
            ("POST", "/v4/spreadsheets?fields=spreadsheetId", {}),
            ("POST", "/v1/documents?fields=documentId", {}),
            ("POST", "/calendar/v3/calendars?fields=id", {"summary": "x"}),
            ("GET", "/calendar/v3/users/me/calendarList?fields=items(id)", None),
            ("GET", "/calendar/v3/calendars/primary/events?fields=items", None),
        ):
            url, headers = sandbox_server.url + path, {"Authorization": f"Bearer {token}"}
            answers.append(requests.request(verb, url, json=body, headers=headers, timeout=10).json())
        requests.post(f"{sandbox_server.url}/_sandbox/quotas", json={"limits": {"sheets.read.user": 9}}, timeout=10)
        requests.post(f"{sandbox_server.url}/_sandbox/faults", json={"nth": 99, "status": 503}, timeout=10)
        requests.post(f"{sandbox_server.url}/_sandbox/clock", json={"advance": 3600}, timeout=10)
        return answers

    first = story()
    requests.post(f"{sandbox_server.url}/_sandbox/reset", timeout=10)
    assert requests.get(f"{sandbox_server.url}/_sandbox/journal", timeout=10).json() == []
    assert sandbox_server.workspace.clock.offset.total_seconds() == 0
    assert story() == first
