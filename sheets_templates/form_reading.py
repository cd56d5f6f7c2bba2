"""A form as it lies on the page: its paragraphs and tables, each with an address. Pure.

``paragraph 14`` is the 14th paragraph outside of tables; ``table 2 r3c1`` a cell by its row and grid column;
``table 1 r5c1 > table 1 r1c2`` a cell of a table inside a cell; `` p2`` the second paragraph of a cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from sheets_templates.document_package import Package, open_package
from sheets_templates.document_problem import TemplateProblem, TemplateRefused
from sheets_templates.document_styles import Styles, W, read_styles
from sheets_templates.form_grid import columns_of, height_of, inside
from sheets_templates.form_text import alias_of, is_on, pieces, says
from sheets_templates.form_words import BOX, GAP, gaps, is_blank, is_options

Element = etree._Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MOST_ELEMENTS = 50_000
_DEEPEST = 4


@dataclass(frozen=True, kw_only=True, eq=False)
class Line:
    """One paragraph. ``text`` as a reader sees it: tabs and line breaks kept, deletions and hidden words gone, a
    content control as a GAP unless somebody has filled it in."""

    element: Element
    text: str
    where: str
    strong: bool = False
    slanted: bool = False
    level: int | None = None
    boxed: bool = False
    alias: str = ""

    @property
    def is_blank(self) -> bool:
        return is_blank(self.text)

    @property
    def is_empty(self) -> bool:
        return not self.text.replace(GAP, "").strip()


@dataclass(frozen=True, kw_only=True, eq=False)
class Cell:
    """One cell of a table by its grid: ``row`` and ``column`` count from 1, merged cells from their top left."""

    element: Element
    row: int
    column: int
    wide: int
    high: int
    where: str
    fill: str
    blocks: tuple[Line | Table, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Line))

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines if not line.is_empty)

    @property
    def is_blank(self) -> bool:
        return not self.tables and is_blank(self.text)

    @property
    def is_answer(self) -> bool:
        """Whether an answer goes here: blank, or boxes to tick without a question of their own."""
        head = gaps(self.text).partition(BOX)[0]
        asks = any(mark in head for mark in ":?\n")
        return self.is_blank or (not self.tables and is_options(self.text) and not asks)


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    element: Element
    where: str
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    places: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place of the grid; None outside of it."""
        return self.places.get((row, column))

    def right_of(self, cell: Cell) -> Cell | None:
        return self.at(cell.row, cell.column + cell.wide)

    def below(self, cell: Cell) -> Cell | None:
        return self.at(cell.row + cell.high, cell.column)


Block = Line | Table


@dataclass(frozen=True, kw_only=True, eq=False)
class Form:
    package: Package
    body: tuple[Block, ...]
    margins: tuple[tuple[Block, ...], ...]
    """What stands in each header and footer."""


def read_form(docx: bytes) -> Form:
    """The form in a .docx. Raises TemplateRefused, with the reason, for a file that is unsafe or far too long."""
    package = open_package(docx)
    styles = read_styles(next((package.trees[n] for n in package.named("styles") if n in package.trees), None))
    main = package.named("document.main")[0]
    root = package.trees[main]
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        message = "This is far longer than a form needs to be. Keep the pages that are filled in, and try again."
        raise TemplateRefused([TemplateProblem("the file", message)])
    body = root.find(f"{W}body")
    margins = tuple(tuple(_blocks(package.trees[part], styles, f"{name} ")) for name, part in _margins(package, main))
    return Form(package=package, body=() if body is None else tuple(_blocks(body, styles, "")), margins=margins)


def _margins(package: Package, main: str) -> Iterator[tuple[str, str]]:
    """Each header and footer, named by kind and section."""
    folder, _, file = main.rpartition("/")
    rels = package.trees.get(f"{folder}/_rels/{file}.rels")
    targets = {} if rels is None else {link.get("Id"): f"{folder}/{link.get('Target', '')}" for link in rels}
    seen: set[str] = set()
    for number, section in enumerate(package.trees[main].iter(f"{W}sectPr"), 1):
        for kind in ("header", "footer"):
            for reference in section.iterchildren(f"{W}{kind}Reference"):
                part = targets.get(reference.get(f"{_R}id"), "").replace("//", "/")
                if part in package.trees and part not in seen:
                    seen.add(part)
                    yield f"{kind} {number}", part


def _blocks(container: Element, styles: Styles, prefix: str, *, depth: int = 0) -> Iterator[Block]:
    lines = tables = 0
    for element, control in _unwrapped(container):
        if element.tag == f"{W}p":
            lines += 1
            yield _line(element, styles, f"{prefix}paragraph {lines}", control)
        elif depth < _DEEPEST:
            tables += 1
            yield _table(element, styles, f"{prefix}table {tables}", depth)


def _unwrapped(container: Element, control: Element | None = None) -> Iterator[tuple[Element, Element | None]]:
    """Paragraphs and tables in order, those inside content controls with their control."""
    for child in container.iterchildren(f"{W}p", f"{W}tbl", f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child, control
        else:
            yield from _unwrapped(child, child if child.tag == f"{W}sdt" else control)


def _line(paragraph: Element, styles: Styles, where: str, control: Element | None) -> Line:
    runs = [run for run in paragraph.iter(f"{W}r") if says(run)]
    text = "".join(pieces(paragraph))
    if control is not None and control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
        text = GAP
    return Line(
        element=paragraph,
        text=text,
        where=where,
        strong=bool(runs) and sum(is_on(run, "b") for run in runs) * 2 >= len(runs),
        slanted=bool(runs) and all(is_on(run, "i") for run in runs),
        level=styles.level(paragraph),
        boxed=control is not None or paragraph.find(f"{W}pPr/{W}pBdr") is not None,
        alias=alias_of(paragraph, control),
    )


def _table(table: Element, styles: Styles, where: str, depth: int) -> Table:
    rows = list(inside(table, f"{W}tr"))
    places: dict[tuple[int, int], Cell] = {}
    made = tuple(tuple(_row(row, rows, number, where, styles, depth)) for number, row in enumerate(rows, 1))
    for cell in (cell for row in made for cell in row):
        for r in range(cell.row, cell.row + cell.high):
            places.update({(r, column): cell for column in range(cell.column, cell.column + cell.wide)})
    headers = 0
    while headers < len(rows) and rows[headers].find(f"{W}trPr/{W}tblHeader") is not None:
        headers += 1
    return Table(element=table, where=where, rows=made, header_rows=headers, places=places)


def _row(
    row: Element, rows: Sequence[Element], number: int, where: str, styles: Styles, depth: int
) -> Iterator[Cell]:
    for cell, column, wide in columns_of(row):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if merge is not None and merge.get(f"{W}val") != "restart":
            continue
        shade = cell.find(f"{W}tcPr/{W}shd")
        place = f"{where} r{number}c{column}"
        yield Cell(
            element=cell,
            row=number,
            column=column,
            wide=wide,
            high=1 if merge is None else height_of(rows[number:], column),
            where=place,
            fill="" if shade is None else shade.get(f"{W}fill", ""),
            blocks=tuple(_cell_blocks(cell, styles, place, depth)),
        )


def _cell_blocks(cell: Element, styles: Styles, where: str, depth: int) -> Iterator[Block]:
    lines = 0
    for block in _blocks(cell, styles, f"{where} > ", depth=depth + 1):
        if isinstance(block, Line):
            lines += 1
            suffix = "" if lines == 1 else f" p{lines}"
            block = Line(**{**vars(block), "where": f"{where}{suffix}"})
        yield block
