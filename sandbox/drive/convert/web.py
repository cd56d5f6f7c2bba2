"""A document as a web page, as that page in a zip archive, and as an EPUB."""

from __future__ import annotations

from html import escape

from sandbox.docs import page as pages
from sandbox.docs.outline import Block
from sandbox.drive.convert.archive import packed
from sandbox.drive.convert.page import Page

_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="GoogleDoc/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
_MODIFIED = "2000-01-01T00:00:00Z"


def html(page: Page) -> bytes:
    """One page that needs nothing else."""
    head = f'<meta charset="utf-8"><title>{escape(page.title)}</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{_body(page)}</body></html>".encode()


def zipped(page: Page) -> bytes:
    """The web page under the document's name."""
    return packed({f"{file_name(page.title)}.html": html(page)})


def epub(page: Page) -> bytes:
    """A book of one chapter."""
    title = escape(page.title)
    head = f"<head><title>{title}</title></head>"
    space = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    chapter = f"<html {space}>{head}<body>{_body(page).replace('<br>', '<br/>')}</body></html>"
    contents = f'<nav epub:type="toc"><ol><li><a href="chapter.xhtml">{title}</a></li></ol></nav>'
    return packed(
        {
            "META-INF/container.xml": _CONTAINER,
            "GoogleDoc/package.opf": _opf(title),
            "GoogleDoc/nav.xhtml": f"<html {space}>{head}<body>{contents}</body></html>",
            "GoogleDoc/chapter.xhtml": chapter,
        },
        kind="application/epub+zip",
    )


def file_name(title: str) -> str:
    """The title as a name within an archive: letters, digits and a few marks."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else "" for letter in title).replace(" ", "")
    return kept[:100] or "Untitled"


def _body(page: Page) -> str:
    parts = [_margin("header", page.header), pages.of_blocks(page.body), _margin("footer", page.footer)]
    return "\n".join(part for part in parts if part)


def _margin(tag: str, blocks: tuple[Block, ...]) -> str:
    return f"<{tag}>{pages.of_blocks(blocks)}</{tag}>" if blocks else ""


def _opf(title: str) -> str:
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"{extra}/>'
        for name, extra in (("nav", ' properties="nav"'), ("chapter", ""))
    )
    meta = (
        f'<dc:identifier id="id">{title}</dc:identifier><dc:title>{title}</dc:title><dc:language>en</dc:language>'
        f'<meta property="dcterms:modified">{_MODIFIED}</meta>'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0"'
        f' unique-identifier="id"><metadata>{meta}</metadata><manifest>{items}</manifest>'
        '<spine><itemref idref="chapter"/></spine></package>'
    )
