"""Whether a field is of the sort that a label asks for: a date, a person, somebody's agreement. Pure."""

from __future__ import annotations

import re

from sheets_templates.form_ideas import IDEA, ideas_in
from sheets_templates.form_signing import speaks_of_signing
from sheets_templates.form_spots import Spot

_DATE = f"{IDEA}date"
_DATED = re.compile(
    r"(date|dob|identified|notified|updated|next_check|sent|records|visits|when|meet|cycle|entry|exit|next|review|start"
    r"|by_when|check6|midpoint|version|check_date|advice|upn)$|\bdates?\b|next_move"
)
_PERSON = re.compile(
    r"(name|who|by|owner|lead|leads|accountable|senco|with|helper|stand_in|trusted|requester|first_call|agreed_by|present"
    r"|sent|funding|people|health_visitor|area_senco|in_care|lives_with_child|apologies|parental_responsibility|share_la"
    r"|sources|peers|resp_\w+|coproduced|discuss)$"
)
_TOLD = re.compile(r"((?<!check_)date|dob|summary|actual|views|story|needs|history|about|name|\bchild|\bhome)$")
"""What is told in words or figures: nobody ticks it."""

_WHO = re.compile(r"^(by )?whom?\b|^(?!(i|you|we|he|she|they)\b)[^?]*\w\w(ed|en|un|ught) by$", re.IGNORECASE)
_AGREED = ("_ok", "_consulted")
_ODD = 0.88
_OF_MEETING = re.compile(r"review\.(when|present|lead|notes_by|apologies|mode|type)")
_MEETING = re.compile(r"review|meet|present|attend", re.IGNORECASE)
_NO_MEETING = 0.95


def fitting(field: str, spot: Spot) -> float:
    """1 for a field of the sort that a label asks for; less for one of another sort."""
    weight = 1.0
    if _DATE in ideas_in(spot.label) and not _DATED.search(field):
        weight *= _ODD
    if _WHO.match(spot.label) and not _PERSON.search(field):
        weight *= _ODD
    if field.endswith(_AGREED) and not speaks_of_signing(spot.label, spot.cross, *spot.said[:1]):
        weight *= _ODD
    if _OF_MEETING.match(field) and not any(_MEETING.search(text) for text in spot.said):
        weight *= _NO_MEETING
    if len(spot.options) > 1 and _TOLD.search(field):
        weight *= _ODD
    return weight
