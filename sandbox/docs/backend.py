"""Google Docs' own state: each document as the .docx it came from or would be exported to."""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime

import docx
from docx.document import Document as DocxDocument

from sandbox.docs import package, setup
from sandbox.docs.edit import Edit
from sandbox.docs.named_ranges import NamedRange
from sandbox.state import Workspace

_NO_DATE = datetime(2000, 1, 1)


@dataclass
class Doc:
    """One document: its content as a normalised .docx, how often it changed, and its named ranges by id."""

    content: bytes
    revision: int = 1
    named_ranges: dict[str, NamedRange] = field(default_factory=dict)


@dataclass
class DocsState:
    """Every document of the workspace, by Drive file id."""

    documents: dict[str, Doc] = field(default_factory=dict)


def docs_state(workspace: Workspace) -> DocsState:
    """The workspace's Docs, made on first use."""
    return workspace.service("docs", DocsState)


def create_document(workspace: Workspace, file_id: str, title: str) -> None:
    """An empty document for a Drive file that has just been made. The title is the file's name."""
    blank = docx.Document()
    setup.google_page(blank)
    blank.core_properties.title = title[:255]
    docs_state(workspace).documents[file_id] = Doc(content=to_bytes(blank))


def copy_document(workspace: Workspace, source_id: str, file_id: str) -> None:
    """The source's content under another id."""
    state = docs_state(workspace)
    source = state.documents[source_id]
    state.documents[file_id] = Doc(content=source.content, named_ranges=deepcopy(source.named_ranges))


def replace_document(workspace: Workspace, file_id: str, content: bytes) -> None:
    """Put a whole new content (a checked .docx) in place of whatever was there."""
    state = docs_state(workspace)
    known = state.documents.get(file_id)
    state.documents[file_id] = Doc(content=content, revision=known.revision + 1 if known else 1)


def save_edit(workspace: Workspace, file_id: str, edit: Edit) -> None:
    """Keep an edited document with the named ranges as the edits moved them."""
    replace_document(workspace, file_id, to_bytes(edit.document))
    docs_state(workspace).documents[file_id].named_ranges = edit.ranges


def delete_document(workspace: Workspace, file_id: str) -> None:
    """Forget the content of a file that is gone."""
    docs_state(workspace).documents.pop(file_id, None)


def open_document(workspace: Workspace, file_id: str) -> DocxDocument:
    """A parsed copy of the content; changes to it count only once ``replace_document`` is given them."""
    return docx.Document(io.BytesIO(docs_state(workspace).documents[file_id].content))


def to_bytes(document: DocxDocument) -> bytes:
    """A document as a .docx that is the same for the same content, whenever it is written."""
    document.core_properties.created = _NO_DATE
    document.core_properties.modified = _NO_DATE
    out = io.BytesIO()
    document.save(out)
    return package.normalised(out.getvalue())
