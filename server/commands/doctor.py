"""Look at an installation and say what to put right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import click

from server import manifest, wiring
from server import settings as setting
from server.commands import show
from server.plans.files import schools_in
from server.plans.rules import RULES
from server.plans.setting_facts import FACTS
from server.plans.trouble import Trouble
from server.settings import Settings
from sheets_templates import catalogue
from sheets_templates.document import build_docx, load_spec, parse
from sheets_templates.guidance import guidance
from sheets_templates.look_again import dated


@dataclass(frozen=True, kw_only=True)
class Checked:
    name: str
    ok: bool
    message: str


def run(*, token: str | None, publisher: str | None, google_url: str | None, as_json: bool) -> None:
    settings = setting.read(token=token, publisher=publisher, google_url=google_url)
    checks = tuple(_checks(settings))
    if as_json:
        show.print_json({"checks": [check.__dict__ for check in checks]})
    else:
        for check in checks:
            click.echo(f"{'ok  ' if check.ok else 'FAIL'} {check.name}: {check.message}")
    if not all(check.ok for check in checks):
        raise SystemExit(1)


def _checks(settings: Settings) -> Iterator[Checked]:
    yield _try("templates", _templates)
    yield _try("manifest", lambda: _manifest(settings))
    yield _try("Google", lambda: _google(settings))


def _try(name: str, check: Callable[[], str]) -> Checked:
    try:
        return Checked(name=name, ok=True, message=check())
    except (Trouble, OSError, ValueError) as error:
        return Checked(name=name, ok=False, message=str(error))


def _templates() -> str:
    tables = catalogue.load().tables
    parse(build_docx(load_spec("sen_support_plan")))
    unexplained = {rule.id for rule, _ in RULES} ^ set(guidance())
    if unexplained:
        raise ValueError(f"guidance.toml and the rules don't match: {', '.join(sorted(unexplained))}.")
    own = f"{len(FACTS)} settings of a school, {len(RULES)} rules"
    return f"{len(tables)} tables, {own}, {len(dated())} dated things and the plan document are sound"


def _manifest(settings: Settings) -> str:
    problems: Any = manifest.check(manifest.for_base_url(manifest.load(), settings.base_url))
    if problems:
        raise ValueError(" ".join(problems))
    return f"deployable at {settings.base_url}"


def _google(settings: Settings) -> str:
    with wiring.door(settings) as google:
        schools = schools_in(google.drive.list_files())
    return f"reached; this account runs {', '.join(schools) or 'no school yet'}"
