"""What is wrong with a request, in the words Google uses for it."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.call import ApiError
from sandbox.discovery import Api

_BAD = "Bad Request"
_HUMP = re.compile(r"(?<=[a-z0-9])([A-Z])")


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One thing wrong: the field's path in proto spelling (``requests[0].add_sheet``), and a sentence.

    ``typed`` marks a known field with a value that doesn't fit, which Drive and Calendar report differently."""

    path: str
    text: str
    parameter: str = ""
    typed: bool = False


@functools.lru_cache(maxsize=4096)
def snake(name: str) -> str:
    """``addSheet`` as Google's messages spell it: ``add_sheet``."""
    return _HUMP.sub(r"_\1", name).lower()


def unknown_field(name: str, path: str) -> Violation:
    return Violation(path=path, text=f"{_unknown(name, path)}: Cannot find field.")


def not_repeating(name: str, path: str) -> Violation:
    return Violation(path=path, text=f"{_unknown(name, path)}: Proto field is not repeating, cannot start list.")


def unknown_parameter(name: str) -> Violation:
    text = (
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
        f"Field '{name}' could not be found in request message."
    )
    return Violation(path="", text=text, parameter=name)


def invalid_value(path: str, kind: str, value: Any, *, parameter: str = "") -> Violation:
    shown = json.dumps(value, ensure_ascii=False)
    return Violation(path=path, text=f"Invalid value at '{path}' ({kind}), {shown}", parameter=parameter, typed=True)


def unreadable(
    api: Api, schema: Mapping[str, Any], path: str, kind: str, value: Any, *, parameter: str = ""
) -> Violation:
    """A value that doesn't fit what ``schema`` declares. Of a time that it can't read, Calendar says no more than
    "Bad Request". Source: googleapis/google-api-java-client issue 1628."""
    if api.name == "calendar" and isinstance(value, str) and schema.get("format", "").startswith("date"):
        return Violation(path=path, text=_BAD, parameter=parameter)
    return invalid_value(path, kind, value, parameter=parameter)


def list_for_map(name: str, path: str) -> Violation:
    text = f"Invalid value at '{path}' (Map), Cannot bind a list to map for field '{name}'."
    return Violation(path=path, text=text, typed=True)


def already_set(path: str, oneof: str, name: str) -> Violation:
    text = f"Invalid value at '{path}' (oneof), oneof field '{oneof}' is already set. Cannot set '{name}'"
    return Violation(path=path, text=text, typed=True)


def missing_parameter(name: str) -> Violation:
    return Violation(path=snake(name), text=f"Required parameter: {name}", parameter=name)


def _unknown(name: str, path: str) -> str:
    at = f" at '{path}'" if path else ""
    return f'Invalid JSON payload received. Unknown name "{name}"{at}'


def refusal(api: Api, found: list[Violation]) -> ApiError:
    """The 400 that reports all of them."""
    message = "\n".join(one.text for one in found)
    first = found[0]
    if api.legacy and first.text.startswith("Required"):
        return ApiError(400, message, reason="required", location=first.parameter, location_type="parameter")
    if first.text == _BAD:
        return ApiError(400, _BAD, reason="badRequest")
    listed = [({"field": one.path} if one.path else {}) | {"description": one.text} for one in found]
    return ApiError(
        400,
        message,
        reason="invalid" if first.typed else "badRequest",
        domain="" if first.typed else "global",
        status_name="INVALID_ARGUMENT",
        details=({"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": listed},),
    )
