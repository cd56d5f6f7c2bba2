"""``sandbox-coverage.md``: which of Google's methods the sandbox answers, and which it refuses with 501."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docs.generate import markdown
from sandbox import quotas
from sandbox.app import SERVICES, service_routes
from sandbox.control import INDEX
from sandbox.discovery import apis, methods
from sandbox.docs.edits import REQUESTS as DOCUMENT_REQUESTS
from sandbox.faults import Rule
from sandbox.sheets.requests.table import REQUESTS

ABOUT = """
The sandbox speaks the REST protocol of Sheets v4, Drive v3, Docs v1 and Calendar v3 on one port. Every request is
checked against the discovery document that ships with google-api-python-client. A method that is not built answers
501 with its name, so a test never passes by accident. Of Drive v2, `files.get`, `files.insert`
and `files.update` are built, for clients such as gspread that still upload through it; the rest answers 501."""
NAMES = {"sheets": "Sheets v4", "drive": "Drive v3", "docs": "Docs v1", "calendar": "Calendar v3"}
OAUTH = """
## Tokens and certificates

`/o/oauth2/v2/auth` (a consent page without passwords, each scope a tick), `/token` (authorization codes, refresh
tokens and service accounts' signed assertions), `/revoke`, `/oauth2/v1/certs`, `/oauth2/v3/certs`, `/tokeninfo` and
`/oauth2/v3/userinfo`, in their versions. HTTP batches go to `/batch/drive/v3` and `/batch/calendar/v3`."""

AGREEMENT = """
## How far it agrees with Google

Real answers of Google's, recorded and published by other projects, were replayed in order and compared by status and
structure, and gspread's own test suite was run live against the sandbox. What differs, and why:
"""
EVIDENCE = (
    (
        "gspread's own suite, 6.2.1",
        "148 of 149 tests",
        "one opens a stranger's file that its authors set up by hand; with such a file in place it passes",
    ),
    (
        "gspread's recordings",
        "1,398 of 1,402 exchanges",
        "three list the recorder's own account among a protected range's editors; one is that stranger's file",
    ),
    ("muttlib's recordings", "9 of 9 exchanges", "nothing"),
    (
        "p5-google-restapi's recordings",
        "192 of 197 exchanges",
        "time zone, owner, storage used and rights to make shared drives are those of the recorded Gmail account",
    ),
    (
        "compass's event bodies",
        "11 of 15 events",
        "a stray key of the fixture's authors; three events of 2012 and 2013 read in another calendar's zone",
    ),
    ("gspread-pandas' recordings", "not as a whole", "they expect workbooks that stood before the recording began"),
)


def _agreement() -> str:
    return AGREEMENT + "\n" + markdown.table(("Evidence", "Agrees", "What differs"), EVIDENCE)


def page() -> str:
    parts = (ABOUT, _summary(), *_apis(), _requests(), OAUTH, _agreement(), _control())
    return markdown.page("What the sandbox answers", *parts)


def _by_api(names: Mapping[str, object]) -> dict[str, list[str]]:
    return {api: sorted(name for name in names if name.partition(".")[0] == api) for api in SERVICES}


def _declared() -> dict[str, list[str]]:
    return _by_api({name: method for name, method in methods().items() if method.api.name in SERVICES})


def _summary() -> str:
    built, declared = _by_api(service_routes()), _declared()
    rows = [(NAMES[api], str(len(built[api])), str(len(declared[api]))) for api in SERVICES]
    return markdown.table(("API", "Methods built", "Methods Google has"), rows)


def _apis() -> Iterator[str]:
    built = service_routes()
    for api, declared in _declared().items():
        rows = [(markdown.code(name), "yes" if name in built else "501") for name in declared]
        yield f"## {NAMES[api]}\n\n{markdown.table(('Method', 'Built'), rows)}"


def _requests() -> str:
    built = {"sheets": ("spreadsheets", REQUESTS), "docs": ("documents", DOCUMENT_REQUESTS)}
    parts = []
    for api, (noun, known) in built.items():
        every = sorted(apis()[api].schemas["Request"]["properties"])
        rows = [(markdown.code(name), "yes" if name in known else "501") for name in every]
        parts.append(f"## Requests of {noun}.batchUpdate\n\n{markdown.table(('Request', 'Built'), rows)}")
    return "\n\n".join(parts)


def _control() -> str:
    rows = [(markdown.code(f"{verb} /_sandbox/{name}"), says) for verb, name, says in _endpoints()]
    about = "For tests and demonstrations; served to this machine only.\n\n"
    return f"## Control\n\n{about}{markdown.table(('Endpoint', 'What it does'), rows)}\n\n### Faults\n\n{_faults()}"


def _endpoints() -> Iterator[tuple[str, str, str]]:
    for rule, says in INDEX.items():
        verb, name = rule.split()
        yield verb, name, says


def _faults() -> str:
    names = ", ".join(markdown.code(name) for name in Rule.__dataclass_fields__)
    text = " ".join((Rule.__doc__ or "").replace("``", "`").split())
    return f"{text}\n\nFields of a rule: {names}.\n\n{_quotas()}"


def _quotas() -> str:
    about = " ".join((quotas.__doc__ or "").replace("``", "`").split())
    rows = [(markdown.code(name), f"{limit:,}") for name, limit in quotas.LIMITS.items()]
    return f"### Quotas\n\n{about}\n\n{markdown.table(('Limit', 'A minute (writes: a second)'), rows)}"
