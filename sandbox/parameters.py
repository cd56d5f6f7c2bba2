"""Path and query parameters: named, typed and checked as the discovery document says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.discovery import Method
from sandbox.schema import is_wrong, kind_name, scalar
from sandbox.violations import Violation, missing_parameter, refusal, snake, unknown_parameter, unreadable

_KEPT = frozenset({"fields", "alt", "prettyPrint", "uploadType", "callback"})


def read(method: Method, path: Mapping[str, str], query: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The typed parameters, with ``fields``, ``alt``, ``prettyPrint``, ``uploadType`` and ``callback`` among them
    when they were sent. Raises ApiError (400) naming everything that is wrong. Drive and Calendar pass over names
    that they don't know.

    Source: NangoHQ/integration-templates' recordings of 2026 (``maxSize`` in Drive), gspread's recordings."""
    typed: dict[str, Any] = {}
    found: list[Violation] = []
    for name, text in (*path.items(), *query):
        _take(method, name, text, typed, found)
    found += [
        missing_parameter(name)
        for name, declared in method.parameters.items()
        if declared.get("required") and name not in typed and not found
    ]
    if found:
        raise refusal(method.api, found)
    return typed


def _take(method: Method, name: str, text: str, typed: dict[str, Any], found: list[Violation]) -> None:
    declared = method.parameters.get(name)
    if declared is None:
        common = method.api.parameters.get(name)
        if common is None:
            if not method.api.legacy:
                found.append(unknown_parameter(name))
        elif name in _KEPT:
            _put(method, name, common, text, typed, found)
        return
    if text == "" and declared.get("location") == "query" and declared.get("type") != "string":
        return
    _put(method, name, declared, text, typed, found)


def _put(
    method: Method, name: str, declared: Mapping[str, Any], text: str, typed: dict[str, Any], found: list[Violation]
) -> None:
    value = scalar(declared, _spelled(declared, text))
    if is_wrong(value):
        kind = kind_name(method.api, declared, snake(name))
        found.append(unreadable(method.api, declared, snake(name), kind, text, parameter=name))
    elif declared.get("repeated"):
        typed.setdefault(name, []).append(value)
    else:
        typed[name] = value


def _spelled(declared: Mapping[str, Any], text: str) -> str:
    """Booleans in a query may be written ``True``, as Python clients do, or 1."""
    if declared.get("type") != "boolean":
        return text
    return {"1": "true", "0": "false"}.get(text, text.lower())
