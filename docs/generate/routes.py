"""``web-routes.md``: every address the web service answers."""

from __future__ import annotations

from docs.generate import markdown
from server.web import paths
from server.web.addon import ROUTES, Route
from server.web.scopes import AUTH

ABOUT = """
The service is called by Google's add-on runtime, never by a browser. Every `/addon/` address is a POST with an event
as JSON and Google's signed token in the `Authorization` header. Without a valid token the answer is 401 and nothing
is read. The addresses stand in one table, `ROUTES` in `server/web/addon.py`, and the paths in `server/web/paths.py`;
[manifest.json](../../manifest.json) names those Google calls first (*trigger*), the cards' buttons name the others
(*button*)."""
OTHERS = """
Two more addresses need no token: `{health}` answers `{{"status": "ok"}}` while the service is up, and says nothing
else; `{logo}` is the add-on's picture."""
ANSWERS = """
## What is answered when something is wrong

| Status | Body | When |
| --- | --- | --- |
| 401 | `{"error": "not_signed_in"}` | the caller's token is missing, forged, expired or made out to somebody else |
| 400 | `{"error": "not_an_event"}` | the body is not an add-on event |
| 413 | `{"error": "request_entity_too_large"}` | the body is over a million bytes |
| 503 | `{"error": "cannot_verify_caller"}` | Google's certificates could not be fetched |
| 200 | a request for scopes | the person has not granted what the call needs |
| 200 | a problem card | anything else, in words: see [errors](errors.md) |"""


def page() -> str:
    headers = ("Path", "Called by", "What it does", "Scopes it needs", "May write")
    others = OTHERS.format(health=paths.HEALTH, logo=paths.LOGO)
    return markdown.page("Web routes", ABOUT, markdown.table(headers, map(_row, ROUTES)), others, ANSWERS)


def _row(route: Route) -> tuple[str, ...]:
    return (
        markdown.code(route.path),
        "trigger" if route.is_trigger else "button",
        markdown.promise(route.handler),
        ", ".join(markdown.code(scope.removeprefix(AUTH)) for scope in sorted(route.scopes)) or "none",
        "yes" if route.writes else "no",
    )
