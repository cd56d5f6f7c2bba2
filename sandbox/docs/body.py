"""A document's body as the Docs API lays it out: paragraphs, runs and tables on one line of UTF-16 indexes."""

from __future__ import annotations

from typing import Any

from sandbox.docs.outline import Block, Paragraph, Run, Table

LISTS: dict[str, Any] = {
    "kix.ul": {"listProperties": {"nestingLevels": [{"glyphSymbol": "●", "glyphFormat": "%0"}]}},
    "kix.ol": {"listProperties": {"nestingLevels": [{"glyphType": "DECIMAL", "glyphFormat": "%0."}]}},
}


def content(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """The body's structural elements; it begins with a section break and ends with a paragraph."""
    if not blocks or isinstance(blocks[-1], Table):
        blocks = (*blocks, Paragraph())
    opening = {"endIndex": 1, "sectionBreak": {"sectionStyle": {"contentDirection": "LEFT_TO_RIGHT"}}}
    return [opening, *_blocks(blocks, 1)]


def units(text: str) -> int:
    """How long a text is in UTF-16 code units, which Docs counts in."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _blocks(blocks: tuple[Block, ...], start: int) -> list[dict[str, Any]]:
    found = []
    for block in blocks:
        made = _table(block, start) if isinstance(block, Table) else _paragraph(block, start)
        found.append(made)
        start = made["endIndex"]
    return found


def _paragraph(paragraph: Paragraph, start: int) -> dict[str, Any]:
    elements, at = [], start
    for run in _ended(paragraph.runs):
        end = at + units(run.text)
        style = {"bold": run.bold, "italic": run.italic, "link": {"url": run.link} if run.link else None}
        text_run = {"content": run.text, "textStyle": {key: value for key, value in style.items() if value}}
        elements.append({"startIndex": at, "endIndex": end, "textRun": text_run})
        at = end
    made: dict[str, Any] = {
        "elements": elements,
        "paragraphStyle": {"namedStyleType": _style(paragraph), "direction": "LEFT_TO_RIGHT"},
    }
    if paragraph.bullet:
        made["bullet"] = {"listId": f"kix.{paragraph.bullet}", "textStyle": {}}
        if paragraph.level:
            made["bullet"]["nestingLevel"] = paragraph.level
    return {"startIndex": start, "endIndex": at, "paragraph": made}


def _ended(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with the newline that ends every paragraph."""
    if not runs or runs[-1].link:
        return (*runs, Run(text="\n"))
    last = runs[-1]
    return (*runs[:-1], Run(text=last.text + "\n", bold=last.bold, italic=last.italic))


def _style(paragraph: Paragraph) -> str:
    if paragraph.title:
        return "TITLE"
    return f"HEADING_{paragraph.heading}" if paragraph.heading else "NORMAL_TEXT"


def _table(table: Table, start: int) -> dict[str, Any]:
    """A table takes one index to begin and one to end, as do, at their beginnings, each row and each cell."""
    rows, at = [], start + 1
    for row in table.rows:
        made = _row(row, at)
        rows.append(made)
        at = made["endIndex"]
    width = max((len(row) for row in table.rows), default=0)
    return {
        "startIndex": start,
        "endIndex": at + 1,
        "table": {"rows": len(rows), "columns": width, "tableRows": rows, "tableStyle": {}},
    }


def _row(row: tuple[tuple[Block, ...], ...], start: int) -> dict[str, Any]:
    cells, at = [], start + 1
    for blocks in row:
        inside = _blocks(blocks or (Paragraph(),), at + 1)
        end = inside[-1]["endIndex"]
        cells.append({"startIndex": at, "endIndex": end, "content": inside, "tableCellStyle": {}})
        at = end
    return {"startIndex": start, "endIndex": at, "tableCells": cells, "tableRowStyle": {}}
