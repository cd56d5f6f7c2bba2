"""Drive's refusals, in Drive's words. https://developers.google.com/workspace/drive/api/guides/handle-errors"""

from __future__ import annotations

from sandbox.call import ApiError, Call


def not_found(file_id: str) -> ApiError:
    return ApiError(
        404,
        f"File not found: {file_id}.",
        reason="notFound",
        location="fileId",
        location_type="parameter",
    )


def drive_not_found(drive_id: str) -> ApiError:
    return ApiError(
        404,
        f"Shared drive not found: {drive_id}",
        reason="notFound",
        location="driveId",
        location_type="parameter",
    )


def permission_not_found(permission_id: str) -> ApiError:
    return ApiError(
        404,
        f"Permission not found: {permission_id}.",
        reason="notFound",
        location="permissionId",
        location_type="parameter",
    )


def insufficient(file_id: str) -> ApiError:
    return ApiError(
        403,
        f"The user does not have sufficient permissions for file {file_id}.",
        reason="insufficientFilePermissions",
    )


def not_authorised(client_id: str, file_id: str, *, access: str = "write") -> ApiError:
    return ApiError(
        403,
        f"The user has not granted the app {client_id} {access} access to the file {file_id}.",
        reason="appNotAuthorizedToFile",
    )


def invalid(message: str, *, location: str = "", location_type: str = "") -> ApiError:
    return ApiError(
        400,
        message,
        reason="invalid",
        location=location,
        location_type=location_type or ("parameter" if location else ""),
    )


def bad_request(message: str) -> ApiError:
    return ApiError(400, message, reason="badRequest")


def required(message: str) -> ApiError:
    return ApiError(400, message, reason="required")


def forbidden(message: str, *, reason: str = "forbidden") -> ApiError:
    return ApiError(403, message, reason=reason)


def locked() -> ApiError:
    return forbidden(
        "The content of this file is restricted: it cannot be changed until the restriction is removed.",
        reason="contentRestricted",
    )


def not_built(what: str) -> ApiError:
    return ApiError(501, f"{what} is not built in the sandbox.", reason="notImplemented")


def no_storage() -> ApiError:
    return forbidden(
        "Service Accounts do not have storage quota. Leverage shared drives"
        " (https://developers.google.com/workspace/drive/api/guides/about-shareddrives), or use OAuth delegation"
        " (http://support.google.com/a/answer/7281227) instead.",
        reason="storageQuotaExceeded",
    )


def require_fields(call: Call) -> None:
    """Refuse a call without ``fields`` where Drive insists on it."""
    if not call.params.get("fields"):
        raise ApiError(
            400,
            "The 'fields' parameter is required for this method.",
            reason="required",
            location="fields",
            location_type="parameter",
        )
