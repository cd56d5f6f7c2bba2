"""A view on its way into a document: every declared tag cleaned, and shown or hidden when it is empty. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from types import SimpleNamespace
from typing import Any

from sheets_templates.document_spec import ViewSpec
from sheets_templates.text import clean


@dataclass(frozen=True)
class Shown:
    """A value as the document shows it. True only where there was something to show."""

    text: str
    given: bool

    def __html__(self) -> str:
        return escape(self.text, quote=False)

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return self.given


def fill(spec: ViewSpec, view: Mapping[str, Any]) -> dict[str, Any]:
    """What the template's names stand for: every declared tag, shown or with its empty text, and no other."""
    return vars(_scope(spec, item="", values=view))


def _scope(spec: ViewSpec, *, item: str, values: Mapping[str, Any]) -> SimpleNamespace:
    scope = SimpleNamespace()
    for path in spec.tags_of(item):
        _put(scope, path, _shown(_get(values, path), spec.empty_text(item, path)))
    for name, key in spec.lists_of(item):
        rows: Iterable[Mapping[str, Any]] = _get(values, key) or ([{}] if spec.shows_empty(name) else ())
        _put(scope, key, [_scope(spec, item=name, values=row) for row in rows])
    return scope


def _shown(value: Any, empty: str) -> Shown:
    text = "" if value is None else clean(str(value))
    given = bool(text.strip())
    return Shown(text if given else empty, given)


def _get(values: Any, path: str) -> Any:
    for name in path.split("."):
        values = values.get(name) if isinstance(values, Mapping) else None
    return values


def _put(scope: SimpleNamespace, path: str, value: Any) -> None:
    *groups, name = path.split(".")
    for group in groups:
        if not hasattr(scope, group):
            setattr(scope, group, SimpleNamespace())
        scope = getattr(scope, group)
    setattr(scope, name, value)
