"""The edits of ``documents.batchUpdate`` that are built: replacing text everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from docx.document import Document
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from sandbox.call import ApiError


def apply(document: Document, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Do one request to the document and give its reply. 501 for kinds that aren't built."""
    kind = next(iter(request), "")
    edit = _EDITS.get(kind)
    if edit is None:
        raise ApiError(501, f"The request {kind or '(empty)'} of documents.batchUpdate is not built in the sandbox.")
    return {kind: edit(document, request[kind])}


def _replace_all(document: Document, request: Mapping[str, Any]) -> Mapping[str, Any]:
    wanted = request.get("containsText", {})
    if wanted.get("searchByRegex"):
        raise ApiError(501, "replaceAllText by regular expression is not built in the sandbox.")
    if not wanted.get("text"):
        raise ApiError(400, "Invalid requests[0].replaceAllText: The text to search for must not be empty.")
    pattern = re.compile(re.escape(wanted["text"]), 0 if wanted.get("matchCase") else re.IGNORECASE)
    text = str(request.get("replaceText", ""))
    changed = sum(_replace(paragraph, pattern, text) for paragraph in list(_paragraphs(document)))
    return {"occurrencesChanged": changed} if changed else {}


def _replace(paragraph: Paragraph, pattern: re.Pattern[str], text: str) -> int:
    """Replace from the last match to the first; a match across runs takes the style of its first character."""
    runs = [run for piece in paragraph.iter_inner_content() for run in getattr(piece, "runs", [piece])]
    matches = list(pattern.finditer("".join(run.text for run in runs)))
    for match in reversed(matches):
        at, new = 0, text
        for run in runs:
            old = run.text
            start, end = max(match.start() - at, 0), min(match.end() - at, len(old))
            if start < end:
                run.text, new = old[:start] + new + old[end:], ""
            at += len(old)
    return len(matches)


def _paragraphs(container: Document | _Cell) -> Iterator[Paragraph]:
    for item in container.iter_inner_content():
        if isinstance(item, Table):
            for cell in dict.fromkeys(cell._tc for row in item.rows for cell in row.cells):
                yield from _paragraphs(_Cell(cell, item))
        else:
            yield item


_EDITS: Mapping[str, Callable[[Document, Mapping[str, Any]], Mapping[str, Any]]] = {"replaceAllText": _replace_all}
