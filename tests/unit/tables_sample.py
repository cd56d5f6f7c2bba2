"""A small school in rows, and the catalogue, for the tests of tables and workbooks."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sheets_templates.catalogue import load

CATALOGUE = load()
STAFF = ("ST1 Jo Ash", "ST2 Al Oak")

PLAN: dict[str, list[dict[str, Any]]] = {
    "pupils": [
        {
            "pupil_id": "P1",
            "first_name": "Ela",
            "last_name": "Örnek",
            "dob": date(2019, 3, 2),
            "year_group": "Y3",
            "sen_status": "K",
            "primary_need": "SPLD",
            "accountable_staff": ("ST1 Jo Ash",),
            "interpreter_needed": True,
            "strengths": '=HYPERLINK("https://example.org")',
            "ready_to_share": False,
        },
        {"pupil_id": "P2", "first_name": "Mei", "last_name": "Lizi", "year_group": "R", "dob": date(2021, 9, 1)},
    ],
    "cycles": [
        {
            "cycle_id": "P1-C1",
            "pupil": "P1 Ela Örnek",
            "cycle_number": 1,
            "stage": "Do",
            "review_due_date": date(2026, 12, 14),
        },
    ],
    "outcomes": [
        {
            "outcome_id": "P1-C1-O1",
            "pupil": "P1 Ela Örnek",
            "cycle": "P1-C1",
            "area": "Literacy",
            "outcome": "By July Ela will read a page “aloud”",
            "baseline_rating": 2,
            "expected_rating": 5,
            "target_date": date(2026, 12, 14),
            "decision": "Achieved – new outcome",
        },
        {"outcome_id": "P1-C1-O2", "pupil": "P1", "cycle": "P1-C1", "area": "Mathematics", "target": "3/5"},
    ],
    "provision": [
        {
            "provision_id": "P1-C1-V1",
            "pupil": "P1 Ela Örnek",
            "cycle": "P1-C1",
            "outcomes": ("P1-C1-O1", "P1-C1-O2"),
            "what": "Paired reading in the quiet corner, every day",
            "kind": "1:1",
            "additional": True,
            "delivered_by": "ST2 Al Oak",
            "sessions_per_week": 0.5,
        }
    ],
    "meetings": [
        {
            "meeting_id": "M1",
            "pupil": "P1 Ela Örnek",
            "cycle": "P1-C1",
            "date": date(2026, 12, 14),
            "start_time": time(15, 30),
            "minutes": 45,
            "status": "Booked",
            "staff": STAFF,
        }
    ],
}

SENCO: dict[str, list[dict[str, Any]]] = {
    "settings": [
        {"setting": "School id", "value": "S2"},
        {"setting": "Half-term", "value": "Autumn 1", "start": date(2026, 9, 2), "end": date(2026, 10, 23)},
    ],
    "staff": [
        {"staff_id": "ST1", "name": "Jo Ash", "role": "SENCO", "email": "jo@example.org"},
        {"staff_id": "ST2", "name": "Al Oak", "role": "Lollipop person", "external": True},
    ],
    "contacts": [
        {
            "contact_id": "C1",
            "pupil": "P1 Ela Örnek",
            "name": "Can Örnek",
            "email": "can@example.org",
            "receives_plan_copy": True,
            "restriction_kind": "none",
        },
        {"contact_id": "C2", "pupil": "P1 Ela Örnek", "name": "Bo Örnek", "restriction_kind": "no_information"},
    ],
    "notifications": [
        {
            "notification_id": "N1",
            "pupil": "P1 Ela Örnek",
            "contact": "C1",
            "date": date(2026, 9, 3),
            "method": "Letter",
        }
    ],
    "senplans": [{"kind": "self", "key": "workbook", "remote_id": "1AbC"}],
}
