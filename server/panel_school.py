"""Whose school the panel is about: the one an account publishes for, or what a teacher has opened to us."""

from __future__ import annotations

import hashlib

from server.plans.files import KIND, PLAN_KIND, SCHOOL, school_of, schools_in
from server.plans.groups import WHOLE_SCHOOL, shape_named
from server.plans.mailbox import address, hidden_address
from server.plans.model import School
from server.plans.ports import RemoteFile
from server.workflows.install import Starter


def own_school(files: tuple[RemoteFile, ...], spreadsheet_id: str) -> str | None:
    """The school this account publishes for: that of the open workbook, else the only one there is."""
    own = [file for file in files if file.owned_by_me]
    opened = school_of(own, spreadsheet_id) if spreadsheet_id else None
    known = schools_in(own)
    return opened if opened in known else (known[0] if len(known) == 1 else None)


def teachers_workbooks(files: tuple[RemoteFile, ...], spreadsheet_id: str) -> tuple[RemoteFile, ...]:
    """The plan workbook a teacher has opened; beside no workbook, those of one school that they opened before."""
    plans = [f for f in files if f.properties.get(KIND) == PLAN_KIND and not f.owned_by_me]
    if spreadsheet_id:
        return tuple(f for f in plans if f.file_id == spreadsheet_id)
    return tuple(f for f in plans if f.properties.get(SCHOOL) == plans[0].properties.get(SCHOOL))


def own_staff_id(school: School, email: str) -> str:
    """The caller's own id in Staff: by their address there, or by what stands for it in a teacher's workbook."""
    hidden = hidden_address(email)
    own = (row for row in school.staff if hidden and hidden in (hidden_address(row.email), row.note))
    return next((row.staff_id for row in own), "")


def new_school(email: str, *, shape: str = "") -> Starter:
    """An empty school named after its address, for the SENCO to name in Settings. The same every time.

    ``shape`` says what each plan workbook is for; it may be anything that somebody sent."""
    mailbox = address(email)
    domain = mailbox.partition("@")[2] or "my school"
    school_id = "S" + hashlib.sha256(mailbox.encode()).hexdigest()[:8]
    facts = {"School id": school_id, "School name": domain, "Time zone": "Europe/London"}
    rows = [{"setting": name, "value": value} for name, value in facts.items()]
    wanted = shape_named(shape) or WHOLE_SCHOOL
    return Starter(school_id=school_id, name=domain, tables={"settings": rows}, shape=wanted)
