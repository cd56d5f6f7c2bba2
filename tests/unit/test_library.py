"""The school's library: what worked here, what is offered for a pupil, and the help it may start with."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rules_school import PROVISION, PUPIL, SCHOOL, TODAY

from server.plans.library import for_needs, missing_rows, suggestions, tried
from server.plans.model import Paper, School
from server.plans.register import Register
from sheets_templates.catalogue import load
from sheets_templates.library_file import library_rows
from sheets_templates.starter_library import starter_library

ROWS = starter_library()
LIBRARY = load().table("library")
NEEDS = [choice.value for choice in LIBRARY.column("needs").choices]


def strategy(name: str, *needs: str, number: int = 1) -> Paper:
    strategy_id = f"LB-{number}"
    return Paper(paper_id=strategy_id, values={"strategy_id": strategy_id, "name": name, "needs": needs})


def school(*library: Paper, effects: tuple[str, ...] = (), **cells: str) -> School:
    """Help of the pupil's with each of these effects, in a school with this library."""
    given = tuple(
        replace(PROVISION, provision_id=f"V{n}", effect=effect, **cells)
        for n, effect in enumerate(effects)  # type: ignore[arg-type]
    )
    return replace(SCHOOL, provision=given, papers={**SCHOOL.papers, "library": library})


def offered(found: School, pupil_id: str = "P1") -> list[str]:
    return [each.strategy.name for each in suggestions(Register(found, TODAY), pupil_id)]


def test_help_counts_by_what_it_is_an_example_of_or_is_called() -> None:
    library = (strategy("Narrative group", "SLCN"), strategy("Check in", "SEMH", number=2))
    by_name = tried(Register(school(*library, effects=("Strong", "Some", "None")), TODAY))
    assert (by_name.here["narrative group"].worked, by_name.here["narrative group"].tried) == (2, 3)
    by_id = tried(Register(school(*library, effects=("Some",), strategy="LB-2"), TODAY))
    assert set(by_id.here) == {"check in"}


def test_help_that_never_took_place_was_not_tried() -> None:
    found = tried(Register(school(strategy("Narrative group"), effects=("Not delivered", "")), TODAY))
    assert found.here == {}


def test_what_worked_with_the_pupil_comes_first_and_what_did_not_last() -> None:
    library = (
        strategy("A for the need", "SLCN", number=1),
        strategy("Narrative group", number=2),
        strategy("B for another need", "PD", number=3),
    )
    assert offered(school(*library, effects=("Strong",))) == [
        "Narrative group",
        "A for the need",
        "B for another need",
    ]
    assert offered(school(*library, effects=("None",))) == ["A for the need", "B for another need", "Narrative group"]


def test_help_for_the_need_that_worked_here_comes_before_help_that_did_not() -> None:
    other = replace(PUPIL, pupil_id="P2")
    library = (strategy("Alpha", "SLCN", number=1), strategy("Narrative group", "SLCN", number=2))
    found = school(*library, effects=("Strong",))
    assert offered(replace(found, pupils=(PUPIL, other)), "P2") == ["Narrative group", "Alpha"]
    found = school(*library, effects=("Negative",))
    assert offered(replace(found, pupils=(PUPIL, other)), "P2") == ["Alpha", "Narrative group"]


@pytest.mark.parametrize("need", NEEDS)
def test_a_need_orders_help_and_rules_none_out(need: str) -> None:
    library = tuple(strategy(f"Help for {code}", code, number=n) for n, code in enumerate(NEEDS))
    found = offered(replace(school(*library), pupils=(replace(PUPIL, primary_need=need),)))
    assert found[0] == f"Help for {need}"
    assert len(found) == len(NEEDS)


def test_one_strategy_in_two_class_workbooks_is_one() -> None:
    library = (strategy("Check in", number=1), strategy("check  IN", number=2))
    assert len(offered(school(*library))) == 1


def test_only_rows_whose_name_is_not_there_are_added() -> None:
    ids = [f"LB-{n}" for n in range(len(ROWS))]
    first = missing_rows([], ROWS, ids)
    assert [add.values["name"] for add in first] == [row["name"] for row in ROWS]
    assert missing_rows([str(row["name"]).upper() for row in ROWS], ROWS, ids) == ()
    assert len(missing_rows([str(ROWS[0]["name"])], ROWS, ids)) == len(ROWS) - 1


def test_a_library_can_be_filled_for_some_needs() -> None:
    found = for_needs(ROWS, ["HI"])
    assert found
    assert all("HI" in row["needs"] for row in found)  # type: ignore[operator]
    assert for_needs(ROWS, []) == ROWS
    with pytest.raises(ValueError, match="no need XYZ"):
        for_needs(ROWS, ["XYZ"])


@pytest.mark.parametrize("need", NEEDS)
def test_each_need_has_help_to_begin_with_and_a_way_to_measure_it(need: str) -> None:
    found = for_needs(ROWS, [need])
    assert found
    assert all(row["measure"] for row in found)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["name"]))
def test_help_to_begin_with_fits_its_columns_and_says_who_how_and_why(row: dict[str, object]) -> None:
    assert set(row) <= {column.key for column in LIBRARY.inputs}
    assert {"name", "needs", "kind", "what", "usual", "measure", "expertise", "evidence_basis"} <= set(row)
    for key in ("kind", "evidence_basis"):
        assert row[key] in {choice.value for choice in LIBRARY.column(key).choices}
    assert set(row["needs"]) <= set(NEEDS)  # type: ignore[call-overload]
    vague = ("as required", "regular", "opportunities for", "access to", "up to date")
    assert not any(word in str(row["what"]).casefold() for word in vague)


FRAMEWORK = """Strategy,Helps with,What you do,Kind of help,Notes
Visual timetable,Autism; SLCN,"Show the day in pictures, in order",In-class support,x
,SLCN,a row without a name,,
=HYPERLINK("x"),,Formulas stay text,,
"""


def test_a_councils_list_is_read_by_the_tabs_headings() -> None:
    first, second = library_rows("\ufeff" + FRAMEWORK)
    assert first["name"] == "Visual timetable"
    assert first["needs"] == ("ASD", "SLCN")
    assert first["what"] == "Show the day in pictures, in order"
    assert first["kind"] == "In-class support"
    assert "Notes" not in first
    assert second["name"] == '=HYPERLINK("x")'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column “Name”"),
        ("Heading\nx\n", "no column “Name”"),
        ("Name,Helps with\nA,Nonsense\n", "Line 2: “Nonsense” is none of the choices for Helps with"),
        (f"Name\n{'x' * 10_001}\n", "Line 2: Name is longer"),
        ("Name\n" + "x\n" * 2_001, "2001 rows"),
        (f"Name\n{'x' * 200_000}\n", "no CSV file"),
        ('Name\n"open', "no CSV file"),
    ],
)
def test_a_list_that_a_library_could_not_hold_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        library_rows(text)
