"""Which events a list request asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sandbox.calendar import errors, series, tokens
from sandbox.calendar.access import Reach, sees_details
from sandbox.calendar.series import Window
from sandbox.calendar.state import Event
from sandbox.calendar.times import micros, parse_bound
from sandbox.call import Call

Key = tuple[int, int, int, str]
Test = Callable[[Event], bool]


@dataclass(frozen=True, kw_only=True)
class Query:
    """A list request, checked. ``since`` is the change number behind its sync token, or None."""

    call: Call
    found: Reach
    window: Window
    since: int | None = None

    @property
    def singles(self) -> bool:
        return bool(self.call.params.get("singleEvents"))

    @property
    def by_start(self) -> bool:
        return self.call.params.get("orderBy") == "startTime"


def bound(call: Call, name: str) -> datetime | None:
    text = call.params.get(name)
    return parse_bound(text, name) if text else None


def chosen(query: Query) -> list[tuple[Key, Event]]:
    """What the request asks for, each with the key that it is ordered by."""
    tests = _tests(query)
    found = [event for event in _candidates(query) if all(test(event) for test in tests)]
    return sorted(((_key(query, event), event) for event in found), key=lambda pair: pair[0])


def _key(query: Query, event: Event) -> Key:
    start = micros(event.draft.start.instant(query.found.calendar.time_zone))
    if query.by_start:
        return (start, 0, 0, event.id)
    first = event.change if query.since is not None else micros(event.updated)
    return (first, event.change, start, event.id)


def _candidates(query: Query) -> Iterable[Event]:
    if query.since is not None:
        return _changed(query, query.since)
    if query.singles:
        return series.occurring(query.found.calendar, query.window)
    return (event for event in query.found.calendar.events.values() if _takes_place(query, event))


def _changed(query: Query, since: int) -> Iterator[Event]:
    """What changed after ``since``, and in single events also what a series gave then and gives no more."""
    calendar = query.found.calendar
    for event in list(calendar.events.values()):
        if event.change <= since:
            continue
        if not query.singles:
            yield event
            continue
        if event.draft.recurrence:
            kept = series.exceptions(calendar, event)
            made = series.instances(calendar, event, query.window)
            yield from (one for one in made if one.id not in kept)
        else:
            yield event
        yield from series.vanished(calendar, event, since, query.window)


def _takes_place(query: Query, event: Event) -> bool:
    calendar = query.found.calendar
    if query.window == series.ALL:
        return True
    return next(iter(series.drafts(event.draft, calendar.time_zone, query.window)), None) is not None


def _tests(query: Query) -> list[Test]:
    params = query.call.params
    updated = _changed_since(query.call)
    tests: list[Test] = []
    if query.since is not None:
        return tests
    if not params.get("showDeleted") and updated is None:
        tests.append(lambda event: not event.cancelled or _missing_instance(query, event))
    if updated is not None:
        tests.append(lambda event: event.updated >= updated)
    return tests + _word_tests(query)


def _changed_since(call: Call) -> datetime | None:
    """The moment since when changes are asked for. Raises 410 where what was deleted then may be forgotten."""
    updated = bound(call, "updatedMin")
    if updated is not None and call.workspace.clock.now() - updated > tokens.LIFE:
        raise errors.updated_min_too_long_ago()
    return updated


def _missing_instance(query: Query, event: Event) -> bool:
    """A cancelled instance of a series that goes on: said in every list that shows the series as one event."""
    master = query.found.calendar.events.get(event.series)
    return not query.singles and master is not None and not master.cancelled and bool(master.draft.recurrence)


def _word_tests(query: Query) -> list[Test]:
    params, tests = query.call.params, list[Test]()
    if params.get("iCalUID"):
        tests.append(lambda event: event.ical_uid == params["iCalUID"])
    if params.get("eventTypes"):
        tests.append(lambda _: "default" in params["eventTypes"])
    for pair in params.get("privateExtendedProperty") or ():
        tests.append(_has_property(query, "private", pair))
    for pair in params.get("sharedExtendedProperty") or ():
        tests.append(_has_property(query, "shared", pair))
    if params.get("q"):
        tests.append(lambda event: _mentions(query, event, params["q"]))
    return tests


def _has_property(query: Query, kind: str, pair: str) -> Test:
    key, separator, value = pair.partition("=")
    if not separator:
        raise errors.invalid(location=f"{kind}ExtendedProperty")
    return lambda event: _open(query, event) and getattr(event.draft, kind).get(key) == value


def _mentions(query: Query, event: Event, words: str) -> bool:
    """Every word stands in the title, description, place or a guest's name or address."""
    if not _open(query, event):
        return False
    texts = [str(event.draft.says(key) or "") for key in ("summary", "description", "location")]
    texts += [text for guest in event.draft.guests for text in (guest.email, guest.display_name)]
    return all(word in " ".join([*texts, event.organizer]).lower() for word in words.lower().split())


def _open(query: Query, event: Event) -> bool:
    return sees_details(event, query.call.caller.email, query.found.role)
