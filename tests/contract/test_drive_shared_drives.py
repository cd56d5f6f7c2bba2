"""Shared drives, limited-access folders and the administrator's policies through Google's own client."""

from __future__ import annotations

from typing import Any

import pytest
from drive_helpers import FOLDER, PARENT, SENCO, TEACHER, make, reason, refusal, share

from sandbox.drive import policy

ALL: dict[str, Any] = {"supportsAllDrives": True}


@pytest.fixture
def shared(drive: Any) -> str:
    made = drive.drives().create(requestId="one", body={"name": "SEN"}).execute()
    assert made == {"kind": "drive#drive", "id": made["id"], "name": "SEN"}
    return str(made["id"])


def put(drive: Any, parent: str, fields: str = "id", **body: Any) -> Any:
    body = {"name": "Plan", "parents": [parent], **body}
    return drive.files().create(body=body, fields=fields, **ALL).execute()


def restrict(drive: Any, shared: str, **restrictions: bool) -> None:
    drive.drives().update(driveId=shared, body={"restrictions": restrictions}).execute()


def test_a_request_id_makes_one_drive(drive: Any, shared: str) -> None:
    again = drive.drives().create(requestId="one", body={"name": "SEN"})
    assert reason(again, 409) == "teamDriveAlreadyExists"
    assert [one["id"] for one in drive.drives().list().execute()["drives"]] == [shared]


def test_an_item_belongs_to_the_drive_and_hides_its_permissions(drive: Any, shared: str) -> None:
    made = put(drive, shared, fields="*")
    assert made["driveId"] == shared
    assert made["ownedByMe"] is False
    assert not {"owners", "permissions", "permissionIds", "writersCanShare"} & set(made)
    listed = drive.permissions().list(fileId=made["id"], fields="permissions(role,emailAddress)", **ALL).execute()
    assert listed == {"permissions": [{"role": "organizer", "emailAddress": SENCO}]}


def test_shared_drive_items_are_only_there_for_who_says_they_know_them(drive: Any, shared: str) -> None:
    file_id = put(drive, shared)["id"]
    assert reason(drive.files().get(fileId=file_id), 404) == "notFound"
    assert drive.files().list().execute()["files"] == []
    everything = drive.files().list(includeItemsFromAllDrives=True, **ALL).execute()
    assert [one["id"] for one in everything["files"]] == [file_id]
    one_drive = {"corpora": "drive", "driveId": shared, "includeItemsFromAllDrives": True, **ALL}
    assert [one["id"] for one in drive.files().list(**one_drive).execute()["files"]] == [file_id]


def test_roles_in_a_drive(drive: Any, teacher: Any, shared: str) -> None:
    share(drive, shared, TEACHER, "writer", **ALL)
    file_id = put(teacher, shared)["id"]
    teacher.files().update(fileId=file_id, body={"name": "Renamed"}, **ALL).execute()
    trash = {"fileId": file_id, "body": {"trashed": True}, **ALL}
    assert reason(teacher.files().update(**trash), 403) == "insufficientFilePermissions"
    share(drive, shared, TEACHER, "fileOrganizer", **ALL)
    teacher.files().update(**trash).execute()
    assert reason(teacher.files().delete(fileId=file_id, **ALL), 403) == "insufficientFilePermissions"
    drive.files().delete(fileId=file_id, **ALL).execute()


def test_a_drives_restrictions_keep_parents_out(drive: Any, teacher: Any, shared: str) -> None:
    file_id = put(drive, shared)["id"]
    body = {"type": "user", "role": "reader", "emailAddress": "nobody@nowhere.example"}
    stranger = drive.permissions().create(fileId=file_id, body=body, **ALL)
    assert reason(stranger, 403) == "cannotShareTeamDriveWithNonGoogleAccounts"
    restrict(drive, shared, domainUsersOnly=True)
    body = {"type": "anyone", "role": "reader"}
    link = drive.permissions().create(fileId=file_id, body=body, **ALL)
    assert reason(link, 403) == "teamDriveDomainUsersOnlyRestriction"
    restrict(drive, shared, domainUsersOnly=False, driveMembersOnly=True)
    body = {"type": "user", "role": "reader", "emailAddress": TEACHER}
    assert teacher  # has an account
    member = drive.permissions().create(fileId=file_id, body=body, **ALL)
    assert reason(member, 403) == "teamDriveTeamMembersOnlyRestriction"


def test_a_drive_with_something_in_it_stays(drive: Any, shared: str) -> None:
    file_id = put(drive, shared)["id"]
    assert reason(drive.drives().delete(driveId=shared), 403) == "cannotDeleteResourceWithChildren"
    drive.files().delete(fileId=file_id, **ALL).execute()
    drive.drives().delete(driveId=shared).execute()
    assert reason(drive.drives().get(driveId=shared), 404) == "notFound"


def test_changes_of_a_drive_are_its_own_list(drive: Any, shared: str) -> None:
    token = drive.changes().getStartPageToken(driveId=shared, **ALL).execute()["startPageToken"]
    file_id = put(drive, shared)["id"]
    make(drive, "elsewhere")
    options = {"driveId": shared, "includeItemsFromAllDrives": True, **ALL}
    changes = drive.changes().list(pageToken=token, **options).execute()["changes"]
    assert [(one["fileId"], one["driveId"]) for one in changes] == [(file_id, shared)]


def test_a_limited_folder_takes_no_access_from_above(drive: Any, teacher: Any) -> None:
    top = make(drive, mime_type=FOLDER)["id"]
    limited = make(drive, mime_type=FOLDER, parents=[top], inheritedPermissionsDisabled=True)["id"]
    inside = make(drive, parents=[limited])["id"]
    share(drive, top, TEACHER)
    assert reason(teacher.files().get(fileId=inside), 404) == "notFound"
    drive.files().update(fileId=limited, body={"inheritedPermissionsDisabled": False}).execute()
    assert teacher.files().get(fileId=inside).execute()["id"] == inside
    plain = drive.files().update(fileId=inside, body={"inheritedPermissionsDisabled": True})
    assert reason(plain, 400) == "invalid"


POLICIES = [
    ({"external_sharing": "off"}, PARENT, 400, "invalidSharingRequest"),
    ({"external_sharing": "off", "refusal": "shareOutNotPermitted"}, PARENT, 403, "shareOutNotPermitted"),
    (
        {"external_sharing": "allowlist", "allowed_domains": ["ok.example"], "refusal": "shareOutNotPermittedToUser"},
        PARENT,
        403,
        "shareOutNotPermittedToUser",
    ),
    ({"publishing": False}, "", 400, "publishOutNotPermitted"),
    ({"api_access": "off"}, PARENT, 403, "domainPolicy"),
    ({"visitor_sharing": False}, "nobody@nowhere.example", 403, "cannotInviteNonGoogleUser"),
    ({"reader_only": [PARENT]}, PARENT, 403, "targetUserRoleLimitedByLicenseRestriction"),
]


@pytest.mark.parametrize(("settings", "to", "status", "expected"), POLICIES, ids=[one[3] for one in POLICIES])
def test_what_the_administrator_forbids_is_refused(
    sandbox_server: Any, drive: Any, settings: dict[str, Any], to: str, status: int, expected: str
) -> None:
    file_id = make(drive)["id"]
    policy.seed(sandbox_server.workspace, settings)
    body = {"type": "user", "role": "writer", "emailAddress": to} if to else {"type": "anyone", "role": "reader"}
    assert reason(drive.permissions().create(fileId=file_id, body=body), status) == expected


def test_sharing_within_the_school_goes_on_when_outside_is_off(sandbox_server: Any, drive: Any) -> None:
    file_id = make(drive)["id"]
    policy.seed(sandbox_server.workspace, {"external_sharing": "off"})
    assert share(drive, file_id, TEACHER)["role"] == "reader"
    body = {"type": "user", "role": "reader", "emailAddress": PARENT}
    said = refusal(drive.permissions().create(fileId=file_id, body=body), 400)
    assert "ACL change not allowed." in said["errors"][0]["message"]


def test_a_policy_that_does_not_exist_is_refused(workspace: Any) -> None:
    with pytest.raises(ValueError, match="unknown drive settings: sharing"):
        policy.seed(workspace, {"sharing": "off"})
    with pytest.raises(ValueError, match="external_sharing must be one of"):
        policy.seed(workspace, {"external_sharing": "maybe"})


def test_a_new_property_is_found_only_after_the_lag(sandbox_server: Any, drive: Any) -> None:
    policy.seed(sandbox_server.workspace, {"property_search_lag": 30})
    file_id = make(drive, appProperties={"kind": "plan"})["id"]
    query = "appProperties has {key='kind' and value='plan'}"
    assert drive.files().list(q=query).execute()["files"] == []
    sandbox_server.workspace.clock.advance(31)
    assert [one["id"] for one in drive.files().list(q=query).execute()["files"]] == [file_id]


def test_a_drive_hidden_or_shown_again_is_told_in_short(drive: Any, shared: str) -> None:
    for act in (drive.drives().hide, drive.drives().unhide):
        assert set(act(driveId=shared).execute()) == {"kind", "id", "name"}
    assert drive.drives().hide(driveId=shared, fields="hidden").execute() == {"hidden": True}
