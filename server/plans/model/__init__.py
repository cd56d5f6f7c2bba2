"""What a school's workbooks say, as frozen records. Pure: no clock, no Google, no files.

Every record's field names are the column keys of its table in ``sheets_templates/tables``. A cell that is
empty, or that could not be read, gives the field's default. ``cells`` maps a field to the address of its cell
(``"Plan!F17"``), so that a finding can point at it.
"""

from __future__ import annotations

from server.plans.model.agency import AccessRequest, AnnualReport, EhcRequest, Referral, Transfer, Transition
from server.plans.model.finding import Finding
from server.plans.model.following import (
    Action,
    EhcOutcome,
    Exemption,
    Plan,
    Question,
    ReadTick,
    StatusChange,
    Strategy,
)
from server.plans.model.means import Cost, EarlyYears, Training
from server.plans.model.meeting import Meeting, View
from server.plans.model.people import LONGEST_KEY, Contact, EhcPlan, Notification, Pupil
from server.plans.model.record import Day, Paper, Problem, Record
from server.plans.model.school import School, grouped
from server.plans.model.setting import Settings, Staff, Term
from server.plans.model.talk import Concern, ContactNote, EarlyNote
from server.plans.model.turn import Cycle, LogEntry, Outcome, Provision, Review

__all__ = [
    "LONGEST_KEY",
    "AccessRequest",
    "Action",
    "AnnualReport",
    "Concern",
    "Contact",
    "ContactNote",
    "Cost",
    "Cycle",
    "Day",
    "EarlyNote",
    "EarlyYears",
    "EhcOutcome",
    "EhcPlan",
    "EhcRequest",
    "Exemption",
    "Finding",
    "LogEntry",
    "Meeting",
    "Notification",
    "Outcome",
    "Paper",
    "Plan",
    "Problem",
    "Provision",
    "Pupil",
    "Question",
    "ReadTick",
    "Record",
    "Referral",
    "Review",
    "School",
    "Settings",
    "Staff",
    "StatusChange",
    "Strategy",
    "Term",
    "Training",
    "Transfer",
    "Transition",
    "View",
    "grouped",
]
