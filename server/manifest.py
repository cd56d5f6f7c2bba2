"""The add-on's deployment manifest: made for an address, read for the addresses it names, and checked.

Google's own message type rejects misspelt keys and wrong values but lags behind the service, so the keys it lacks are
set aside and checked by hand. https://developers.google.com/workspace/add-ons/reference/rest/v1/projects.deployments
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from google.cloud import gsuiteaddons_v1
from google.protobuf import json_format

from server.web import paths
from server.web.scopes import AUTH, CALENDAR, FILES

Manifest = Mapping[str, Any]

NEWER: Mapping[str, frozenset[str]] = {
    "httpOptions": frozenset({"granularOauthPermissionSupport"}),
}
TOO_WIDE = frozenset(
    f"{AUTH}{name}"
    for name in ("drive", "drive.readonly", "spreadsheets", "documents", "calendar", "calendar.events")
)
IDENTITY = frozenset({f"{AUTH}userinfo.email"})
LOCALE = f"{AUTH}script.locale"
CALENDAR_PANEL = f"{AUTH}calendar.addons.execute"


def load() -> dict[str, Any]:
    """The project's own manifest, with its placeholder address."""
    found: dict[str, Any] = json.loads((Path(__file__).parent.parent / "manifest.json").read_text("utf-8"))
    return found


def for_base_url(manifest: Manifest, base_url: str) -> dict[str, Any]:
    """The same manifest with every address of ours moved to ``base_url``."""
    moved: dict[str, Any] = _moved(dict(manifest), base_of(manifest), base_url.rstrip("/"))
    return moved


def base_of(manifest: Manifest) -> str:
    """Where the manifest says the service stands, without a slash at the end."""
    home = manifest.get("addOns", {}).get("common", {}).get("homepageTrigger", {}).get("runFunction", "")
    parts = urlsplit(home)
    prefix = parts.path.removesuffix(paths.HOME)
    return f"{parts.scheme}://{parts.netloc}{prefix}" if parts.netloc else ""


def audiences(manifest: Manifest) -> tuple[str, ...]:
    """Every address Google calls us at: the manifest's triggers and our cards' buttons. System tokens are made out
    to exactly one of these."""
    base = base_of(manifest)
    return tuple(dict.fromkeys([*_triggers(manifest), *(base + path for path in paths.WIDGETS)]))


def check(manifest: Manifest) -> tuple[str, ...]:
    """What is wrong with the manifest, a sentence each; nothing when it can be deployed."""
    problems = list(_unknown_keys(manifest))
    if problems:
        return tuple(problems)
    return (*_bad_addresses(manifest), *_bad_scopes(manifest), *_bad_options(manifest))


def _moved(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: _moved(item, old, new) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, old, new) for item in value]
    is_ours = isinstance(value, str) and old and (value == old or value.startswith(old + "/"))
    return new + value[len(old) :] if is_ours else value


def _triggers(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key == "runFunction" and isinstance(item, str):
                yield item
            else:
                yield from _triggers(item)
    elif isinstance(value, list):
        for item in value:
            yield from _triggers(item)


def _unknown_keys(manifest: Manifest) -> Iterator[str]:
    known = copy.deepcopy(dict(manifest))
    for block, keys in NEWER.items():
        for key in keys & known.get("addOns", {}).get(block, {}).keys():
            del known["addOns"][block][key]
    try:
        json_format.ParseDict(known, gsuiteaddons_v1.Deployment.pb()())
    except json_format.ParseError as error:
        yield f"Google would refuse the manifest: {error}"


def _bad_addresses(manifest: Manifest) -> Iterator[str]:
    common = manifest.get("addOns", {}).get("common", {})
    base, answered = base_of(manifest), {*paths.TRIGGERS, *paths.WIDGETS}
    for field in ("name", "logoUrl"):
        if not common.get(field):
            yield f"addOns.common.{field} is missing."
    for address in [common.get("logoUrl", ""), *common.get("openLinkUrlPrefixes", []), *_triggers(manifest)]:
        if not address.startswith("https://"):
            yield f"{address or 'An empty address'} is not an https address."
    for address in _triggers(manifest):
        if not address.startswith(base) or address.removeprefix(base) not in answered:
            yield f"{address} is not an address this service answers."


def _bad_scopes(manifest: Manifest) -> Iterator[str]:
    granted, add_ons = set(manifest.get("oauthScopes", [])), manifest.get("addOns", {})
    needed = FILES | CALENDAR | IDENTITY
    if add_ons.get("common", {}).get("useLocaleFromApp"):
        needed |= {LOCALE}
    if "calendar" in add_ons:
        needed |= {CALENDAR_PANEL}
    yield from (f"The scope {scope} is missing." for scope in sorted(needed - granted))
    yield from (f"The scope {scope} reaches further than SEN plans may." for scope in sorted(granted & TOO_WIDE))


def _bad_options(manifest: Manifest) -> Iterator[str]:
    options = manifest.get("addOns", {}).get("httpOptions", {})
    if options.get("authorizationHeader", "SYSTEM_ID_TOKEN") != "SYSTEM_ID_TOKEN":
        yield "httpOptions.authorizationHeader must be SYSTEM_ID_TOKEN: the service proves its caller by it."
    if options.get("granularOauthPermissionSupport") != "OPT_IN":
        yield "httpOptions.granularOauthPermissionSupport must be OPT_IN: Google requires granular consent."
