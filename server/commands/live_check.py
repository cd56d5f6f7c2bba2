"""Try the assumptions and the contract tests on somebody's Google account. The tests are those of the checkout."""

from __future__ import annotations

import contextlib
import io
import json
import platform
import signal
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from server import settings as setting
from server.commands import live_report
from server.commands.live_recorder import ROOT, Recorder, assumptions
from server.commands.live_report import ASSUMPTION, KINDS, NOT_HELD, UNTRIED, Checked, Report
from server.google.credentials import sign_in
from server.plans.trouble import Invalid
from server.settings import Settings

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
SCOPE = "https://www.googleapis.com/auth/"
SCOPES = ("drive", "spreadsheets", "documents", "calendar", "calendar.app.created", "calendar.calendarlist.readonly")


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
