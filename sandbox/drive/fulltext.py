"""What ``fullText`` finds: a file's name, description and the text in it, by words or one exact phrase.

Source: https://developers.google.com/workspace/drive/api/guides/ref-search-terms; that a part of a word is enough,
from live runs that mmedum/google-drive-mcp writes down in its architecture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sandbox.docs import outline, plain
from sandbox.docs.backend import open_document
from sandbox.drive.files import File
from sandbox.drive.types import DOCUMENT, SPREADSHEET
from sandbox.sheets import backend as spreadsheets
from sandbox.sheets.delimited import shown_rows
from sandbox.sheets.edit import today
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.state import Workspace

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Index:
    """The texts of one workspace's files, each read once for one search."""

    workspace: Workspace
    known: dict[str, list[str]] = field(default_factory=dict)

    def holds(self, file: File, wanted: str) -> bool:
        """Whether every word, or a phrase in double quotes, is in that file."""
        words = self._words(file)
        asked = _WORD.findall(wanted.casefold())
        if wanted.startswith('"') and wanted.endswith('"') and len(wanted) > 1:
            return any(words[at : at + len(asked)] == asked for at in range(len(words)))
        return all(any(one in word for word in words) for one in asked)

    def _words(self, file: File) -> list[str]:
        if file.id not in self.known:
            text = "\n".join((file.name, file.description, _content(self.workspace, file)))
            self.known[file.id] = _WORD.findall(text.casefold())
        return self.known[file.id]


def _content(workspace: Workspace, file: File) -> str:
    if file.mime_type == DOCUMENT:
        return "\n".join(plain.lines(outline.body(open_document(workspace, file.id))))
    if file.mime_type == SPREADSHEET:
        book = spreadsheets.sheets_state(workspace).books[file.id]
        evaluator = Evaluator(book, today(book, workspace.clock.now()))
        return "\n".join("\t".join(row) for sheet in book.sheets for row in shown_rows(evaluator, sheet))
    if file.content is not None and file.mime_type.startswith("text/"):
        return file.content.decode("utf-8", "replace")
    return ""
