"""Every method that the discovery documents declare is found by its path, and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any
from urllib.parse import quote

import pytest

from sandbox import discovery

DOCUMENTS = ["sheets.v4", "drive.v3", "docs.v1", "calendar.v3"]
AWKWARD = "a b/c%d:e!f@g.example"


def declared() -> Iterator[Mapping[str, Any]]:
    folder = resources.files("googleapiclient.discovery_cache") / "documents"
    for name in DOCUMENTS:
        document = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for method in below(document):
            yield dict(method) | {"servicePath": document["servicePath"]}


def below(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from node.get("methods", {}).values()
    for child in node.get("resources", {}).values():
        yield from below(child)


METHODS = {method["id"]: method for method in declared()}


@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_found_by_its_path(name: str) -> None:
    method = METHODS[name]
    template = "/" + method["servicePath"] + (method.get("flatPath") or method["path"])
    names = re.findall(r"\{\+?(\w+)\}", template)
    path = re.sub(r"\{\+?\w+\}", quote(AWKWARD, safe=""), template)
    found = discovery.find(method["httpMethod"], path)
    assert found is not None
    assert found[0].id == name
    assert found[1] == dict.fromkeys(names, AWKWARD)


def test_the_wrong_verb_finds_nothing() -> None:
    assert discovery.find("DELETE", "/v4/spreadsheets/s") is None


def test_upload_paths_find_only_methods_that_take_uploads() -> None:
    assert discovery.find("POST", "/upload/drive/v3/files") is not None
    assert discovery.find("POST", "/upload/drive/v3/files/x/copy") is None
