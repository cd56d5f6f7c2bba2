"""What a person must have granted before each kind of work. The narrowest that Google offers."""

from __future__ import annotations

AUTH = "https://www.googleapis.com/auth/"
NOTHING: frozenset[str] = frozenset()
FILES = frozenset({f"{AUTH}drive.file"})
CALENDAR = frozenset({f"{AUTH}calendar.app.created", f"{AUTH}calendar.calendarlist.readonly"})
