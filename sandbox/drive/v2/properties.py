"""v2's ``properties.*``: one property of a file at a time; PRIVATE ones are the app's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import ApiError, Call, Reply
from sandbox.drive import access, changing
from sandbox.drive.v2.asked import as_v3
from sandbox.drive.v2.shown import listed, property_shown


def list_(call: Call) -> Mapping[str, Any]:
    file_id = call.params["fileId"]
    items = [property_shown(file_id, key, value, public=public) for (key, public), value in _held(call).items()]
    return listed("drive#propertyList", f"files/{file_id}/properties", items)


def get(call: Call) -> Mapping[str, Any]:
    key, public = call.params["propertyKey"], call.params.get("visibility") == "PUBLIC"
    held = _held(call)
    if (key, public) not in held:
        raise ApiError(404, f"Property not found: key = {key}", reason="notFound")
    return property_shown(call.params["fileId"], key, held[key, public], public=public)


def put(call: Call) -> Mapping[str, Any]:
    """Adds a property or changes its value."""
    key = str(call.params.get("propertyKey") or call.body.get("key", ""))
    public = (call.params.get("visibility") or call.body.get("visibility")) == "PUBLIC"
    _set(call, key, str(call.body.get("value", "")), public=public)
    return property_shown(call.params["fileId"], key, str(call.body.get("value", "")), public=public)


def delete(call: Call) -> Reply:
    get(call)
    _set(call, call.params["propertyKey"], None, public=call.params.get("visibility") == "PUBLIC")
    return Reply(status=204)


def _held(call: Call) -> dict[tuple[str, bool], str]:
    same = as_v3(call, "drive.files.get", supportsAllDrives=True)
    file = access.require(same, call.params["fileId"], "reader")
    own = file.app_properties.get(call.caller.client_id, {})
    return {(key, True): value for key, value in file.properties.items()} | {
        (key, False): value for key, value in own.items()
    }


def _set(call: Call, key: str, value: str | None, *, public: bool) -> None:
    body = {"properties" if public else "appProperties": {key: value}}
    changing.update(as_v3(call, "drive.files.update", body=body, supportsAllDrives=True))
