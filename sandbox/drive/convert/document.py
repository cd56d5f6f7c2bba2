"""Google Docs out of Drive and into it, in every format Drive gives them out in."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace

from lxml import etree

from sandbox.call import Media
from sandbox.docs import exporting, importing, package
from sandbox.drive.convert import markdown, odt, rtf, web
from sandbox.drive.convert.page import Page, opened
from sandbox.state import Workspace


def _pdf(page: Page) -> bytes:
    from sandbox.drive.convert import pdf  # late: the PDF writer takes a while to load, and few need it

    return pdf.written(page)


_WRITERS: Mapping[str, Callable[[Page], bytes]] = {
    "application/epub+zip": web.epub,
    "application/pdf": _pdf,
    "application/rtf": rtf.written,
    odt.KIND: odt.written,
    "application/zip": web.zipped,
    "text/html": web.html,
    "text/markdown": markdown.written,
    "text/x-markdown": markdown.written,
}
_AS_HTML: Mapping[str, Callable[[bytes], str]] = {
    "text/markdown": markdown.as_html,
    "text/x-markdown": markdown.as_html,
    odt.KIND: odt.as_html,
    "application/x-vnd.oasis.opendocument.text": odt.as_html,
}


def exportable(mime_type: str) -> bool:
    """Whether Docs are given out in that format."""
    return mime_type in _WRITERS or mime_type in exporting.FORMATS


def exported(workspace: Workspace, file_id: str, mime_type: str, *, title: str) -> bytes:
    """The document's bytes; the same document gives the same bytes."""
    if writer := _WRITERS.get(mime_type):
        return writer(opened(workspace, file_id, title=title))
    return exporting.export(workspace, file_id, mime_type, title=title)


def importable(media: Media) -> bool:
    """Whether an upload of that type can become a Doc."""
    return importing.content_type(media) in _AS_HTML or importing.importable(media)


def imported(media: Media) -> bytes:
    """The upload as the .docx that a Doc is kept as. 400 for what can't or must not be read."""
    reader = _AS_HTML.get(importing.content_type(media))
    if reader is None:
        return importing.to_docx(media)
    if len(media.data) > package.MAX_BYTES:
        raise package.unreadable("it is larger than 50 MB.")
    try:
        page = reader(media.data)
    except (KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as broken:
        raise package.unreadable("it is not a readable document.") from broken
    return importing.to_docx(replace(media, content_type=importing.HTML, data=page.encode()))
