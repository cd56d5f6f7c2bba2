"""What the host page is told when it is made: who can sit in front of it, and which add-on it plays host to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody in the "Who am I" switch. ``addon`` is whether the add-on is installed for them."""

    label: str
    email: str
    role: str = ""
    addon: bool = True


@dataclass(frozen=True, kw_only=True)
class HostConfig:
    """``manifest`` is the add-on's deployment manifest; ``scopes`` what a person is asked to grant it, short or as
    whole URLs, all granted at first; ``service_account`` the address in Google's system tokens; ``notice`` a
    sentence shown on every page."""

    people: list[Person]
    manifest: Mapping[str, Any] = field(default_factory=dict)
    client_id: str = ""
    service_account: str = ""
    scopes: list[str] = field(default_factory=list)
    notice: str = ""

    @property
    def common(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.addons.get("common", {})
        return found

    @property
    def addons(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.manifest.get("addOns", {})
        return found

    @property
    def name(self) -> str:
        """The add-on's name, as the panel's title shows it."""
        return str(self.common.get("name", "Add-on"))

    def person(self, email: str) -> Person | None:
        return next((one for one in self.people if one.email == email), None)

    def trigger(self, host: str, name: str) -> str:
        """The URL of a host's trigger ("homepageTrigger", ...), or "". A host's homepage overrides the common one."""
        if host not in self.addons:
            return ""
        block = self.addons[host].get(name)
        if block is None and name == "homepageTrigger":
            block = self.common.get(name)
        block = block or {}
        return str(block.get("runFunction", "")) if block.get("enabled", True) else ""
