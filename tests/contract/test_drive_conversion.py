"""Every format that Drive lists for Docs and Sheets comes out, and what comes in says the same again."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

import pytest
from drive_helpers import DOC, SENCO, SHEET, make, reason, upload
from sheets_client import Book

pytestmark = pytest.mark.any_google

PAGE = """<h1>Plan</h1><p>For <b>Łukasz</b>, <i>Élodie</i> and عمر, see
<a href="https://school.example/?a=1&amp;b=2">here</a></p><ul><li>one<ul><li>deep</li></ul></li><li>two</li></ul>
<ol><li>first</li><li>second</li></ol><table><tr><td>a</td><td>b</td></tr><tr><td>c | d</td><td></td></tr></table>"""
LINES = ["Plan", "For Łukasz, Élodie and عمر, see here", "* one", "   * deep", "* two"]
ROUND_TRIPS = ["text/html", "text/markdown", "text/x-markdown", "application/vnd.oasis.opendocument.text"]
ODS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.fixture
def doc(drive: Any) -> str:
    return came_in(drive, PAGE.encode(), "text/html")


@pytest.fixture
def book(api: Any, drive: Any) -> Book:
    made = Book(api("sheets", "v4", SENCO), make(drive, "Register", SHEET)["id"])
    made.put("A1", [["Name", "Born", "Share"], ["Łukasz", "1/2/2015", "=1/4"], ["<a> & b", "10%", True]])
    return made


def came_in(drive: Any, data: bytes, kind: str, mime_type: str = DOC) -> str:
    body = {"name": "Plan", "mimeType": mime_type}
    return str(drive.files().create(body=body, media_body=upload(data, kind)).execute()["id"])


def out(drive: Any, file_id: str, kind: str) -> bytes:
    data: bytes = drive.files().export(fileId=file_id, mimeType=kind).execute()
    return data


def lines(drive: Any, file_id: str) -> list[str]:
    return out(drive, file_id, "text/plain").decode("utf-8-sig").split("\r\n")


def unpacked(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def character_maps(pdf: bytes) -> bytes:
    """Which letters the PDF's glyphs stand for."""
    packed = re.findall(rb"/Filter \[ /FlateDecode \][^>]*>>\s*stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return b"".join(text for text in map(zlib.decompress, packed) if b"begincmap" in text).upper()


@pytest.mark.parametrize("mime_type", [DOC, SHEET])
def test_every_listed_format_comes_out_and_twice_the_same(drive: Any, mime_type: str) -> None:
    file_id = make(drive, "Plan", mime_type)["id"]
    listed = drive.about().get(fields="exportFormats").execute()["exportFormats"][mime_type]
    assert len(listed) >= 7
    for kind in listed:
        data = out(drive, file_id, kind)
        assert data or kind.startswith("text/")
        if "officedocument" not in kind:
            assert out(drive, file_id, kind) == data, kind


@pytest.mark.parametrize("kind", ROUND_TRIPS)
def test_a_doc_that_went_out_says_the_same_when_it_comes_in(drive: Any, doc: str, kind: str) -> None:
    back = came_in(drive, out(drive, doc, kind), kind)
    assert [line.rstrip() for line in lines(drive, back)[:5]] == LINES
    assert "c | d" in "\n".join(lines(drive, back))


def test_a_pdf_holds_every_letter_of_a_name_and_grows_with_its_document(drive: Any, doc: str) -> None:
    data = out(drive, doc, "application/pdf")
    for letter in "ŁÉ\u0639":
        assert f"<{ord(letter):04X}>".encode() in character_maps(data), letter
    assert b"https://school.example/?a=1&b=2" in data
    long = came_in(drive, "\n".join(f"Line {n}" for n in range(200)).encode(), "text/plain")
    assert out(drive, long, "application/pdf").count(b"/Type /Page\n") > 2


def test_rich_text_is_ascii_and_names_survive_it(drive: Any, doc: str) -> None:
    text = out(drive, doc, "application/rtf").decode("ascii")
    assert text.startswith("{\\rtf1")
    assert text.count("{") == text.count("}")
    assert "\\u321?ukasz" in text


def test_zipped_pages_hold_the_document_or_each_sheet(drive: Any, doc: str, book: Book) -> None:
    assert "Łukasz" in unpacked(out(drive, doc, "application/zip"))["Plan.html"]
    assert "<td>&lt;a&gt; &amp; b</td>" in unpacked(out(drive, book.id, "application/zip"))["Sheet1.html"]


def test_an_epub_names_its_type_first_and_holds_the_chapter(drive: Any, doc: str) -> None:
    parts = unpacked(out(drive, doc, "application/epub+zip"))
    assert next(iter(parts.items())) == ("mimetype", "application/epub+zip")
    assert "<li>two</li>" in parts["GoogleDoc/chapter.xhtml"]


def test_an_opendocument_spreadsheet_keeps_numbers_dates_and_truths(api: Any, drive: Any, book: Book) -> None:
    back = Book(api("sheets", "v4", SENCO), came_in(drive, out(drive, book.id, ODS), ODS, SHEET))
    assert back.values("A1:C3", "UNFORMATTED_VALUE") == book.values("A1:C3", "UNFORMATTED_VALUE")
    assert back.values("B2") == book.values("B2")


@pytest.mark.parametrize("kind", ["application/vnd.ms-excel", ODS])
def test_noise_is_no_workbook(drive: Any, kind: str) -> None:
    broken = drive.files().create(body={"mimeType": SHEET}, media_body=upload(b"noise", kind))
    assert reason(broken, 400) == "badRequest"


def test_what_is_larger_than_ten_megabytes_is_not_exported(drive: Any, book: Book) -> None:
    for first in (5, 10):
        book.put(f"A{first}", [["x" * 50_000] * 22] * 5)
    assert reason(drive.files().export(fileId=book.id, mimeType="text/csv"), 403) == "exportSizeLimitExceeded"
