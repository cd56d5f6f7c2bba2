"""What the side panel can do: the workflows, with the token of whoever sits in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from addon.sheet_views import SheetTap, SheetView, TrialView
from addon.views import FormView, WorkbooksView
from server import panel_forms, panel_quiet, panel_review, panel_sheets, panel_workbooks, wiring
from server.google.identity import UserIdentity, Verifier
from server.panel_school import new_school, own_school, own_staff_id, teachers_workbooks
from server.panel_view import publishers_view
from server.plans.ports import EventOutcome, PermissionOutcome
from server.plans.quiet import Wish
from server.plans.review_forms import Typed
from server.plans.trouble import Invalid
from server.settings import Settings
from server.web.ports import AtHand, Caller, Done, FormAsk
from server.workflows.day_log import Tap, note_session
from server.workflows.install import install
from server.workflows.lookout import look_through
from server.workflows.next_cycle import GoingOn
from server.workflows.own_template import forms_of
from server.workflows.planning import Ask, plan_round
from server.workflows.review_record import Recorded
from server.workflows.round import RoundResult, play_round
from server.workflows.run import Run
from server.workflows.survey import choose_school

NOBODY_ELSE = "Nobody else's access was changed."
NOT_SHARED = "What could not be shared stays private until the next try."
ONLY_THE_SENCO = "Only the SENCO, who publishes for the school, can do that. Nothing was changed."
READY_FIRST = "Not ready to share, so left as they are: {pupils}."


class Panel:
    """Keeps the promises of ``server.web.ports.WebServices``. Safe to share: each call opens its own door."""

    def __init__(self, settings: Settings, verifier: Verifier) -> None:
        self.settings = settings
        self.verifier = verifier

    def verify_system(self, token: str) -> None:
        self.verifier.system(token)

    def verify_user(self, token: str) -> UserIdentity:
        return self.verifier.user(token)

    @contextmanager
    def _run(self, caller: Caller) -> Iterator[Run]:
        with wiring.door(self.settings, token=caller.token) as google:
            yield wiring.new_run(self.settings, google, publisher=caller.email)

    def survey(self, caller: Caller) -> AtHand | None:
        """The publisher's whole school, or what a teacher's plan workbook holds of it."""
        with self._run(caller) as run:
            files = run.google.drive.list_files()
            if school_id := own_school(files, caller.spreadsheet_id):
                plan = plan_round(run, choose_school(files, school_id), Ask(sync=False))
                return publishers_view(plan, run.today, caller.email)
            workbooks = teachers_workbooks(files, caller.spreadsheet_id)
            if not workbooks:
                return None
            seen = look_through(run, workbooks)
            return AtHand(
                school=seen.school,
                today=run.today,
                is_publisher=False,
                findings=seen.findings,
                problems=seen.problems,
                me=own_staff_id(seen.school, caller.email),
            )

    def publish(self, caller: Caller, *, pupil_id: str | None) -> Done | None:
        with self._run(caller) as run:
            school_id = own_school(run.google.drive.list_files(), caller.spreadsheet_id)
            if not school_id:
                return None
            return _published(play_round(run, Ask(sync=False, pupil_id=pupil_id), school_id=school_id))

    def sync(self, caller: Caller) -> Done | None:
        with self._run(caller) as run:
            school_id = own_school(run.google.drive.list_files(), caller.spreadsheet_id)
            if not school_id:
                return None
            return _synced(play_round(run, Ask(publish=False), school_id=school_id))

    def forms(self, caller: Caller) -> tuple[tuple[str, str], ...]:
        with self._run(caller) as run:
            files = run.google.drive.list_files()
            school_id = own_school(files, caller.spreadsheet_id)
            return tuple((file.file_id, file.name) for file in forms_of(files, school_id or ""))

    def form(self, caller: Caller, ask: FormAsk) -> FormView:
        with self._run(caller) as run:
            return panel_forms.view_of(panel_forms.do(run, ask))

    def form_pupils(self, caller: Caller) -> tuple[tuple[str, str], ...]:
        with self._run(caller) as run:
            return panel_forms.pupils(run)

    def preview_form(self, caller: Caller, form_id: str, pupil_id: str) -> Done:
        with self._run(caller) as run:
            return panel_forms.previewed(run, form_id, pupil_id)

    def use_form(self, caller: Caller, form_id: str) -> Done:
        with self._run(caller) as run:
            return panel_forms.used(run, form_id)

    def sheet(self, caller: Caller, tap: SheetTap) -> SheetView:
        with self._run(caller) as run:
            return panel_sheets.view_of(run, tap)

    def try_sheet(self, caller: Caller, tap: SheetTap, verdict: str = "") -> TrialView:
        with self._run(caller) as run:
            return panel_sheets.trial_of(run, tap, publishers_school(run, caller), verdict)

    def bring_sheet(self, caller: Caller, tap: SheetTap, mark: str) -> Done:
        with self._run(caller) as run:
            return panel_sheets.brought(run, tap, publishers_school(run, caller), mark)

    def workbooks(self, caller: Caller) -> WorkbooksView:
        with self._run(caller) as run:
            return panel_workbooks.offered(run, publishers_school(run, caller))

    def upgrade_workbooks(self, caller: Caller) -> Done:
        with self._run(caller) as run:
            return panel_workbooks.upgraded(run, publishers_school(run, caller))

    def move_pupils(self, caller: Caller) -> Done:
        with self._run(caller) as run:
            return panel_workbooks.moved(run, publishers_school(run, caller))

    def record_review(self, caller: Caller, pupil_id: str, typed: Typed) -> Recorded:
        with self._run(caller) as run:
            return panel_review.recorded(run, caller, pupil_id, typed)

    def close_review(self, caller: Caller, pupil_id: str, cycle_id: str) -> Recorded:
        with self._run(caller) as run:
            return panel_review.closed(run, caller, pupil_id, cycle_id)

    def next_turn(self, caller: Caller, pupil_id: str, cycle_id: str, *, write: bool) -> GoingOn:
        with self._run(caller) as run:
            return panel_review.next_turn(run, caller, pupil_id, cycle_id, write=write)

    def keep_quiet(self, caller: Caller, wish: Wish) -> Done:
        with self._run(caller) as run:
            return panel_quiet.kept_quiet(run, caller, wish)

    def speak_again(self, caller: Caller, pupil_id: str, exception_id: str) -> Done:
        with self._run(caller) as run:
            return panel_quiet.heard_again(run, caller, pupil_id, exception_id)

    def note_session(self, caller: Caller, tap: Tap) -> bool:
        with self._run(caller) as run:
            return not note_session(run, panel_review.desk_of(run, caller), tap).moved

    def install(self, caller: Caller, *, shape: str = "") -> Done:
        with self._run(caller) as run:
            starter = new_school(caller.email, shape=shape)
            installed = install(run, starter)
            play_round(run, Ask(), school_id=starter.school_id, installed=installed)
        made = ", ".join(installed.made)
        return Done(
            happened=(f"Made: {made}.",) if made else ("Everything was there already.",),
            next_steps=(
                "Open the SENCO workbook in your Drive and fill in Settings, Staff and Contacts.",
                "Tick 'May edit plans' in Staff for the teachers who should work in the plan workbook.",
            ),
            changed=bool(made),
        )


def publishers_school(run: Run, caller: Caller) -> str:
    """The school this person publishes for. Raises Invalid for anybody else."""
    found = own_school(run.google.drive.list_files(), caller.spreadsheet_id)
    if found is None:
        raise Invalid(ONLY_THE_SENCO)
    return found


def _published(result: RoundResult) -> Done:
    """What a publication did, as Google confirmed it."""
    written = len(result.written)
    given = sum(o.done and not o.change.removes for o in result.done.permissions)
    taken = sum(o.done and o.change.removes for o in result.done.permissions)
    waiting = sorted({copy.pupil_id for copy in result.plan.publication.waiting})
    happened = [f"{_count(written, 'copy', 'copies')} written."] if written else []
    happened += [f"{_count(given, 'person', 'people')} given access."] if given else []
    happened += [f"{_count(taken, 'person', 'people')} no longer have access."] if taken else []
    return Done(
        happened=tuple(happened) or ("Every copy was up to date already.",),
        not_changed=(
            *((READY_FIRST.format(pupils=", ".join(waiting)),) if waiting else ()),
            *((NOT_SHARED,) if result.refused else (NOBODY_ELSE,) if happened else ()),
        ),
        next_steps=_sentences(result.refused, result.notes),
        problems=result.problems,
        changed=bool(happened),
    )


def _synced(result: RoundResult) -> Done:
    kinds = [o.write.kind for o in result.done.events if o.done]
    words = {"insert": "booked", "update": "moved or changed", "cancel": "taken off the calendar"}
    happened = [f"{_count(kinds.count(k), 'meeting', 'meetings')} {word}." for k, word in words.items() if k in kinds]
    return Done(
        happened=tuple(happened) or ("The calendar says what the Meetings tab says.",),
        not_changed=() if not result.plan.reviews.conflicts else ("Meetings changed in Calendar were left alone.",),
        next_steps=_sentences(result.refused, result.notes),
        problems=result.problems,
        changed=bool(happened),
    )


def _sentences(refused: tuple[PermissionOutcome | EventOutcome, ...], notes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(outcome.message for outcome in refused), *notes)))


def _count(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {many}"
