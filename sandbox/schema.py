"""Checks a value against a discovery schema the way Google's JSON transcoder does, and gives it back typed."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from sandbox.discovery import Api
from sandbox.violations import (
    Violation,
    already_set,
    invalid_value,
    list_for_map,
    not_repeating,
    snake,
    unknown_field,
    unreadable,
)

_INTEGERS = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1), "int64": (-(2**63), 2**63 - 1),
             "uint64": (0, 2**64 - 1)}  # fmt: skip
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FORMATS = {"date-time": _MOMENT, "google-datetime": _MOMENT, "date": _DATE}
_ONEOFS = {
    ("sheets", "Request"): "kind",
    ("sheets", "DataFilter"): "filter",
    ("sheets", "ExtendedValue"): "value",
    ("docs", "Request"): "request",
}
_WRONG = object()


class BodyCheck:
    """One pass over one body. ``found`` fills with violations; ``message`` returns the typed copy.

    Explicit nulls mean absent in Sheets and Docs and are dropped there, from lists too; in Drive and Calendar a null
    clears a field, so it is handed on. What these two don't know they pass over.

    Source: googleworkspace/node-samples issue 202 (Drive passes over v2's ``title``), gspread's recordings
    (``withLink``), libgdata's traces (Calendar); google-spreadsheet's live suite (a null among ``requests``)."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.found: list[Violation] = []

    def message(self, name: str, value: Any, path: str) -> Any:
        """``value`` as a message of the schema called ``name``."""
        schema = self.api.schemas[name]
        if schema.get("type") == "any":
            return value
        if schema.get("type") == "array":
            return self._list(schema, value, path)
        typed = self._object(schema, value, path, f"type.googleapis.com/{self.api.package}.{name}")
        if len(typed) > 1 and (oneof := _ONEOFS.get((self.api.name, name))):
            self.found.append(already_set(path, oneof, list(typed)[1]))
        return typed

    def value(self, schema: Mapping[str, Any], value: Any, path: str) -> Any:
        """``value`` as the property that ``schema`` declares."""
        if "$ref" in schema:
            return self.message(schema["$ref"], value, path)
        kind = schema.get("type")
        if kind == "array":
            return self._list(schema, value, path)
        if kind == "object":
            return self._object(schema, value, path, "Map")
        if kind == "any":
            return value
        typed = scalar(schema, value)
        if typed is _WRONG:
            self.found.append(unreadable(self.api, schema, path, kind_name(self.api, schema, path), value))
        return typed

    def _object(self, schema: Mapping[str, Any], value: Any, path: str, kind: str) -> Any:
        if not isinstance(value, dict):
            self.found.append(invalid_value(path, kind, value))
            return {}
        properties, extra = schema.get("properties", {}), schema.get("additionalProperties")
        typed: dict[str, Any] = {}
        for given, item in value.items():
            verbatim = given in properties or extra is not None  # the keys of a map are data, not field names
            name = given if verbatim or "_" not in given else _camel(given)
            declared = properties.get(name, extra)
            if declared is None:
                self.found += [] if self.api.legacy else [unknown_field(given, path)]
            elif item is None and declared.get("type") != "any":
                if self.api.legacy:
                    typed[name] = None
            else:
                self._property(typed, name, declared, item, path)
        return typed

    def _property(self, typed: dict[str, Any], name: str, declared: Mapping[str, Any], item: Any, path: str) -> None:
        inner = snake(name) if not path else f"{path}.{snake(name)}"
        if isinstance(item, list) and not self._repeats(declared):
            refused = list_for_map if "additionalProperties" in declared else not_repeating
            self.found.append(refused(name, path))
        else:
            typed[name] = self.value(declared, item, inner)

    def _repeats(self, declared: Mapping[str, Any]) -> bool:
        resolved = self.api.schemas[declared["$ref"]] if "$ref" in declared else declared
        return resolved.get("type") in ("array", "any")

    def _list(self, schema: Mapping[str, Any], value: Any, path: str) -> Any:
        items = schema["items"]
        if isinstance(value, list):
            given = enumerate(self._flat(items, value))
            return [self.value(items, item, f"{path}[{at}]") for at, item in given if not self._void(items, item)]
        if items.get("type") == "array":
            self.found.append(invalid_value(path, "type.googleapis.com/google.protobuf.ListValue", value))
            return []
        if self.api.legacy:
            self.found.append(invalid_value(path, kind_name(self.api, items, path), value))
            return []
        return [self.value(items, value, path)]

    def _void(self, items: Mapping[str, Any], item: Any) -> bool:
        """Whether this is a null that stands for nothing; among cell values it stands for a cell."""
        return item is None and not self.api.legacy and items.get("type") not in ("any", "array")

    def _flat(self, items: Mapping[str, Any], value: list[Any]) -> list[Any]:
        """A list within a list of messages counts as its items: Sheets and Docs take it so."""
        if self.api.legacy or "$ref" not in items or self._repeats(items):
            return value
        return [inner for item in value for inner in (item if isinstance(item, list) else [item])]


def scalar(schema: Mapping[str, Any], value: Any) -> Any:
    """``value`` as this scalar type; the WRONG marker (see ``is_wrong``) where it is none."""
    kind, form = schema.get("type"), schema.get("format", "")
    if kind == "boolean":
        return _boolean(value)
    if kind == "integer":
        return _integer(form or "int32", value)
    if kind == "number":
        return _number(value)
    if form in ("int64", "uint64"):
        number = _integer(form, value)
        return number if number is _WRONG else str(number)
    return _string(schema, form, _joined(value) if form == "google-fieldmask" else value)


def _joined(mask: Any) -> Any:
    """A field mask said as its message, ``{"paths": [...]}``, in the string's form; Google's samples send it so."""
    if isinstance(mask, dict) and mask.keys() == {"paths"} and isinstance(mask["paths"], list):
        return ",".join(path for path in mask["paths"] if isinstance(path, str))
    return mask


def is_wrong(value: Any) -> bool:
    """Whether ``scalar`` refused."""
    return value is _WRONG


def kind_name(api: Api, schema: Mapping[str, Any], path: str) -> str:
    """What Google's messages call this type: TYPE_INT32, or the URL of an enum."""
    if "$ref" in schema:
        return f"type.googleapis.com/{api.package}.{schema['$ref']}"
    if "enum" in schema:
        field = path.rsplit(".", 1)[-1].split("[", 1)[0]
        return f"type.googleapis.com/{api.package}.{''.join(part.title() for part in field.split('_'))}"
    kind, form = schema.get("type", ""), schema.get("format", "")
    if form in _INTEGERS or form in ("float", "double"):
        return f"TYPE_{form.upper()}"
    return {"boolean": "TYPE_BOOL", "integer": "TYPE_INT32", "number": "TYPE_DOUBLE"}.get(kind, "TYPE_STRING")


def _boolean(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value, _WRONG) if isinstance(value, str) else _WRONG


def _integer(form: str, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return _WRONG
    try:
        number = int(value) if not isinstance(value, float) or value.is_integer() else None
    except (ValueError, OverflowError):
        return _WRONG
    low, high = _INTEGERS[form]
    return number if number is not None and low <= number <= high else _WRONG


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return _WRONG
    if isinstance(value, int | float):
        return value
    try:
        number = float(value)
    except ValueError:
        return _WRONG
    return number if math.isfinite(number) else _WRONG


def _string(schema: Mapping[str, Any], form: str, value: Any) -> Any:
    if not isinstance(value, str):
        return _WRONG
    if "enum" in schema and value not in schema["enum"]:
        return _WRONG
    pattern = _FORMATS.get(form)
    return value if pattern is None or pattern.fullmatch(value) else _WRONG


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)
