"""The documentation says what the code does: generated pages are fresh, and what pages name exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest

from server import manifest, settings
from server.cli import main
from server.commands import show
from server.demo import sample
from server.demo.journey import Journey
from server.demo.world import World
from server.plans.rules import RULES
from server.settings import Settings
from server.web.addon import ROUTES
from server.web.paths import HEALTH

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
FENCE = re.compile(r"^[ ]*```(\w*)\n(.*?)^[ ]*```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
OUR_FOLDERS = ("addon", "docs", "sandbox", "server", "sheets_templates", "tests")
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text("utf-8"))


def shell_lines(page: Path) -> Iterator[str]:
    """The commands of a page's shell blocks, continued lines joined."""
    for language, text in FENCE.findall(page.read_text("utf-8")):
        if language == "sh":
            yield from text.replace("\\\n", " ").splitlines()


def anchors(page: Path) -> set[str]:
    """Headings as links reach them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_making_the_reference_pages_again_changes_nothing() -> None:
    command = [sys.executable, "-m", "docs.generate", "--check"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (made.returncode, made.stdout + made.stderr) == (0, "")


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(prose(page)):
        if target.startswith(("https://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), target


@each_page
def test_every_file_a_page_names_exists(page: Path) -> None:
    """A name in code marks that begins with one of our folders is a file, a folder or a pattern with a match."""
    for name in re.findall(r"`([\w./*{}-]+)`", prose(page)):
        invented = "NN" in name or "name.py" in name
        if name.split("/")[0] in OUR_FOLDERS and "/" in name and not invented:
            assert list(ROOT.glob(name.rstrip("/"))), name


@each_page
def test_every_command_a_page_shows_is_understood(page: Path) -> None:
    for line in shell_lines(page):
        for words in re.findall(r"^(?:\.venv/bin/)?senplans ([^|>&\n]*)", line):
            understood(shlex.split(words))


def understood(words: list[str]) -> None:
    """Click would take these words: the command exists, and so does each option."""
    command = main.commands[words[0]]
    parser = command.make_parser(click.Context(command))
    parser.parse_args(args=words[1:])


@each_page
def test_every_make_target_a_page_shows_exists(page: Path) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = re.findall(r"`make (\w+)`", prose(page))
    shown += [line.split()[1] for line in shell_lines(page) if line.startswith("make ")]
    assert set(shown) <= targets


@each_page
def test_every_setting_and_rule_a_page_names_exists(page: Path) -> None:
    names = {settings.PREFIX + name.upper() for name in Settings.__dataclass_fields__}
    assert set(re.findall(rf"\b{settings.PREFIX}[A-Z_]+\b", page.read_text("utf-8"))) <= names
    asked_for = {"R51", "R53", "R57"}
    assert set(re.findall(r"\bR\d\d\b", page.read_text("utf-8"))) <= {rule.id for rule, _ in RULES} | asked_for


@each_page
def test_no_page_names_a_machine_or_a_service_that_does_not_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not re.search(r"/(?:work|tmp|root|home)/", text)
    assert "shields.io" not in text
    assert "badge" not in text


def test_every_address_the_service_answers_is_in_the_docs_and_every_one_of_the_manifest_too() -> None:
    text = (DOCS / "reference" / "web-routes.md").read_text("utf-8")
    documented = set(re.findall(r"`(/[\w/.-]+)`", text))
    assert {route.path for route in ROUTES} | {HEALTH} <= documented
    base = manifest.base_of(manifest.load())
    assert {address.removeprefix(base) for address in manifest.audiences(manifest.load())} <= documented


def test_every_scope_the_manifest_asks_for_is_explained() -> None:
    text = (DOCS / "how-to" / "install-for-a-school.md").read_text("utf-8")
    explained = set(re.findall(r"^\| `(https://www\.googleapis\.com/auth/[\w.]+)` \|", text, re.MULTILINE))
    assert explained == set(manifest.load()["oauthScopes"])


def described(heading: str) -> set[str]:
    """The fields in the table that follows some words of json-output.md."""
    text = (DOCS / "reference" / "json-output.md").read_text("utf-8")
    section = text.partition(heading)[2].split("\n## ")[0].split("\nEach of ")[0]
    table = re.search(r"^\| --- .*\n((?:\|.*\n)+)", section, re.MULTILINE)
    cells = [row.split("|")[1] for row in table[1].splitlines()] if table else []
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


@pytest.fixture(scope="module")
def journey() -> Iterator[Journey]:
    """One pupil's school after its first round."""
    plans, day = one_pupil(), date(2026, 11, 23)
    with World(plans, day) as world:
        played = Journey(world)
        played.play("first", sample.starters(plans), new=True)
        yield played


def test_every_field_of_the_demos_json_is_described_and_no_other(journey: Journey) -> None:
    report = journey.report()
    school = report["schools"][0]
    assert described("## senplans demo --once --json") == set(report)
    assert described("Each of `schools`") == set(school)
    for part in ("events", "copies"):
        assert described(f"Each of `{part}`") == set(school[part][0])
    assert described("Each of `runs`") == set(report["runs"][0])


def test_every_field_of_a_rounds_json_is_described_and_no_other(journey: Journey) -> None:
    result = journey.played["S3"].result
    assert described("## senplans publish, sync and install --json") == set(show.round_json(result))


def one_pupil() -> sample.SampleFile:
    """One pupil of the sample who has a booked meeting, and their school."""
    whole = sample.load()
    pupil = {"pupil_id": "P11", "setting_id": "S3"}
    tables = {
        name: [row for row in rows if all(row.get(key, value) == value for key, value in pupil.items())]
        for name, rows in whole.tables.items()
    }
    return sample.SampleFile(anchor=whole.anchor, tables={**tables, "log": []})


def test_decisions_are_numbered_without_gaps_and_half_a_page_each() -> None:
    numbers = [int(page.name[:4]) for page in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    for page in DECISIONS:
        text = page.read_text("utf-8")
        assert text.startswith(f"# {page.name[:4]}: "), page.name
        assert all(f"**{part}" in text for part in ("Decided", "Question", "Decision", "What follows")), page.name
        assert len(text.split()) < 400, page.name


def test_the_changelog_has_the_version_that_is_built_and_a_place_for_the_next() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    versions = re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)
    assert versions[:2] == ["Unreleased", version]


def test_the_readmes_first_screen_is_for_a_senco_in_words_without_jargon() -> None:
    first = (ROOT / "README.md").read_text("utf-8").partition("## ")[0]
    assert first.startswith("# SEN Plans\n\n**For a SENCO.**")
    jargon = re.findall(r"\b(?:API|JSON|OAuth|HTTP|Flask|stateless|endpoint|webhook|runtime|token)\b", first)
    assert jargon == []
    sentences = [part for part in re.split(r"[.:]\s|\n\n", first) if part.strip()]
    assert max(len(sentence.split()) for sentence in sentences) <= 40


def test_no_line_of_the_changelog_is_longer_than_120_characters() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > 120] == []
