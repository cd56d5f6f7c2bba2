"""``sandbox-sheets.md`` and its neighbours: per method and request, what the sandbox does and how that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docs.generate import markdown
from sandbox.app import service_routes
from sandbox.discovery import apis, methods
from sandbox.docs.edits import REQUESTS as DOCUMENT_REQUESTS
from sandbox.sheets.requests.table import REQUESTS as SHEET_REQUESTS
from sandbox.sources import KINDS, Behaviour, Refusal, Source, Surface, surfaces

PROJECTS = {
    "compass": "https://github.com/SwitchbackTech/compass",
    "gatsby-source-google-docs": "https://github.com/cedricdelpoux/gatsby-source-google-docs",
    "google-docs-hast": "https://github.com/mdast-docs/google-docs-hast",
    "gspread": "https://github.com/burnash/gspread/tree/master/tests/cassettes",
    "gspread-pandas": "https://github.com/aiguofer/gspread-pandas",
    "integration-templates": "https://github.com/NangoHQ/integration-templates",
    "libgdata": "https://gitlab.gnome.org/GNOME/libgdata",
    "muttlib": "https://github.com/MuttData/muttlib",
    "p5-google-restapi": "https://github.com/mvsjes2/p5-google-restapi/tree/master/t/unit",
}
"""Whose recordings an entry may name, and where they are published."""
REPORTS = {
    name: f"https://github.com/mmedum/{name}/blob/main/docs/architecture.md"
    for name in ("google-calendar-mcp", "google-docs-mcp", "google-drive-mcp", "google-sheets-mcp")
}
"""Whose records of live runs an entry may name."""
REQUESTS: Mapping[str, Iterable[str]] = {"sheets": SHEET_REQUESTS, "docs": DOCUMENT_REQUESTS}
_NOUNS = {"sheets": "spreadsheets", "docs": "documents"}
_EVERY = {"*": "Every method", "every method": "Every method", "every request": "Every request"}
_UNVERIFIED = "../unverified.md"
_ABOUT = """
What the sandbox does beyond Google's discovery document, and how each of it is known. *What the sources mean* stands
in [the overview](sandbox-coverage.md#sources). "501" is not built: the answer says so with the method's or request's
name. "As declared" does what the discovery document says and no more. Each behaviour stands once, under every name
that shows it."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One table of a page: every name there is, the built ones, and what their surface tells."""

    title: str
    noun: str
    every: tuple[str, ...]
    built: frozenset[str]
    surface: Surface


def page(api: str, title: str) -> str:
    """One API's page."""
    return markdown.page(title, _ABOUT, *(block for part in parts(api) for block in _part(part)))


def wire_page() -> str:
    """What all four APIs have in common, and the OAuth endpoints."""
    common, oauth = surfaces()["wire"], surfaces()["oauth"]
    return markdown.page(
        "What the sandbox answers: the wire and OAuth",
        _ABOUT,
        "## The wire",
        *_told(common),
        "## OAuth",
        *_told(oauth),
    )


def parts(api: str) -> Iterator[Part]:
    """The methods of an API, the requests of its batchUpdate where it has one, and Drive's older version."""
    yield _methods(api, "Methods", api)
    if api == "drive":
        yield _methods("drive.v2", "Methods of v2", "drive_v2")
    if api in REQUESTS:
        yield Part(
            title=f"Requests of {_NOUNS[api]}.batchUpdate",
            noun="Request",
            every=tuple(sorted(apis()[api].schemas["Request"]["properties"])),
            built=frozenset(REQUESTS[api]),
            surface=surfaces()[f"{api}_requests"],
        )


def _methods(api: str, title: str, surface: str) -> Part:
    declared = [name for name, method in methods().items() if method.api.name == api]
    built = service_routes()
    return Part(
        title=title,
        noun="Method",
        every=tuple(sorted(name.removeprefix(f"{api}.") for name in declared)),
        built=frozenset(name.removeprefix(f"{api}.") for name in declared if name in built),
        surface=surfaces()[surface],
    )


def counts() -> str:
    """How many behaviours each page tells, by kind of source."""
    pages = {
        "Sheets": ("sheets", "sheets_requests"),
        "Drive": ("drive", "drive_v2"),
        "Docs": ("docs", "docs_requests"),
    }
    pages |= {"Calendar": ("calendar",), "The wire and OAuth": ("wire", "oauth")}
    rows = [(name, *_counted(files)) for name, files in pages.items()]
    total = _counted(name for files in pages.values() for name in files)
    return markdown.table(("", *(kind.capitalize() for kind in KINDS), "Behaviours"), [*rows, ("All", *total)])


def _counted(files: Iterable[str]) -> list[str]:
    told = [one for name in files for one in surfaces()[name].behaviours]
    by_kind = [sum(any(source.kind == kind for source in one.sources) for one in told) for kind in KINDS]
    return [str(count) for count in (*by_kind, len(told))]


def legend() -> str:
    return markdown.table(("Source", "What it is"), [(f"*{kind}*", says) for kind, says in KINDS.items()])


def _part(part: Part) -> Iterator[str]:
    rows = [(markdown.code(name), _state(part, name)) for name in part.every]
    yield f"## {part.title}\n\n{markdown.table((part.noun, 'Answered'), rows)}"
    yield from _told(part.surface)


def _state(part: Part, name: str) -> str:
    if name not in part.built:
        return "501"
    several = len(part.surface.of(name))
    return f"yes, {several} behaviour{'s' * (several > 1)}" if several else "as declared"


def _told(surface: Surface) -> Iterator[str]:
    """Each behaviour once, under the names it is of, in the order of the data."""
    together: dict[tuple[str, ...], list[Behaviour]] = {}
    for one in surface.behaviours:
        together.setdefault(one.of, []).append(one)
    for names, found in together.items():
        yield f"### {_heading(names)}\n\n" + "\n".join(f"- {_sentence(one)}" for one in found)


def _heading(names: tuple[str, ...]) -> str:
    return ", ".join(_EVERY.get(name, markdown.code(name)) for name in names)


def _sentence(one: Behaviour) -> str:
    refusals = "; ".join(_refusal(refusal) for refusal in one.refusals)
    sources = ", ".join(_source(source) for source in one.sources)
    return " ".join(text for text in (one.says, f"{refusals}." if refusals else "", f"({sources})") if text)


def _refusal(refusal: Refusal) -> str:
    reason = f" `{refusal.reason}`" if refusal.reason else ""
    return f"{refusal.status}{reason} `{refusal.message}`"


def _source(source: Source) -> str:
    if source.kind == "recorded":
        project, _, recording = source.place.partition(": ")
        return f"recorded: [{project}]({PROJECTS[project]}) {recording}".rstrip()
    if source.kind == "assumed":
        return f"[assumed]({_UNVERIFIED}): {source.place}"
    if source.kind == "field":
        return f"field: [{source.place}]({REPORTS[source.place]})"
    if source.place.startswith("https://"):
        return f"[{source.kind}]({source.place})"
    return f"{source.kind}: {source.place}"
