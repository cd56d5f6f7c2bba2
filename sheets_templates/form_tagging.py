"""A tagged copy of a form: ``{{ tags }}`` in the places of its answers. The form itself is never changed. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_templates.document_package import xml_bytes, zip_parts
from sheets_templates.form_blocks import Placed, Tidying
from sheets_templates.form_grids import write_by_key, write_choice, write_signature
from sheets_templates.form_labels import find_labels
from sheets_templates.form_nearby import Proposal, table_of
from sheets_templates.form_propose import propose
from sheets_templates.form_reading import Cell, Form, Line, Table, read_form
from sheets_templates.form_rows import tables_in
from sheets_templates.form_signing import BARE_DATE
from sheets_templates.form_spots import Spot
from sheets_templates.form_tags import FieldTag, is_staff_only, tag_of
from sheets_templates.form_tidying import drop_prompts, lines_of, tag_marks
from sheets_templates.form_wanting import BY_HAND, is_by_hand, is_day_by_hand, is_signed, wanted
from sheets_templates.form_writing import (
    accept_changes,
    write_below,
    write_in_cell,
    write_in_line,
)
from sheets_templates.part_tags import OTHER
from sheets_templates.record_tags import PART, Readers

Place = tuple[str, int]
"""A label's address and its number among the labels there."""

_PHOTO = "one_page_profile.photo"


@dataclass(frozen=True, kw_only=True)
class Left:
    """A label that the copy leaves as it is, and why, in one sentence."""

    label: str
    where: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class TaggedCopy:
    docx: bytes
    placed: tuple[Placed, ...]
    left: tuple[Left, ...]


def place_of(proposal: Proposal) -> Place:
    return proposal.spot.where, proposal.spot.nth


def tag_copy(docx: bytes, chosen: Mapping[Place, str] | None = None, *, readers: Readers = "household") -> TaggedCopy:
    """A copy of a form with a tag for each label that has a field. ``chosen`` are a person's own fields by place, ""
    for none; every other label gets the field proposed for it.

    Raises TemplateRefused for an unsafe file."""
    form = read_form(docx)
    proposals = propose(find_labels(form))
    fields = {id(each): (chosen or {}).get(place_of(each), each.field) for each in proposals}
    copy = _Copy(form, readers, proposals, fields)
    for proposal in proposals:
        copy.put(proposal)
    kept = Tidying(form=form, readers=readers, proposals=proposals, placed=copy.placed, lists=copy.lists).tidy(
        copy.blocks
    )
    trees = form.package.trees
    for name in form.package.named("document.main", "header", "footer"):
        accept_changes(trees[name])
        tag_marks(trees[name])
        drop_prompts(lines_of((*form.body, *(block for margin in form.margins for block in margin))), trees[name])
    parts = (
        (name, xml_bytes(trees[name]) if name in trees else form.package.blobs[name]) for name in form.package.order
    )
    return TaggedCopy(docx=zip_parts(parts), placed=tuple(kept), left=tuple(copy.left))


class _Copy:
    """The copy while it is made: each tag written once where it shows several labels' answers."""

    def __init__(
        self, form: Form, readers: Readers, proposals: Sequence[Proposal], fields: Mapping[int, str]
    ) -> None:
        self._form = form
        self._readers = readers
        self._proposals = proposals
        self._fields = fields
        self._tables = {table.where: table for table in tables_in(form.body)}
        self.lists = _lists(proposals, fields, readers)
        self._beside: dict[str, list[Proposal]] = defaultdict(list)
        for each in proposals:
            self._beside[_around(each)].append(each)
        self._shown: set[tuple[str, str]] = set()
        self.blocks: dict[str, list[Proposal]] = defaultdict(list)
        self.placed: list[Placed] = []
        self.left: list[Left] = []

    def put(self, proposal: Proposal) -> None:
        field = self._fields[id(proposal)]
        tag = tag_of(field, self._readers) if field else None
        words = self._words(proposal, tag, field) if tag else ""
        reason = self._reason(proposal, field, tag, words)
        if tag is None or reason:
            self._leave(proposal, reason)
            return
        if not self._write(proposal, tag, words):
            self._leave(proposal, "Its place could not be told from the words around it.")
            return
        self._shown.add((_around(proposal), words))
        if tag.several and not proposal.spot.repeats and _in_row(proposal):
            self.blocks[table_of(proposal.spot)].append(proposal)
        self.placed.append(Placed(label=proposal.label, where=proposal.spot.where, field=field, tag=words))

    def _words(self, proposal: Proposal, tag: FieldTag, field: str) -> str:
        """The tag that a label gets."""
        spot = proposal.spot
        lists = self.lists.get(spot.group, {})
        if _list_of(tag) and spot.repeats and not spot.role and len(lists) == 1:
            is_row = tag.part and not tag.part.partition(".")[0].endswith(f"_{PART}")
            return tag.part if tag.part and (is_row or lists[_list_of(tag)] > 1) else tag.item or tag.path
        if tag.keyed and any(other.startswith(f"{field}.") for other in self._fields.values()):
            return f"{tag.path}_{OTHER}"
        return wanted(tag.path, proposal, self._readers, dated=self._is_dated(proposal))

    def _signature_before(self, proposal: Proposal) -> Proposal | None:
        """The last signature that stands before a label, in the same line or table."""
        beside = self._beside[_around(proposal)]
        signed = (each for each in reversed(beside[: beside.index(proposal)]) if is_signed(each))
        return next(signed, None)

    def _is_dated(self, proposal: Proposal) -> bool:
        return any(BARE_DATE.match(each.label) for each in self._beside[_around(proposal)])

    def _reason(self, proposal: Proposal, field: str, tag: FieldTag | None, words: str) -> str:
        """Why a label gets no tag; "" where it gets one."""
        if not field:
            known = "Plans hold no such fact." if not proposal.ours else "Nothing we know is called this."
            return f"{known} It stays as it is, to be filled in by hand."
        if tag is None:
            staff = is_staff_only(field) and self._readers == "household"
            return (
                "Only staff may read this, so it has no place in a parents' document." if staff else "It has no tag."
            )
        if field == _PHOTO:
            return "A picture is put in by hand."
        if proposal.spot.role in ("row_key", "column_part"):
            return "It names a row or column of a grid."
        if is_by_hand(proposal, tag.path) or is_day_by_hand(proposal, tag.path, self._signature_before(proposal)):
            return BY_HAND
        if tag.several and not _in_row(proposal):
            return "There may be several of these: it needs a table row or a section of its own."
        if proposal.instance > 1 and not tag.several and not proposal.spot.repeats:
            return "The first of these says it."
        if (_around(proposal), words) in self._shown:
            return f"{{{{ {words} }}}} beside it says this too."
        return ""

    def _leave(self, proposal: Proposal, reason: str) -> None:
        self.left.append(Left(label=proposal.label, where=proposal.spot.where, reason=reason))

    def _write(self, proposal: Proposal, tag: FieldTag, words: str) -> bool:
        spot = proposal.spot
        table = self._tables.get(table_of(spot))
        if table is not None and tag.keyed and spot.role == "column_field":
            return self._by_key(table, proposal, tag) or self._write_at(spot, words)
        if table is not None and spot.role == "row_field" and is_signed(proposal):
            return write_signature(table, proposal, tag.path)
        choices = table is not None and spot.placement == "options" and spot.answer != spot.where
        if table is not None and choices and write_choice(table, spot.where, f"{{{{ {words} }}}}"):
            return True
        return self._write_at(spot, words)

    def _write_at(self, spot: Spot, words: str) -> bool:
        tag = f"{{{{ {words} }}}}"
        match spot.holder:
            case Cell() as cell:
                write_in_cell(cell, tag)
                return True
            case Line() as line if spot.placement == "below":
                write_below(line, tag)
                return True
            case Line() as line:
                return write_in_line(line, spot.label, tag)
        return False

    def _by_key(self, table: Table, proposal: Proposal, tag: FieldTag) -> bool:
        """Write what a list says of each row of a grid into that row, over all the columns that ask it."""
        group = [each for each in self._proposals if each.spot.group == proposal.spot.group]
        same = [each for each in group if self._path_of(each) == tag.path and each.spot.role == "column_field"]
        columns = [each.spot.holder.column for each in same if isinstance(each.spot.holder, Cell)]
        return write_by_key(table, columns, tag.path)

    def _path_of(self, proposal: Proposal) -> str:
        field = self._fields[id(proposal)]
        tag = tag_of(field, self._readers) if field else None
        return tag.path if tag else ""


def _lists(
    proposals: Sequence[Proposal], fields: Mapping[int, str], readers: Readers
) -> Mapping[str, Mapping[str, int]]:
    """Which lists each table row of the form would walk, and in how many columns."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for each in proposals:
        field = fields[id(each)]
        tag = tag_of(field, readers) if field else None
        if tag is not None and (_list_of(tag) or tag.several):
            found[each.spot.group]["" if tag.several else _list_of(tag)] += 1
    return found


def _list_of(tag: FieldTag) -> str:
    """The list that a tag's lines or rows are of; "" for none."""
    return (tag.item or tag.part).partition(".")[0].removesuffix(f"_{PART}")


def _in_row(proposal: Proposal) -> bool:
    return isinstance(proposal.spot.holder, Cell) or " r" in proposal.spot.where


def _around(proposal: Proposal) -> str:
    """What is read together: the table, with those in its cells, or the line that a label stands in."""
    where = proposal.spot.where
    return where.partition(" > ")[0].partition(" r")[0] if table_of(proposal.spot) else where
