"""Errors as sentences for a person: what happened, what was not changed, what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from addon.views import TroubleView
from server.plans.trouble import (
    Busy,
    InUse,
    Invalid,
    NotSignedIn,
    NotVisible,
    Refused,
    Trouble,
    Unreachable,
)

NEXT_STEPS: Mapping[type[Trouble], str] = {
    NotVisible: "Check that the files still exist and are not in the bin. If they are, take them out and try again.",
    NotSignedIn: "Close this panel and open it again, so that Google signs you in afresh.",
    Refused: "Show this message to your SENCO or to whoever runs your school's Google Workspace.",
    Busy: "Wait a minute, then try again.",
    Unreachable: "Check your connection, then try again. Nothing is ever done twice.",
    InUse: "Wait until the other run has ended, at most a few minutes, then try again.",
    Invalid: "Correct it there, then try again.",
    Trouble: "Try again. If it keeps happening, ask for help and quote the code below.",
}
UNTOUCHED = "Nothing was changed."
PARTLY = "What was finished before this stays as it is. The rest was not done; the next run takes it up from there."


def excuse(trouble: Trouble, reference: str, *, writes: bool) -> TroubleView:
    """An expected error."""
    kind = next(kind for kind in NEXT_STEPS if isinstance(trouble, kind))
    place = f" ({trouble.place})" if isinstance(trouble, Invalid) and trouble.place else ""
    return TroubleView(
        happened=f"{trouble.message}{place}",
        not_changed=PARTLY if writes else UNTOUCHED,
        next_step=NEXT_STEPS[kind],
        reference=reference,
    )


def surprise(reference: str, *, writes: bool) -> TroubleView:
    """An error that nobody foresaw. Its own words stay out: they may hold what no card should show."""
    return TroubleView(
        happened="Something went wrong inside SEN plans.",
        not_changed=PARTLY if writes else UNTOUCHED,
        next_step=NEXT_STEPS[Trouble],
        reference=reference,
    )
