"""Which workbook a pupil belongs to, who goes up, and which closed cycles are put away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.plans.groups import SHAPES, UNPLACED, WHOLE_SCHOOL, fold, group_of, shape_named, tidy
from server.plans.model import LONGEST_KEY, Cycle, Meeting, Pupil, School, Settings, Staff
from server.plans.moving import CLEAR, CONFLICT, COPY, DONE, DOUBLE, REPLACE, Move, PlacedRow, digest, next_step
from server.plans.rollover import last_year_of, leavers, rises, to_archive, unmapped, year_before, year_beginning
from server.plans.sharing import group_editors
from sheets_templates.reading import Row

PUPIL = Pupil(pupil_id="P1", year_group="Y4", class_form=" 4  Oak ")


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("One per class", "class"),
        ("Classes", "class"),
        ("year groups", "year group"),
        ("by key stage", "key stage"),
        ("Whole school", WHOLE_SCHOOL),
        ("something else", ""),
        ("", ""),
    ],
)
def test_a_shape_is_read_in_people_s_words_and_never_guessed(text: str, shape: str) -> None:
    assert shape_named(text) == shape


def test_a_pupil_belongs_to_one_group_of_each_shape() -> None:
    assert [group_of(shape, PUPIL) for shape in SHAPES] == [WHOLE_SCHOOL, "4 Oak", "Y4", "KS2"]
    assert group_of("class", Pupil(pupil_id="P2")) == UNPLACED
    assert group_of("key stage", Pupil(pupil_id="P2", year_group="R")) == "EYFS"


@given(st.text())
def test_any_class_name_fits_a_file_s_properties_and_names_itself(name: str) -> None:
    assert len(tidy(name).encode("utf-8", "surrogatepass")) <= LONGEST_KEY
    assert fold(f"  {name} ") == fold(name)


@pytest.mark.parametrize(("phase", "others", "last"), [("Primary", "", "Y6"), ("Secondary", "", "Y11")])
def test_the_last_year_follows_from_the_phase(phase: str, others: str, last: str) -> None:
    assert last_year_of(School(settings=Settings(phase=phase))) == last


def test_a_school_with_a_sixth_form_keeps_its_year_elevens() -> None:
    pupils = (Pupil(pupil_id="A", year_group="Y11"), Pupil(pupil_id="B", year_group="Y13"))
    school = School(settings=Settings(phase="Secondary"), pupils=pupils)
    assert [pupil.pupil_id for pupil in leavers(school)] == ["B"]
    assert [rise.year for rise in rises(school, {})] == [("Y11", "Y12")]


def test_a_class_nobody_mapped_is_told_unless_all_its_pupils_leave() -> None:
    pupils = (PUPIL, Pupil(pupil_id="L", year_group="Y6", class_form="6 Beech"))
    school = School(settings=Settings(phase="Primary"), pupils=pupils)
    assert unmapped(school, {}) == ("4 Oak",)
    assert unmapped(school, {"4 OAK": "5 Elm"}) == ()


def test_a_year_has_a_name_and_the_year_before_it() -> None:
    assert year_beginning(date(2026, 7, 20)) == year_beginning(date(2026, 9, 3)) == "2026-27"
    assert year_beginning(date(2027, 1, 8)) == "2026-27"
    assert year_before("2000-01") == "1999-00"


def test_only_older_closed_cycles_without_a_booked_meeting_are_put_away() -> None:
    def closed(number: int) -> Cycle:
        return Cycle(cycle_id=f"C{number}", pupil="P1", cycle_number=number, review_held_date=date(2026, number, 1))

    cycles = (*map(closed, range(1, 6)), Cycle(cycle_id="C6", pupil="P1", cycle_number=6))
    school = School(pupils=(PUPIL,), cycles=cycles)
    assert [cycle.cycle_id for cycle in to_archive(school, 2)] == ["C1", "C2", "C3"]
    booked = replace(school, meetings=(Meeting(meeting_id="M", pupil="P1", cycle="C2", status="Booked"),))
    assert [cycle.cycle_id for cycle in to_archive(booked, 2)] == ["C1", "C3"]


def test_a_class_s_workbook_is_for_who_answers_there_and_the_senco_team() -> None:
    def person(name: str, role: str = "", **more: bool) -> Staff:
        ticked = {"edits_plans": True, **more}
        return Staff(staff_id=name, role=role, email=f"{name}@school.example", **ticked)

    staff = (person("own"), person("other"), person("senco", "Assistant SENCO"), person("no", edits_plans=False))
    school = School(staff=staff, pupils=(replace(PUPIL, accountable_staff=("own",)),))
    allowed, refused = group_editors(school, ["P1"])
    assert allowed == {"own@school.example", "senco@school.example"}
    assert refused == {"other@school.example", "no@school.example"}
    unsure = replace(school, pupils=(PUPIL,))
    assert group_editors(unsure, ["P1"])[1] == {"no@school.example"}


def row(text: str) -> tuple[PlacedRow, ...]:
    return (PlacedRow(table="outcomes", row=Row(id="O1", values={}, cells={}), raw={"target": text}),)


def test_a_move_cut_short_follows_the_side_that_somebody_typed_in_since() -> None:
    before = Move(pupil_id="P1", source="a", target="b", hash=digest(row("old")))
    assert next_step(before, (), row("old")) == DONE
    assert next_step(before, row("old"), ()) == COPY
    assert next_step(before, row("old"), row("old")) == CLEAR
    assert next_step(before, row("old"), row("new")) == CLEAR
    assert next_step(before, row("new"), row("old")) == REPLACE
    assert next_step(before, row("new"), row("newer")) == CONFLICT
    assert next_step(replace(before, hash=""), row("old"), row("old")) == DOUBLE
