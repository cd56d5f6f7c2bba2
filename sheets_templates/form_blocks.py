"""A tagged copy made tidy: one row for each list, one block for each outcome. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_templates.form_meaning import ordinal_of
from sheets_templates.form_nearby import Proposal
from sheets_templates.form_reading import Cell, Form, Table
from sheets_templates.form_rows import add_row, drop_rows_after, is_count, one_target, tables_in
from sheets_templates.form_writing import level_line, remove, write_number
from sheets_templates.part_tags import OTHER
from sheets_templates.record_tags import PART, Readers, record_view

_REPEATS = ("column", "below", "options", "matrix")


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A tag that stands in the copy, and the label whose answer it gives."""

    label: str
    where: str
    field: str
    tag: str


@dataclass(frozen=True, kw_only=True)
class Tidying:
    """``lists`` are the lists that each table row walks, and in how many columns."""

    form: Form
    readers: Readers
    proposals: Sequence[Proposal]
    placed: Sequence[Placed]
    lists: Mapping[str, Mapping[str, int]]

    def tidy(self, blocks: Mapping[str, Sequence[Proposal]]) -> list[Placed]:
        """One row for each list, and one block for each outcome: what is left empty for more of them
        goes. ``blocks`` are the labels of each table that stand once for each outcome; the tags that still stand."""
        for table in tables_in(self.form.body):
            self._one_row(table)
        return self._one_block(blocks)

    def _one_row(self, table: Table) -> None:
        cells = {
            each.spot.answer: each for each in self.proposals if each.spot.repeats and each.spot.placement in _REPEATS
        }
        tagged = {placed.where: placed.tag for placed in self.placed if "." in placed.tag}
        for row in table.rows:
            asked = [cell for cell in row if cell.where in cells]
            shown = {cell.where: tagged.get(cells[cell.where].spot.where, "") for cell in asked}
            if any(shown.values()) and any(cells[cell.where].spot.role == "" for cell in asked):
                self._count(row, cells)
                drop_rows_after(table, row)
                self._add_rest(row, shown)

    def _add_rest(self, row: Sequence[Cell], shown: Mapping[str, str]) -> None:
        """A wide row for the lines of a list that can't be told apart into its columns."""
        told = [cell for cell in row if f"_{PART}." in shown.get(cell.where, "")]
        if told:
            item = shown[told[0].where].partition(".")[0]
            lists = record_view(self.readers).lists
            whole = lists[item].removesuffix("_told")
            add_row(row, told[0], told[-1], f"{{{{ {whole}_{OTHER} }}}}")

    def _count(self, row: Sequence[Cell], cells: Mapping[str, Proposal]) -> None:
        """The number in front of a row that repeats for each outcome."""
        groups = {cells[cell.where].spot.group for cell in row if cell.where in cells}
        if any("" in self.lists.get(group, ()) for group in groups):
            for cell in row:
                if is_count(cell) and cell.where not in cells:
                    write_number(cell.lines[0], "{{ outcome.number }}")

    def _one_block(self, blocks: Mapping[str, Sequence[Proposal]]) -> list[Placed]:
        """Outcome 1, 2, 3 as one block under a line that repeats it for each outcome."""
        first: dict[tuple[str, ...], Table] = {}
        kept = list(self.placed)
        for table in [block for block in self.form.body if isinstance(block, Table)]:
            members = blocks.get(table.where, [])
            if len(members) < 2:
                continue
            kind = tuple(member.field for member in members)
            if kind in first:
                remove(table.element)
                kept = [each for each in kept if not each.where.startswith(f"{table.where} ")]
                continue
            first[kind] = table
            table.element.addprevious(level_line("Outcome {{ outcome.number }}"))
            for line in (line for member in members if ordinal_of(member.label) == 1 for line in member.spot.lines):
                write_number(line, "")
            self._one_column(table, members)
            table.element.addnext(level_line(""))
        return kept

    def _one_column(self, table: Table, members: Sequence[Proposal]) -> None:
        """Targets side by side: the first column is every target's, as its block repeats."""
        grid = next((each for each in members if each.spot.role == "row_field"), None)
        heads = grid.spot.cross.split("\n") if grid else []
        if grid and len(heads) > 1 and all(map(ordinal_of, heads)) and isinstance(grid.spot.holder, Cell):
            head = next((cell for row in table.rows for cell in row if cell.column == grid.spot.holder.column), None)
            if head is not None and head.lines:
                write_number(head.lines[0], "")
            one_target(table, grid.spot.holder)
