"""Which tag shows a field that a form asks for. Pure.

A part of an answer ("Surname", "Date" beside a signature) has its own tag; what has none leads to the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from sheets_templates import part_tags
from sheets_templates.document_spec import ViewSpec
from sheets_templates.record_tags import ITEM, PART, Readers, record_tags, record_view


@dataclass(frozen=True, kw_only=True)
class FieldTag:
    """A field's tag. ``item`` is the tag of one line of it, "" where it has no lines; ``part`` that of one part of a
    line or row. ``shared``: it shows more than the label asks for. ``several``: it stands once for each outcome or
    each piece of help. ``keyed``: its lines tell what each is about."""

    path: str
    item: str = ""
    part: str = ""
    shared: bool = False
    several: bool = False
    keyed: bool = False


def tag_of(field: str, readers: Readers) -> FieldTag | None:
    """The tag of a field by its path, like ``outcome[].target``; None where these readers have none."""
    view = record_view(readers)
    path = field.replace("[]", "")
    if path.startswith("contact.") or path == "contact":
        path = "pupil.contacts." + path.partition(".")[2]
    whole, _, part = path.rpartition(".")
    if path not in view.tags and f"{whole}_{part}" in view.tags:
        path = f"{whole}_{part}"
    shared = False
    while path and path not in view.tags:
        path, _, _ = path.rpartition(".")
        shared = True
    if not path:
        return None
    known = record_tags(readers).get(path)
    item = f"{known.item}.{ITEM}" if known is not None and known.item else ""
    several = bool(view.item_of(path))
    of_row = _part(whole, part, readers)
    keyed = path in part_tags.key_words()
    return FieldTag(path=path, item=item, part=of_row, shared=shared, several=several, keyed=keyed)


def _part(whole: str, part: str, readers: Readers) -> str:
    """The tag of a part of one line or row of a list; "" where it has none."""
    tag = record_tags(readers).get(whole)
    rows = part_tags.row_parts().get(whole)
    if tag is None:
        return ""
    if rows and part in rows.parts:
        return f"{rows.item}.{part}"
    return f"{tag.item}_{PART}.{part}" if part in part_tags.part_names(whole) else ""


def narrow(path: str, readers: Readers) -> str:
    """The tag that says the same in fewer words, for a narrow box: a short day, names alone; the same without one."""
    tags = record_view(readers).tags
    return next((f"{path}_{look}" for look in ("short", "name") if f"{path}_{look}" in tags), path)


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
