"""The demo as a page: the sandbox with the host page on one port, the add-on on another, three schools played."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from werkzeug.serving import WSGIRequestHandler, make_server

from sandbox.host import HostConfig, register_host
from sandbox.host import Person as Sitter
from server import manifest, wiring
from server.demo.journey import Journey
from server.demo.sample import SampleFile, starters
from server.demo.world import ADDON_ACCOUNT, CLIENT, STRANGER, Person, World
from server.settings import Settings

ADDRESS = "127.0.0.1"
PARENTS = 5
NOTICE = "A pretend Google on this machine, with invented schools. The demo’s clock stands at {day}."


@dataclass(frozen=True, kw_only=True)
class Page:
    """The demo, being served. ``addon_url`` is where the add-on answers."""

    url: str
    addon_url: str
    world: World

    def wait(self) -> None:
        """Until Ctrl-C."""
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


@contextlib.contextmanager
def serve_page(sample: SampleFile, today: date, *, port: int = 0, say: Callable[[str], object]) -> Iterator[Page]:
    """Serve the demo until the block ends. ``say`` is told what was done, a line at a time."""
    with World(sample, today, port=port) as world, _addon(world) as addon_url:
        _sit_down(world, addon_url)
        journey = Journey(world)
        say(f"Setting up {len(sample.school_ids)} schools in a pretend Google …")
        journey.play("first", starters(sample), new=True)
        for line in _summary(journey):
            say(line)
        yield Page(url=world.sandbox.url, addon_url=addon_url, world=world)


def _summary(journey: Journey) -> Iterator[str]:
    for played in journey.played.values():
        result = played.result
        pupils = len(result.plan.survey.school.pupils)
        yield (
            f"{played.starter.name}: {pupils} pupils, {len(result.findings)} findings, "
            f"{len(result.written)} copies for parents, {len(result.plan.reviews.events)} review meetings booked"
        )
    run = journey.runs[-1]
    yield f"That took {run['seconds']} s and {sum(run['calls'].values())} calls to the pretend Google."


@contextlib.contextmanager
def _addon(world: World) -> Iterator[str]:
    """The add-on's web service on a free port, taking the sandbox for Google."""
    server = make_server(ADDRESS, 0, lambda _environ, _start: [], threaded=True, request_handler=_Quiet)
    url = f"http://{ADDRESS}:{server.server_port}"
    server.app = wiring.web_app(_settings(world, url))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _settings(world: World, url: str) -> Settings:
    return Settings(
        google_url=world.sandbox.url,
        base_url=url,
        addon_service_account=ADDON_ACCOUNT,
        oauth_client_id=CLIENT,
        today=world.today.isoformat(),
    )


def _sit_down(world: World, addon_url: str) -> None:
    """Put the host page on the sandbox, with the add-on installed for the staff."""
    made = manifest.for_base_url(manifest.load(), addon_url)
    config = HostConfig(
        people=list(_sitters(world)),
        manifest=made,
        client_id=CLIENT,
        service_account=ADDON_ACCOUNT,
        scopes=list(made["oauthScopes"]),
        notice=NOTICE.format(day=f"{world.today:%A} {world.today.day} {world.today:%B %Y}"),
    )
    register_host(world.sandbox.app, world.sandbox.workspace, config)


def _sitters(world: World) -> Iterator[Sitter]:
    """Who can sit in front of the page: each school's SENCO and a teacher, some parents, a stranger."""
    names = {str(row["setting_id"]): str(row.get("name", "")) for row in world.sample.tables["settings"]}
    for school_id in _largest_first(world):
        senco = world.senco(school_id)
        yield _sitter(senco, f"SENCO, {names[school_id]}")
        yield from (_sitter(t, f"{t.role}, {names[school_id]}") for t in _teachers(world, school_id)[:1])
    for parent, role in _parents(world)[:PARENTS]:
        yield _sitter(parent, role)
    yield replace(_sitter(world.people[STRANGER], "Stranger"), addon=False)


def _sitter(person: Person, role: str) -> Sitter:
    return Sitter(label=person.name, email=person.email, role=role, addon=bool(person.school_id))


def _largest_first(world: World) -> list[str]:
    count = [str(row.get("setting_id")) for row in world.sample.tables["pupils"]]
    return sorted(world.sample.school_ids, key=lambda school_id: -count.count(school_id))


def _teachers(world: World, school_id: str) -> list[Person]:
    """Staff of the school who answer for a pupil, those with most pupils first."""
    answer_for = [row.get("accountable_staff_id") for row in world.sample.tables["pupils"]]
    rows = [r for r in world.sample.tables["staff"] if str(r.get("setting_id")) == school_id and r.get("email")]
    rows = [r for r in rows if r.get("staff_id") in answer_for]
    rows.sort(key=lambda r: -answer_for.count(r.get("staff_id")))
    emails = [str(r["email"]).strip().lower() for r in rows]
    return [world.people[email] for email in emails if email in world.people]


def _parents(world: World) -> list[tuple[Person, str]]:
    """Parents of the pupils with most households first: there the copies differ. The barred come early too."""
    contacts = [r for r in world.sample.tables["contacts"] if str(r.get("email", "")).strip().lower() in world.people]
    households: dict[object, set[object]] = {}
    for row in contacts:
        households.setdefault(row.get("pupil_id"), set()).add(row.get("household") or row.get("contact_id"))
    pupils = {r.get("pupil_id"): r for r in world.sample.tables["pupils"]}
    shared = [r for r in contacts if len(households[r.get("pupil_id")]) == 2]
    ordered = [*shared, *(r for r in contacts if r not in shared)]
    people = [world.people[str(row["email"]).strip().lower()] for row in ordered]
    called = [pupils.get(row.get("pupil_id"), {}).get("known_as") or "a pupil" for row in ordered]
    roles = [f"{row.get('relationship') or 'Parent'} of {name}" for row, name in zip(ordered, called, strict=True)]
    return list(zip(people, roles, strict=True))


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing: the terminal is for the person running the demo."""
