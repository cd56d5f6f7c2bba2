"""Our Drive adapter keeps its promises, against the sandbox over HTTP."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from doors import SENCO, StillTime, calls, fault, open_door

from sandbox.server import RunningSandbox
from sandbox.state import User
from server.google.drive import DriveDoor
from server.plans.ports import DOCUMENT, FOLDER, SPREADSHEET, PermissionChange, RemoteFile
from server.plans.trouble import Busy, NotSignedIn, NotVisible, ScopeMissing, Trouble, Unreachable

PARENT = "parent@family.example"
OTHER = "other.parent@family.example"
GIVE, TAKE = "drive.permissions.create", "drive.permissions.delete"


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.fixture
def time() -> StillTime:
    return StillTime()


@pytest.fixture
def drive(sandbox_server: RunningSandbox, time: StillTime) -> Iterator[DriveDoor]:
    for email in (PARENT, OTHER):
        sandbox_server.workspace.users[email] = User(email=email)
    with open_door(sandbox_server, time=time) as door:
        yield door.drive


@pytest.fixture
def folder(drive: DriveDoor) -> str:
    return drive.create_folder("SEN Plans", {"senplans_kind": "folder"}).file_id


@pytest.fixture
def copy(drive: DriveDoor, folder: str, sandbox_server: RunningSandbox) -> RemoteFile:
    """One Doc made by the adapter; the journal starts after it."""
    made = drive.create_document("Plan copy", folder, {"senplans_pupil": "P09"}, word("First words."))
    sandbox_server.workspace.journal.clear()
    return made


def give(file_id: str, email: str = PARENT, message: str = "A copy for you.") -> PermissionChange:
    return PermissionChange(file_id=file_id, email=email, message=message)


def readers(drive: DriveDoor, file_id: str) -> dict[str, str]:
    found = drive.find(file_id)
    assert found is not None
    return {each.email: each.permission_id for each in found.permissions or () if each.role == "reader"}


def test_a_document_is_made_in_one_call_and_only_its_owner_may_open_it(
    drive: DriveDoor, folder: str, sandbox_server: RunningSandbox
) -> None:
    sandbox_server.workspace.journal.clear()
    made = drive.create_document("Plan copy", folder, {"senplans_pupil": "P09"}, word("Words."))
    assert calls(sandbox_server) == {"drive.files.create": 1}
    assert (made.mime_type, made.parents, made.properties) == (DOCUMENT, (folder,), {"senplans_pupil": "P09"})
    assert made.link
    assert made.owned_by_me
    assert [(each.email, each.role) for each in made.permissions or ()] == [(SENCO, "owner")]


def test_a_document_is_replaced_in_place_in_one_call(
    drive: DriveDoor, copy: RemoteFile, sandbox_server: RunningSandbox
) -> None:
    drive.change_permissions([give(copy.file_id)])
    sandbox_server.workspace.journal.clear()
    updated = drive.update_document(copy.file_id, "New name", {"senplans_view": "abc"}, word("Second words."))
    assert calls(sandbox_server) == {"drive.files.update": 1}
    assert (updated.file_id, updated.link, updated.name) == (copy.file_id, copy.link, "New name")
    assert updated.properties == {"senplans_pupil": "P09", "senplans_view": "abc"}
    assert PARENT in readers(drive, copy.file_id)
    assert drive.export_text(copy.file_id).strip() == "Second words."


def test_what_is_written_can_be_taken_out_as_word(drive: DriveDoor, copy: RemoteFile) -> None:
    document = docx.Document(io.BytesIO(drive.export_docx(copy.file_id)))
    assert "First words." in [paragraph.text for paragraph in document.paragraphs]


def test_folders_and_spreadsheets_carry_their_properties(drive: DriveDoor, folder: str) -> None:
    sheet = drive.create_spreadsheet("SENCO workbook", folder, {"senplans_kind": "senco"})
    found = drive.find(folder)
    assert (sheet.mime_type, sheet.parents, sheet.properties) == (SPREADSHEET, (folder,), {"senplans_kind": "senco"})
    assert found is not None
    assert found.mime_type == FOLDER


def test_files_are_listed_with_their_readers_in_one_call(
    drive: DriveDoor, copy: RemoteFile, sandbox_server: RunningSandbox
) -> None:
    drive.change_permissions([give(copy.file_id, "Parent@Family.example")])
    sandbox_server.workspace.journal.clear()
    listed = {each.file_id: each for each in drive.list_files()}
    assert calls(sandbox_server) == {"drive.files.list": 1}
    assert {each.email for each in listed[copy.file_id].permissions or ()} == {SENCO, PARENT}
    assert listed[copy.file_id].properties == {"senplans_pupil": "P09"}


def test_files_in_the_bin_are_neither_listed_nor_found(drive: DriveDoor, copy: RemoteFile) -> None:
    drive.trash(copy.file_id)
    assert copy.file_id not in {each.file_id for each in drive.list_files()}
    assert drive.find(copy.file_id) is None


def test_a_file_out_of_sight_is_not_found(copy: RemoteFile, sandbox_server: RunningSandbox) -> None:
    with open_door(sandbox_server, PARENT) as stranger:
        assert stranger.drive.find(copy.file_id) is None
        assert stranger.drive.list_files() == ()
        with pytest.raises(NotVisible):
            stranger.drive.export_text(copy.file_id)


def test_readers_are_given_and_taken_and_mailed(
    drive: DriveDoor, copy: RemoteFile, sandbox_server: RunningSandbox
) -> None:
    given = drive.change_permissions([give(copy.file_id)])
    assert [outcome.done for outcome in given] == [True]
    assert len(sandbox_server.workspace.outbox) == 1
    held = readers(drive, copy.file_id)
    taken = drive.change_permissions([PermissionChange(file_id=copy.file_id, permission_id=held[PARENT])])
    assert [outcome.done for outcome in taken] == [True]
    assert readers(drive, copy.file_id) == {}


def test_a_hundred_files_are_shared_in_one_request(
    drive: DriveDoor, folder: str, sandbox_server: RunningSandbox
) -> None:
    made = [drive.create_spreadsheet(f"File {n}", folder, {}).file_id for n in range(101)]
    sandbox_server.workspace.journal.clear()
    outcomes = drive.change_permissions([give(file_id) for file_id in made])
    assert all(outcome.done for outcome in outcomes)
    assert calls(sandbox_server) == {"batch.drive": 2, GIVE: 101}


def test_two_changes_of_one_file_never_share_a_request_and_removals_come_first(
    drive: DriveDoor, copy: RemoteFile, folder: str, sandbox_server: RunningSandbox
) -> None:
    second = drive.create_spreadsheet("Second", folder, {}).file_id
    drive.change_permissions([give(copy.file_id)])
    held = readers(drive, copy.file_id)[PARENT]
    sandbox_server.workspace.journal.clear()
    changes = [
        give(copy.file_id, OTHER),
        give(second, PARENT),
        give(second, OTHER),
        PermissionChange(file_id=copy.file_id, permission_id=held),
    ]
    outcomes = drive.change_permissions(changes)
    assert [outcome.change for outcome in outcomes] == changes
    assert all(outcome.done for outcome in outcomes)
    journal = [(entry["method"], entry["target"]) for entry in sandbox_server.workspace.journal]
    assert journal == [
        ("batch.drive", ""),
        (TAKE, copy.file_id),
        ("batch.drive", ""),
        (GIVE, copy.file_id),
        (GIVE, second),
        ("batch.drive", ""),
        (GIVE, second),
    ]
    assert readers(drive, copy.file_id).keys() == {OTHER}


def test_removing_what_is_removed_already_counts_as_done(drive: DriveDoor, copy: RemoteFile) -> None:
    drive.change_permissions([give(copy.file_id)])
    held = readers(drive, copy.file_id)[PARENT]
    removal = PermissionChange(file_id=copy.file_id, permission_id=held)
    outcomes = [*drive.change_permissions([removal]), *drive.change_permissions([removal])]
    assert [outcome.done for outcome in outcomes] == [True, True]


def test_removing_from_a_file_out_of_sight_is_not_done(drive: DriveDoor) -> None:
    (outcome,) = drive.change_permissions([PermissionChange(file_id="nowhere", permission_id="123")])
    assert outcome.reason == "notFound"
    assert "No access was changed" in outcome.message


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (400, "invalidSharingRequest"),
        (403, "cannotInviteNonGoogleUser"),
        (403, "domainPolicy"),
        (403, "shareOutNotPermitted"),
        (403, "shareOutNotPermittedToUser"),
        (403, "sharingRateLimitExceeded"),
        (403, "appNotAuthorizedToChild"),
        (403, "somethingNewEntirely"),
        (500, "backendError"),
    ],
)
def test_a_refused_share_is_an_outcome_with_a_sentence_and_is_not_repeated(
    drive: DriveDoor, copy: RemoteFile, sandbox_server: RunningSandbox, status: int, reason: str
) -> None:
    fault(sandbox_server, method=GIVE, status=status, reason=reason)
    (outcome,) = drive.change_permissions([give(copy.file_id)])
    assert (outcome.done, outcome.reason) == (False, reason)
    assert len(outcome.message.split(". ")) >= 2
    assert PARENT not in outcome.message
    assert calls(sandbox_server) == {"batch.drive": 1, GIVE: 1}


def test_only_the_share_that_came_too_fast_is_sent_again(
    drive: DriveDoor, copy: RemoteFile, folder: str, sandbox_server: RunningSandbox, time: StillTime
) -> None:
    second = drive.create_spreadsheet("Second", folder, {}).file_id
    sandbox_server.workspace.journal.clear()
    fault(sandbox_server, method=GIVE, nth=1, status=403, reason="userRateLimitExceeded", retry_after=7)
    outcomes = drive.change_permissions([give(copy.file_id), give(second)])
    assert all(outcome.done for outcome in outcomes)
    assert calls(sandbox_server) == {"batch.drive": 2, GIVE: 3}
    assert time.slept == [7.0]


def test_a_removal_with_a_server_fault_is_sent_again(
    drive: DriveDoor, copy: RemoteFile, sandbox_server: RunningSandbox
) -> None:
    drive.change_permissions([give(copy.file_id)])
    held = readers(drive, copy.file_id)[PARENT]
    fault(sandbox_server, method=TAKE, nth=1, status=503)
    (outcome,) = drive.change_permissions([PermissionChange(file_id=copy.file_id, permission_id=held)])
    assert outcome.done
    assert readers(drive, copy.file_id) == {}


def test_a_reading_that_fails_is_repeated(
    drive: DriveDoor, copy: RemoteFile, sandbox_server: RunningSandbox, time: StillTime
) -> None:
    fault(sandbox_server, method="drive.files.get", nth=1, times=2, status=503)
    assert drive.find(copy.file_id) is not None
    assert calls(sandbox_server) == {"drive.files.get": 3}
    assert time.slept == [1.0, 2.0]


def test_a_reading_whose_answer_is_lost_is_repeated(
    drive: DriveDoor, copy: RemoteFile, sandbox_server: RunningSandbox
) -> None:
    fault(sandbox_server, method="drive.files.get", nth=1, lost=True)
    assert drive.find(copy.file_id) is not None
    assert calls(sandbox_server) == {"drive.files.get": 2}


@pytest.mark.parametrize("rule", [{"status": 503}, {"lost": True}, {"reset": True}], ids=["503", "lost", "reset"])
def test_a_creation_that_may_have_happened_is_not_repeated(
    drive: DriveDoor, folder: str, sandbox_server: RunningSandbox, rule: dict[str, Any]
) -> None:
    sandbox_server.workspace.journal.clear()
    fault(sandbox_server, method="drive.files.create", **rule)
    with pytest.raises((Busy, Unreachable)):
        drive.create_document("Plan copy", folder, {}, word("Words."))
    assert calls(sandbox_server) == {"drive.files.create": 1}


def test_a_creation_that_came_too_fast_is_repeated(
    drive: DriveDoor, folder: str, sandbox_server: RunningSandbox, time: StillTime
) -> None:
    fault(sandbox_server, method="drive.files.create", nth=1, status=429, retry_after=9)
    drive.create_document("Plan copy", folder, {}, word("Words."))
    assert len(drive.list_files()) == 2
    assert time.slept == [9.0]


def test_replacing_a_document_is_repeated_after_a_lost_answer(
    drive: DriveDoor, copy: RemoteFile, sandbox_server: RunningSandbox
) -> None:
    fault(sandbox_server, method="drive.files.update", nth=1, lost=True)
    drive.update_document(copy.file_id, "Plan copy", {}, word("Second words."))
    assert calls(sandbox_server) == {"drive.files.update": 2}
    assert drive.export_text(copy.file_id).strip() == "Second words."


def test_being_told_to_slow_down_for_ever_ends_within_our_patience(
    drive: DriveDoor, sandbox_server: RunningSandbox, time: StillTime
) -> None:
    fault(sandbox_server, method="drive.files.list", status=429)
    with pytest.raises(Busy) as caught:
        drive.list_files()
    assert caught.value.call == "drive.files.list"
    assert sum(time.slept) <= 60


def test_a_page_of_html_is_an_error_like_any_other(drive: DriveDoor, sandbox_server: RunningSandbox) -> None:
    fault(sandbox_server, method="drive.files.get", status=404, html=True)
    assert drive.find("anything") is None


def test_a_missing_scope_is_told_apart(sandbox_server: RunningSandbox) -> None:
    with open_door(sandbox_server, scopes=["calendar.app.created"]) as door, pytest.raises(ScopeMissing):
        door.drive.list_files()


def test_no_error_carries_the_token(sandbox_server: RunningSandbox) -> None:
    with open_door(sandbox_server) as door:
        token = door.drive._transport.credentials.token
        sandbox_server.workspace.services.clear()
        with pytest.raises(NotSignedIn) as caught:
            door.drive.list_files()
    assert_silent(caught.value, token)


def test_no_error_carries_the_token_when_google_is_away(sandbox_server: RunningSandbox) -> None:
    with open_door(sandbox_server) as door:
        token = door.drive._transport.credentials.token
        fault(sandbox_server, method="drive.files.create", lost=True)
        with pytest.raises(Unreachable) as caught:
            door.drive.create_folder("SEN Plans", {})
    assert_silent(caught.value, token)


def assert_silent(error: Trouble, token: str) -> None:
    told = [f"{each} {each!r} {vars(each)}" for each in (error, error.__cause__, error.__context__) if each]
    assert told
    assert not any(token in text for text in told)
