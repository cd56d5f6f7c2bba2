"""What a refused share or calendar change means, as sentences for the SENCO: what happened, what was not changed,
what to do next. Google's reason codes come from https://developers.google.com/workspace/drive/api/guides/handle-errors
and from what schools' tenants are known to answer.
"""

from __future__ import annotations

from server.google.errors import Answer

NOT_SHARED = "The copy was not shared and nobody's access changed."
POLICY = "The school's Google Workspace settings do not allow sharing with this address. "
ASK_ADMIN = " Ask your Google administrator to allow sharing outside the school, then publish again."

_SHARING = {
    "invalidSharingRequest": f"Google would not send an invitation to this address. {NOT_SHARED} "
    "Check the address with the family; if it is right, ask your Google administrator whether sharing outside the "
    "school is allowed.",
    "cannotInviteNonGoogleUser": f"This address has no Google account. {NOT_SHARED} "
    "Ask the family for an address with a Google account, or give them the copy on paper.",
    "domainPolicy": POLICY + NOT_SHARED + ASK_ADMIN,
    "shareOutNotPermitted": POLICY + NOT_SHARED + ASK_ADMIN,
    "sharingRateLimitExceeded": f"Google limits how many people can be invited in a short time. {NOT_SHARED} "
    "Wait a few hours, then publish again: what is already shared stays shared.",
    "appNotAuthorizedToChild": "The folder holds a file that this add-on did not make. "
    "Access to the folder was not changed. Move that file out of the folder, then try again.",
    "notFound": "The copy could not be found: it was moved to the bin, or belongs to someone else. "
    "No access was changed. Publish again to make a new copy.",
    "inheritedPermission": "This access comes from the folder or shared drive above the copy. It was not removed. "
    "Take the person off that folder, then publish again.",
}
_SHARING_ALIASES = {
    "shareOutNotPermittedToUser": "shareOutNotPermitted",
    "publishOutNotPermitted": "shareOutNotPermitted",
    "cannotShareTeamDriveWithNonGoogleAccounts": "cannotInviteNonGoogleUser",
    "teamDriveDomainUsersOnlyRestriction": "domainPolicy",
    "teamDriveTeamMembersOnlyRestriction": "domainPolicy",
    "targetUserRoleLimitedByLicenseRestriction": "domainPolicy",
    "cannotDeleteInheritedPermission": "inheritedPermission",
}
_EVENTS = {
    "duplicate": "This review is in the calendar already. The event was not changed. "
    "Run the sync again: it will find the event and update it.",
    "conditionNotMet": "Someone changed this event in Calendar just now. It was not changed here. "
    "Run the sync again: it will take both sides into account.",
    "deleted": "This event has been deleted in Calendar. Nothing was changed. "
    "Run the sync again to see what it offers.",
    "notFound": "This event or its calendar could not be found. Nothing was changed. "
    "Check that the SEN reviews calendar still exists, then run the sync again.",
    "requiredAccessLevel": "You may look at this calendar but not change it. The event was not changed. "
    "Ask whoever made the SEN reviews calendar to let you make changes to events.",
    "forbiddenForServiceAccounts": "The school's service account may not invite guests. The event was not changed. "
    "Ask your Google administrator to let it act for the SENCO (domain-wide delegation).",
    "quotaExceeded": "Google limits how many invitations can be sent in a short time. The event was not changed. "
    "Wait a few hours, then run the sync again.",
}
_TOO_FAST = "Google is busy. {kept} Try again in a few minutes."
_UNKNOWN = "Google had a fault, so it is not known whether this was done. Run it again: nothing is done twice."


def sharing_sentence(answer: Answer) -> str:
    """What a refused permission change means."""
    reason = _SHARING_ALIASES.get(answer.reason, answer.reason)
    return _SHARING.get(reason) or _other(answer, "No access was changed.")


def event_sentence(answer: Answer) -> str:
    """What a refused change of an event means."""
    return _EVENTS.get(answer.reason) or _other(answer, "The event was not changed.")


def _other(answer: Answer, kept: str) -> str:
    if answer.status == 429 or answer.reason in {"rateLimitExceeded", "userRateLimitExceeded"}:
        return _TOO_FAST.format(kept=kept)
    if answer.status >= 500:
        return _UNKNOWN
    code = f"{answer.reason} ({answer.status})".strip()
    return (
        f"Google refused this with the code {code}. {kept} Try again; if it stays, give this code to whoever runs it."
    )
