"""The one error tree. Errors carry fields; sentences for people are made at the edge.

Trouble
├── Refused            Google (or we) will not do it; repeating changes nothing
│   ├── NotVisible     404: not there, or not for this person
│   ├── NotSignedIn    401: the token is missing, expired or revoked
│   ├── ScopeMissing   403: this person has not granted what the call needs
│   ├── NotMade        a spreadsheet lacks the sheets we make
│   └── AlreadyThere   a fixed id exists already
├── Busy               429, rate 403 or 5xx that outlived our patience; try later
├── Unreachable        no answer in time; it may or may not have happened
├── InUse              another run holds the school's lease
└── Invalid            what we were given can't be used (a template, a file of plans, a setting)
"""

from __future__ import annotations


class Trouble(Exception):
    """Anything that stops a workflow and that a person can act on.

    ``call`` names the Google method, ``reference`` is the code that log and message share. ``detail`` is what
    Google said in full: it may repeat what someone typed, so it is never logged and never in ``str()``."""

    def __init__(
        self,
        message: str,
        *,
        call: str = "",
        reason: str = "",
        status: int = 0,
        reference: str = "",
        detail: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.call = call
        self.reason = reason
        self.status = status
        self.reference = reference
        self.detail = detail


class Refused(Trouble):
    pass


class NotVisible(Refused):
    pass


class NotSignedIn(Refused):
    pass


class ScopeMissing(Refused):
    pass


class NotMade(Refused):
    pass


class AlreadyThere(Refused):
    pass


class Busy(Trouble):
    pass


class Unreachable(Trouble):
    pass


class InUse(Trouble):
    """Another run holds the lease until ``until`` (epoch seconds)."""

    def __init__(self, message: str, *, until: float = 0.0) -> None:
        super().__init__(message)
        self.until = until


class Invalid(Trouble):
    """``place`` says where: a cell, a paragraph of a template, a line of a file."""

    def __init__(self, message: str, *, place: str = "") -> None:
        super().__init__(message)
        self.place = place
