"""What governors get: counts alone, from which nobody can be picked out."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_schools import sample_school

from server.plans.governors import UNSAID, governors_report
from server.plans.governors_pages import governors_document
from server.plans.model import Cycle, Outcome, Paper, Provision, Pupil, School, Settings
from server.plans.register import Register
from server.plans.small_numbers import FEWEST, OTHERS, TOO_FEW, share, together
from sheets_templates.document import build_docx

TODAY = date(2026, 11, 23)
COPIES = 6


@cache
def grown() -> School:
    """A school of the sample with six of each pupil, everything they have with them."""
    school = sample_school("S2")
    fields = ("pupils", "cycles", "outcomes", "provision", "log", "reviews", "meetings", "views", "contacts")
    more = {name: tuple(_copies(getattr(school, name))) for name in fields}
    papers = {key: tuple(_copies(rows)) for key, rows in school.papers.items()}
    return replace(school, **more, papers=papers)


def _copies(rows):  # type: ignore[no-untyped-def]
    for number in range(COPIES):
        yield from (_renamed(row, number) for row in rows)


def _renamed(row, number):  # type: ignore[no-untyped-def]
    """The same row of another pupil: every id in it belongs to that pupil."""

    def other(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(other(each) for each in value)
        return re.sub(r"^P(\d\d)", rf"P\g<1>x{number}", value) if isinstance(value, str) else value

    if isinstance(row, Paper):
        values = {key: other(value) for key, value in row.values.items()}
        return replace(row, pupil=str(other(row.pupil)), values=values)
    return replace(row, **{name: other(getattr(row, name)) for name in row.declared})


def facts(school: School) -> dict[str, dict[str, str]]:
    return {part.title: dict(part.facts) for part in governors_report(Register(school, TODAY))}


def text_of(school: School, name: str = "Quillbrook Primary School") -> str:
    """Every byte of the document that is text: all parts of the package, and their names."""
    parts = governors_report(Register(school, TODAY))
    package = build_docx(governors_document(parts, school=name, day=TODAY))
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return "\n".join(f"{each} {opened.read(each).decode('utf-8', 'replace')}" for each in opened.namelist())


def words_of(school: School) -> set[str]:
    """Whatever names a pupil, a parent or a member of staff."""
    names = [text for pupil in school.pupils for text in (pupil.first_name, pupil.last_name, pupil.known_as)]
    names += [contact.name for contact in school.contacts] + [person.name for person in school.staff]
    words = {word for name in names for word in re.findall(r"\w{3,}", name)}
    words |= {pupil.pupil_id for pupil in school.pupils} | {pupil.upn for pupil in school.pupils}
    words |= {text for contact in school.contacts for text in (contact.email, contact.phone, contact.household)}
    words |= {person.email for person in school.staff} | {cycle.cycle_id for cycle in school.cycles}
    return words - {""}


def tokens(school: School) -> set[str]:
    return set(re.findall(r"[\w@.+-]+", text_of(school).casefold()))


def test_no_byte_of_the_report_names_a_pupil_a_parent_or_a_colleague() -> None:
    """Beyond the words of the file format itself, which a school without anybody has too."""
    told = tokens(grown()) - tokens(School())
    words = {word.casefold() for word in words_of(grown())}
    assert len(words) > 100
    assert len(told) > 20
    assert words & told == set()


def test_what_somebody_typed_into_a_choice_never_reaches_the_report() -> None:
    typed = "Zebedee"
    pupils = tuple(replace(each, primary_need=typed, tier=typed) for each in grown().pupils)
    help_given = tuple(replace(each, kind=typed, effect=typed, what=typed) for each in grown().provision)
    outcomes = tuple(replace(each, result=typed, actual_rating=None, outcome=typed) for each in grown().outcomes)
    school = replace(grown(), pupils=pupils, provision=help_given, outcomes=outcomes)
    assert typed.casefold() not in text_of(school).casefold()
    assert facts(school)["Pupils by main need"] == {UNSAID: str(len(pupils))}


def test_a_school_with_many_pupils_is_counted() -> None:
    found, statuses = facts(grown()), Counter(each.sen_status for each in grown().pupils)
    assert (
        sum(int(count) for count in found["Pupils with SEN support or an EHC plan"].values())
        == statuses["K"] + statuses["E"]
    )
    assert found["Plans"]["Pupils with a plan that is running"].startswith(("all", "nearly all", "30"))
    assert (
        "Pupils above £6,000 (not an entitlement or a cap)"
        in found["Money for a school year of the help that is written down"]
    )
    assert all(found.values())


def test_a_school_with_few_pupils_tells_no_number_of_them() -> None:
    few = replace(grown(), pupils=grown().pupils[: FEWEST - 1])
    assert {value for part in facts(few).values() for value in part.values()} <= {TOO_FEW}


def test_a_pupil_without_sen_support_is_in_no_count() -> None:
    none = replace(grown(), pupils=tuple(replace(each, sen_status="N") for each in grown().pupils))
    assert {value for part in facts(none).values() for value in part.values()} <= {TOO_FEW}


def test_an_early_years_setting_hears_of_no_line() -> None:
    nursery = replace(grown(), settings=replace(grown().settings, phase="EYFS"))
    assert "6,000" not in text_of(nursery)


def test_reviews_are_in_time_up_to_the_day_they_were_due() -> None:
    cycles = tuple(
        Cycle(
            cycle_id=f"CY{n}",
            pupil=f"P{n}",
            review_due_date=date(2026, 7, 1),
            review_held_date=date(2026, 7, 1 if n < 6 else 2),
        )
        for n in range(12)
    )
    pupils = tuple(Pupil(pupil_id=f"P{n}", sen_status="K") for n in range(12))
    found = facts(School(settings=Settings(), pupils=pupils, cycles=cycles))["Plans"]
    assert found["Reviews of the last twelve months: in time"] == "6"
    assert found["Reviews of the last twelve months: late"] == "6"


@pytest.mark.parametrize(("held", "there"), [(date(2025, 11, 23), False), (date(2025, 11, 24), True)])
def test_results_are_of_the_last_twelve_months(held: date, there: bool) -> None:
    numbers = range(FEWEST)
    school = School(
        pupils=tuple(Pupil(pupil_id=f"P{n}", sen_status="K") for n in numbers),
        cycles=tuple(Cycle(cycle_id=f"CY{n}", pupil=f"P{n}", review_held_date=held) for n in numbers),
        outcomes=tuple(
            Outcome(outcome_id=f"O{n}", pupil=f"P{n}", cycle=f"CY{n}", result="Achieved") for n in numbers
        ),
        provision=tuple(
            Provision(provision_id=f"V{n}", pupil=f"P{n}", cycle=f"CY{n}", effect="some") for n in numbers
        ),
    )
    assert facts(school)["Results of outcomes reviewed in the last twelve months"] == (
        {"Achieved": "5"} if there else {}
    )
    assert facts(school)["Difference made by help reviewed in the last twelve months"] == (
        {"Some": "5"} if there else {}
    )


GROUPS = st.dictionaries(st.sampled_from("abcdefg"), st.lists(st.integers(0, 30).map(str), max_size=12), max_size=7)


@given(GROUPS)
def test_no_row_and_no_difference_between_rows_is_a_small_number(groups: dict[str, list[str]]) -> None:
    rows = {row.label: row.count for row in together(groups)}
    shown = {label for label in rows if label != OTHERS}
    assert all(len(set(groups[label])) >= FEWEST for label in shown)
    hidden = [pupil for label, whose in groups.items() if label not in shown for pupil in whose]
    assert not hidden or OTHERS in rows or not rows
    assert OTHERS not in rows or (rows[OTHERS] == len(hidden) and len(set(hidden)) >= FEWEST)


def test_many_things_of_few_pupils_are_still_few() -> None:
    assert together({"a": ["P1"] * 50}) == ()


def test_the_next_larger_count_joins_a_small_one() -> None:
    big, middle, small = ([f"{name}{n}" for n in range(size)] for name, size in (("a", 20), ("b", 6), ("c", 1)))
    rows = together({"big": big, "middle": middle, "small": small})
    assert [(row.label, row.count) for row in rows] == [("big", 20), (OTHERS, 7)]


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 4, TOO_FEW),
        (4, 4, TOO_FEW),
        (0, 5, "none of 5"),
        (4, 20, "fewer than 5 of 20"),
        (5, 20, "5 of 20"),
        (15, 20, "15 of 20"),
        (16, 20, "nearly all of 20"),
        (20, 20, "all of 20"),
    ],
)
def test_a_share_tells_neither_a_small_part_nor_a_small_rest(part: int, whole: int, said: str) -> None:
    everyone = [str(n) for n in range(whole)]
    assert share(everyone[:part], everyone) == said
