"""``make bench``: how long the whole round and a card take here. Machines differ and are noisy: read the ratios."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from sandbox.oauth.tokens import mint_access_token, mint_id_token
from server import manifest
from server.demo import sample
from server.demo.journey import Journey
from server.demo.page import Page, serve_page
from server.demo.world import ADDON_ACCOUNT, CLIENT, World

ROUNDS, CARDS = 3, 15


def main() -> None:
    plans = sample.load()
    assert plans.anchor is not None
    firsts, seconds = zip(*(_round(plans) for _ in range(ROUNDS)), strict=True)
    _say("first run, 12 pupils, 3 schools", firsts)
    _say("second run, nothing changed", seconds)
    with serve_page(plans, plans.anchor, say=lambda _line: None) as page:
        totals, own = zip(*(_card(page) for _ in range(CARDS)), strict=True)
    _say("home card of 7 pupils, whole answer", totals)
    _say("home card of 7 pupils, our own time", own)


def _round(plans: sample.SampleFile) -> tuple[float, float]:
    assert plans.anchor is not None
    with World(plans, plans.anchor) as world:
        journey = Journey(world)
        schools = sample.starters(plans)
        journey.play("first", schools, new=True)
        journey.play("second", schools, new=False)
        return journey.runs[0]["seconds"], journey.runs[1]["seconds"]


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
