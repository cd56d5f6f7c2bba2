"""What Calendar mails to guests. Nothing leaves the machine: it goes to the workspace's outbox."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.calendar.state import Event
from sandbox.calendar.times import stamp, zone_of
from sandbox.state import Workspace

INVITE, UPDATE, CANCEL = "calendar-invite", "calendar-update", "calendar-cancel"
_SUBJECTS = {INVITE: "Invitation", UPDATE: "Updated invitation", CANCEL: "Cancelled event"}
_OPENINGS = {
    INVITE: "You have been invited to the following event.",
    UPDATE: "This event has been changed.",
    CANCEL: "This event has been cancelled.",
}


def mail_guests(
    workspace: Workspace, event: Event, kind: str, to: Iterable[str], *, who: str, sender: str, zone: str
) -> None:
    """One message to each guest that ``who`` ("all", "externalOnly", "none") covers, never to ``sender``.

    External is who is outside of the sender's domain, whatever calendar they use, as live runs showed.
    Source: github.com/mmedum/google-calendar-mcp, docs/architecture.md."""
    for email in to:
        wanted = who == "all" or (who == "externalOnly" and _domain(email) != _domain(sender))
        if wanted and email != sender:
            workspace.outbox.append(_message(workspace, event, kind, email, sender, zone))


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()


def _message(workspace: Workspace, event: Event, kind: str, to: str, sender: str, zone: str) -> dict[str, str]:
    title, when = str(event.draft.says("summary") or "(No title)"), describe_time(event, zone)
    lines = [_OPENINGS[kind], "", title, f"When: {when}", f"Organiser: {sender}"]
    if event.draft.says("description"):
        lines += ["", str(event.draft.says("description"))]
    return {
        "kind": kind,
        "from": sender,
        "to": to,
        "subject": f"{_SUBJECTS[kind]}: {title} @ {when} ({to})",
        "body": "\n".join(lines),
        "event_id": event.id,
        "time": stamp(workspace.clock.now()),
    }


def describe_time(event: Event, zone: str) -> str:
    """When it takes place, as a person reads it: ``Mon 23 Nov 2026 15:30 – 16:30 (GMT)``."""
    start, end = event.draft.start, event.draft.end
    if start.day is not None:
        return f"{start.day:%a} {start.day.day} {start.day:%b %Y}"
    first, last = start.instant(zone).astimezone(zone_of(zone)), end.instant(zone).astimezone(zone_of(zone))
    closing = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%a} {last.day} {last:%b %Y %H:%M}"
    return f"{first:%a} {first.day} {first:%b %Y %H:%M} – {closing} ({first.tzname()})"
