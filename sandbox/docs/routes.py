"""The methods of this service that the sandbox builds, by discovery id."""

from __future__ import annotations

from sandbox.call import Handler

ROUTES: dict[str, Handler] = {}
