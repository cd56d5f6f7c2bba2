"""The sample file's single papers (profiles, moves, referrals …) as rows of our tabs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

Row = dict[str, Any]

FILES = (
    *("one_page_profiles", "relational_plans", "transition_plans", "ehc_request_packs", "specialist_involvement"),
    *("actions", "plans", "ehc_plans"),
)
OWN = (
    *("early_years", "support_plans", "reports", "parent_views", "child_views", "early_notes", "support_drafts"),
    *("agreements", "concerns", "status_history", "contact_log", "reads", "library", "exceptions", "questions"),
    *("training", "transfers", "access_requests"),
)
"""Tables of ours that the file may hold as they are: a column's key for each of its values."""

CYCLE_PAPERS = "cycle_papers"
"""More of the columns of a cycle: by ``cycle_id``."""

OUTCOME_PAPERS = "outcome_papers"
"""More of the columns of an outcome: by ``outcome_id``."""

Name = Callable[[object], str]
"""The name of a member of staff or of a school by its id; other words as they are."""


def papers(tables: Mapping[str, Iterable[Row]], *, pupils: Mapping[Any, str], name: Name) -> dict[str, list[Row]]:
    """Rows by table for the pupils given, ``name`` naming staff and schools by id."""
    makers = {
        "profiles": ("one_page_profiles", _profile),
        "relational": ("relational_plans", _relational),
        "transitions": ("transition_plans", _transition),
        "ehc_requests": ("ehc_request_packs", _request),
        "referrals": ("specialist_involvement", _referral),
        "costs": ("provision", _cost),
        "plans": ("plans", _plan),
        "actions": ("actions", _action),
    }
    own = {table: [_own(row, pupils) for row in tables[table] if row.get("pupil_id") in pupils] for table in OWN}
    outcomes = [
        {"pupil": pupils[row["pupil_id"]], **outcome}
        for row in tables["ehc_plans"]
        if row.get("pupil_id") in pupils
        for outcome in _ehc_outcomes(row)
    ]
    return (
        own
        | {"ehc_outcomes": outcomes}
        | {
            table: [
                {"pupil": pupils[row["pupil_id"]], **make(row, name)}
                for row in tables[source]
                if row.get("pupil_id") in pupils
            ]
            for table, (source, make) in makers.items()
        }
    )


def actions_of(review_id: object, actions: Iterable[Row], name: Name) -> tuple[str, ...]:
    """What a review decided to do: action, who and by when, one line each."""
    mine = (row for row in actions if row.get("review_id") == review_id)
    return tuple(_listed(row.get("action"), name(row.get("owner")), _day(row.get("due_date"))) for row in mine)


def _own(row: Row, pupils: Mapping[Any, str]) -> Row:
    return {
        "pupil": pupils[row["pupil_id"]],
        **{key: _typed(value) for key, value in row.items() if key != "pupil_id"},
    }


def more_of(key: str, own_id: object, rows: Iterable[Row]) -> Row:
    """What else the file says of a cycle or an outcome, as columns of its tab."""
    found = next((row for row in rows if row.get(key) == own_id), {})
    return {name: _typed(value) for name, value in found.items() if name not in (key, "pupil_id")}


def _profile(row: Row, _: Name) -> Row:
    return {
        "profile_id": f"PF-{row.get('pupil_id')}",
        "admire": row.get("what_people_admire"),
        "important": row.get("what_is_important_to_me"),
        "child_took_part": row.get("child_took_part"),
        "updated": _typed(row.get("updated")),
    }


def _relational(row: Row, _: Name) -> Row:
    words = ("safe", "included", "connected", "cared_for", "understood", "repair", "child_took_part")
    lists = ("trusted_adults", "adults_do", "adults_dont", "signs", "calm")
    return {
        "relational_id": row.get("relational_id"),
        **{key: row.get(key) for key in words},
        **{key: _lines(row.get(key), ";" if key == "trusted_adults" else ",") for key in lists},
        "review_date": _typed(row.get("review_date")),
    }


def _transition(row: Row, name: Name) -> Row:
    return {
        "transition_id": row.get("transition_id"),
        "move_from": name(row.get("from_setting")),
        "move_to": name(row.get("to_setting")),
        "move_date": _typed(row.get("move_date")),
        "kind": row.get("kind"),
        "level": row.get("level"),
        "sending_lead": name(row.get("sending_lead")),
        "receiving_lead": name(row.get("receiving_lead")),
        "excited": row.get("child_excited"),
        "worried": row.get("child_worried"),
        "keep": _lines(row.get("must_continue"), ";"),
        "visits": tuple(_day(day) for day in _lines(row.get("visits"), ";")),
        "meeting_date": _typed(row.get("meeting_date")),
        "records_sent": _typed(row.get("records_sent")),
        "settling_check": _typed(row.get("settling_check_due")),
        "information_agreed": ("Agreed with the parents",) if row.get("info_agreed_with_parents") else (),
    }


IN_THE_PACK = "In the pack"
PACK_FOLDER = "https://drive.example.org/pack"
PACK_TEXTS = {
    "attainment": "evidence_attainment",
    "nature": "evidence_nature",
    "only_with_support": "evidence_progress_only_with_support",
    "clinicians": "evidence_health_social",
    "head_agreed": "head_signoff",
}
"""What the file only says is there, by our column: its words are in the school's pack, not in the file."""
PACK_LINKS = {
    "child_views": "child_views",
    "parent_views": "parent_views",
    "support_plan": "my_support_plan",
    "costed_map": "costed_map",
    "council_form": "la_form",
}


def _request(row: Row, _: Name) -> Row:
    agreed = _typed(row.get("parent_informed_and_agrees"))
    return {
        "request_id": row.get("pack_id"),
        "requester": row.get("requester"),
        "reason": row.get("reason_for_request"),
        "limb_a": row.get("limb_a_has_or_may_have_sen"),
        "limb_b": row.get("limb_b_may_need_provision_via_plan"),
        "informed": agreed is not None,
        "informed_date": agreed,
        "sent": _typed(row.get("submitted")),
        **{column: IN_THE_PACK for column, flag in PACK_TEXTS.items() if row.get(flag) is True},
        **{column: f"{PACK_FOLDER}/{column}" for column, flag in PACK_LINKS.items() if row.get(flag) is True},
        **({"reports": f"{PACK_FOLDER}/reports"} if row.get("professional_reports") else {}),
    }


def _referral(row: Row, name: Name) -> Row:
    return {
        "referral_id": row.get("involvement_id"),
        "service": row.get("type"),
        "service_detail": name(row.get("specialist_staff_id")),
        "agreed_by": row.get("agreed_by"),
        "agreed_date": _typed(row.get("parent_agreement_date")),
        "sent": _typed(row.get("referred_date")),
        "report_date": _typed(row.get("report_date")),
        "advice": _lines(row.get("advice_summary"), ";"),
    }


PLAN_KINDS = {
    "sen_support_plan": "SEN support",
    "eyfs_plan": "Early years",
    "my_support_plan": "My Support Plan",
    "school_plan_apdr": "School plan under an EHC plan",
    "relational_plan": "Relational",
}


def _plan(row: Row, _: Name) -> Row:
    return {
        "plan_id": row.get("plan_id"),
        "kind": PLAN_KINDS.get(str(row.get("template")), row.get("template")),
        "started": _typed(row.get("start_date")),
        "note": row.get("note"),
    }


def _action(row: Row, name: Name) -> Row:
    return {
        "action_id": row.get("action_id"),
        "review": row.get("review_id"),
        "action": row.get("action"),
        "owner": name(row.get("owner")),
        "due": _typed(row.get("due_date")),
        "status": row.get("status"),
        "about": "Review",
    }


def _ehc_outcomes(row: Row) -> Iterable[Row]:
    """The outcomes that a file numbers ``outcome_1``, ``outcome_2`` …"""
    for key, words in row.items():
        if key.startswith("outcome_") and words:
            number = key.removeprefix("outcome_")
            yield {
                "ehc_outcome_id": f"EO-{row.get('pupil_id')}-{number}",
                "outcome": words,
                "since": _typed(row.get("issued")),
            }


def _cost(row: Row, _: Name) -> Row:
    return {
        "cost_id": f"CO-{row.get('provision_id')}",
        "provision": f"{row.get('provision_id')} {row.get('what')}",
        "funding": row.get("funding"),
        "hourly_rate": row.get("hourly_rate_gbp"),
        "one_off": row.get("one_off_cost_gbp"),
    }


def _lines(text: object, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(text or "").split(separator) if part.strip())


def _listed(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _typed(text: object) -> object:
    if not isinstance(text, str):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text or None


def _day(text: object) -> str:
    found = _typed(text)
    return f"{found.day} {found:%B %Y}" if isinstance(found, date) else str(found or "")
