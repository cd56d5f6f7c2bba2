"""A school with a unique word in every field: what each parent gets of it, in every byte that Google and the side
panel give them after a round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import pytest
from reach import PanelOf, Reach
from town import Town
from worded_school import DAD, KNOWN, MUM, OTHER, TODAY, contact_of, rows_of, values, word

from server import wiring
from server.demo.sample import TABLES, SampleFile
from server.demo.world import ADDON_ACCOUNT, CLIENT, World
from server.settings import Settings
from server.workflows.install import Starter, install
from server.workflows.planning import Ask
from server.workflows.round import play_round

BASE = "https://plans.school.example"
SCHOOL = "S9"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORDED = frozenset({"text", "longtext", "lines", "link"})
BY_CONTACT = ("notifications", "parent_views", "views")
HOMES = {MUM: "P1", DAD: "P1", OTHER: "P2"}
STAFF = [row for row, _ in rows_of(KNOWN.table("staff"))]
TOLD = {word("staff", column, row) for column in ("name", "role", "email") for row in STAFF}
"""Staff whom a plan names, and their addresses: whom to ask."""


def address(table: str, row: str) -> str:
    return f"{word(table, 'email', row)}@{'school' if table == 'staff' else 'home'}.example"


def typed(table: str) -> list[dict[str, Any]]:
    """The worded rows of a table, with addresses that work and meetings that are to come."""
    rows = [dict(row) for row in values(KNOWN.table(table))]
    for row, (own_id, _) in zip(rows, rows_of(KNOWN.table(table)), strict=True):
        if "email" in row:
            row["email"] = address(table, own_id)
        if table == "meetings":
            row |= {"status": "Booked", "date": date(2026, 12, 7), "start_time": time(15, 30), "minutes": 30}
    return rows


def starter() -> Starter:
    kept = [table.key for table in KNOWN.tables.values() if not table.service_owned and table.key != "settings"]
    facts = {"School id": SCHOOL, "School name": "Quillbrook", "Time zone": "Europe/London"}
    settings = [{"setting": name, "value": value} for name, value in facts.items()]
    return Starter(
        school_id=SCHOOL,
        name="Quillbrook",
        tables={"settings": settings, **{key: typed(key) for key in kept}},
        lists={"staff": STAFF, "pupils": ["P1", "P2"]},
    )


def sample() -> SampleFile:
    """Who has an account."""
    staff = [
        {"staff_id": row, "email": address("staff", row), "role": role, "setting_id": SCHOOL}
        for row, role in zip(STAFF, ("SENCO", "Teacher"), strict=True)
    ]
    contacts = [{"contact_id": row, "email": address("contacts", row)} for row in HOMES]
    own = {"settings": [{"setting_id": SCHOOL}], "staff": staff, "contacts": contacts}
    return SampleFile(anchor=TODAY, tables={**{table: [] for table in TABLES}, **own})


@dataclass(frozen=True)
class Seen:
    """What each parent and the SENCO reach, and what the side panel shows them."""

    reaches: dict[str, Reach]
    panels: dict[str, str]


@pytest.fixture(scope="module")
def seen() -> Iterator[Seen]:
    with World(sample(), TODAY) as world:
        town = Town(world, school_id=SCHOOL)
        with town.run() as run:
            installed = install(run, starter())
            assert installed.problems == ()
            result = play_round(run, Ask(), school_id=SCHOOL, installed=installed)
        assert (len(result.written), len(result.plan.reviews.events)) == (3, 2)
        yield look(world, town)


def look(world: World, town: Town) -> Seen:
    files = town.files()
    every = [file.file_id for file in (files.folder, files.senco, *files.plans, files.template) if file]
    every += [file.file_id for file in files.every_copy]
    people = {**{row: address("contacts", row) for row in HOMES}, "senco": town.senco}
    calendar_id, sheet_id = town.calendar_id, files.plans[0].file_id
    with wiring.web_app(settings(world)).test_client() as web:
        panels = {who: PanelOf(world, web, BASE, email, sheet_id) for who, email in people.items()}
        shown = {row: panels[row].every_card(["P1", "P2"]) for row in HOMES} | {"senco": panels["senco"].home()}
    only = {"senco": XLSX}
    reaches = {who: Reach(world, email, every, calendar_id, only.get(who, "")) for who, email in people.items()}
    return Seen(reaches=reaches, panels=shown)


def settings(world: World) -> Settings:
    return Settings(
        google_url=world.sandbox.url,
        base_url=BASE,
        addon_service_account=ADDON_ACCOUNT,
        oauth_client_id=CLIENT,
        today=TODAY.isoformat(),
    )


def words(audience: str) -> Iterator[tuple[str, str, str]]:
    """Each word of this audience's columns, with the pupil it is about and the parent who said it or got it."""
    for table in KNOWN.tables.values():
        if table.service_owned or table.key == "settings":
            continue
        for column in table.columns:
            if column.kind in WORDED and column.audience == audience:
                for row, about in rows_of(table):
                    by = contact_of(table, row) if table.key in BY_CONTACT else ""
                    yield word(table.key, column.key, row), about, by


def forbidden(home: str) -> set[str]:
    """What this parent may never get: staff's own words, other parents' words, anything about another pupil."""
    own_address = {word("contacts", "name", home), word("contacts", "email", home)}
    staff_only = {each for each, _, _ in words("S")} - TOLD - own_address
    others = {each for each, about, by in words("A") if about != HOMES[home] or by not in ("", home)}
    return staff_only | others | {each for each, about, _ in words("P") if about != HOMES[home]}


def found(asked: set[str], text: str) -> set[str]:
    return {each for each in asked if each in text}


@pytest.mark.parametrize("home", HOMES)
def test_no_byte_a_parent_can_get_holds_what_is_not_for_them(seen: Seen, home: str) -> None:
    leaked = {
        what: words
        for what, text in {**seen.reaches[home].got, "the panel": seen.panels[home]}.items()
        if (words := found(forbidden(home), text))
    }
    assert leaked == {}


@pytest.mark.parametrize("home", HOMES)
def test_every_format_of_a_parents_copy_holds_what_is_for_them(seen: Seen, home: str) -> None:
    """So the search above sees into each of them."""
    exports = seen.reaches[home].exports()
    assert len(exports) >= 10
    target = word("outcomes", "target", f"O{HOMES[home].removeprefix('P')}")
    assert [kind for kind, text in exports.items() if target not in text] == []


def test_what_no_parent_may_get_stands_before_the_senco(seen: Seen) -> None:
    """So there was something to leak."""
    hidden = set().union(*(forbidden(home) for home in HOMES)) - {word("contacts", "household", row) for row in HOMES}
    assert len(hidden) > 200
    assert hidden - found(hidden, seen.reaches["senco"].text) == set()
    assert word("pupils", "first_name", "P1") in seen.panels["senco"]
