"""A file of plans in the sample's format, as the rows a school would have typed. Hostile until checked.

The file is one JSON object of flat tables (``settings``, ``staff``, ``pupils``, ``contacts``, …); ids are keys, dates
ISO texts. Whatever is missing is left out; whatever can't be a table is refused with its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from importlib.resources import files
from pathlib import Path
from typing import Any

from server.demo.sample_papers import CYCLE_PAPERS, FILES, OUTCOME_PAPERS, OWN, actions_of, more_of, papers
from server.plans.model import LONGEST_KEY
from server.plans.trouble import Invalid
from server.workflows.install import Starter
from sheets_templates.text import clean

Row = dict[str, Any]
Table = list[Row]
PHASE_MOVES = {
    "N2": "Early years to school",
    "Y2": "Infant to junior",
    "Y6": "Primary to secondary",
    "Y11": "Secondary to post-16",
}
"""Which move a pupil of a year makes, where the file says only that there is one."""
ADVICE = "Your council's free, independent SEND advice service (SENDIASS)"

TABLES = (
    *("settings", "terms", "staff", "pupils", "contacts", "cycles", "outcomes", "provision", "reviews", "meetings"),
    *("letters", "ehc_plans", "log", "views"),
    *FILES,
    *OWN,
    CYCLE_PAPERS,
    OUTCOME_PAPERS,
)


@dataclass(frozen=True, kw_only=True)
class SampleFile:
    """A file of plans: its tables, and the day it is about."""

    anchor: date | None
    tables: Mapping[str, Table]

    @property
    def school_ids(self) -> tuple[str, ...]:
        return tuple(str(row["setting_id"]) for row in self.tables["settings"])


def load(path: Path | None = None) -> SampleFile:
    """Read a file in the sample's format; the invented sample schools where no path is given.

    Raises Invalid with the place where the file is not what it should be."""
    try:
        data = json.loads(path.read_text("utf-8")) if path else _sample()
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Invalid(f"That file could not be read: {error}. Nothing was made.", place=str(path)) from error
    return _checked(data)


def sample_text() -> str:
    """The invented sample schools as one file of plans, with the single papers that fill every template."""
    return json.dumps(_sample(), ensure_ascii=False)


def _sample() -> dict[str, Any]:
    pupils, papers_too = (
        json.loads((files("server.demo") / name).read_text("utf-8"))
        for name in ("sample_pupils.json", "sample_papers.json")
    )
    return {**papers_too, **pupils}


def _checked(data: object) -> SampleFile:
    if not isinstance(data, dict):
        raise Invalid("A file of plans is one JSON object of tables. Nothing was made.", place="top level")
    tables = {name: _table(name, data.get(name) or []) for name in TABLES}
    if not tables["settings"]:
        raise Invalid("The file names no school: its table 'settings' is empty. Nothing was made.", place="settings")
    for row in tables["settings"]:
        if not 0 < len(str(row.get("setting_id") or "")) <= LONGEST_KEY:
            raise Invalid("A school has no 'setting_id', or too long a one. Nothing was made.", place="settings")
    meta = data.get("_meta")
    return SampleFile(anchor=_date((meta if isinstance(meta, dict) else {}).get("anchor_date")), tables=tables)


def _table(name: str, rows: object) -> Table:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Invalid(f"Table '{name}' must be a list of rows. Nothing was made.", place=name)
    return [{str(key): _flat(value) for key, value in row.items()} for row in rows]


def _flat(value: object) -> object:
    """What a cell can hold: lists and objects, which no cell can, as the text they were written as."""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return value


def starters(sample: SampleFile) -> tuple[Starter, ...]:
    """One starter for each school of the file."""
    return tuple(_School(sample, setting).starter() for setting in sample.tables["settings"])


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _typed_date(text: object) -> object:
    """A date as a date cell; what is no ISO date is typed as it stands, for the reader to judge."""
    return _date(text) or (text or None)


def _typed_time(text: object) -> object:
    try:
        return time.fromisoformat(str(text))
    except ValueError:
        return text or None


def _join(*parts: object) -> str:
    return clean(" ".join(str(part) for part in parts if part))


def _split(text: object) -> list[str]:
    return [part.strip() for part in str(text or "").split(",") if part.strip()]


class _School:
    """The tables of one school, picked from the file and put into the columns of our workbooks."""

    def __init__(self, sample: SampleFile, setting: Row) -> None:
        self.sample = sample
        self.setting = setting
        self.id = str(setting["setting_id"])
        self.pupil_rows = [r for r in sample.tables["pupils"] if str(r.get("setting_id")) == self.id]
        self.pupils = {
            r.get("pupil_id"): _join(r.get("pupil_id"), r.get("first_name"), r.get("last_name"))
            for r in self.pupil_rows
        }
        self.staff_rows = [r for r in sample.tables["staff"] if str(r.get("setting_id") or self.id) == self.id]
        self.staff = {r.get("staff_id"): _join(r.get("staff_id"), r.get("name")) for r in sample.tables["staff"]}
        self.contact_rows = self._rows("contacts")
        self.contacts = {r.get("contact_id"): _join(r.get("contact_id"), r.get("name")) for r in self.contact_rows}

    def starter(self) -> Starter:
        return Starter(
            school_id=self.id,
            name=clean(str(self.setting.get("name") or self.id)),
            tables={
                "settings": list(self._settings()),
                "staff": [self._staff(r) for r in self.staff_rows],
                "contacts": [self._contact(r) for r in self.contact_rows],
                "notifications": list(self._notifications()),
                "ehc": [self._ehc(n, r) for n, r in enumerate(self._rows("ehc_plans"), 1)],
                "pupils": [self._pupil(r) for r in self.pupil_rows],
                "cycles": [self._cycle(r) for r in self._rows("cycles")],
                "outcomes": [self._outcome(r) for r in self._rows("outcomes")],
                "provision": [self._provision(r) for r in self._rows("provision")],
                "log": [self._log(r) for r in self._rows("log")],
                "reviews": [self._review(r) for r in self._rows("reviews")],
                "meetings": [self._meeting(r) for r in self._rows("meetings")],
                "views": [self._view(r) for r in self._rows("views")],
                **papers(self.sample.tables, pupils=self.pupils, name=self._name),
            },
            lists={"staff": list(self._staff_labels()), "pupils": [str(label) for label in self.pupils.values()]},
        )

    def _rows(self, table: str) -> Table:
        return [r for r in self.sample.tables[table] if r.get("pupil_id") in self.pupils]

    def _staff_labels(self) -> Iterator[str]:
        yield from (self.staff[r.get("staff_id")] for r in self.staff_rows)

    def _person(self, staff_id: object) -> object:
        return self.staff.get(staff_id, staff_id) or None

    def _name(self, name: object) -> str:
        """The name of a member of staff or of a school, without its id."""
        schools = {r.get("setting_id"): str(r.get("name")) for r in self.sample.tables["settings"]}
        staff = {r.get("staff_id"): str(r.get("name")) for r in self.sample.tables["staff"]}
        return (staff | schools).get(name, str(name or ""))

    def _people(self, ids: object) -> tuple[str, ...]:
        return tuple(str(self._person(part)) for part in _split(ids))

    def _owned(self, row: Row, *names: str) -> Row:
        """Columns whose name and meaning are the same in the file and in our table."""
        return {"pupil": self.pupils.get(row.get("pupil_id")), **{name: row.get(name) for name in names}}

    def _settings(self) -> Iterator[Row]:
        facts = {
            "School id": self.id,
            "School name": self.setting.get("name"),
            "Phase": self.setting.get("phase"),
            "Kind of school": self.setting.get("kind"),
            "Local authority": self.setting.get("local_authority"),
            "Email domain": self.setting.get("email_domain"),
            "Time zone": self.setting.get("time_zone") or "Europe/London",
            "Review every (weeks)": self.setting.get("default_review_interval_weeks"),
            "Advice service": ADVICE,
        }
        yield from (
            {"setting": name, "value": str(value)} for name, value in facts.items() if value not in (None, "")
        )
        for term in self.sample.tables["terms"]:
            yield {
                "setting": "Half-term",
                "value": _join(term.get("academic_year"), term.get("half_term")),
                "start": _typed_date(term.get("start")),
                "end": _typed_date(term.get("end")),
            }

    def _staff(self, row: Row) -> Row:
        """Plans are edited by those who answer for a pupil, and by whoever assists the SENCO."""
        answerable = {r.get("accountable_staff_id") for r in self.pupil_rows}
        edits = row.get("staff_id") in answerable or "assistant senco" in str(row.get("role")).casefold()
        names = ("staff_id", "name", "role", "email", "external", "note")
        return {**{name: row.get(name) for name in names}, "edits_plans": edits and not row.get("external")}

    def _contact(self, row: Row) -> Row:
        names = (
            "contact_id name relationship parental_responsibility lives_with_child email language preferred_format "
            "household receives_plan_copy restriction_kind restriction note"
        )
        return self._owned(row, *names.split())

    def _notifications(self) -> Iterator[Row]:
        """One row for each parent that a letter names."""
        for letter in self._rows("letters"):
            for number, name in enumerate(str(letter.get("sent_to") or "").split(";"), 1):
                yield {
                    **self._owned(letter, "kind", "method"),
                    "notification_id": f"{letter.get('letter_id')}-{number}",
                    "contact": self._contact_named(letter.get("pupil_id"), name.strip()),
                    "date": _typed_date(letter.get("date")),
                }

    def _contact_named(self, pupil_id: object, name: str) -> str:
        """The contact whose name the text begins with; the text itself where there is none."""
        known = (r for r in self.contact_rows if r.get("pupil_id") == pupil_id and r.get("name"))
        found = next((r for r in known if name.startswith(str(r["name"]))), None)
        return str(self.contacts[found.get("contact_id")]) if found else name

    def _ehc(self, number: int, row: Row) -> Row:
        return {
            **self._owned(row),
            "ehc_id": f"E{number:02}",
            "issued": _typed_date(row.get("issued")),
            "last_review": _typed_date(row.get("last_review_completed")),
            "next_review_due": _typed_date(row.get("next_review_due_by")),
            "meeting_on": _typed_date(row.get("next_meeting_booked")),
            "invited": _typed_date(row.get("invitations_sent")),
            "advice_circulated": _typed_date(row.get("advice_circulated")),
            "phase_move": PHASE_MOVES.get(self._year(row.get("pupil_id"))) if row.get("phase_transfer") else None,
        }

    def _year(self, pupil_id: object) -> str:
        return next((str(r.get("year_group")) for r in self.pupil_rows if r.get("pupil_id") == pupil_id), "")

    def _pupil(self, row: Row) -> Row:
        names = (
            "pupil_id first_name last_name known_as upn year_group class_form sen_status primary_need secondary_need "
            "area_of_need tier home_language interpreter_needed looked_after strengths aspiration_child "
            "aspiration_parent"
        )
        profiles = {r.get("pupil_id"): r for r in self.sample.tables["one_page_profiles"]}
        return {
            **{name: row.get(name) for name in names.split()},
            "dob": _typed_date(row.get("dob")),
            "sen_identified": _typed_date(row.get("sen_identified")),
            "accountable_staff": (str(self._person(row.get("accountable_staff_id")) or ""),),
            "senco_staff": self._person(row.get("senco_staff_id")),
            "how_to_support": profiles.get(row.get("pupil_id"), {}).get("how_best_to_support_me"),
            "ready_to_share": True,
            **({"own_choice": "Some only"} if row.get("post16_sharing") else {}),
        }

    def _cycle(self, row: Row) -> Row:
        dates = ("assess_date", "plan_agreed_date", "review_due_date", "review_held_date")
        return {
            **self._owned(row, "cycle_id", "cycle_number", "stage", "needs_summary", "barrier_and_removal"),
            "plan": row.get("plan_id"),
            **{name: _typed_date(row.get(name)) for name in dates},
            **more_of("cycle_id", row.get("cycle_id"), self.sample.tables[CYCLE_PAPERS]),
        }

    def _outcome(self, row: Row) -> Row:
        names = (
            "outcome_id area outcome why_it_matters target measure baseline baseline_rating expected expected_rating "
            "impact_type home_part midpoint_rating actual actual_rating result decision"
        )
        return {
            **self._owned(row, *names.split()),
            "cycle": row.get("cycle_id"),
            "target_date": _typed_date(row.get("target_date")),
            **more_of("outcome_id", row.get("outcome_id"), self.sample.tables[OUTCOME_PAPERS]),
        }

    def _provision(self, row: Row) -> Row:
        names = (
            "provision_id what kind tier expertise when_where group_size minutes_per_session sessions_per_week weeks "
            "evidence_basis training_gap sessions_delivered effect decision"
        )
        return {
            **self._owned(row, *names.split()),
            "cycle": row.get("cycle_id"),
            "outcomes": tuple(_split(row.get("outcome_ids"))),
            "additional": row.get("additional_to_ordinarily_available"),
            "delivered_by": self._person(row.get("delivered_by_staff_id")),
            "start_date": _typed_date(row.get("start_date")),
        }

    def _log(self, row: Row) -> Row:
        return {
            **self._owned(row, "log_id", "delivered", "response", "note"),
            "provision": row.get("provision_id"),
            "date": _typed_date(row.get("date")),
            "by_staff": self._person(row.get("by_staff_id")),
        }

    def _review(self, row: Row) -> Row:
        names = (
            "review_id minutes type parents_present apologies child_participation child_view home_view school_view "
            "impact_summary quality overall_progress next_step parent_agreement"
        )
        return {
            **self._owned(row, *names.split()),
            "cycle": row.get("cycle_id"),
            "date": _typed_date(row.get("date")),
            "led_by": self._person(row.get("led_by")),
            "note_taker": self._person(row.get("note_taker")),
            "staff_present": self._people(row.get("staff_present")),
            "next_review_date": _typed_date(row.get("next_review_date")),
            "copy_sent": _typed_date(row.get("plan_copy_sent_date")),
            "actions": actions_of(row.get("review_id"), self.sample.tables["actions"], self._name),
        }

    def _meeting(self, row: Row) -> Row:
        names = "meeting_id minutes type status parents_present parent_present senco_present note"
        return {
            **self._owned(row, *names.split()),
            "cycle": row.get("cycle_id"),
            "date": _typed_date(row.get("date")),
            "start_time": _typed_time(row.get("start_time")),
            "staff": self._people(row.get("staff_present")),
        }

    def _view(self, row: Row) -> Row:
        return {
            **self._owned(row, "view_id", "who", "words", "method", "show_to_other_household"),
            "cycle": row.get("cycle_id"),
            "contact": self.contacts.get(row.get("contact_id"), row.get("contact_id")),
            "date": _typed_date(row.get("date")),
        }


def people_of(sample: SampleFile, table: str) -> Iterable[Row]:
    """Staff or contacts of the file that have an address."""
    return (row for row in sample.tables[table] if row.get("email"))
