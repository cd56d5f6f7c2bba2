"""Whose school the panel is about: the one an account publishes for, or what a teacher has opened to us."""

from __future__ import annotations

import hashlib

from server.plans.files import KIND, PLAN_KIND, SCHOOL, school_of, schools_in
from server.plans.groups import WHOLE_SCHOOL, shape_named
from server.plans.mailbox import address, hidden_address
from server.plans.model import School
from server.plans.ports import RemoteFile
from server.plans.setting_facts import FACTS, Fact
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


def _told(fact: Fact) -> str:
    """What stands beside a setting: what it is, and what counts while its cell is empty."""
    usual = f" Empty, it is {fact.default}." if fact.kind == "number" else ""
    return f"{fact.help}{usual}"


def new_school(email: str, *, shape: str = "") -> Starter:
    """An empty school named after its address, for the SENCO to name in Settings. The same every time.

    ``shape`` says what each plan workbook is for; it may be anything that somebody sent."""
    mailbox = address(email)
    domain = mailbox.partition("@")[2] or "my school"
    school_id = "S" + hashlib.sha256(mailbox.encode()).hexdigest()[:8]
    known = {"school_id": school_id, "name": domain, "time_zone": "Europe/London"}
    facts = [fact for fact in FACTS if fact.field != "shape"]
    rows = [{"setting": fact.name, "value": known.get(fact.field), "note": _told(fact)} for fact in facts]
    wanted = shape_named(shape) or WHOLE_SCHOOL
    return Starter(school_id=school_id, name=domain, tables={"settings": rows}, shape=wanted)
