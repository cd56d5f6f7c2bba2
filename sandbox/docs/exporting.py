"""Google Docs in the formats Drive exports them to."""

from __future__ import annotations

from html import escape

from sandbox.docs import outline, page, plain
from sandbox.docs.backend import docs_state, open_document
from sandbox.docs.importing import DOCX, HTML, TEXT
from sandbox.state import Workspace

FORMATS = (DOCX, TEXT, HTML)


def export(workspace: Workspace, file_id: str, mime_type: str, *, title: str) -> bytes:
    """The document's bytes in one of ``FORMATS``; the same document gives the same bytes."""
    if mime_type == DOCX:
        return docs_state(workspace).documents[file_id].content
    if mime_type == TEXT:
        return plain.text(outline.body(open_document(workspace, file_id))).encode()
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{page.html(workspace, file_id)}</body></html>".encode()
