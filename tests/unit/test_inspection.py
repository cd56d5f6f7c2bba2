"""The pack that an inspector sees of one pupil."""

from __future__ import annotations

from server.plans.inspection import TABLES, contents, inspection_parts
from server.plans.transfer.pages import Part
from sheets_templates.catalogue import load

SHARING = "Sharing log"


def part(title: str, rows: int = 1) -> Part:
    return Part(title=title, rows=tuple((f"R{n}", (("Says", "x"),)) for n in range(rows)))


def title_of(key: str) -> str:
    return load().table(key).title


def test_the_pack_has_plan_cycles_help_reviews_views_and_sharing_in_that_order() -> None:
    keys = ("views", "reviews", "provision", "cycles", "pupils")
    every = [part(SHARING), *(part(title_of(key)) for key in keys)]
    found = [each.title for each in inspection_parts(load(), every, [SHARING])]
    wanted = ("pupils", "cycles", "provision", "reviews", "views")
    assert found == [*(f"{n}. {title_of(key)}" for n, key in enumerate(wanted, 1)), f"6. {SHARING}"]


def test_money_contact_details_and_colleagues_questions_are_not_in_it() -> None:
    every = [part(title_of(key)) for key in ("costs", "contacts", "training", "questions", "staff", "exceptions")]
    assert inspection_parts(load(), every, [SHARING]) == ()


def test_a_part_that_says_nothing_takes_no_number() -> None:
    every = [part(title_of("pupils"), 0), part(title_of("cycles"), 2)]
    assert contents(inspection_parts(load(), every, [])) == (f"1. {title_of('cycles')}: 2",)


def test_every_tab_of_the_pack_exists_once() -> None:
    assert len(set(TABLES)) == len(TABLES)
    assert all(title_of(key) for key in TABLES)
