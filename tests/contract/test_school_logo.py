"""The school's logo: a picture in the folder of the plans, named in Settings, on its papers with words."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from docx import Document
from googleapiclient.http import MediaIoBaseUpload

from server import wiring
from server.demo import sample
from server.demo.schools import sample_schools
from server.demo.world import World
from server.google.discovery import collection, execute
from server.google.door import Door
from server.plans.files import FOLDER_KIND, SENCO_KIND, SchoolFiles, of_school, properties
from server.plans.trouble import Invalid
from server.workflows.logo import logo_of
from server.workflows.papers import as_pdf, paper, reader_of

PLANS = sample.load()
SCHOOL = next(each for each in sample_schools(PLANS) if each.settings.school_id == "S2")


def png() -> bytes:
    """The smallest picture: one white dot."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\xff")), (b"IEND", b""))
    whole = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(whole)


@pytest.fixture(scope="module")
def google() -> Iterator[Door]:
    assert PLANS.anchor is not None
    with World(PLANS, PLANS.anchor) as world, wiring.door(world.settings("S2")) as door:
        yield door


@pytest.fixture(scope="module")
def files(google: Door) -> SchoolFiles:
    folder = google.drive.create_folder("SEN plans", properties("S2", FOLDER_KIND))
    google.drive.create_spreadsheet("SENCO", folder.file_id, properties("S2", SENCO_KIND))
    media = MediaIoBaseUpload(io.BytesIO(png()), mimetype="image/png", resumable=False)
    body = {"name": "crest.png", "parents": [folder.file_id]}
    made = collection("drive", "v3", google.drive._root, "files").create(body=body, media_body=media, fields="id")
    execute(made, google.drive._transport)
    return of_school(google.drive.list_files(), "S2")


def test_the_logo_named_in_settings_stands_on_the_paper(google: Door, files: SchoolFiles) -> None:
    school = replace(SCHOOL, settings=replace(SCHOOL.settings, logo="crest.png"))
    logo = logo_of(google.drive, files, school.settings)
    assert PLANS.anchor is not None
    made = paper(reader_of(school, "P06", "notification_letter", "", PLANS.anchor), "notification_letter", logo)
    (picture,) = Document(io.BytesIO(made.docx)).inline_shapes
    assert picture._inline.docPr.get("descr") == f"Logo of {school.settings.name}"


def test_a_school_that_names_no_logo_has_none_and_a_wrong_name_is_said(google: Door, files: SchoolFiles) -> None:
    assert logo_of(google.drive, files, SCHOOL.settings) is None
    for named, told in (("gone.png", "can't be found"), ("https://elm.example/crest.png", "nothing from the web")):
        with pytest.raises(Invalid, match=told):
            logo_of(google.drive, files, replace(SCHOOL.settings, logo=named))


def test_a_logo_may_be_named_by_its_link(google: Door, files: SchoolFiles) -> None:
    (picture,) = files.pictures
    link = f"https://drive.google.com/file/d/{picture.file_id}/view?usp=sharing"
    assert logo_of(google.drive, files, replace(SCHOOL.settings, logo=link)) == logo_of(
        google.drive, replace(files, pictures=()), replace(SCHOOL.settings, logo=link)
    )


def test_a_preview_leaves_no_document_behind(google: Door, files: SchoolFiles) -> None:
    assert files.folder is not None
    assert PLANS.anchor is not None
    before = {file.file_id for file in google.drive.list_files()}
    made = paper(reader_of(SCHOOL, "P06", "provision_map", "", PLANS.anchor), "provision_map")
    assert as_pdf(google.drive, files.folder.file_id, made.docx).startswith(b"%PDF")
    assert {file.file_id for file in google.drive.list_files()} == before
