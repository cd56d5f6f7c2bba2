"""Calendar v3: every method this sandbox has, by its discovery id."""

from __future__ import annotations

from sandbox.calendar import acl, calendar_list, calendars, events, freebusy, listing, settings
from sandbox.call import Handler

ROUTES: dict[str, Handler] = {
    "calendar.calendars.insert": calendars.insert,
    "calendar.calendars.get": calendars.get,
    "calendar.calendars.patch": calendars.patch,
    "calendar.calendars.update": calendars.update,
    "calendar.calendars.delete": calendars.delete,
    "calendar.calendarList.list": calendar_list.list_entries,
    "calendar.calendarList.get": calendar_list.get,
    "calendar.calendarList.insert": calendar_list.insert,
    "calendar.calendarList.patch": calendar_list.patch,
    "calendar.calendarList.delete": calendar_list.delete,
    "calendar.events.insert": events.insert,
    "calendar.events.get": events.get,
    "calendar.events.list": listing.list_events,
    "calendar.events.instances": listing.list_instances,
    "calendar.events.patch": events.patch,
    "calendar.events.update": events.update,
    "calendar.events.delete": events.delete,
    "calendar.acl.list": acl.list_rules,
    "calendar.acl.get": acl.get,
    "calendar.acl.insert": acl.insert,
    "calendar.acl.patch": acl.patch,
    "calendar.acl.update": acl.patch,
    "calendar.acl.delete": acl.delete,
    "calendar.settings.get": settings.get,
    "calendar.settings.list": settings.list_settings,
    "calendar.colors.get": settings.colours,
    "calendar.freebusy.query": freebusy.query,
}
