"""``make bench``: how long the whole round, a card and the sandbox's calls take here.

Machines differ and are noisy: read the ratios."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter
from typing import Any

from sandbox.oauth.tokens import mint_access_token, mint_id_token
from server import manifest
from server.demo import sample
from server.demo.journey import Journey
from server.demo.page import Page, serve_page
from server.demo.world import ADDON_ACCOUNT, CLIENT, World
from server.plans.copy import plan_view
from server.plans.model import Contact
from server.plans.rules import findings
from server.plans.school import assemble
from sheets_templates import catalogue
from sheets_templates.document import build_docx, load_spec, parse
from sheets_templates.grids import grids_from
from sheets_templates.readback import read
from sheets_templates.workbook import make_requests

from . import documents_speed, reading_speed, sandbox_speed

ROUNDS, CARDS = 3, 15


def main() -> None:
    plans = sample.load()
    assert plans.anchor is not None
    firsts, seconds = zip(*(_round(plans) for _ in range(ROUNDS)), strict=True)
    _say("first run, 12 pupils, 3 schools", firsts)
    _say("second run, nothing changed", seconds)
    with serve_page(plans, plans.anchor, say=lambda _line: None) as page:
        totals, own = zip(*(_card(page) for _ in range(CARDS)), strict=True)
    for name, work in _parts():
        _say(name, tuple(_timed(work) for _ in range(CARDS)))
    _say("home card of 7 pupils, whole answer", totals)
    _say("home card of 7 pupils, our own time", own)
    for line in (*documents_speed.measured(), *reading_speed.measured(), *sandbox_speed.measured()):
        print(line)


def _round(plans: sample.SampleFile) -> tuple[float, float]:
    assert plans.anchor is not None
    with World(plans, plans.anchor) as world:
        journey = Journey(world)
        schools = sample.starters(plans)
        journey.play("first", schools, new=True)
        journey.play("second", schools, new=False)
        return journey.runs[0]["seconds"], journey.runs[1]["seconds"]


def _parts() -> Iterator[tuple[str, Callable[[], object]]]:
    """The pieces of our own time, on the largest school of the sample."""
    plans = sample.load()
    starter = max(sample.starters(plans), key=lambda one: len(one.tables["log"]))
    tables = catalogue.load()
    own = {key: rows for key, rows in starter.tables.items() if key in {t.key for t in tables.workbook("plan")}}
    grids = grids_from(tables, "plan", starter=own, id_salt="bench")
    school = assemble(None, (read(tables, "plan", grids),))
    template = parse(build_docx(load_spec("sen_support_plan")))
    pupil, contact = (
        school.pupils[0],
        Contact(contact_id="C1", pupil=school.pupils[0].pupil_id, restriction_kind="none"),
    )
    view = plan_view(replace(school, contacts=(contact,)), pupil.pupil_id, contact.household_key)
    options = {"lists": starter.lists, "editors": ["senco@school.example"], "id_salt": "bench"}
    assert plans.anchor is not None
    day = plans.anchor
    yield "making a plan workbook's requests", lambda: make_requests(tables, "plan", starter=own, **options)
    yield "reading a plan workbook", lambda: read(tables, "plan", grids)
    yield "all rules of a school", lambda: findings(school, day)
    yield "parsing a template", lambda: parse(build_docx(load_spec("sen_support_plan")))
    yield "rendering one copy", lambda: template.render(view.as_mapping(made_on=day))


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _card(page: Page) -> tuple[float, float]:
    """Seconds for one home card: as Google waits for it, and without the time the pretend Google took."""
    import requests

    with _google_timed(page) as waited:
        began = perf_counter()
        answer = requests.post(f"{page.addon_url}/addon/home", json=_event(page), headers=_caller(page), timeout=30)
        took = perf_counter() - began
    assert "pushCard" in answer.text, answer.text
    return took, took - sum(waited)


@contextmanager
def _google_timed(page: Page) -> Any:
    """Add up how long the sandbox works on the calls made meanwhile."""
    running: Any = page.world.sandbox
    serve: Callable[..., Any] = running._app.wsgi_app
    waited: list[float] = []

    def timed(environ: Any, start_response: Any) -> Any:
        began = perf_counter()
        try:
            return serve(environ, start_response)
        finally:
            waited.append(perf_counter() - began)

    running._app.wsgi_app = timed
    try:
        yield waited
    finally:
        running._app.wsgi_app = serve


def _caller(page: Page) -> dict[str, str]:
    token = mint_id_token(page.world.sandbox.workspace, email=ADDON_ACCOUNT, audience=f"{page.addon_url}/addon/home")
    return {"Authorization": f"Bearer {token}"}


def _event(page: Page) -> dict[str, Any]:
    senco, scopes = page.world.senco("S2").email, manifest.load()["oauthScopes"]
    workspace = page.world.sandbox.workspace
    access = mint_access_token(workspace, email=senco, client_id=CLIENT, scopes=scopes)
    return {
        "commonEventObject": {"hostApp": "DRIVE", "platform": "WEB"},
        "authorizationEventObject": {"userOAuthToken": access, "authorizedScopes": scopes},
    }


def _say(name: str, seconds: tuple[float, ...]) -> None:
    low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
    print(f"{name:40} {middle * 1000:8.0f} ms   ({low * 1000:.0f}–{high * 1000:.0f}, {len(seconds)} times)")


if __name__ == "__main__":
    main()
