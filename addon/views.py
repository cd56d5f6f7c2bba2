"""What the cards show, and nothing else: small records that the service fills."""

from __future__ import annotations

from dataclasses import dataclass, field

from addon.work_views import CountLine


@dataclass(frozen=True, kw_only=True)
class Links:
    """The addresses that buttons call. They answer widgets; the panel opens at another."""

    pupil: str
    publish: str
    sync: str
    check: str
    setup: str
    file_scope: str
    form: str
    sheet: str
    workbooks: str
    finding: str
    review: str
    work: str
    today: str


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """What a rule says. ``who`` is how colleagues name the pupil."""

    level: str
    pupil_id: str
    who: str
    message: str
    action: str = ""
    cell: str = ""
    rule: str = ""
    row: str = ""


@dataclass(frozen=True, kw_only=True)
class ProblemLine:
    """A cell that could not be read."""

    cell: str
    message: str


@dataclass(frozen=True, kw_only=True)
class PupilLine:
    pupil_id: str
    label: str
    state: str


@dataclass(frozen=True, kw_only=True)
class HomeView:
    """A school at a glance. ``due``, ``overdue`` and ``not_shared`` are counts; ``notes`` are about the workbooks as
    a whole, and ``looks_after`` says that something is to be done about them. ``work`` counts the worklists' lines,
    ``movers`` those of each whose move is next."""

    school: str
    is_publisher: bool
    on_support: int = 0
    on_ehc_plan: int = 0
    due: int = 0
    overdue: int = 0
    not_shared: int = 0
    findings: tuple[FindingLine, ...] = ()
    problems: tuple[ProblemLine, ...] = ()
    pupils: tuple[PupilLine, ...] = ()
    notes: tuple[str, ...] = ()
    looks_after: bool = False
    work: tuple[CountLine, ...] = ()
    movers: tuple[CountLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """Somebody around the pupil: a member of staff or a parent. ``part`` says which, and what they receive."""

    name: str
    part: str


@dataclass(frozen=True, kw_only=True)
class OutcomeLine:
    outcome_id: str
    outcome: str
    target: str = ""


@dataclass(frozen=True, kw_only=True)
class CopyLine:
    """One household's copy. ``state`` is a plain phrase; ``link`` is "" until there is a Doc."""

    household: str
    state: str
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class QuietLine:
    """A check that is kept quiet. ``until`` is a phrase: a day, or for good."""

    exception_id: str
    pupil_id: str
    rule: str
    title: str
    reason: str
    by: str
    until: str


@dataclass(frozen=True, kw_only=True)
class PupilView:
    """One pupil. ``step`` is 1 to 4, 0 without a live cycle; ``next_review`` a phrase, "" where none is set."""

    pupil_id: str
    label: str
    status: str
    is_publisher: bool
    step: int = 0
    cycle_id: str = ""
    next_review: str = ""
    ready_cell: str = ""
    is_ready: bool = False
    missing: tuple[FindingLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    quiet: tuple[QuietLine, ...] = ()
    problems: tuple[ProblemLine, ...] = ()
    outcomes: tuple[OutcomeLine, ...] = ()
    people: tuple[PersonLine, ...] = ()
    copies: tuple[CopyLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResultView:
    """What came of an action: what happened, what was not changed, and what to do next."""

    title: str
    happened: tuple[str, ...]
    not_changed: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    problems: tuple[ProblemLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AskView:
    """A teacher's wish to share: which cell to tick, and who then does it."""

    who: str
    cell: str = ""
    is_ready: bool = False
    pupil_id: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkbooksView:
    """What an upgrade would add as (workbook, words), who would move as (pupil, words), and workbooks to be made."""

    upgrades: tuple[tuple[str, str], ...] = ()
    can_upgrade: bool = False
    moves: tuple[tuple[str, str], ...] = ()
    would_make: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TroubleView:
    """Something went wrong. ``reference`` is the code that the service's log shares."""

    happened: str
    next_step: str
    reference: str
    not_changed: str = "Nothing was changed."
    retry: str = ""
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FormsView:
    """The tagged copies of a school's forms as (id, title), and the file selected in Drive, if any."""

    forms: tuple[tuple[str, str], ...] = ()
    file_id: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class FormTag:
    """A tag of a copy: its ``number`` in reading order, the words before it, what it shows, how sure that is."""

    number: int
    tag: str
    said: str
    name: str
    confidence: str


@dataclass(frozen=True, kw_only=True)
class FormView:
    """One tagged copy. ``missing`` are (part, fields); ``fields`` are the tags to choose from: (tag, name)."""

    form_id: str
    title: str
    link: str = ""
    is_confirmed: bool = False
    tags: tuple[FormTag, ...] = ()
    left: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
