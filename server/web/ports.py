"""What the web tier asks of the rest of the service. ``server.wiring`` provides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from addon.sheet_views import SheetTap, SheetView, TrialView
from addon.views import FormView, WorkbooksView
from server.plans.model import Finding, Problem, School
from server.plans.quiet import Wish
from server.plans.review_forms import Typed
from server.workflows.day_log import Tap
from server.workflows.next_cycle import GoingOn
from server.workflows.review_record import Recorded


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """``base_url`` is where Google reaches us, without a slash at the end."""

    base_url: str
    largest_body: int = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Caller:
    """The person at the panel. ``spreadsheet_id`` is the one they opened to us, or ""; ``email`` may be ""."""

    token: str = field(repr=False)
    email: str = ""
    spreadsheet_id: str = ""


class Person(Protocol):
    """Whom a user ID token belongs to."""

    @property
    def sub(self) -> str: ...

    @property
    def email(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class CopyState:
    """One household's copy. ``is_current``: parents can read the plan as it stands now."""

    pupil_id: str
    household: str
    is_current: bool = False
    shared_on: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class AtHand:
    """A school as this person's token sees it. ``is_publisher``: they may share and sync for it. ``notes`` are of
    the workbooks as a whole; ``looks_after``: they may be upgraded, or pupils wait to be moved. ``me`` is the
    caller's own id in Staff, "" where it is not known."""

    school: School
    today: date
    is_publisher: bool
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    copies: tuple[CopyState, ...] = ()
    notes: tuple[str, ...] = ()
    looks_after: bool = False
    me: str = ""

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """How colleagues name each pupil, by id."""
        return {pupil.pupil_id: pupil.label for pupil in self.school.pupils}


@dataclass(frozen=True, kw_only=True)
class Done:
    """What an action did, in sentences for the person who asked for it."""

    happened: tuple[str, ...]
    not_changed: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    changed: bool = True


@dataclass(frozen=True, kw_only=True)
class FormAsk:
    """What to do: ``make`` a copy of ``file_id``, ``show`` or ``confirm`` one, or ``change`` its tag ``number``
    from ``was`` to ``tag``."""

    do: str = "show"
    form_id: str = ""
    file_id: str = ""
    number: int = 0
    tag: str = ""
    was: str = ""


class WebServices(Protocol):
    """Every method but ``verify_*`` acts with the caller's own token and may raise Trouble."""

    def verify_system(self, token: str) -> None:
        """Return if Google's add-on runtime signed this for us; else raise NotSignedIn."""

    def verify_user(self, token: str) -> Person:
        """Whom this ID token belongs to; raises NotSignedIn where it proves nobody."""

    def survey(self, caller: Caller) -> AtHand | None:
        """The caller's school, or what a teacher's opened workbook holds of it; None where there is none."""

    def publish(self, caller: Caller, *, pupil_id: str | None) -> Done | None:
        """Bring parents' copies up to date, of one pupil or of all; None if the caller does not publish here."""

    def sync(self, caller: Caller) -> Done | None:
        """Bring the calendar up to date; None if the caller does not publish for this school."""

    def forms(self, caller: Caller) -> tuple[tuple[str, str], ...]:
        """The tagged copies of the school's own forms, as (id, title)."""

    def form(self, caller: Caller, ask: FormAsk) -> FormView:
        """One tagged copy, after doing to it what is asked."""

    def form_pupils(self, caller: Caller) -> tuple[tuple[str, str], ...]:
        """The pupils a form may be seen with, as (id, name)."""

    def preview_form(self, caller: Caller, form_id: str, pupil_id: str) -> Done:
        """A copy filled for one pupil, as a Doc that only the caller can open."""

    def use_form(self, caller: Caller, form_id: str) -> Done:
        """Make a copy the template of parents' copies."""

    def sheet(self, caller: Caller, tap: SheetTap) -> SheetView:
        """A school's own sheet with what each of its columns is taken for. Writes nothing."""

    def try_sheet(self, caller: Caller, tap: SheetTap, verdict: str = "") -> TrialView:
        """What bringing a sheet in would do, with the cells of one verdict where it is asked for. Writes nothing."""

    def bring_sheet(self, caller: Caller, tap: SheetTap, mark: str) -> Done:
        """Bring a sheet in, if it is still as it was looked at."""

    def workbooks(self, caller: Caller) -> WorkbooksView:
        """What an upgrade would add and who would move. These three raise Invalid for whoever does not publish."""

    def upgrade_workbooks(self, caller: Caller) -> Done:
        """Add what a newer version of the templates brings."""

    def move_pupils(self, caller: Caller) -> Done:
        """Move everybody to the workbook they belong to."""

    def record_review(self, caller: Caller, pupil_id: str, typed: Typed) -> Recorded:
        """Write one form of a review down, by row id; also for a teacher, in the workbook they opened."""

    def close_review(self, caller: Caller, pupil_id: str, cycle_id: str) -> Recorded:
        """Close a review of which nothing lacks."""

    def next_turn(self, caller: Caller, pupil_id: str, cycle_id: str, *, write: bool) -> GoingOn:
        """The next cycle as it would be; written as a draft only with ``write``."""

    def keep_quiet(self, caller: Caller, wish: Wish) -> Done:
        """Keep one check quiet for one pupil, with a reason. Raises Invalid where that can't be."""

    def speak_again(self, caller: Caller, pupil_id: str, exception_id: str) -> Done:
        """Let a check that was kept quiet speak again."""

    def note_session(self, caller: Caller, tap: Tap) -> bool:
        """Write down whether a session took place; False where somebody was changing that row just then."""

    def install(self, caller: Caller, *, shape: str = "") -> Done:
        """Make whatever the caller's school lacks. ``shape`` says what each plan workbook is for."""
