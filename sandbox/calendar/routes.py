"""Calendar v3: every method this sandbox has, by its discovery id."""

from __future__ import annotations

from sandbox.calendar import (
    acl,
    calendar_list,
    calendars,
    events,
    freebusy,
    listing,
    moving,
    settings,
    watching,
)
from sandbox.calendar.preconditions import conditional, guarded
from sandbox.call import Handler
from sandbox.push import channels

_READS: dict[str, Handler] = {
    "calendar.calendars.get": calendars.get,
    "calendar.calendarList.list": calendar_list.list_entries,
    "calendar.calendarList.get": calendar_list.get,
    "calendar.events.get": events.get,
    "calendar.events.list": listing.list_events,
    "calendar.events.instances": listing.list_instances,
    "calendar.acl.list": acl.list_rules,
    "calendar.acl.get": acl.get,
    "calendar.settings.get": settings.get,
    "calendar.settings.list": settings.list_settings,
    "calendar.colors.get": settings.colours,
    "calendar.freebusy.query": freebusy.query,
    "calendar.events.watch": watching.events,
    "calendar.acl.watch": watching.acl,
    "calendar.calendarList.watch": watching.calendar_list,
    "calendar.settings.watch": watching.settings,
    "calendar.channels.stop": channels.stop,
}
_CHANGES: dict[str, Handler] = {
    "calendar.calendars.insert": calendars.insert,
    "calendar.calendars.patch": calendars.patch,
    "calendar.calendars.update": calendars.update,
    "calendar.calendars.delete": calendars.delete,
    "calendar.calendars.clear": moving.clear,
    "calendar.calendarList.insert": calendar_list.insert,
    "calendar.calendarList.patch": calendar_list.patch,
    "calendar.calendarList.update": calendar_list.update,
    "calendar.calendarList.delete": calendar_list.delete,
    "calendar.events.insert": events.insert,
    "calendar.events.import": moving.import_event,
    "calendar.events.move": moving.move,
    "calendar.events.patch": events.patch,
    "calendar.events.update": events.update,
    "calendar.events.delete": events.delete,
    "calendar.acl.insert": acl.insert,
    "calendar.acl.patch": acl.patch,
    "calendar.acl.update": acl.patch,
    "calendar.acl.delete": acl.delete,
}
_ETAGS: dict[str, Handler] = {
    name: handler for name, handler in _READS.items() if name.endswith((".get", ".list", ".instances"))
}
_GUARDED: dict[str, Handler] = {
    name: guarded(handler, _READS[f"{name.rpartition('.')[0]}.get"])
    for name, handler in _CHANGES.items()
    if name.endswith((".patch", ".update", ".delete")) and not name.startswith("calendar.events.")
}
ROUTES: dict[str, Handler] = (
    _READS
    | {name: conditional(handler) for name, handler in _ETAGS.items()}
    | {name: watching.announced(_GUARDED.get(name, handler)) for name, handler in _CHANGES.items()}
)
