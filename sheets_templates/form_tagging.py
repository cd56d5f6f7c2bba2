"""A tagged copy of a form: ``{{ tags }}`` in the places of its answers. The form itself is never changed. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_templates.document_package import xml_bytes, zip_parts
from sheets_templates.form_labels import find_labels
from sheets_templates.form_meaning import ordinal_of
from sheets_templates.form_nearby import Proposal, table_of
from sheets_templates.form_propose import propose
from sheets_templates.form_reading import Cell, Form, Line, Table, read_form
from sheets_templates.form_tags import FieldTag, is_staff_only, tag_of
from sheets_templates.form_tidying import drop_prompts, lines_of, tag_marks
from sheets_templates.form_writing import (
    accept_changes,
    level_line,
    remove,
    write_below,
    write_in_cell,
    write_in_line,
    write_number,
)
from sheets_templates.record_tags import Readers

Place = tuple[str, int]
"""A label's address and its number among the labels there."""

_PHOTO = "one_page_profile.photo"
_REPEATS = ("column", "below", "options", "matrix")


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A tag that stands in the copy, and the label whose answer it gives."""

    label: str
    where: str
    field: str
    tag: str


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
    copy = _Copy(form, readers, _lists(proposals, fields, readers))
    for proposal in proposals:
        copy.put(proposal, fields[id(proposal)])
    copy.tidy(proposals)
    trees = form.package.trees
    for name in form.package.named("document.main", "header", "footer"):
        accept_changes(trees[name])
        tag_marks(trees[name])
        drop_prompts(lines_of((*form.body, *(block for margin in form.margins for block in margin))), trees[name])
    parts = (
        (name, xml_bytes(trees[name]) if name in trees else form.package.blobs[name]) for name in form.package.order
    )
    return TaggedCopy(docx=zip_parts(parts), placed=tuple(copy.placed), left=tuple(copy.left))


class _Copy:
    """The copy while it is made: each tag written once where it shows several labels' answers."""

    def __init__(self, form: Form, readers: Readers, lists: Mapping[str, frozenset[str]]) -> None:
        self._form = form
        self._readers = readers
        self._lists = lists
        self._shown: set[tuple[str, str]] = set()
        self._blocks: dict[str, list[Proposal]] = defaultdict(list)
        self.placed: list[Placed] = []
        self.left: list[Left] = []

    def put(self, proposal: Proposal, field: str) -> None:
        tag = tag_of(field, self._readers) if field else None
        reason = self._reason(proposal, field, tag)
        if tag is None or reason:
            self._leave(proposal, reason)
            return
        words = tag.item if self._is_only_list(proposal, tag) else tag.path
        if not self._write(proposal, f"{{{{ {words} }}}}"):
            self._leave(proposal, "Its place could not be told from the words around it.")
            return
        self._shown.add((_around(proposal), tag.path))
        if tag.several and not proposal.spot.repeats and _in_row(proposal):
            self._blocks[table_of(proposal.spot)].append(proposal)
        self.placed.append(Placed(label=proposal.label, where=proposal.spot.where, field=field, tag=words))

    def _reason(self, proposal: Proposal, field: str, tag: FieldTag | None) -> str:
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
        if tag.several and not _in_row(proposal):
            return "There may be several of these: it needs a table row or a section of its own."
        if proposal.instance > 1 and not tag.several and not proposal.spot.repeats:
            return "The first of these says it."
        if (_around(proposal), tag.path) in self._shown:
            return f"{{{{ {tag.path} }}}} beside it says this too."
        return ""

    def _is_only_list(self, proposal: Proposal, tag: FieldTag) -> bool:
        """Whether a row may repeat for each line of this field: it lists nothing else."""
        spot = proposal.spot
        return bool(tag.item) and spot.repeats and not spot.role and len(self._lists.get(spot.group, ())) == 1

    def _leave(self, proposal: Proposal, reason: str) -> None:
        self.left.append(Left(label=proposal.label, where=proposal.spot.where, reason=reason))

    def _write(self, proposal: Proposal, words: str) -> bool:
        spot = proposal.spot
        match spot.holder:
            case Cell() as cell:
                write_in_cell(cell, words)
                return True
            case Line() as line if spot.placement == "below":
                write_below(line, words)
                return True
            case Line() as line:
                return write_in_line(line, spot.label, words)
        return False

    def tidy(self, proposals: Sequence[Proposal]) -> None:
        """One row for each list, and one block for each outcome: what is left empty for more of them goes."""
        for table in _tables(self._form.body):
            self._one_row(table, proposals)
        self._one_block()

    def _one_row(self, table: Table, proposals: Sequence[Proposal]) -> None:
        cells = {
            each.spot.answer: each for each in proposals if each.spot.repeats and each.spot.placement in _REPEATS
        }
        tagged = {placed.where for placed in self.placed if "." in placed.tag}
        rows = [
            row
            for row in table.rows
            if any(cell.where in cells and cells[cell.where].spot.where in tagged for cell in row)
            and any(cells[cell.where].spot.role == "" for cell in row if cell.where in cells)
        ]
        for row in rows:
            self._count(row, cells)
            for other in table.rows[row[0].row :]:
                if not other or not all(cell.is_answer or _is_count(cell) for cell in other):
                    break
                row_element = other[0].element.getparent()
                if row_element is not None:
                    remove(row_element)

    def _count(self, row: Sequence[Cell], cells: Mapping[str, Proposal]) -> None:
        """The number in front of a row that repeats for each outcome."""
        groups = {cells[cell.where].spot.group for cell in row if cell.where in cells}
        if any("" in self._lists.get(group, ()) for group in groups):
            for cell in row:
                if _is_count(cell) and cell.where not in cells:
                    write_number(cell.lines[0], "{{ outcome.number }}")

    def _one_block(self) -> None:
        """Outcome 1, 2, 3 as one block under a line that repeats it for each outcome."""
        first: dict[tuple[str, ...], Table] = {}
        for table in [block for block in self._form.body if isinstance(block, Table)]:
            members = self._blocks.get(table.where, [])
            if len(members) < 2:
                continue
            kind = tuple(member.field for member in members)
            if kind in first:
                remove(table.element)
                self.placed = [each for each in self.placed if not each.where.startswith(f"{table.where} ")]
                continue
            first[kind] = table
            table.element.addprevious(level_line("Outcome {{ outcome.number }}"))
            for line in (line for member in members if ordinal_of(member.label) == 1 for line in member.spot.lines):
                write_number(line, "")
            table.element.addnext(level_line(""))


def _lists(
    proposals: Sequence[Proposal], fields: Mapping[int, str], readers: Readers
) -> Mapping[str, frozenset[str]]:
    """Which lists each table row of the form would walk."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in proposals:
        field = fields[id(each)]
        tag = tag_of(field, readers) if field else None
        if tag is not None and (tag.item or tag.several):
            found[each.spot.group].add("" if tag.several else tag.item)
    return {group: frozenset(items) for group, items in found.items()}


def _is_count(cell: Cell) -> bool:
    return cell.text.strip(" .)").isdigit()


def _in_row(proposal: Proposal) -> bool:
    return isinstance(proposal.spot.holder, Cell) or " r" in proposal.spot.where


def _around(proposal: Proposal) -> str:
    """What is read together: the table, with those in its cells, or the line that a label stands in."""
    where = proposal.spot.where
    return where.partition(" > ")[0].partition(" r")[0] if table_of(proposal.spot) else where


def _tables(blocks: Sequence[Line | Table]) -> list[Table]:
    found: list[Table] = []
    for block in blocks:
        if isinstance(block, Table):
            found.append(block)
            for row in block.rows:
                for cell in row:
                    found += _tables(cell.blocks)
    return found
