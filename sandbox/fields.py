"""Partial responses: the ``fields`` parameter (``a,b(c,d),e/f,*``) read, checked and applied."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from sandbox.call import ApiError
from sandbox.discovery import Api

Mask = dict[str, "Mask"]
_TOKEN = re.compile(r"\s*([A-Za-z_$@][\w$@-]*|\*|[(),/.])\s*")


class BadMask(Exception):
    """A mask that can't be read, or that names a field which the answer doesn't have. ``path`` is where."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@functools.lru_cache(maxsize=1024)
def parse(text: str) -> Mask:
    """The mask as nested names; an empty mapping below a name means all of it. Raises BadMask."""
    tokens = _tokens(text)
    mask, rest = _several(tokens, 0)
    if rest != len(tokens) or not mask:
        raise BadMask(text)
    return mask


def apply(mask: Mask, value: Any) -> Any:
    """What of ``value`` the mask selects."""
    if not mask or ("*" in mask and not mask["*"]):
        return value
    if isinstance(value, list):
        return [apply(mask, item) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {
        name: apply(inner, item)
        for name, item in value.items()
        if (name in mask or "*" in mask) and _reaches(inner := _under(mask, name), item)
    }


def select(api: Api, response: str, text: str) -> Mask:
    """The mask in ``text``, checked against the schema of the answer. Raises ApiError (400) as Google words it."""
    try:
        mask = parse(text)
        if response:
            _check(api, api.schemas[response], mask, "")
    except BadMask as bad:
        raise _refusal(api, text, bad.path) from None
    return mask


def _under(mask: Mask, name: str) -> Mask:
    return mask.get(name, mask.get("*", {}))


def _reaches(mask: Mask, value: Any) -> bool:
    """A mask that goes on below a plain value selects nothing of it."""
    return not mask or isinstance(value, Mapping | list)


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadMask(text)
        tokens.append(match[1])
        at = match.end()
    return tokens


def _several(tokens: list[str], at: int) -> tuple[Mask, int]:
    mask: Mask = {}
    while at < len(tokens) and tokens[at] != ")":
        at = _one(tokens, at, mask)
        if at < len(tokens) and tokens[at] == ",":
            at += 1
        elif at < len(tokens) and tokens[at] != ")":
            raise BadMask(tokens[at])
    return mask, at


def _one(tokens: list[str], at: int, mask: Mask) -> int:
    """Reads one path with what stands in its brackets into ``mask``; where it ended."""
    names = [_name(tokens, at)]
    at += 1
    while at < len(tokens) and tokens[at] in "/.":
        names.append(_name(tokens, at + 1))
        at += 2
    inner: Mask = {}
    if at < len(tokens) and tokens[at] == "(":
        inner, at = _several(tokens, at + 1)
        if at >= len(tokens) or not inner:
            raise BadMask("/".join(names))
        at += 1
    _merge(mask, functools.reduce(lambda below, name: {name: below}, reversed(names), inner))
    return at


def _name(tokens: list[str], at: int) -> str:
    if at >= len(tokens) or tokens[at] in "(),/.":
        raise BadMask("".join(tokens))
    return tokens[at]


def _merge(mask: Mask, more: Mask) -> None:
    for name, inner in more.items():
        if name not in mask:
            mask[name] = inner
        elif not mask[name] or not inner:
            mask[name] = {}
        else:
            _merge(mask[name], inner)


def _check(api: Api, schema: Mapping[str, Any], mask: Mask, path: str) -> None:
    schema = _resolved(api, schema)
    if schema.get("type") == "any":
        return
    properties, extra = schema.get("properties", {}), schema.get("additionalProperties")
    for name, inner in mask.items():
        here = f"{path}.{name}" if path else name
        if name == "*":
            if inner:
                for declared in properties.values():
                    _check_loosely(api, declared, inner, here)
            continue
        declared = properties.get(name, extra)
        if declared is None:
            raise BadMask(here)
        _check(api, declared, inner, here)


def _check_loosely(api: Api, declared: Mapping[str, Any], inner: Mask, path: str) -> None:
    """Below a ``*`` a name need only exist in the messages that have it."""
    known = _resolved(api, declared).get("properties", {})
    _check(api, declared, {name: below for name, below in inner.items() if name in known}, path)


def _resolved(api: Api, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while True:
        if "$ref" in schema:
            schema = api.schemas[schema["$ref"]]
        elif schema.get("type") == "array":
            schema = schema["items"]
        else:
            return schema


def _refusal(api: Api, mask: str, path: str) -> ApiError:
    if api.legacy:
        shown = path.rsplit(".", 1)[-1]
        text = f"Invalid field selection {shown}"
        return ApiError(400, text, reason="invalidParameter", location="fields", location_type="parameter")
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    detail = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{"field": mask, "description": text}],
    }
    return ApiError(400, "Request contains an invalid argument.", status_name="INVALID_ARGUMENT", details=(detail,))
