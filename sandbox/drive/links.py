"""Addresses at which Docs and Sheets are fetched in other formats, as browsers and rclone do it.

Source: the Drive discovery document (``exportLinks``); the addresses as public clients use them."""

from __future__ import annotations

import dataclasses
from urllib.parse import urlencode

from sandbox.drive import formats
from sandbox.drive.files import File
from sandbox.drive.types import DOCUMENT, SPREADSHEET
from sandbox.message import Incoming

_TYPES = {
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/x-vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/epub+zip": "epub",
    "text/tab-separated-values": "tsv",
    "text/plain": "txt",
    "text/x-markdown": "markdown",
    "text/markdown": "md",
}
_PLACES = {SPREADSHEET: "spreadsheets/export", DOCUMENT: "feeds/download/documents/export/Export"}


def export_links(file: File) -> dict[str, str] | None:
    """An address for each format that the file goes out in; None for a file that is not Google's."""
    place = _PLACES.get(file.mime_type)
    if place is None:
        return None
    form = f"https://docs.google.com/{place}?id={file.id}&exportFormat="
    return {kind: form + _short(kind) for kind in formats.EXPORTS[file.mime_type]}


def followed(request: Incoming) -> Incoming:
    """Whoever follows such an address as the caller of ``files.export``; any other request as it is."""
    native = next((kind for kind, place in _PLACES.items() if request.path.strip("/") == place), "")
    if not native:
        return request
    asked = dict(request.query)
    kinds = {_short(kind): kind for kind in formats.EXPORTS[native]}
    kind = kinds.get(asked.get("exportFormat") or asked.get("format", ""), "")
    path = f"/drive/v3/files/{asked.get('id', '')}/export"
    return dataclasses.replace(request, target=f"{path}?{urlencode({'mimeType': kind})}")


def _short(kind: str) -> str:
    return _TYPES.get(kind, kind.rpartition("/")[2])
