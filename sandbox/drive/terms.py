"""The single terms of Drive's search language, each as a test of one file. Unknown ones give None."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.drive.files import DriveState, File
from sandbox.drive.fulltext import Index
from sandbox.drive.inheritance import ancestors, effective, role_of
from sandbox.drive.permissions import RANK

_ORDER: dict[str, Callable[[datetime, datetime], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A file as one caller sees it at one moment."""

    file: File
    email: str
    client_id: str
    state: DriveState
    now: datetime
    indexed: Index | None = None


Test = Callable[[Subject], bool]


def comparison(field: str, op: str, value: str, *, quoted: bool) -> Test | None:
    """``field op value``; names, types, booleans and times each take their own operators."""
    if field in _BOOLEANS:
        return _boolean(field, op, value, quoted)
    if not quoted:
        return None
    if field in _TIMES:
        return _time(field, op, value)
    make = {"name": _name, "mimeType": _mime_type, "visibility": _visibility, **_MORE}.get(field)
    return make(op, value) if make else None


def membership(field: str, value: str) -> Test | None:
    """``'value' in field``: parents, owners, writers or readers."""
    if field == "parents":
        return lambda s: (s.state.roots.get(s.email.lower()) if value == "root" else value) in s.file.parents
    least = {"owners": "owner", "writers": "writer", "readers": "reader"}.get(field)
    if least is None:
        return None

    def test(subject: Subject) -> bool:
        person = subject.email if value == "me" else value
        return RANK[role_of(subject.state, subject.file, person, subject.now)] >= RANK[least]

    return test


def has_property(field: str, key: str, value: str) -> Test | None:
    """``properties has {key='' and value=''}``; the caller's own app only for appProperties."""
    if field == "properties":
        return lambda s: _indexed(s) and s.file.properties.get(key) == value
    if field == "appProperties":
        return lambda s: _indexed(s) and s.file.app_properties.get(s.client_id, {}).get(key) == value
    return None


def trashed(state: DriveState, file: File) -> bool:
    """Whether the file or a folder above it is in the bin."""
    return file.trashed or any(folder.trashed for folder in ancestors(state, file))


def moment(text: str) -> datetime | None:
    """An RFC 3339 time or date; UTC where no zone is named."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _indexed(subject: Subject) -> bool:
    changed = subject.file.properties_changed
    return changed is None or changed + subject.state.property_search_lag <= subject.now


def _name(op: str, value: str) -> Test | None:
    wanted = value.casefold()
    if op == "contains":
        # Only prefixes of words are found in names.
        return lambda s: all(any(word.startswith(part) for word in _words(s.file.name)) for part in _words(wanted))
    if op not in ("=", "!="):
        return None
    return lambda s: (s.file.name.casefold() == wanted) == (op == "=")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _mime_type(op: str, value: str) -> Test | None:
    if op == "contains":
        return lambda s: s.file.mime_type.startswith(value)
    if op not in ("=", "!="):
        return None
    return lambda s: (s.file.mime_type == value) == (op == "=")


def _boolean(field: str, op: str, value: str, quoted: bool) -> Test | None:
    if op not in ("=", "!=") or quoted or value.lower() not in ("true", "false"):
        return None
    wanted = (value.lower() == "true") == (op == "=")
    holds = _BOOLEANS[field]
    return lambda s: holds(s) == wanted


def _time(field: str, op: str, value: str) -> Test | None:
    when, compare, read = moment(value), _ORDER.get(op), _TIMES[field]
    if when is None or compare is None:
        return None

    def test(subject: Subject) -> bool:
        at = read(subject)
        return at is not None and compare(at.replace(microsecond=at.microsecond // 1000 * 1000), when)

    return test


def _full_text(op: str, value: str) -> Test | None:
    if op != "contains":
        return None
    return lambda s: s.indexed is not None and s.indexed.holds(s.file, value)


def _target(op: str, value: str) -> Test | None:
    if op not in ("=", "!="):
        return None
    return lambda s: bool(s.file.target) and (s.file.target == value) == (op == "=")


_MORE = {"fullText": _full_text, "shortcutDetails.targetId": _target}


def _visibility(op: str, value: str) -> Test | None:
    known = ("anyoneCanFind", "anyoneWithLink", "domainCanFind", "domainWithLink", "limited")
    if op not in ("=", "!=") or value not in known:
        return None
    return lambda s: (_visibility_of(s) == value) == (op == "=")


def _visibility_of(subject: Subject) -> str:
    grants = [e.permission for e in effective(subject.state, subject.file, subject.now).values()]
    for type_ in ("anyone", "domain"):
        for find in (True, False):
            if any(g.type == type_ and g.allow_discovery is find for g in grants):
                return type_ + ("CanFind" if find else "WithLink")
    return "limited"


_BOOLEANS: dict[str, Test] = {
    "trashed": lambda s: trashed(s.state, s.file),
    "starred": lambda s: s.email.lower() in s.file.starred_by,
    "sharedWithMe": lambda s: s.email.lower() in s.file.shared_with_me,
}
_TIMES: dict[str, Callable[[Subject], datetime | None]] = {
    "createdTime": lambda s: s.file.created,
    "modifiedTime": lambda s: s.file.modified,
    "viewedByMeTime": lambda s: s.file.viewed_by.get(s.email.lower()),
    "sharedWithMeTime": lambda s: s.file.shared_with_me.get(s.email.lower()),
}
