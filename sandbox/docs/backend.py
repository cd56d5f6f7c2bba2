"""Google Docs' own state: each document as the .docx it came from or would be exported to."""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime

import docx
from docx.document import Document as DocxDocument

from sandbox.docs import package, setup
from sandbox.docs.named_ranges import NamedRange
from sandbox.docs.tabs import Tab, Tabs
from sandbox.state import Workspace

_NO_DATE = datetime(2000, 1, 1)


@dataclass(kw_only=True)
class StoredTab:
    """One tab: its properties, its content as a normalised .docx, and its named ranges by id."""

    tab: Tab
    content: bytes
    named_ranges: dict[str, NamedRange] = field(default_factory=dict)

    def open(self) -> DocxDocument:
        """A parsed copy of the content."""
        return docx.Document(io.BytesIO(self.content))


@dataclass
class Doc:
    """One document: its first tab's content as a normalised .docx, how often it changed, its named ranges by id, and
    its other tabs, each parent before its children."""

    content: bytes
    revision: int = 1
    named_ranges: dict[str, NamedRange] = field(default_factory=dict)
    tab: Tab = field(default_factory=Tab)
    others: list[StoredTab] = field(default_factory=list)

    def tabs(self) -> list[StoredTab]:
        """Every tab with its content, the first one first."""
        return [StoredTab(tab=self.tab, content=self.content, named_ranges=self.named_ranges), *self.others]


@dataclass
class DocsState:
    """Every document of the workspace, by Drive file id."""

    documents: dict[str, Doc] = field(default_factory=dict)


def docs_state(workspace: Workspace) -> DocsState:
    """The workspace's Docs, made on first use."""
    return workspace.service("docs", DocsState)


def create_document(workspace: Workspace, file_id: str, title: str, *, locale: str) -> None:
    """An empty document for a Drive file that has just been made. The title is the file's name, the paper what its
    maker's country writes on."""
    blank = blank_document(locale)
    blank.core_properties.title = title[:255]
    docs_state(workspace).documents[file_id] = Doc(content=to_bytes(blank))


def blank_document(locale: str) -> DocxDocument:
    """A document with Google's page and nothing on it."""
    blank = docx.Document()
    setup.google_page(blank, locale)
    return blank


def copy_document(workspace: Workspace, source_id: str, file_id: str) -> None:
    """The source's content under another id."""
    state = docs_state(workspace)
    source = state.documents[source_id]
    state.documents[file_id] = replace(deepcopy(source), revision=1)


def replace_document(workspace: Workspace, file_id: str, content: bytes) -> None:
    """Put a whole new content (a checked .docx) in place of whatever was there."""
    state = docs_state(workspace)
    known = state.documents.get(file_id)
    state.documents[file_id] = Doc(content=content, revision=known.revision + 1 if known else 1)


def save_edit(workspace: Workspace, file_id: str, edited: Tabs) -> None:
    """Keep an edited document with its tabs and the named ranges as the edits moved them."""
    first, *others = (
        StoredTab(tab=one.tab, content=to_bytes(one.edit.document), named_ranges=one.edit.ranges)
        for one in edited.open
    )
    replace_document(workspace, file_id, first.content)
    kept = docs_state(workspace).documents[file_id]
    kept.tab, kept.named_ranges, kept.others = first.tab, first.named_ranges, others


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
