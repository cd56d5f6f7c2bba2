"""Uploads that become Google Docs: .docx as it is, HTML and plain text built anew. All are checked first."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import docx
from docx.oxml.exceptions import XmlchemyError
from lxml import etree

from sandbox.call import Media
from sandbox.docs import outline, package
from sandbox.docs.backend import to_bytes
from sandbox.docs.markup import from_html

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
TEXT = "text/plain"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def importable(media: Media) -> bool:
    """Whether Drive's converter takes that type as a document here."""
    return content_type(media) in _READERS


def content_type(media: Media) -> str:
    """The upload's type without parameters; one sent as plain bytes is known by its beginning."""
    named = media.content_type.partition(";")[0].strip().lower()
    if named in ("application/octet-stream", "application/zip", "") and media.data.startswith(b"PK"):
        return DOCX
    return named


def to_docx(media: Media) -> bytes:
    """The upload as the .docx that the new document is kept as. 400 for what can't or must not be read."""
    if len(media.data) > package.MAX_BYTES:
        raise package.unreadable("it is larger than 50 MB.")
    return _READERS[content_type(media)](media.data)


def _from_docx(data: bytes) -> bytes:
    package.check(data)
    try:
        document = docx.Document(io.BytesIO(data))
        outline.body(document), outline.margins(document)  # what can't be read later is refused now
        return to_bytes(document)
    except (LookupError, ValueError, TypeError, AttributeError, XmlchemyError, etree.LxmlError) as broken:
        raise package.unreadable("it is not a readable document.") from broken


def _from_text(data: bytes) -> bytes:
    document = docx.Document()
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    for line in text.removesuffix("\n").split("\n"):
        document.add_paragraph(_CONTROL.sub("", line))
    return to_bytes(document)


def _from_html(data: bytes) -> bytes:
    text = data.decode("utf-8-sig", errors="replace")
    return to_bytes(from_html(_CONTROL.sub("", text)))


_READERS: dict[str, Callable[[bytes], bytes]] = {DOCX: _from_docx, HTML: _from_html, TEXT: _from_text}
