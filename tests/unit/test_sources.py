"""Every behaviour that is not in Google's discovery documents has a source, and the page about them is true."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import refused_words

from docs.generate import sources as pages
from sandbox.app import SERVICES, create_app
from sandbox.sources import KINDS, SURFACES, BadEntry, Behaviour, Refusal, behaviours, read, surfaces
from sandbox.state import Workspace

ROOT = Path(__file__).parents[2]
PARTS = [part for api in SERVICES for part in pages.parts(api)]
each_part = pytest.mark.parametrize("part", PARTS, ids=lambda part: part.surface.name)
ENTRY = {"of": "addSheet", "says": "A title is free.", "recorded": "gspread: ClientTest.test_create"}


def of_kind(kind: str) -> list[tuple[Behaviour, str]]:
    return [(one, source.place) for one in behaviours() for source in one.sources if source.kind == kind]


@each_part
def test_every_name_that_an_entry_gives_is_built(part: pages.Part) -> None:
    known = part.surface.names() - {f"every {part.noun.lower()}"}
    assert [name for name in sorted(known) if not fnmatch.filter(part.built, name)] == []


@each_part
def test_everything_built_is_told_or_does_as_declared(part: pages.Part) -> None:
    told = part.surface.discovery
    assert [name for name in sorted(part.built - told) if not part.surface.of(name)] == []


@each_part
def test_what_is_as_declared_has_no_behaviour_of_its_own(part: pages.Part) -> None:
    assert [name for name in part.surface.discovery if part.surface.of(name)] == []


def test_the_wire_is_told_by_its_modules() -> None:
    assert [name for name in surfaces()["wire"].names() if not (ROOT / name).is_file()] == []


def test_oauth_is_told_by_the_endpoints_that_are_served() -> None:
    served = {rule.rule for rule in create_app(Workspace()).url_map.iter_rules()}
    assert surfaces()["oauth"].names() <= served


@pytest.mark.parametrize("kind", ["documented", "issue"])
def test_every_address_is_https_and_whole(kind: str) -> None:
    for one, place in of_kind(kind):
        parts = urlsplit(place)
        assert (parts.scheme, bool(parts.path.strip("/")), " " in place) == ("https", True, False), one.says
        assert re.fullmatch(r"[\w-]+(\.[\w-]+)+", parts.netloc), one.says


def test_every_field_report_is_a_known_one() -> None:
    assert {place for _, place in of_kind("field")} <= set(pages.REPORTS)


def test_every_issue_is_a_thread() -> None:
    thread = re.compile(r"https://(github\.com/[\w.-]+/[\w.-]+/(issues|pull|discussions)/\d+|\S+/\S+)")
    assert [place for _, place in of_kind("issue") if not thread.fullmatch(place)] == []


def test_every_recording_is_of_a_known_project() -> None:
    for one, place in of_kind("recorded"):
        project, _, recording = place.partition(": ")
        assert project in pages.PROJECTS, one.says
        assert recording, one.says


def test_every_assumption_is_a_line_of_the_unverified_ones() -> None:
    headings = set(
        re.findall(r"^- \*\*(.+?)\.?\*\*", (ROOT / "docs" / "unverified.md").read_text("utf-8"), re.MULTILINE)
    )
    assert [(one.says, place) for one, place in of_kind("assumed") if place not in headings] == []


def test_every_behaviour_is_one_plain_sentence_and_told_once() -> None:
    for surface in surfaces().values():
        said = [(one.says, one.of) for one in surface.behaviours]
        assert len(said) == len(set(said)), surface.name
        assert [text for text, _ in said if not (text.endswith(".") and re.match("[A-Z`]", text))] == []


def test_an_entry_without_a_source_is_refused() -> None:
    entry = {name: value for name, value in ENTRY.items() if name not in KINDS}
    with pytest.raises(BadEntry, match="wants a sentence, what it is of, and a source"):
        read("sheets", {"behaviour": [entry]})


@pytest.mark.parametrize("entry", [{**ENTRY, "sources": "x"}, {**ENTRY, "refusals": "no status"}])
def test_an_entry_that_cannot_be_read_is_refused(entry: dict[str, str]) -> None:
    with pytest.raises(BadEntry, match="A title is free"):
        read("sheets", {"behaviour": [entry]})


def test_a_refusal_fits_its_message_wherever_it_stands_in_a_batch() -> None:
    refusal = Refusal(status=400, message="No grid with id: {id}")
    assert refusal.fits(400, "Invalid requests[3].sortRange: No grid with id: 7")
    assert not refusal.fits(404, "No grid with id: 7")
    assert not refusal.fits(400, "No sheet with id: 7")


def test_every_refusal_in_the_code_is_told() -> None:
    """Each sentence that the sandbox refuses with stands among the refusals of some entry."""
    told = [refusal for one in behaviours() for refusal in one.refusals]
    words = refused_words.of(ROOT / "sandbox")
    assert len(words) > 200
    untold = [
        place
        for place, said in words
        if not any(one.fits(one.status, said) or refused_words.fits(said, one.message) for one in told)
    ]
    assert untold == []


def test_every_refusal_that_is_told_is_in_the_code() -> None:
    texts = refused_words.texts(ROOT / "sandbox")
    told = {refusal.message: refusal for one in behaviours() for refusal in one.refusals}
    stale = [
        message
        for message, one in told.items()
        if message not in texts
        and not any(refused_words.fits(text, message) or one.fits(one.status, text) for text in texts)
    ]
    assert stale == []


def test_no_refusal_fits_just_any_words() -> None:
    anything = "Invalid requests[0].addSheet: Nobody ever said this, with 'quotes' and (brackets): or so."
    told = [refusal for one in behaviours() for refusal in one.refusals]
    assert [refusal for refusal in told if refusal.fits(refusal.status, anything)] == []


def test_every_file_of_entries_is_read() -> None:
    files = {path.stem for path in (ROOT / "sandbox" / "sources").glob("*.toml")}
    assert files == set(SURFACES)
