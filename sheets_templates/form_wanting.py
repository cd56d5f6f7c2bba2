"""What a label wants of its field: a name or a day at a signature, a number or words, few words in a narrow cell.

Pure."""

from __future__ import annotations

import re

from sheets_templates.document_styles import W
from sheets_templates.form_nearby import Proposal
from sheets_templates.form_reading import Cell
from sheets_templates.form_signing import BARE_DATE
from sheets_templates.form_tags import narrow
from sheets_templates.record_tags import Readers, record_view

HOW_OFTEN = "provision.how_often"
BY_HAND = "A signature is put in by hand."

_PER_WEEK = "provision.per_week"
_COUNTED = re.compile(
    r"\b(sessions|times|number|no|per|a|pw)\b.*\b(week|wk|weekly)\b|\bpw\b|/\s*(week|wk)", re.IGNORECASE
)
_LONG = re.compile(r"\b(how long|length|mins?|minutes|duration|often)\b", re.IGNORECASE)
_SIGNED = re.compile(r"\b(sign(ed|ature|atures|ing)?|llofnod\w*)\b", re.IGNORECASE)
_DATE = re.compile(r"\b(date|dated|dyddiad)\b", re.IGNORECASE)
_NAME = re.compile(r"\bnames?\b", re.IGNORECASE)
_MORE = re.compile(r"\b(how|role|method|signed|who|where|job|title|address|contact)\b|[,;]", re.IGNORECASE)
_OK = re.compile(r"sen_support_plan\.(teacher_ok|senco_ok|parent_consulted|pupil_ok)|specialist_referral\.agreed_by")
_OF_SCHOOL = ("sen_support_plan.teacher_ok", "sen_support_plan.senco_ok")
_NARROW = 1500
"""Twentieths of a point, about 2.6 cm: less than "28 September" in the usual size."""


def is_signed(proposal: Proposal) -> bool:
    """Whether a label is a place for somebody's signature."""
    spot = proposal.spot
    return bool(_SIGNED.search(spot.label) or (spot.role == "row_field" and _SIGNED.search(spot.cross)))


def is_by_hand(proposal: Proposal, path: str) -> bool:
    """Whether a family or a child signs here, which nobody can do for them."""
    return is_signed(proposal) and bool(_OK.fullmatch(path)) and path not in _OF_SCHOOL


def is_day_by_hand(proposal: Proposal, path: str, before: Proposal | None) -> bool:
    """Whether a label asks for the day on which a family or a child signs."""
    beside = before is not None and is_by_hand(before, path.removesuffix("_date"))
    return path.endswith("_date") and beside and bool(BARE_DATE.match(proposal.label))


def wanted(path: str, proposal: Proposal, readers: Readers, *, dated: bool) -> str:
    """The tag that says what a label asks for. ``dated``: a place for the day of the signature stands beside it."""
    if path == _PER_WEEK and (not _COUNTED.search(proposal.label) or _LONG.search(proposal.label)):
        return HOW_OFTEN
    if path in _OF_SCHOOL and is_signed(proposal) and dated:
        return f"{path}_name"
    path = _part(path, proposal.label, readers)
    return narrow(path, readers) if is_narrow(proposal.spot.holder) else path


def _part(path: str, label: str, readers: Readers) -> str:
    """The tag of the day or the name alone, where a label asks for no more."""
    tags = record_view(readers).tags
    asks = [part for part, words in (("date", _DATE), ("name", _NAME)) if words.search(label)]
    part = f"{path}_{asks[0]}" if len(asks) == 1 and not _MORE.search(label) else ""
    return part if part in tags else path


def signing_cells(proposal: Proposal) -> tuple[int, int]:
    """Which of the columns of a signature grid hold the name and the day, from 0; -1 for none."""
    heads = proposal.spot.cross.split("\n")
    day = next((at for at, head in enumerate(heads) if _DATE.search(head)), -1)
    name = next((at for at, head in enumerate(heads) if re.search(r"\bname\b", head, re.IGNORECASE)), -1)
    return (name if name >= 0 else 0 if day != 0 else -1), day


def is_narrow(holder: object) -> bool:
    """Whether a cell is so narrow that a long word breaks in it."""
    return isinstance(holder, Cell) and 0 < width_of(holder) < _NARROW


def width_of(cell: Cell) -> int:
    """The width of a cell in twentieths of a point, by its grid or its own word; 0 where neither says."""
    row = cell.element.getparent()
    table = next(cell.element.iterancestors(f"{W}tbl"), None)
    grid = (
        []
        if table is None or row is None
        else [each.get(f"{W}w", "") for each in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    )
    spanned = grid[cell.column - 1 : cell.column - 1 + cell.wide]
    if len(spanned) == cell.wide and all(each.isdigit() for each in spanned):
        return sum(map(int, spanned))
    own = cell.element.find(f"{W}tcPr/{W}tcW")
    words = "" if own is None or own.get(f"{W}type", "dxa") != "dxa" else own.get(f"{W}w", "")
    return int(words) if words.isdigit() and len(words) < 6 else 0
