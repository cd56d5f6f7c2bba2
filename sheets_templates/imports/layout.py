"""Where the tables and boxes of a tab are: header rows, group headings, titles, bars between rows, totals, keys."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sheets_templates.imports.columns import known, meanings_of
from sheets_templates.imports.grid import SourceCell, Tab
from sheets_templates.imports.moments import read_moment

RowKind = Literal["data", "bar", "total", "note", "heading"]
SURE = 0.72
_TOTAL = re.compile(
    r"^(?:sub[- ]?totals?|grand totals?|totals?|sum|average|avg|mean|count|number of|no\.? of|pupils on)\b",
    re.I,
)
_LEGEND = re.compile(r"\bkey\b|legend|\w\s*=\s*\w|^\w[^:]{0,20}:\s*\w\b.*,", re.I)
_CLASS = re.compile(r"^(?:class|form|tutor group|teaching group|base|room)\b[\s:–-]*(.*)$", re.I)
_YEAR = re.compile(r"^(?:year|yr|y)\s*\d{1,2}\b|^(?:reception|nursery|fs[12])\b", re.I)
_ANCHORS = frozenset({"outcomes.target", "outcomes.outcome", "provision.what", "pupils.last_name", "pupils.name"})


@dataclass(frozen=True, kw_only=True)
class TableArea:
    """A table of a tab: its header row, the headings above it, its last row (all from 0, inclusive)."""

    header: int
    last: int
    headings: Mapping[int, SourceCell]
    groups: Mapping[int, SourceCell]
    group_row: int | None = None


@dataclass
class Layout:
    tables: list[TableArea] = field(default_factory=list)

    def owner(self, row: int) -> TableArea | None:
        """The table that a row belongs to."""
        return next(
            (t for t in self.tables if (t.group_row if t.group_row is not None else t.header) <= row <= t.last), None
        )


def find_layout(tab: Tab) -> Layout:
    """Every table of a tab; what lies outside them is titles, boxes and notes."""
    numbers = sorted(tab.rows)
    headers = [row for row in numbers if _is_header(tab, row)]
    headers = [row for row in headers if row + 1 not in headers or _is_header_data(tab, row)]
    found = Layout()
    for place, row in enumerate(headers):
        stop = headers[place + 1] - 1 if place + 1 < len(headers) else max(numbers)
        group_row = _group_row(tab, row)
        headings = {c.column: c for c in _headings(tab, row)}
        found.tables.append(
            TableArea(
                header=row,
                last=_last(tab, row, stop),
                headings=headings,
                groups=_groups(tab, group_row, headings),
                group_row=group_row,
            )
        )
    return _without_overlap(found)


def _without_overlap(layout: Layout) -> Layout:
    """A table ends before the group headings of the next one."""
    for place, table in enumerate(layout.tables[:-1]):
        after = layout.tables[place + 1]
        begins = after.group_row if after.group_row is not None else after.header
        if table.last >= begins:
            layout.tables[place] = TableArea(**{**vars(table), "last": begins - 1})
    return layout


def _headings(tab: Tab, row: int) -> list[SourceCell]:
    """The heading cells of a row, with those that are merged down into it."""
    own = [
        cell for cell in tab.rows.get(row, ()) if tab.spans.get((cell.row, cell.column), (row, 0, row, 0))[2] >= row
    ]
    down = [
        cell
        for (top, left, bottom, right) in tab.merges
        if top < row <= bottom and left == right and (cell := tab.cells.get((top, left)))
    ]
    return sorted([*own, *down], key=lambda cell: cell.column)


def _is_header(tab: Tab, row: int) -> bool:
    """Whether most cells of a row are short known headings that stand side by side, one of them needed."""
    cells = _headings(tab, row)
    texts = [cell.text for cell in cells]
    if len(cells) < 2 or any(not isinstance(c.value, str) or len(t) > 60 for c, t in zip(cells, texts, strict=True)):
        return False
    if sum(not cell.fill for cell in cells) * 3 >= len(cells) and any(cell.fill for cell in cells):
        return False
    sure = [text for text in texts if known(text) >= SURE]
    anchored = any(meanings_of(text).get(key, 0) >= 0.9 for text in sure for key in _ANCHORS) or any(
        known(text) >= SURE and any(ch.isdigit() for ch in text) for text in sure
    )
    if len(sure) < 2 or len(sure) < 0.5 * len(texts) or (len(texts) > 3 and len(sure) < 3):
        return False
    pairs = _boxes(tab, cells)
    if pairs * 2 >= len(cells):
        return False
    return anchored or len(sure) >= 4


def _is_header_data(tab: Tab, row: int) -> bool:
    """Of two header-like rows one above the other, whether the upper one is a header with its own data."""
    upper, lower = (sum(known(cell.text) for cell in _headings(tab, each)) for each in (row, row + 1))
    return upper > 2 * lower


def _boxes(tab: Tab, cells: Sequence[SourceCell]) -> int:
    """How many labels of a row have something beside them that is no label, or an empty box."""
    boxes = 0
    for cell in cells:
        if known(cell.text, label=True) < SURE:
            continue
        beside = tab.at(cell.row, cell.column + tab.width(cell))
        filled = beside is not None and known(beside.text) < SURE
        alone = beside is None and len(cells) <= 3 and cell is not cells[-1]
        boxes += filled or alone
    return boxes


def _group_row(tab: Tab, header: int) -> int | None:
    """The row of headings above the header's own, where there is one."""
    above = header - 1
    cells = tab.rows.get(above, ())
    wide = any(tab.width(c) > 1 for c in cells)
    if not cells or any(not isinstance(c.value, str) or len(c.text) > 40 for c in cells):
        return None
    if len(cells) < 2 or not (wide or len(cells) < len(tab.rows.get(header, ()))):
        return None
    boxed = cells[0].column == min(c.column for c in _headings(tab, header))
    if boxed and known(cells[0].text, label=True) >= 0.9 and len(cells) == 2 and not wide:
        return None
    return above


def _groups(tab: Tab, row: int | None, headings: Mapping[int, SourceCell]) -> dict[int, SourceCell]:
    """The group heading over each column: merged, or reaching to the next one."""
    if row is None:
        return {}
    found: dict[int, SourceCell] = {}
    last: SourceCell | None = None
    for column in range(min(headings), max(headings) + 1):
        above = tab.at(row, column)
        inside = last is not None and tab.spans.get((last.row, last.column), (0, 0, 0, 10**6))[3] >= column
        last = above if above is not None and above.row == row else last if inside else None
        if last is not None and column in headings and headings[column].row != row:
            found[column] = last
    return found


def _last(tab: Tab, header: int, stop: int) -> int:
    """The last row of a table: it ends where boxes with labels begin after a gap or a bar."""
    last = header
    for row in range(header + 1, stop + 1):
        if row in tab.rows:
            if row - last > 1 and is_box_row(tab, row):
                return last
            last = row
    return last


def is_box_row(tab: Tab, row: int) -> bool:
    """Whether a row is a label with its box, not a row of a table."""
    cells = tab.rows[row]
    first = cells[0]
    if len(cells) > 4 or not isinstance(first.value, str):
        return False
    label, colon, _ = first.text.partition(":")
    return known(first.text, label=True) >= 0.85 or bool(colon and known(label, label=True) >= 0.85)


def kind_of(tab: Tab, table: TableArea, row: int, matters: Sequence[int]) -> RowKind:
    """What a row of a table is. ``matters`` are the columns that a row of data has something in."""
    cells = tab.rows[row]
    texts = [cell.text for cell in cells]
    if (
        len(cells) > 1
        and texts == [h.text for c, h in sorted(table.headings.items())][: len(texts)]
        and len(texts) > 2
    ):
        return "heading"
    held = [cell for cell in cells if cell.column in matters and not cell.formula]
    if any(_TOTAL.match(text) and len(text) < 40 for text in texts) and (
        len(cells) == 1 or any(c.formula for c in cells) or len(held) <= 1
    ):
        return "total"
    if cells and all(cell.formula or cell.column not in matters for cell in cells) and any(c.formula for c in cells):
        return "total"
    if len(cells) == 1:
        return _alone(tab, cells[0], matters)
    return "data" if held else "note"


def _alone(tab: Tab, cell: SourceCell, matters: Sequence[int]) -> RowKind:
    """A row with one cell: a bar over the next rows, a note, or a row of data with the rest left out."""
    if tab.width(cell) > 2 or _CLASS.match(cell.text) or (_YEAR.match(cell.text) and len(cell.text) < 30):
        return "bar"
    if cell.column in matters and len(cell.text) < 400 and cell.column != min(matters):
        return "data"
    shouted = cell.text.isupper() and "," not in cell.text
    if shouted and cell.column == min(matters):
        return "bar"
    if cell.column == min(matters) and len(cell.text.split()) <= 4 and not any(ch.isdigit() for ch in cell.text):
        return "data"
    return "note"


def class_of_bar(text: str) -> tuple[str, str, str]:
    """Class, teacher and year group that a bar names: ``Class 3 Ash – B Prototype``."""
    match = _CLASS.match(text)
    if match:
        group, _, teacher = (
            part.strip() for part in re.sub(r"\s+[–—-]\s+|\s*[(|:]\s*", "\0", match[1], count=1).partition("\0")
        )
        return group, teacher.strip(" )"), ""
    return ("", "", text) if _YEAR.match(text) and len(text) < 30 else ("", "", "")


def why_outside(tab: Tab, cell: SourceCell, *, first: bool) -> str:
    """What a cell outside tables and boxes is."""
    if cell.formula or _TOTAL.match(cell.text):
        return "total"
    if _LEGEND.search(cell.text) and len(cell.text) < 300:
        return "key to colours or letters"
    if first:
        return "title"
    short = len(cell.text) < 50 and (cell.text.isupper() or tab.width(cell) > 2 or bool(cell.fill))
    return "heading of a section" if short else "note or instruction"


def label_fill(tab: Tab) -> str:
    """The colour that most known labels of a tab have."""
    fills = Counter(c.fill for c in tab.cells.values() if c.fill and known(c.text, label=True) >= 0.9)
    return fills.most_common(1)[0][0] if fills and fills.most_common(1)[0][1] > 2 else ""


def is_dated(cell: SourceCell) -> bool:
    return read_moment(cell.value).day is not None
