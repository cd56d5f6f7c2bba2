"""The words of a quota that is used up: 429 with ErrorInfo in Sheets and Docs, 403 ``usageLimits`` in the others."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sandbox.call import ApiError

_SERVICES = {"calendar": "calendar-json.googleapis.com"}
_KINDS = {
    "read": ("Read requests", "ReadRequests", "read_requests"),
    "write": ("Write requests", "WriteRequests", "write_requests"),
    "queries": ("Queries", "defaultPerMinute", "default"),
    "units": ("Queries", "defaultPerMinute", "default"),
}


def refusal(name: str, client_id: str, *, limit: int, wait: int) -> ApiError:
    """The refusal of the limit called ``name`` (``sheets.read.user``)."""
    api, kind, whose = name.split(".")
    headers = {"Retry-After": str(wait)}
    if kind == "writes":
        message = "User rate limit exceeded."
        return ApiError(403, message, reason="userRateLimitExceeded", domain="usageLimits", headers=headers)
    service, project = _SERVICES.get(api, f"{api}.googleapis.com"), project_number(client_id)
    title, limit_name, metric = _KINDS[kind]
    per = "per minute per user" if whose == "user" else "per minute"
    message = (
        f"Quota exceeded for quota metric '{title}' and limit '{title} {per}' of service '{service}' "
        f"for consumer 'project_number:{project}'."
    )
    end = ("PerMinute" if limit_name.endswith("Requests") else "") + ("PerUser" if whose == "user" else "PerProject")
    details = _details(service, project, f"{limit_name}{end}", f"{service}/{metric}", limit)
    if api in ("sheets", "docs"):
        return ApiError(429, message, reason="rateLimitExceeded", headers=headers, details=details)
    return ApiError(
        403,
        message,
        reason="rateLimitExceeded",
        domain="usageLimits",
        status_name="PERMISSION_DENIED",
        headers=headers,
        details=details,
    )


def project_number(client_id: str) -> str:
    """The number of the Cloud project that this client belongs to."""
    known = client_id.partition("-")[0]
    return known if known.isdigit() else str(int.from_bytes(hashlib.sha256(client_id.encode()).digest()[:5], "big"))


def _details(service: str, project: str, limit_name: str, metric: str, limit: int) -> tuple[Mapping[str, Any], ...]:
    metadata = {
        "service": service,
        "consumer": f"projects/{project}",
        "quota_limit": limit_name,
        "quota_metric": metric,
        "quota_limit_value": str(limit),
    }
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": metadata,
    }
    return (info,)
