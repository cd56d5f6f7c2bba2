"""Which of the school's staff may open which plan workbook. Plans only; nothing happens here.

People who are not in the Staff tab and got access by hand keep it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from server.plans.files import SchoolFiles, group_in
from server.plans.groups import WHOLE_SCHOOL
from server.plans.mailbox import address, mailbox, same_mailboxes
from server.plans.model import School
from server.plans.ports import Permission, PermissionChange, RemoteFile
from server.plans.sharing import group_editors, is_senco_team, plan_editors

STAFF_MESSAGE = "You can now edit the SEN plans of the children you teach. Please keep the link to yourself."
ARCHIVE_MESSAGE = "You can now read the closed SEN plans of an earlier school year. Please keep the link to yourself."


def plan_staff_access(school: School, files: SchoolFiles, homes: Mapping[str, str]) -> tuple[PermissionChange, ...]:
    """Changes after which the right staff may edit each plan workbook.

    A whole-school workbook is for everybody ticked in Staff; one of a group for those ticked who answer for one of
    its pupils, and for the SENCO team. An archive is read by the SENCO team; one out of use by nobody in Staff."""
    changes: list[PermissionChange] = []
    for workbook in files.plans:
        changes += _plan_access(school, workbook, [p for p, home in homes.items() if home == workbook.file_id])
    everybody = frozenset(address(s.email) for s in school.staff) - {""}
    team, _ = plan_editors(school)
    team &= {address(s.email) for s in school.staff if is_senco_team(s)}
    for workbook in files.archives:
        changes += _to_be_held(workbook, team, everybody - team, role="reader", message=ARCHIVE_MESSAGE)
    for workbook in files.retired:
        changes += _to_be_held(workbook, frozenset(), everybody, role="reader", message="")
    return tuple(changes)


def _plan_access(school: School, workbook: RemoteFile, pupils: Collection[str]) -> Iterator[PermissionChange]:
    whole = group_in(workbook) == WHOLE_SCHOOL
    allowed, refused = plan_editors(school) if whole else group_editors(school, pupils)
    return _to_be_held(workbook, allowed, refused, role="writer", message=STAFF_MESSAGE)


def _to_be_held(
    workbook: RemoteFile, allowed: frozenset[str], refused: frozenset[str], *, role: str, message: str
) -> Iterator[PermissionChange]:
    """``allowed`` get ``role``; ``refused``, and those who hold more than a role to read, lose what they have."""
    lost = same_mailboxes(refused) - same_mailboxes(allowed)
    wanted = {"writer", "owner"} if role == "writer" else {"reader", "owner"}
    held = {mailbox(p.email) for p in workbook.permissions or () if p.role in wanted}
    team = same_mailboxes(allowed)

    def is_wrong(permission: Permission) -> bool:
        too_much = role == "reader" and permission.role == "writer" and mailbox(permission.email) in team
        return permission.role != "owner" and (mailbox(permission.email) in lost or too_much)

    yield from _removals(workbook, is_wrong)
    for email in sorted(allowed):
        if mailbox(email) not in held:
            yield PermissionChange(file_id=workbook.file_id, email=email, role=role, message=message)


def _removals(file: RemoteFile, is_wrong: Callable[[Permission], bool]) -> list[PermissionChange]:
    return [
        PermissionChange(file_id=file.file_id, email=p.email, role=p.role, permission_id=p.permission_id)
        for p in file.permissions or ()
        if not p.inherited and is_wrong(p)
    ]
