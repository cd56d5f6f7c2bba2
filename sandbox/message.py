"""A request and an answer as bytes, whether they came by a socket or as one part of a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from requests.structures import CaseInsensitiveDict

from sandbox.call import Media


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """``target`` is the path and query as sent, still percent-encoded; ``origin`` is the server's address. ``media``
    is a file that came separately from the body, which is then JSON alone."""

    http_method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=CaseInsensitiveDict)
    body: bytes = b""
    media: Media | None = None
    origin: str = ""

    @property
    def path(self) -> str:
        """The path as Google routes it: no trailing slash, ``/ID/:verb`` as ``/ID:verb``."""
        path = self.target.partition("?")[0].replace("%3Abatch", ":batch").replace("/:", ":")
        return path.rstrip("/")

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(self.target.partition("?")[2], keep_blank_values=True)

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "")


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """``content_type`` is empty where no such header is sent."""

    status: int = 200
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class ConnectionCut(ConnectionError):
    """The fault that closes the connection instead of answering."""
