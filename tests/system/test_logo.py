"""The school's logo on its parents' copies: put there by Settings, left out with a reason where it can't be used."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

from docx import Document
from googleapiclient.http import MediaIoBaseUpload
from town import Town


def test_a_logo_named_in_settings_stands_on_every_copy_and_a_bad_one_stops_nobody(school: Town) -> None:
    upload(school, "notes.png", b"no picture at all")
    upload(school, "crest.png", b"".join(png()))
    settings = school.tab("Settings")
    row = len([line for line in settings.rows() if any(line)]) + 1
    settings.type("setting", row, "Logo file")
    settings.type("value", row, "notes.png")
    found = school.play()
    assert [note for note in found.plan.notes if "no PNG or JPEG under 1 MB" in note]
    assert pictures(school) == []
    settings.type("value", row, "crest.png")
    found = school.play()
    assert (found.plan.notes, pictures(school)) == ((), ["Logo of Tannerfield Academy"])
    school.forget_calls()
    school.play()
    assert school.writes() <= 2


def upload(school: Town, name: str, image: bytes) -> None:
    folder = school.files().folder
    assert folder
    media = MediaIoBaseUpload(io.BytesIO(image), mimetype="image/png", resumable=False)
    school.app_drive().files().create(body={"name": name, "parents": [folder.file_id]}, media_body=media).execute()


def pictures(school: Town) -> list[str]:
    copy = school.files().every_copy[0]
    with school.run() as run:
        document = Document(io.BytesIO(run.google.drive.export_docx(copy.file_id)))
    return [shape._inline.docPr.get("descr") for shape in document.inline_shapes]


def png() -> Iterator[bytes]:
    """One white dot."""
    yield b"\x89PNG\r\n\x1a\n"
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\xff")), (b"IEND", b"")):
        yield struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
