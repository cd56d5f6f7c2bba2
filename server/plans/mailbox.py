"""E-mail addresses as people type them, and when two spellings are one mailbox.

Google lists a person under the address their account was made with, which need not be the one that was typed."""

from __future__ import annotations

import hashlib
import re

_ADDRESS = re.compile(r"[^@\s,;:<>()\[\]\\\"]{1,64}@[^@\s,;:<>()\[\]\\\"']{1,190}\.[^@\s,;:<>()\[\]\\\"'.]{2,63}")
_GMAIL = frozenset({"gmail.com", "googlemail.com"})


def address(text: str) -> str:
    """The e-mail address in lower case, or "" if the text is not one plain address."""
    tidy = text.strip().lower()
    return tidy if _ADDRESS.fullmatch(tidy) else ""


def mailbox(email: str) -> str:
    """One text for all spellings of a mailbox: Gmail reads over dots, tags after a plus, and its older domain.

    https://support.google.com/mail/answer/7436150"""
    name, _, domain = email.strip().lower().rpartition("@")
    if domain not in _GMAIL:
        return email.strip().lower()
    return f"{name.partition('+')[0].replace('.', '')}@gmail.com"


def same_mailboxes(emails: frozenset[str] | set[str]) -> frozenset[str]:
    """The mailboxes of some addresses."""
    return frozenset(mailbox(email) for email in emails if email)


def hidden_address(email: str) -> str:
    """What stands for an address where it is only to be recognised, not read; "" for none."""
    told = mailbox(address(email))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16] if told else ""
