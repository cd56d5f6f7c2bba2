"""``sandbox-coverage.md``: which of Google's methods the sandbox answers, and which it refuses with 501."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docs.generate import evidence, formulas, markdown, sources
from sandbox import quotas
from sandbox.app import SERVICES
from sandbox.control import INDEX
from sandbox.faults import Rule

ABOUT = """
The sandbox speaks the REST protocol of Sheets v4, Drive v3, Docs v1 and Calendar v3 on one port. Every request is
checked against the discovery document that ships with google-api-python-client. A method that is not built answers
501 with its name, so a test never passes by accident. Of Drive v2 there is
what older clients still call."""
NAMES = {"sheets": "Sheets v4", "drive": "Drive v3", "docs": "Docs v1", "calendar": "Calendar v3"}
SOURCES = """
## Sources

The discovery document says which methods, parameters and fields there are. What Google does with them it mostly
doesn't say: defaults, refusals and their words, order, limits, side effects. The page of each API, and
[the one on the wire and OAuth](sandbox-wire.md), list what the sandbox does there, one sentence each with its source.
A behaviour may have several."""
OAUTH = """
## Tokens and certificates

`/o/oauth2/v2/auth` (a consent page without passwords, each scope a tick), `/token` (authorization codes, refresh
tokens and service accounts' signed assertions), `/revoke`, `/oauth2/v1/certs`, `/oauth2/v3/certs`, `/tokeninfo` and
`/oauth2/v3/userinfo`, in their versions. HTTP batches go to `/batch/drive/v3` and `/batch/calendar/v3`."""


def page() -> str:
    parts = (ABOUT, _summary(), _sources(), formulas.section(), OAUTH, evidence.part(), _control())
    return markdown.page("What the sandbox answers", *parts)


def pages() -> Mapping[str, str]:
    """This page and one per API, by file name."""
    told = {f"sandbox-{api}.md": sources.page(api, f"What the sandbox answers: {NAMES[api]}") for api in SERVICES}
    return {"sandbox-coverage.md": page(), **told, "sandbox-wire.md": sources.wire_page()}


def _summary() -> str:
    rows = [
        (f"[{NAMES[api]}](sandbox-{api}.md)", part.title, str(len(part.built)), str(len(part.every)))
        for api in SERVICES
        for part in sources.parts(api)
    ]
    return markdown.table(("API", "Of it", "Built", "Google has"), rows)


def _sources() -> str:
    return "\n\n".join((SOURCES, sources.legend(), sources.counts()))


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
