"""Every method of the four APIs, as the discovery documents that ship with google-api-python-client declare them."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any
from urllib.parse import unquote

_DOCUMENTS = ("sheets.v4", "drive.v3", "drive.v2", "docs.v1", "calendar.v3")
_INDENTS = {"calendar": 1}
_LEGACY = frozenset({"drive", "drive.v2", "calendar"})
_COMMON = ("access_token", "oauth_token", "callback", "upload_protocol", "uploadType", "quotaUser", "userIp", "$alt")
_BODY_FIELDS = {
    "sheets.spreadsheets.create": "spreadsheet",
    "sheets.spreadsheets.values.update": "data",
    "sheets.spreadsheets.values.append": "data",
    "docs.documents.create": "document",
    "drive.files.create": "payload",
    "drive.files.copy": "payload",
    "drive.files.update": "payload",
}
_VARIABLE = re.compile(r"\{\+?(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Api:
    """One API: its schemas, and how it prints answers and errors. ``legacy`` is Drive's and Calendar's envelope, and
    their passing over of names they don't know."""

    name: str
    package: str
    schemas: Mapping[str, Mapping[str, Any]]
    parameters: Mapping[str, Mapping[str, Any]]
    legacy: bool
    indent: int


@dataclass(frozen=True, kw_only=True)
class Method:
    """One method. ``body_field`` is where Google's messages say that a body stands (``data`` in values.update)."""

    id: str
    api: Api
    http_method: str
    pattern: re.Pattern[str]
    literals: int
    parameters: Mapping[str, Mapping[str, Any]]
    request: str
    response: str
    scopes: frozenset[str]
    upload: bool
    download: bool
    body_field: str


@functools.cache
def apis() -> Mapping[str, Api]:
    """The APIs by name."""
    return {_name(document): _api(document) for document in _documents()}


@functools.cache
def methods() -> Mapping[str, Method]:
    """Every method by its id (``drive.files.create``)."""
    return {
        made.id: made
        for document in _documents()
        for raw in _raw_methods(document)
        if (made := _method(apis()[_name(document)], document["servicePath"], raw))
    }


@functools.cache
def every_scope() -> frozenset[str]:
    """The union of what the methods accept."""
    return frozenset().union(*(method.scopes for method in methods().values()))


def find(http_method: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """The method that this percent-encoded path calls, with its decoded path parameters; None where there is none."""
    for method in _table().get(http_method, ()):
        if match := method.pattern.fullmatch(path):
            return method, {name: unquote(value) for name, value in match.groupdict().items()}
    return None


@functools.cache
def _table() -> Mapping[str, tuple[Method, ...]]:
    table: dict[str, list[Method]] = {}
    for method in sorted(methods().values(), key=lambda method: -method.literals):
        table.setdefault(method.http_method, []).append(method)
    return {verb: tuple(found) for verb, found in table.items()}


@functools.cache
def _documents() -> tuple[dict[str, Any], ...]:
    folder = resources.files("googleapiclient.discovery_cache") / "documents"
    return tuple(json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in _DOCUMENTS)


def _name(document: Mapping[str, Any]) -> str:
    """The API's name; that of an old version which stands beside a newer one carries the version: ``drive.v2``."""
    name, version = document["name"], document["version"]
    return f"{name}.{version}" if f"{name}.{version}" == "drive.v2" else name


def _api(document: Mapping[str, Any]) -> Api:
    name, version = _name(document), document["version"]
    legacy = name in _LEGACY
    common: dict[str, Mapping[str, Any]] = {parameter: {"type": "string"} for parameter in _COMMON}
    return Api(
        name=name,
        package=f"google.apps.{document['name']}.{version}",
        schemas=document["schemas"],
        parameters=common | {"$.xgafv": {"type": "string"}} | document["parameters"],
        legacy=legacy,
        indent=_INDENTS.get(name, 2),
    )


def _raw_methods(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from node.get("methods", {}).values()
    for child in node.get("resources", {}).values():
        yield from _raw_methods(child)


def _method(api: Api, service_path: str, raw: Mapping[str, Any]) -> Method:
    template = service_path + (raw.get("flatPath") or raw["path"])
    upload = "mediaUpload" in raw
    return Method(
        id=api.name + raw["id"].removeprefix(api.name.partition(".")[0]),
        api=api,
        http_method=raw["httpMethod"],
        pattern=_pattern(template, upload=upload),
        literals=len(_VARIABLE.sub("", template)),
        parameters=raw.get("parameters", {}),
        request=raw.get("request", {}).get("$ref", ""),
        response=raw.get("response", {}).get("$ref", ""),
        scopes=frozenset(raw.get("scopes", ())),
        upload=upload,
        download=bool(raw.get("supportsMediaDownload")),
        body_field=_BODY_FIELDS.get(raw["id"], ""),
    )


def _pattern(template: str, *, upload: bool) -> re.Pattern[str]:
    pieces = _VARIABLE.split(template)
    built = [re.escape(piece) if at % 2 == 0 else f"(?P<{piece}>[^/]+)" for at, piece in enumerate(pieces)]
    prefix = "/(?:(?:resumable/)?upload/)?" if upload else "/"
    return re.compile(prefix + "".join(built))
