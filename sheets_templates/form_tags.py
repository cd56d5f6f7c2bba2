"""Which tag shows a field that a form asks for. Pure.

A form's "Name of parent" and "Telephone" are parts of one field of ours: both lead to the tag of the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from sheets_templates.document_spec import ViewSpec
from sheets_templates.record_tags import ITEM, PART, Readers, record_tags, record_view

_WHOLE = {"contact": "pupil.contacts", "my_support_plan.next_move": "my_support_plan.next_move"}


@dataclass(frozen=True, kw_only=True)
class FieldTag:
    """A field's tag. ``item`` is the tag of one line of it, "" where it has no lines. ``shared``: it shows more than
    the label asks for. ``several``: it stands once for each outcome or each piece of help."""

    path: str
    item: str = ""
    shared: bool = False
    several: bool = False


def tag_of(field: str, readers: Readers) -> FieldTag | None:
    """The tag of a field by its path, like ``outcome[].target``; None where these readers have none."""
    view = record_view(readers)
    path = field.replace("[]", "")
    if path.startswith("contact.") or path == "contact":
        path = "pupil.contacts." + path.partition(".")[2]
    shared = False
    while path and path not in view.tags:
        path, _, _ = path.rpartition(".")
        shared = True
    if not path:
        return None
    known = record_tags(readers).get(path)
    item = f"{known.item}.{ITEM}" if known is not None and known.item else ""
    return FieldTag(path=path, item=item, shared=shared, several=bool(view.item_of(path)))


def is_staff_only(field: str) -> bool:
    """Whether only staff may read a field that exists."""
    return tag_of(field, "household") is None and tag_of(field, "staff") is not None


@cache
def form_view(readers: Readers) -> ViewSpec:
    """What a school's own form may mention: the same tags, each shown as missing where nothing is known, so that no
    box of the form disappears and no target without help does."""
    view, known = record_view(readers), record_tags(readers)
    asked = {path: replace(tag, optional=tag.optional and path not in known) for path, tag in view.tags.items()}
    asked["outcome.number"] = replace(view.tags["outcome.number"], empty="")
    asked["provision.how_often"] = replace(view.tags["provision.how_often"], optional=False)
    told = frozenset(item for item in view.lists if item.endswith(f"_{PART}"))
    unsaid = {path for path in asked if view.item_of(path) in told | {"log"}}
    asked |= {path: replace(asked[path], empty="") for path in unsaid}
    return replace(view, tags=asked, shows_missing=True, may_be_empty=told)
