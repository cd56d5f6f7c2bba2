"""A .docx as a package of parts: refused when hostile, and written the same way every time."""

from __future__ import annotations

import io
import zipfile
import zlib

from sandbox.call import ApiError

MAX_BYTES = 50 * 1024 * 1024
_MAX_UNPACKED = 200 * 1024 * 1024
_MAX_PARTS = 2000
_EPOCH = (1980, 1, 1, 0, 0, 0)


def unreadable(why: str) -> ApiError:
    """Drive's answer to an upload that its converter can't read."""
    return ApiError(400, f"Bad Request. The file could not be converted: {why}", reason="badRequest")


def check(data: bytes) -> None:
    """Refuse what must not be parsed: oversize, zip bombs, macros, document type declarations, non-documents."""
    if len(data) > MAX_BYTES:
        raise unreadable("it is larger than 50 MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive.infolist())
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, NotImplementedError, OSError) as broken:
        raise unreadable("it is not a readable document.") from broken


def normalised(data: bytes) -> bytes:
    """The same package with its parts in one order and no times, so that equal documents are equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(set(source.namelist()), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise unreadable("it is compressed in a way no Word document is.")
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise unreadable("it unpacks to more than a document holds.")
    if any(part.file_size > 10_000_000 and part.file_size > 200 * max(part.compress_size, 1) for part in parts):
        raise unreadable("it unpacks to more than a document holds.")


def _check_parts(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "[Content_Types].xml" not in names or "word/document.xml" not in names:
        raise unreadable("it is not a Word document.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise unreadable("it holds macros.")
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            _check_xml(part.filename, archive.read(part))


def _check_xml(name: str, data: bytes) -> None:
    text = data.replace(b"\x00", b"").lower()
    if b"<!doctype" in text or b"<!entity" in text:
        raise unreadable("it declares a document type.")
    if name == "[Content_Types].xml" and b"macroenabled" in text:
        raise unreadable("it holds macros.")
