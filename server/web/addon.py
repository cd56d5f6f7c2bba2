"""The add-on's routes: one table, one way in, one way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from flask import Blueprint, Response, jsonify, request

from addon.actions import Json, opened, pushed, request_scopes
from addon.cards import problem_card
from addon.event import Event
from addon.views import Links
from server.plans.trouble import ScopeMissing, Trouble
from server.web import handlers, paths
from server.web.excuses import excuse, surprise
from server.web.finding_handlers import finding
from server.web.form_handlers import again, own_form
from server.web.gate import admit
from server.web.handlers import Visit
from server.web.log import new_reference, place_of
from server.web.ports import WebServices
from server.web.review_handlers import review
from server.web.scopes import CALENDAR, FILES, NOTHING
from server.web.sheet_handlers import own_sheet
from server.web.work_handlers import today, worklist
from server.web.workbook_handlers import workbooks


@dataclass(frozen=True, kw_only=True)
class Route:
    """``scopes`` must be granted before the handler runs. ``writes``: the handler may have changed something.
    ``again`` says how a person tries once more, by address and parameters; without it they start over."""

    path: str
    handler: Callable[[Visit], Json]
    scopes: frozenset[str] = FILES
    writes: bool = False
    again: Callable[[Visit], tuple[str, dict[str, str]]] | None = None

    @property
    def is_trigger(self) -> bool:
        return self.path in paths.TRIGGERS


ROUTES = (
    Route(path=paths.HOME, handler=handlers.home),
    Route(path=paths.SHEETS_HOME, handler=handlers.sheets_home),
    Route(path=paths.FILE_GRANTED, handler=handlers.sheets_home),
    Route(path=paths.CHECK, handler=handlers.check),
    Route(path=paths.PUPIL, handler=handlers.pupil),
    Route(path=paths.PUBLISH, handler=handlers.publish, writes=True),
    Route(path=paths.SYNC, handler=handlers.sync, scopes=FILES | CALENDAR, writes=True),
    Route(path=paths.SETUP, handler=handlers.setup, scopes=FILES | CALENDAR, writes=True),
    Route(path=paths.FORM, handler=own_form, writes=True, again=again),
    Route(path=paths.SHEET, handler=own_sheet, writes=True),
    Route(path=paths.WORKBOOKS, handler=workbooks, writes=True),
    Route(path=paths.FINDING, handler=finding, writes=True),
    Route(path=paths.REVIEW, handler=review, writes=True),
    Route(path=paths.WORK, handler=worklist),
    Route(path=paths.TODAY, handler=today, writes=True),
    Route(path=paths.FILE_SCOPE, handler=handlers.file_scope, scopes=NOTHING),
)


def addon_blueprint(services: WebServices, links: Links, log: Any) -> Blueprint:
    """Every route of the table, behind the gate."""
    blueprint = Blueprint("addon", __name__)
    for route in ROUTES:
        view = _view(route, services, links, log)
        blueprint.add_url_rule(
            route.path, endpoint=route.path.strip("/").replace("/", "-"), view_func=view, methods=["POST"]
        )
    return blueprint


def _view(route: Route, services: WebServices, links: Links, log: Any) -> Callable[[], Response]:
    def view() -> Response:
        began = perf_counter()
        event, caller = admit(request, services)
        visit = Visit(event=event, caller=caller, services=services, links=links)
        answer = answer_visit(route, visit, log)
        log.info("answered", route=route.path, host=_host(event), milliseconds=round((perf_counter() - began) * 1000))
        return jsonify(answer)

    return view


def answer_visit(route: Route, visit: Visit, log: Any) -> Json:
    """The handler's answer; else a request for scopes; else a card that says what went wrong."""
    lacking = visit.event.lacks(route.scopes)
    if lacking or (route.scopes and not visit.event.user_token):
        return request_scopes(lacking or route.scopes)
    try:
        return route.handler(visit)
    except ScopeMissing:
        return request_scopes(route.scopes)
    except Trouble as trouble:
        reference = trouble.reference or new_reference()
        told = excuse(trouble, reference, writes=route.writes)
        log.warning(
            "trouble",
            route=route.path,
            kind=type(trouble).__name__,
            call=trouble.call,
            reason=trouble.reason,
            status=trouble.status,
            reference=reference,
        )
    except Exception as error:  # the last line of defence: Google shows nothing useful of a 500
        reference = new_reference()
        told = surprise(reference, writes=route.writes)
        log.error("failed", route=route.path, kind=type(error).__name__, place=place_of(error), reference=reference)
    if route.again is not None:
        retry, parameters = route.again(visit)
        told = replace(told, retry=retry, parameters=parameters)
    card = problem_card(told, visit.links)
    return opened(card) if route.is_trigger else pushed(card)


def _host(event: Event) -> str:
    """The host as Google names it; anything else is not worth a log line."""
    known = {"GMAIL", "CALENDAR", "DRIVE", "DOCS", "SHEETS", "SLIDES"}
    return event.host if event.host in known else ""
