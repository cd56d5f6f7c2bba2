"""What OpenDocument texts and spreadsheets have in common: the package and its names."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from sandbox.drive.convert.archive import packed

_SPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"
    for name, path in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
} | {"xlink": "http://www.w3.org/1999/xlink", "dc": "http://purl.org/dc/elements/1.1/"}
TABLE, TEXT, OFFICE = (f"{{{_SPACES[name]}}}" for name in ("table", "text", "office"))
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_DECLARED = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _SPACES.items())
_LARGEST = 100_000_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def package(kind: str, *, body: str, automatic: str, title: str, styles: str = "") -> bytes:
    """A whole file of that MIME type around the XML of its body, its styles and the styles made for it."""
    content = (
        f'{_HEAD}<office:document-content {_DECLARED} office:version="1.3">'
        f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body>{body}</office:body>"
        "</office:document-content>"
    )
    meta = (
        f'{_HEAD}<office:document-meta {_DECLARED} office:version="1.3"><office:meta>'
        f"<dc:title>{escaped(title)}</dc:title></office:meta></office:document-meta>"
    )
    looks = f'{_HEAD}<office:document-styles {_DECLARED} office:version="1.3">{styles}</office:document-styles>'
    files = {"content.xml": content, "meta.xml": meta, "styles.xml": looks}
    return packed({**files, "META-INF/manifest.xml": _manifest(kind, list(files))}, kind=kind)


def content(data: bytes) -> etree._Element:
    """The content of a file, parsed. KeyError, ValueError, BadZipFile or XMLSyntaxError for what is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if archive.getinfo("content.xml").file_size > _LARGEST:
            raise ValueError("it unpacks to more than a document holds")
        text = archive.read("content.xml")
    if b"<!doctype" in text.lower():
        raise ValueError("it declares a document type")
    return etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))


def escaped(text: str) -> str:
    """Text within an element; characters that XML can't hold are left out."""
    return escape("".join(letter for letter in text if letter >= " " or letter in "\t\n"))


def attribute(text: str) -> str:
    """Text as an attribute's value, in its quotes."""
    return quoteattr("".join(letter for letter in text if letter >= " "))


def _manifest(kind: str, names: list[str]) -> str:
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{found}"/>'
        for name, found in [("/", kind), *((name, "text/xml") for name in names)]
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="1.3">{entries}</manifest:manifest>'
    )
