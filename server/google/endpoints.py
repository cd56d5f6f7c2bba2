"""Where Google is: the real addresses, or one base address that answers for all of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Endpoints:
    """The addresses every call goes to. Roots end with a slash, as in Google's discovery documents."""

    drive: str = "https://www.googleapis.com/"
    calendar: str = "https://www.googleapis.com/"
    sheets: str = "https://sheets.googleapis.com/"
    token_uri: str = "https://oauth2.googleapis.com/token"
    certs_url: str = "https://www.googleapis.com/oauth2/v1/certs"

    @classmethod
    def at(cls, base: str) -> Endpoints:
        """All of Google at one address, such as a sandbox: ``http://127.0.0.1:8931``."""
        root = base.rstrip("/") + "/"
        return cls(
            drive=root,
            calendar=root,
            sheets=root,
            token_uri=root + "token",
            certs_url=root + "oauth2/v1/certs",
        )
