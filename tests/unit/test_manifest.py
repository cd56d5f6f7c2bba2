"""The manifest that is deployed: what Google accepts, and what this service answers."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server import manifest as manifests
from server.web import paths
from server.web.addon import ROUTES
from server.web.scopes import AUTH

MANIFEST: dict[str, Any] = json.loads((Path(__file__).parents[2] / "manifest.json").read_text("utf-8"))


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    manifest = copy.deepcopy(MANIFEST)
    change(manifest)
    return manifest


def test_the_manifest_can_be_deployed() -> None:
    assert manifests.check(MANIFEST) == ()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda m: m["addOns"]["common"].pop("logoUrl"), "logoUrl"),
        (lambda m: m["addOns"]["common"].pop("name"), "name"),
        (lambda m: m["addOns"]["common"].update(logoUrl="http://senplans.example/logo.png"), "https"),
        (lambda m: m["addOns"]["common"].update(homepageTriger={}), "refuse"),
        (
            lambda m: m["addOns"]["drive"]["homepageTrigger"].update(runFunction="https://evil.example/addon/home"),
            "evil",
        ),
        (
            lambda m: m["addOns"]["drive"]["homepageTrigger"].update(runFunction="https://senplans.example/x"),
            "answers",
        ),
        (lambda m: m["addOns"]["httpOptions"].update(authorizationHeader="NONE"), "SYSTEM_ID_TOKEN"),
        (lambda m: m["addOns"]["httpOptions"].update(authorizationHeader="SOMETIMES"), "refuse"),
        (lambda m: m["addOns"]["httpOptions"].pop("granularOauthPermissionSupport"), "OPT_IN"),
        (lambda m: m["oauthScopes"].remove(f"{AUTH}drive.file"), "drive.file"),
        (lambda m: m["oauthScopes"].remove(f"{AUTH}calendar.addons.execute"), "addons.execute"),
        (lambda m: m["oauthScopes"].remove(f"{AUTH}script.locale"), "locale"),
        (lambda m: m["oauthScopes"].append(f"{AUTH}drive"), "further"),
        (lambda m: m["oauthScopes"].append(f"{AUTH}spreadsheets"), "further"),
    ],
)
def test_a_manifest_that_would_fail_is_refused_with_its_reason(
    change: Callable[[dict[str, Any]], object], word: str
) -> None:
    problems = manifests.check(changed(change))
    assert any(word in problem for problem in problems), problems


def test_moving_the_manifest_moves_every_address_of_ours_and_no_other() -> None:
    moved = manifests.for_base_url(MANIFEST, "https://plans.school.example/")
    text = json.dumps(moved)
    assert "senplans.example" not in text
    assert "https://docs.google.com/" in text
    assert moved["addOns"]["sheets"]["homepageTrigger"]["runFunction"] == (
        "https://plans.school.example/addon/sheets/home"
    )
    assert manifests.check(moved) == ()
    assert manifests.base_of(moved) == "https://plans.school.example"


def test_a_service_under_a_path_keeps_its_path() -> None:
    moved = manifests.for_base_url(MANIFEST, "https://school.example/plans")
    assert manifests.check(moved) == ()
    assert "https://school.example/plans/addon/sync" in manifests.audiences(moved)


def test_system_tokens_may_be_made_out_to_every_address_we_answer_and_to_no_other() -> None:
    addresses = manifests.audiences(MANIFEST)
    assert set(addresses) == {f"https://senplans.example{route.path}" for route in ROUTES}
    assert len(addresses) == len(set(addresses))


def test_every_path_is_a_trigger_or_a_widgets_and_has_one_route() -> None:
    assert sorted(route.path for route in ROUTES) == sorted([*paths.TRIGGERS, *paths.WIDGETS])


def test_every_scope_a_route_asks_for_is_in_the_manifest() -> None:
    asked = {scope for route in ROUTES for scope in route.scopes}
    assert asked <= set(MANIFEST["oauthScopes"])


def test_the_logo_is_a_picture_we_serve() -> None:
    assert MANIFEST["addOns"]["common"]["logoUrl"].endswith(paths.LOGO)
    logo = Path(manifests.__file__).parent / "web" / paths.LOGO.lstrip("/")
    assert logo.read_bytes().startswith(b"\x89PNG")
