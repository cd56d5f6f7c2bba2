"""A new school year, planned: who goes up, who leaves, and which closed cycles go to the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from server.plans.cycle import started
from server.plans.groups import fold, tidy
from server.plans.ledger import Entry, Ledger
from server.plans.model import Cycle, Pupil, School

YEARS = ("N1", "N2", "R", *(f"Y{number}" for number in range(1, 14)))
LAST_OF_PHASE: Mapping[str, str] = {"eyfs": "R", "primary": "Y6", "secondary": "Y11"}
SIXTH_FORM = ("Y12", "Y13")
KEPT_CYCLES = 2
"""Closed cycles that stay with a pupil: the last one is compared with the running one, and a pupil who made too
little progress twice is told from two."""

YEAR, RISE = "year", "rise"
BEGUN, ENDED = "begun", "ended"
SUMMER = 6


@dataclass(frozen=True, kw_only=True)
class Rise:
    """One pupil's year and class before and after. Only a cell that still says the former is changed."""

    pupil_id: str
    year: tuple[str, str]
    class_form: tuple[str, str]

    @property
    def entry(self) -> Entry:
        told = {"remote_id": self.year[0], "agreed": self.year[1], "etag": self.class_form[0]}
        return Entry(kind=RISE, key=self.pupil_id, hash=self.class_form[1], **told)

    def cells(self, pupil: Pupil) -> dict[str, str]:
        """What is still to be typed into this pupil's row."""
        wanted = {"year_group": self.year, "class_form": self.class_form}
        now = {"year_group": pupil.year_group, "class_form": pupil.class_form}
        return {key: new for key, (old, new) in wanted.items() if old != new and tidy(now[key]) == tidy(old)}


def rises_noted(ledger: Ledger) -> tuple[Rise, ...]:
    """Whom the ledger says a roll-over was to bring up."""
    return tuple(
        Rise(pupil_id=e.key, year=(e.remote_id, e.agreed), class_form=(e.etag, e.hash)) for e in ledger.of_kind(RISE)
    )


def year_beginning(today: date) -> str:
    """The school year to roll over to: from June on the one that begins in September, else the one we are in."""
    first = today.year if today.month >= SUMMER else today.year - 1
    return _name(first)


def year_before(year: str) -> str:
    return _name(int(year[:4]) - 1)


def _name(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02}"


def is_year(text: str) -> bool:
    """Whether a text names a school year: ``2026-27``."""
    return len(text) == len("2026-27") and text[:4].isdigit() and text.isascii() and text == _name(int(text[:4]))


def last_year_of(school: School) -> str:
    """The year group after which pupils leave this school."""
    last = LAST_OF_PHASE.get(school.settings.phase.strip().casefold(), YEARS[-1])
    sixth_form = any(pupil.year_group in SIXTH_FORM for pupil in school.pupils)
    return YEARS[-1] if last == "Y11" and sixth_form else last


def leavers(school: School) -> tuple[Pupil, ...]:
    """Pupils in or beyond the last year, for a person to decide on. They are left as they are."""
    last = YEARS.index(last_year_of(school))
    return tuple(p for p in school.pupils if p.year_group in YEARS[last:])


def rises(school: School, classes: Mapping[str, str]) -> Iterator[Rise]:
    """Everybody else goes up a year, and to the class that the mapping names for theirs."""
    leaving = {pupil.pupil_id for pupil in leavers(school)}
    by_name = {fold(old): tidy(new) for old, new in classes.items()}
    for pupil in school.pupils:
        if pupil.pupil_id in leaving:
            continue
        known = pupil.year_group in YEARS
        after = YEARS[YEARS.index(pupil.year_group) + 1] if known else pupil.year_group
        form = by_name.get(fold(pupil.class_form), pupil.class_form)
        if (after, form) != (pupil.year_group, pupil.class_form):
            yield Rise(pupil_id=pupil.pupil_id, year=(pupil.year_group, after), class_form=(pupil.class_form, form))


def unmapped(school: School, classes: Mapping[str, str]) -> tuple[str, ...]:
    """Classes of pupils who go up and of which nobody said what they become: their pupils keep the class."""
    leaving = {pupil.pupil_id for pupil in leavers(school)}
    known = {fold(old) for old in classes}
    staying = (p.class_form for p in school.pupils if p.pupil_id not in leaving and p.class_form)
    return tuple(dict.fromkeys(tidy(name) for name in staying if fold(name) not in known))


def after(school: School, risen: Iterable[Rise]) -> School:
    """The school once these pupils went up."""
    by_pupil = {rise.pupil_id: rise for rise in risen}

    def grown(pupil: Pupil) -> Pupil:
        rise = by_pupil.get(pupil.pupil_id)
        cells = rise.cells(pupil) if rise else {}
        return replace(
            pupil,
            year_group=cells.get("year_group", pupil.year_group),
            class_form=cells.get("class_form", pupil.class_form),
        )

    return replace(school, pupils=tuple(grown(pupil) for pupil in school.pupils))


def to_archive(school: School, keep: int) -> tuple[Cycle, ...]:
    """Closed cycles but for the last ``keep`` of each pupil. One with a meeting still booked stays."""
    booked = {meeting.cycle for meeting in school.meetings if meeting.is_booked}
    by_pupil: dict[str, list[Cycle]] = {}
    for cycle in school.cycles:
        if not cycle.is_open:
            by_pupil.setdefault(cycle.pupil, []).append(cycle)
    found: list[Cycle] = []
    for cycles in by_pupil.values():
        ordered = sorted(cycles, key=lambda c: (started(c) or date.min, c.cycle_number or 0, c.cycle_id))
        found += [c for c in ordered[: max(0, len(ordered) - keep)] if c.cycle_id not in booked and c.pupil]
    return tuple(found)
