"""The labels of a form's tables: above lists, beside boxes, over boxes, in the box itself, around grids. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sheets_templates.form_cells import asks, has_gap, has_own_place, has_room, head, is_number, is_of_boxes, is_open
from sheets_templates.form_reading import Cell, Table
from sheets_templates.form_signing import BARE_DATE, speaks_of_signing
from sheets_templates.form_spots import Placement, Spot, spots_in_line
from sheets_templates.form_ticks import ticked_under
from sheets_templates.form_words import can_be_label, is_aside, label_text, options_of

_MOST_ROWS = 400


def spots_in_table(table: Table, said: tuple[str, ...]) -> Iterator[Spot]:
    """Every label of a table and of the tables in its cells, in reading order."""
    yield from _Walk(table, said).spots()


class _Walk:
    """Goes through one table from top to bottom; a cell that is a label's answer is not looked at again."""

    def __init__(self, table: Table, said: tuple[str, ...]) -> None:
        self._table = table
        self._said = said
        self._heading: tuple[str, ...] = ()
        self._answers: set[int] = set()
        self._part = 0
        self._boxes = is_of_boxes(table)

    def spots(self) -> Iterator[Spot]:
        for row in self._table.rows[:_MOST_ROWS]:
            open_cells = [cell for cell in row if id(cell) not in self._answers]
            texts = [cell for cell in open_cells if not cell.is_answer]
            if not texts:
                continue
            self._part += 1
            if len(texts) >= 2 and self._is_header(row, texts):
                yield from self._below_header(texts)
            else:
                yield from self._row(row, open_cells)

    def _context(self) -> tuple[str, ...]:
        return (*self._heading, *self._said)

    def _group(self) -> str:
        return f"{self._table.where} {self._part}"

    def _is_header(self, row: tuple[Cell, ...], texts: list[Cell]) -> bool:
        """Whether the cells of a row name the columns under them."""
        if any(cell.tables or (cell.high > 1 and len(texts) == 2) for cell in texts):
            return False
        blanks = [cell for cell in row if cell.is_answer and id(cell) not in self._answers]
        if any(cell.column > 1 for cell in blanks) or any(has_own_place(cell) for cell in texts):
            return False
        under = [self._under(cell) for cell in texts]
        open_under = sum(cell is not None and cell.is_answer for cell in under)
        first = under[0]
        keyed = texts[0].column == 1 and first is not None and not first.is_answer and not first.tables
        return open_under >= 1 and open_under + keyed + sum(is_number(c.text) for c in texts if c.column > 1) >= len(
            texts
        ) - (1 if len(texts) > 4 else 0)

    def _under(self, cell: Cell) -> Cell | None:
        under = self._table.below(cell)
        return under if under is not None and under.column == cell.column else None

    def _below_header(self, texts: list[Cell]) -> Iterator[Spot]:
        rows = self._rows_under(texts)
        keys = [self._table.at(number, 1) for number in rows]
        named = [key for key in keys if key is not None and key.column == 1 and not key.is_answer]
        starts_left = any(cell.column == 1 and cell.is_answer for cell in [self._table.at(rows[0], 1)] if cell)
        if named and not starts_left and not all(is_number(key.text) for key in named) and len(texts) >= 2:
            yield from self._grid(texts, named)
            return
        yield from self._list(texts, rows)

    def _rows_under(self, texts: list[Cell]) -> list[int]:
        """The rows that a header speaks of: those with an open cell under it."""
        start = texts[-1].row + texts[-1].high
        rows: list[int] = []
        for number in range(start, len(self._table.rows) + 1):
            under = [self._table.at(number, cell.column) for cell in texts]
            fits = [cell for top, cell in zip(texts, under, strict=True) if cell and cell.column == top.column]
            open_cells = sum(cell.is_answer for cell in fits)
            if len(fits) * 2 < len(texts) or open_cells == 0 or (rows and open_cells * 2 < len(fits)):
                break
            rows.append(number)
        return rows

    def _list(self, texts: list[Cell], rows: list[int]) -> Iterator[Spot]:
        listed = len(rows) > 1 or texts[0].row <= self._table.header_rows
        for number in rows:
            self._take(*(self._table.at(number, cell.column) for cell in self._table.rows[number - 1]))
        for cell in texts:
            under = self._under(cell)
            if is_number(cell.text) or under is None or not is_open(under) or not can_be_label(head(cell)):
                continue
            options = options_of(under.text)
            placement: Placement = "options" if options else "column" if listed else "below"
            yield self._spot(cell, under, placement, options=options, repeats=listed)
        if not listed:
            yield from (spot for cell in texts if self._under(cell) is None for spot in self._alone(cell))

    def _grid(self, texts: list[Cell], named: list[Cell]) -> Iterator[Spot]:
        corner = texts[0] if texts[0].column == 1 else None
        columns = [cell for cell in texts if cell is not corner and can_be_label(head(cell))]
        for key in named:
            self._take(key, *(self._table.at(key.row, cell.column) for cell in self._table.rows[key.row - 1]))
        if corner is not None and can_be_label(head(corner)):
            yield replace(self._spot(corner, corner, "matrix", repeats=True), role="column_part", cross="*")
        for cell in columns:
            under = self._table.at(named[0].row, cell.column)
            if under is not None:
                yield replace(self._spot(cell, under, "matrix", repeats=True), role="column_field")
        for key in named:
            beside = self._table.right_of(key)
            if beside is not None and beside.is_answer and can_be_label(head(key)):
                spot = self._spot(key, beside, "matrix", options=options_of(beside.text))
                yield replace(spot, role="row_field", cross="\n".join(label_text(c.text) for c in columns))

    def _row(self, row: tuple[Cell, ...], cells: list[Cell]) -> Iterator[Spot]:
        before = ""
        found: list[Spot] = []
        for cell in cells:
            if id(cell) in self._answers or cell.is_blank:
                continue
            for spot in self._cell(cell):
                found.append(replace(spot, before=spot.before or before))
                before = spot.label
        if not found:
            self._note_heading(row)
        yield from found

    def _note_heading(self, row: tuple[Cell, ...]) -> None:
        texts = [cell for cell in row if cell.text.strip()]
        if len(texts) == 1 and not is_aside(texts[0].text):
            self._heading = (label_text(texts[0].text),)

    def _cell(self, cell: Cell) -> Iterator[Spot]:
        if cell.tables:
            yield from self._with_tables(cell)
            return
        right, under = self._table.right_of(cell), self._under(cell)
        words = head(cell)
        ticks = ticked_under(self._table, cell)
        if ticks is not None and can_be_label(words):
            self._take(*ticks.cells)
            yield self._spot(cell, ticks.first, "options", options=ticks.options)
            return
        beside = right is not None and right.is_answer and right.row == cell.row and id(right) not in self._answers
        if right is not None and beside and can_be_label(words) and not has_gap(cell):
            yield from self._beside(cell, right)
            return
        own = list(self._own(cell))
        if own:
            yield from own
        elif under is not None and under.is_answer and can_be_label(words) and under.wide == cell.wide:
            self._take(under)
            options = options_of(under.text)
            yield self._spot(cell, under, "options" if options else "below", options=options)
        elif (
            under is not None
            and under.tables
            and can_be_label(words)
            and asks(cell, width=self._width(cell), boxed=self._boxes)
        ):
            yield self._spot(cell, under, "nested")
        else:
            yield from self._alone(cell)

    def _beside(self, cell: Cell, right: Cell) -> Iterator[Spot]:
        self._take(right)
        options = options_of(right.text)
        inner = [spot for line in right.lines for spot in spots_in_line(line, self._context())]
        inner = [spot for spot in inner if not options or spot.placement == "same"]
        yield self._spot(cell, right, "options" if options else "right", options=options)
        yield from (replace(spot, before=head(cell), group=self._group()) for spot in inner)

    def _own(self, cell: Cell) -> Iterator[Spot]:
        """The labels of a cell that holds their answers too."""
        lines = [line for line in cell.lines if not line.is_empty]
        spots = [spot for line in lines for spot in spots_in_line(line, self._context())]
        if spots:
            yield from (replace(spot, group=self._group()) for spot in spots)
        elif len(cell.lines) > 1 and has_room(cell) and can_be_label(head(cell)):
            options = options_of(cell.text)
            yield self._spot(cell, cell, "options" if options else "same", options=options)

    def _alone(self, cell: Cell) -> Iterator[Spot]:
        """A label with no place beside or under it: in its own box, where it is well known and not a heading."""
        signs = speaks_of_signing(head(cell)) or bool(BARE_DATE.match(head(cell)))
        over = self._table.below(cell)
        heads = over is not None and not over.is_answer and cell.wide < self._width(cell) and not signs
        heads = heads and not self._boxes
        if (
            can_be_label(head(cell))
            and not heads
            and (signs or asks(cell, width=self._width(cell), boxed=self._boxes))
        ):
            yield self._spot(cell, cell, "same", sure=False)

    def _width(self, cell: Cell) -> int:
        return sum(each.wide for each in self._table.rows[cell.row - 1])

    def _with_tables(self, cell: Cell) -> Iterator[Spot]:
        above = self._table.at(cell.row - 1, cell.column)
        over = (label_text(above.text),) if above is not None and above.text and above.row < cell.row else ()
        own = tuple(label_text(line.text) for line in cell.lines if not line.is_empty and can_be_label(line.text))
        for block in cell.blocks:
            if isinstance(block, Table):
                yield from spots_in_table(block, (*own, *over, *self._context()))
            else:
                yield from spots_in_line(block, self._context())

    def _take(self, *cells: Cell | None) -> None:
        self._answers.update(id(cell) for cell in cells if cell is not None)

    def _spot(
        self,
        cell: Cell,
        answer: Cell,
        placement: Placement,
        *,
        options: tuple[str, ...] = (),
        repeats: bool = False,
        sure: bool = True,
    ) -> Spot:
        return Spot(
            label=label_text(head(cell)),
            where=cell.where,
            answer=answer.where,
            placement=placement,
            holder=answer,
            options=options,
            repeats=repeats,
            group=self._group(),
            said=self._context(),
            sure_place=sure,
            lines=cell.lines,
        )
