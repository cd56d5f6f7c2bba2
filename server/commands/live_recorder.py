"""The pytest plugin behind ``live-check``: it chooses the tests and keeps their outcomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server.commands import live_report
from server.commands.live_report import ASSUMPTION, CONTRACT, NOT_HELD, UNTRIED, Checked
from server.settings import Settings

ROOT = Path(__file__).parents[2]
AREAS = {"/v4/": "Sheets", "/v1/": "Docs", "/drive/": "Drive", "/calendar/": "Calendar"}
MARK = "any_google"
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
