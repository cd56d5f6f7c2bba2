"""A laid-out document as the Docs API writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from sandbox.docs import (
    footnotes,
    headings,
    inline,
    lists,
    looks,
    margins,
    paragraph_looks,
    pieces,
    sections,
    setup,
    table_grid,
    table_looks,
    tree,
)
from sandbox.docs.margins import Margin
from sandbox.docs.pieces import Piece, units
from sandbox.docs.tree import Block, Cell, Paragraph, Segment, Table

_BREAKS = {"page": "pageBreak", "column": "columnBreak", "rule": "horizontalRule"}
_EMPTY: dict[str, Any] = {"namedStyleType": "NORMAL_TEXT", "direction": "LEFT_TO_RIGHT"}


class Writer:
    """Writes one document; ``lists`` and ``objects`` gather what its paragraphs refer to."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.styles = tree.style_names(document)
        self.lists: dict[str, Any] = {}
        self.objects: dict[str, Any] = {}
        self.edges: list[Margin] = []
        self.numbers: dict[str, int] = {}

    def resource(self) -> dict[str, Any]:
        """Everything a tab holds: body, headers, footers, footnotes, styles, lists, inline objects."""
        body, edges = tree.body(self.document), margins.of(self.document)
        notes = footnotes.of(self.document)
        self.edges, self.numbers = edges, {number: at for at, number in enumerate(notes, 1)}
        opening = {"endIndex": 1, "sectionBreak": {"sectionStyle": sections.style(self.document, 0, edges)}}
        found: dict[str, Any] = {"body": {"content": [opening, *self._blocks(body.blocks)]}}
        for edge in edges:
            held = found.setdefault(f"{edge.kind}s", {})
            held[edge.segment.id] = {f"{edge.kind}Id": edge.segment.id, "content": self._blocks(edge.segment.blocks)}
        if notes:
            found["footnotes"] = {note.id: self._footnote(note) for note in notes.values()}
        found["documentStyle"] = setup.document_style(self.document, edges)
        found["namedStyles"] = setup.named_styles()
        extra = {"lists": self.lists, "inlineObjects": self.objects}
        return found | {name: held for name, held in extra.items() if held}

    def _footnote(self, note: Segment) -> dict[str, Any]:
        return {"footnoteId": note.id, "content": self._blocks(note.blocks)}

    def _blocks(self, blocks: Sequence[Block]) -> list[dict[str, Any]]:
        return [self._block(one) for one in blocks]

    def _block(self, block: Block) -> dict[str, Any]:
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        style = sections.style(self.document, block.number, self.edges)
        return _at(block.start, block.end, sectionBreak={"sectionStyle": style})

    def _paragraph(self, paragraph: Paragraph) -> dict[str, Any]:
        style_name = tree.style_of(paragraph.p, self.styles)
        named = _named(style_name)
        heading = headings.id_of(paragraph.p, paragraph.start) if named != "NORMAL_TEXT" else ""
        style = paragraph_looks.style(paragraph.p, named, heading)
        made: dict[str, Any] = {"elements": list(self._elements(paragraph)), "paragraphStyle": style}
        list_id, kind, level = lists.bullet_of(paragraph.p, self.document, style_name)
        if list_id:
            self.lists.setdefault(list_id, lists.properties(kind))
            made["paragraphStyle"] = lists.indents(level) | style
            style_of_end = looks.text_style(pieces.mark(paragraph.p))
            depth = {"nestingLevel": level} if level else {}
            made["bullet"] = {"listId": list_id, **depth, "textStyle": {"underline": False} | style_of_end}
        return _at(paragraph.start, paragraph.end, paragraph=made)

    def _elements(self, paragraph: Paragraph) -> Iterator[dict[str, Any]]:
        """Neighbouring text in one style is one run; the paragraph's newline is text with a style as well."""
        at, held = paragraph.start, ""
        style: dict[str, Any] = {}
        newline = Piece(text="\n", rpr=pieces.mark(paragraph.p))
        for piece in (*paragraph.pieces, newline):
            own = looks.text_style(piece.rpr, piece.link)
            if held and (piece.kind != "text" or own != style) and piece.length:
                yield _at(at, at := at + units(held), textRun={"content": held, "textStyle": style})
                held = ""
            if piece.kind == "text":
                held, style = held + piece.text, own
            elif piece.length:
                yield _at(at, at := at + 1, **self._thing(piece, own))
        yield _at(at, paragraph.end, textRun={"content": held, "textStyle": style})

    def _thing(self, piece: Piece, style: dict[str, Any]) -> dict[str, Any]:
        if piece.kind in _BREAKS:
            return {_BREAKS[piece.kind]: {"textStyle": style}}
        if piece.kind == "footnote":
            number = str(piece.element.get(qn("w:id"), "1"))
            at = str(self.numbers.get(number, number))
            reference = {
                "footnoteId": footnotes.segment_id(number),
                "footnoteNumber": at,
                "textStyle": _unraised(style),
            }
            return {"footnoteReference": reference}
        made = inline.resource(piece.element)
        self.objects.setdefault(made["objectId"], made)
        return {"inlineObjectElement": {"inlineObjectId": made["objectId"], "textStyle": style}}

    def _table(self, table: Table) -> dict[str, Any]:
        made = {
            "rows": len(table.rows),
            "columns": table_grid.width(table),
            "tableRows": [self._row(table, number) for number in range(len(table.rows))],
            "tableStyle": {"tableColumnProperties": table_looks.columns(table)},
        }
        return _at(table.start, table.end, table=made)

    def _row(self, table: Table, number: int) -> dict[str, Any]:
        row = table.rows[number]
        cells = [
            self._cell(cell, table_grid.row_span(table, number, column)) for column, cell in enumerate(row.cells)
        ]
        return _at(row.start, row.end, tableCells=cells, tableRowStyle=table_looks.row_style(row.tr))

    def _cell(self, cell: Cell, rows: int) -> dict[str, Any]:
        content = self._blocks(cell.blocks) if cell.tc is not None else [_covered(cell)]
        return _at(cell.start, cell.end, content=content, tableCellStyle=table_looks.cell_style(cell.tc, rows))


def _named(style: str) -> str:
    """Google's name for a built-in style."""
    if style.startswith("Heading ") and style[8:] in ("1", "2", "3", "4", "5", "6"):
        return f"HEADING_{style[8:]}"
    return {"Title": "TITLE", "Subtitle": "SUBTITLE"}.get(style, "NORMAL_TEXT")


def _unraised(style: dict[str, Any]) -> dict[str, Any]:
    """A footnote's number stands high by itself."""
    return {name: value for name, value in style.items() if name != "baselineOffset"}


def _covered(cell: Cell) -> dict[str, Any]:
    """The empty paragraph of a cell that a merged one covers."""
    run = _at(cell.start + 1, cell.end, textRun={"content": "\n", "textStyle": {}})
    return _at(cell.start + 1, cell.end, paragraph={"elements": [run], "paragraphStyle": dict(_EMPTY)})


def _at(start: int, end: int, **held: Any) -> dict[str, Any]:
    """Something between two indexes; a start of 0 is left out, as Google leaves it."""
    return {**({"startIndex": start} if start else {}), "endIndex": end, **held}
