"""Small .docx files for tests: made by python-docx, or taken apart and put together by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument


def doc_of(*blocks: tuple[str, str] | list[list[str]]) -> bytes:
    """A document of (style, text) paragraphs and tables given as rows of texts."""
    document = Document()
    for block in blocks:
        if isinstance(block, tuple):
            document.add_paragraph(block[1], style=block[0])
        else:
            _table(document, block)
    return saved(document)


def _table(document: DocxDocument, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def saved(document: DocxDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def parts_of(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(parts: Mapping[str, bytes], **options: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as file:
        for name, blob in parts.items():
            file.writestr(name, blob)
    return out.getvalue()


def with_part(docx: bytes, name: str, change: Any) -> bytes:
    """The document with one part put through ``change``, or added when it is bytes."""
    parts = parts_of(docx)
    parts[name] = change if isinstance(change, bytes) else change(parts[name].decode()).encode()
    return zipped(parts)


def lines_of(docx: bytes) -> list[str]:
    """Every paragraph and table row in reading order; cells are separated by " | "."""
    lines: list[str] = []
    for block in Document(io.BytesIO(docx)).iter_inner_content():
        if hasattr(block, "rows"):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return lines
