"""Calendar's refusals, worded as Google words them. Each function makes the error; the caller raises it."""

from __future__ import annotations

from sandbox.call import ApiError


def not_found() -> ApiError:
    """Missing, or not visible to this token: Calendar does not tell the two apart."""
    return ApiError(404, "Not Found", reason="notFound")


def deleted() -> ApiError:
    return ApiError(410, "Resource has been deleted", reason="deleted")


def duplicate() -> ApiError:
    return ApiError(409, "The requested identifier already exists.", reason="duplicate")


def required(message: str) -> ApiError:
    return ApiError(400, message, reason="required")


def invalid(message: str = "Invalid Value", *, location: str = "") -> ApiError:
    return ApiError(400, message, reason="invalid", location=location, location_type="parameter" if location else "")


def bad_request(location: str) -> ApiError:
    return ApiError(400, "Bad Request", reason="badRequest", location=location, location_type="parameter")


def empty_range(location: str = "") -> ApiError:
    return ApiError(
        400,
        "The specified time range is empty.",
        reason="timeRangeEmpty",
        domain="calendar",
        location=location,
        location_type="parameter" if location else "",
    )


def two_kinds_of_reminder() -> ApiError:
    return ApiError(
        400,
        "Cannot specify both default reminders and overrides at the same time.",
        reason="cannotUseDefaultRemindersAndSpecifyOverride",
        domain="calendar",
    )


def changed_meanwhile() -> ApiError:
    return ApiError(412, "Precondition Failed", reason="conditionNotMet", location="If-Match", location_type="header")


def sync_token_with_filters() -> ApiError:
    return invalid("Sync token cannot be used with other request restrictions", location="syncToken")


def sync_token_with_ordering() -> ApiError:
    return invalid("Sync token cannot be used with non-default ordering", location="syncToken")


def full_sync_required() -> ApiError:
    return ApiError(
        410,
        "Sync token is no longer valid, a full sync is required.",
        reason="fullSyncRequired",
        domain="calendar",
        location="syncToken",
        location_type="parameter",
    )


def updated_min_too_long_ago() -> ApiError:
    return ApiError(
        410,
        "The requested minimum modification time lies too far in the past.",
        reason="updatedMinTooLongAgo",
        domain="calendar",
        location="updatedMin",
        location_type="parameter",
    )


def ordering_not_available() -> ApiError:
    return ApiError(400, "The requested ordering is not available for the particular query.", reason="badRequest")


def forbidden() -> ApiError:
    return ApiError(403, "Forbidden", reason="forbidden")


def owners_own_calendar() -> ApiError:
    """Source: a live answer, in github.com/mmedum/google-calendar-mcp, docs/architecture.md."""
    message = "The data owner of a calendar cannot remove such a calendar from their calendar list."
    return ApiError(403, message, reason="forbidden")


def access_level(role: str) -> ApiError:
    return ApiError(
        403, f"You need to have {role} access to this calendar.", reason="requiredAccessLevel", domain="calendar"
    )


def organizer_only() -> ApiError:
    return ApiError(
        403,
        "Shared properties can only be changed by the organizer of the event.",
        reason="forbiddenForNonOrganizer",
        domain="calendar",
    )


def service_account_guests() -> ApiError:
    return ApiError(
        403,
        "Service accounts cannot invite attendees without Domain-Wide Delegation of Authority.",
        reason="forbiddenForServiceAccounts",
        domain="calendar",
    )


def not_built(what: str) -> ApiError:
    return ApiError(501, f"This sandbox does not have {what}.", reason="notImplemented", status_name="UNIMPLEMENTED")


def organiser_of_instance() -> ApiError:
    return ApiError(
        400,
        "Cannot change the organizer of an instance of a recurring event.",
        reason="cannotChangeOrganizerOfInstance",
        domain="calendar",
    )


def cannot_change_organizer() -> ApiError:
    return ApiError(
        403, "Cannot change the organizer of this event.", reason="cannotChangeOrganizer", domain="calendar"
    )
