"""Try the assumptions and the contract tests on somebody's Google account. The tests are those of the checkout."""

from __future__ import annotations

import contextlib
import io
import json
import platform
import re
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from server import settings as setting
from server.commands import live_report
from server.commands.live_report import ASSUMPTION, CONTRACT, KINDS, NOT_HELD, UNTRIED, Checked, Report
from server.google.credentials import sign_in
from server.plans.trouble import Invalid
from server.settings import Settings

ROOT = Path(__file__).parents[2]
HOW_TO = "docs/how-to/check-against-google.md"
NO_CHECKOUT = (
    "The tests are not here, so nothing was tried: live-check runs from a checkout of the source code in which "
    "`make test` ran once."
)
NO_ACCOUNT = (
    "No Google account was given, so nothing was tried. Set SENPLANS_LIVE_CREDENTIALS to the credentials file of an "
    f"account for testing; {HOW_TO} says how to get one."
)
STYLES = {"held": "green", NOT_HELD: "bold red", UNTRIED: "dim"}
VERSIONS = ("senplans", "google-api-python-client", "gspread", "google-auth")
WRITERS: dict[str, Callable[[Report], str]] = {".md": live_report.as_markdown, ".json": live_report.as_json}
AREAS = {"/v4/": "Sheets", "/v1/": "Docs", "/drive/": "Drive", "/calendar/": "Calendar"}
MARK = "any_google"
SCOPE = "https://www.googleapis.com/auth/"
SCOPES = ("drive", "spreadsheets", "documents", "calendar", "calendar.app.created", "calendar.calendarlist.readonly")
SANDBOXES = frozenset({"sandbox_server", "workspace", "echo"})
Name = tuple[str, str, str]


@dataclass(eq=False)
class Recorder:
    """A pytest plugin that chooses the tests and keeps their outcomes. ``settings`` and ``ask`` are for the tests,
    which tell ``domain``, ``notes`` and ``trouble`` (why nothing could be tried)."""

    settings: Settings
    only: tuple[str, ...] = ()
    ask: Callable[[str], bool] | None = None
    tell: Callable[[Checked], None] = lambda _: None
    domain: str = ""
    trouble: str = ""
    notes: list[str] = field(default_factory=list)
    names: dict[str, Name] = field(default_factory=dict)
    checked: dict[str, Checked] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.__name__ = "senplans-live-check"  # what pytest calls the plugin

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Modules without a test that any Google can be asked need not be read."""
        is_module = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
        return True if is_module and MARK not in collection_path.read_text("utf-8") else None

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Keep what any Google can be asked, and of that what ``only`` names."""
        sections = assumptions()
        for item in items:
            if item.get_closest_marker(MARK) and not item.get_closest_marker("sandbox_only"):
                self.names[item.nodeid] = _name(item, sections)
        items[:] = [item for item in items if item.nodeid in self.names and self._wanted(item)]
        self.names = {item.nodeid: self.names[item.nodeid] for item in items}

    def _wanted(self, item: Any) -> bool:
        if SANDBOXES & set(item.fixturenames):
            return False
        said = ": ".join((*self.names[item.nodeid], item.nodeid)).lower()
        return not self.only or any(text.lower() in said for text in self.only)

    def pytest_collectreport(self, report: Any) -> None:
        """Tests that can't be read."""
        if report.failed:
            self.trouble = f"The tests can't be read: {live_report.clean(str(report.longrepr))}"

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Keep the outcome of a test, or of what it needs where that failed."""
        if report.when != "call" and report.outcome == "passed":
            return
        said = dict(report.user_properties).get("outcome") or _outcome(report)
        sort, area, title = self.names[report.nodeid]
        told = {key: live_report.clean(text) for key, text in said.items()}
        self.checked[report.nodeid] = Checked(sort=sort, area=area, title=title, **told)
        self.tell(self.checked[report.nodeid])


def _name(item: Any, sections: Mapping[str, str]) -> Name:
    """Sort, area and title of a test."""
    params = getattr(item, "callspec", None)
    check = params.params.get("check") if params else None
    if heading := getattr(check, "heading", ""):
        return ASSUMPTION, sections.get(heading, "Other"), heading
    path = str(params.params.get("path", "")) if params else ""
    area = next((area for start, area in AREAS.items() if path.startswith(start)), "")
    words = item.path.stem.split("_")
    title = item.name.removeprefix("test_").partition("[")
    told = f"{title[0].replace('_', ' ')} {title[1]}{title[2]}".strip()
    return CONTRACT, area or words[1].capitalize(), live_report.clean(told)


def _outcome(report: Any) -> dict[str, str]:
    if report.outcome == "passed":
        return {"kind": live_report.HELD}
    if report.outcome == "skipped":
        return {"kind": UNTRIED, "saw": re.sub(r"^(?:Skipped|[\w.]*NotHere): ", "", str(report.longrepr[2]))}
    crash = getattr(report.longrepr, "reprcrash", None)
    return {"kind": NOT_HELD, "saw": crash.message if crash else str(report.longrepr)}


def assumptions() -> dict[str, str]:
    """The headings of docs/unverified.md, each with its section."""
    found, section = {}, ""
    for line in (ROOT / "docs" / "unverified.md").read_text("utf-8").splitlines():
        section = line.removeprefix("## ") if line.startswith("## ") else section
        if heading := re.match(r"- \*\*(.+?)\*\*", line):
            found[heading[1]] = section
    return found


def run(*, reports: Sequence[str], only: Sequence[str], listing: bool, person: bool, client: str | None) -> None:
    settings = setting.read()
    if client:
        click.echo(f"Signed in. The credentials are in {_signed_in(settings, Path(client))}.")
        return
    _fit(settings, reports, listing=listing)
    console = Console(stderr=True)
    ask = _asker(console) if person else None
    recorder = Recorder(settings, tuple(only), ask, lambda one: _tell(console, one))
    code = _tests(recorder, ("--collect-only",) if listing else ("-s",) if person else ())
    if recorder.trouble or not recorder.names:
        raise Invalid(recorder.trouble or "Nothing was tried: no name holds what --only says.")
    if listing:
        for sort, area, title in recorder.names.values():
            click.echo(f"{area} ({sort}): {title}")
        return
    report = _report(recorder)
    for path in reports:
        Path(path).write_text(WRITERS[Path(path).suffix](report), encoding="utf-8")
    _print(report)
    if code or not report.ok:
        raise SystemExit(1)


def _signed_in(settings: Settings, client: Path) -> Path:
    """The new credentials file of the person who signed in just now, for its owner's eyes alone."""
    kept = Path(settings.live_credentials or "live-credentials.json")
    if kept.exists():
        raise Invalid(
            "This credentials file is there already. It was not changed, and nobody signed in.", place=str(kept)
        )
    info = sign_in(json.loads(client.read_text("utf-8")), scopes=[SCOPE + name for name in SCOPES])
    kept.touch(mode=0o600)
    kept.write_text(json.dumps(info, indent=2), encoding="utf-8")
    return kept


def _fit(settings: Settings, reports: Sequence[str], *, listing: bool) -> None:
    """Raises Invalid where it is clear before any call that this can't work."""
    if not (ROOT / "tests" / "live").is_dir():
        raise Invalid(NO_CHECKOUT, place="checkout")
    if any(Path(path).suffix not in WRITERS for path in reports):
        raise Invalid("A report is Markdown or JSON: its name ends with .md or .json.", place="--report")
    if listing:
        return
    if not settings.live_credentials:
        raise Invalid(NO_ACCOUNT, place="settings")
    for path in filter(None, (settings.live_credentials, settings.live_second_credentials)):
        if not Path(path).is_file():
            raise Invalid("This credentials file is not there. Nothing was tried.", place=path)


def _tests(recorder: Recorder, options: Sequence[str]) -> int:
    """Run the tests without pytest's own words. 0, also where tests failed: the recorder knows."""
    try:
        import pytest
    except ImportError:
        raise Invalid(NO_CHECKOUT, place="checkout") from None
    words = [f"--rootdir={ROOT}", f"--config-file={ROOT / 'pyproject.toml'}", "-p", "no:cacheprovider"]
    places = [str(ROOT / "tests" / name) for name in ("live", "contract")]
    quiet = ["-o", "filterwarnings=ignore", "-p", "no:faulthandler"]
    with _terminated_as_interrupted(), contextlib.redirect_stdout(io.StringIO()) as said:
        code = pytest.main([*words, *quiet, *options, *places], plugins=[recorder])
    if code in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR):
        end = live_report.clean(said.getvalue()[-live_report.LONGEST :])
        recorder.trouble = recorder.trouble or f"The tests can't be run: {end}"
    if code == pytest.ExitCode.INTERRUPTED:
        recorder.notes.append("The run was interrupted: what it had made is removed, the rest was not tried.")
    return 0 if code in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) else int(code)


@contextlib.contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """Being told to end cleans up like Ctrl-C."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _asker(console: Console) -> Callable[[str], bool]:
    def ask(steps: str) -> bool:
        console.print(f"[bold]Please:[/bold] {steps}")
        return click.confirm("Done?", err=True)

    return ask


def _tell(console: Console, one: Checked) -> None:
    if one.sort == ASSUMPTION or one.kind == NOT_HELD:
        console.print(f"{one.kind}: {one.area}, {one.title}", style=STYLES.get(one.kind, "yellow"), markup=False)


def _report(recorder: Recorder) -> Report:
    settings, order = recorder.settings, [*assumptions()]
    found = sorted(
        recorder.checked.values(), key=lambda one: order.index(one.title) if one.title in order else len(order)
    )
    return Report(
        date=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        domain=recorder.domain,
        google=f"a stand-in at {settings.google_url}" if settings.google_url else "Google",
        versions={name: metadata.version(name) for name in VERSIONS} | {"Python": platform.python_version()},
        checked=tuple(found),
        notes=tuple(live_report.clean(note) for note in recorder.notes),
    )


def _print(report: Report) -> None:
    """The counts, and what a person has to look at."""
    console = Console()
    table = Table("Area", *KINDS, title=f"Live check of {report.domain or 'an account'}, {report.date}")
    for area, counted in report.counts().items():
        table.add_row(area, *(str(counted[kind]) for kind in KINDS))
    console.print(table)
    for one in report.checked:
        if one.kind == NOT_HELD or (one.sort == ASSUMPTION and one.kind not in ("held", NOT_HELD)):
            told = " ".join(part for part in (one.saw, one.steps) if part)
            console.print(f"{one.kind}: {one.title} {told}", style=STYLES.get(one.kind, "yellow"), markup=False)
    for note in report.notes:
        console.print(note, style="yellow", markup=False)
