"""All 17 documents: sound, whole, plain, sized for a page and a phone, and filled for every pupil they fit."""

from __future__ import annotations

import io
import re
import struct
import zlib
from dataclasses import replace
from functools import cache

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Cm
from docx_making import lines_of, parts_of

from server.demo import sample
from server.demo.schools import sample_schools
from server.plans.fitting import is_asked
from server.plans.model import School
from server.workflows import papers as papers_module
from server.workflows.papers import built_in, households_of, papers, reader_of
from server.workflows.papers import paper as one_paper
from sheets_templates import plan_templates
from sheets_templates.document import Logo, Template, build_docx, check, document_names, load_spec, parse
from sheets_templates.document_overflow import overflows
from sheets_templates.document_problem import TemplateRefused
from sheets_templates.document_spec import NOT_YET, ViewSpec
from sheets_templates.record_tags import record_tags, tag_path

TEMPLATES = plan_templates.load()
NAMES = tuple(document_names())


def _png(width: int = 1) -> bytes:
    """The smallest picture: one white dot, or a line of them."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xff")),
        (b"IEND", b""),
    )
    whole = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(whole)


PIXEL = _png()


@cache
def schools() -> tuple[School, ...]:
    return sample_schools(sample.load())


TODAY = sample.load().anchor
assert TODAY is not None


@cache
def empty(name: str) -> bytes:
    """A template as it was built."""
    return build_docx(load_spec(name))


@cache
def lines_in(docx: bytes) -> list[str]:
    return lines_of(docx)


@cache
def made() -> dict[tuple[str, str, str], bytes]:
    """Every template, pupil and household that fit, filled."""
    found = {}
    for school in schools():
        for pupil in school.pupils:
            for home in households_of(school, pupil.pupil_id):
                for each in papers(school, pupil.pupil_id, household=home, today=TODAY):
                    if each.docx:
                        found[each.key, pupil.pupil_id, home] = each.docx
    return found


def school_of(pupil_id: str) -> School:
    return next(each for each in schools() if any(pupil.pupil_id == pupil_id for pupil in each.pupils))


def text_of(key: str, pupil_id: str) -> str:
    return "\n".join(next(lines_in(docx) for name, docx in made().items() if name[:2] == (key, pupil_id)))


def test_every_template_has_its_document() -> None:
    assert set(NAMES) == set(TEMPLATES)
    assert len(NAMES) == 17


@pytest.mark.parametrize("name", NAMES)
def test_a_document_has_no_unknown_tag_and_nothing_too_wide(name: str) -> None:
    spec = load_spec(name)
    docx = empty(name)
    assert check(docx, spec.view) == ()
    assert overflows(docx) == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_document_shows_every_field_its_reader_may_read(name: str) -> None:
    spec, tags = load_spec(name), built_in(name).tags
    shown = tags | {path for item, of in spec.view.lists.items() if f"{item}.text" in tags for path in [_whole(of)]}
    readers = spec.view.name
    assert readers in ("household", "staff")
    asked = {tag_path(name, f) for f in TEMPLATES[name].fields if readers == "staff" or f.audience != "S"}
    shown |= {path for line, paths in TOLD_TOGETHER.items() if line in tags for path in paths}
    assert asked & set(record_tags(readers)) - shown - SAID_OTHERWISE == set()


def _whole(lines: str) -> str:
    return lines.removesuffix("_lines")


TOLD_TOGETHER = {
    "outcome.start": {"outcome.baseline", "outcome.baseline_rating"},
    "outcome.aim": {"outcome.expected", "outcome.expected_rating"},
    "outcome.now": {"outcome.actual_rating"},
    "outcome.focus": {"outcome.area", "outcome.horizon", "outcome.impact_type"},
    "support.what": {"provision.what"},
    "support.who": {"provision.who", "provision.expertise"},
    "support.times": {"provision.when_where", "provision.start"},
    "support.why": {"provision.why"},
    "support.sort": {"provision.kind", "provision.tier", "provision.additional"},
    "support.so_far": {"provision.delivered", "provision.effect", "provision.prov_decision"},
}
"""Lines that say several answers at once."""

SAID_OTHERWISE = {
    *("outcome.result", "outcome.actual", "outcome.matters", "outcome.target_date", "provision.outcomes"),
    *("provision.group_size", "provision.minutes", "provision.per_week", "provision.weeks"),
    *("sen_support_plan.strengths", "sen_support_plan.asp_pupil", "sen_support_plan.asp_parent"),
    *("sen_support_plan.barriers", "sen_support_plan.pupil_views", "sen_support_plan.parent_views"),
    *("outcome.area", "outcome.need", "outcome.horizon", "outcome.measure", "outcome.impact_type"),
    *("pupil.version", "plan.version", "pupil.year_group", "pupil.class_form"),
}
"""Fields that a document says in another tag's words (how often; how it is going; the plan's own words), and those of
an outcome that a review need not repeat."""


def test_every_template_fits_some_pupil_of_the_sample_and_is_filled() -> None:
    assert {name for name, _, _ in made()} == set(NAMES)


def test_no_filled_document_has_a_tag_left_a_none_or_something_too_wide() -> None:
    for name, docx in made().items():
        text = "\n".join(lines_in(docx))
        assert not re.search(r"\{\{|\}\}|(?<!Paid from): None$|\?:|: :|::", text, re.MULTILINE), name
        assert overflows(docx) == (), name


def test_no_filled_document_has_an_empty_paragraph_or_skips_a_heading_level() -> None:
    for name, docx in made().items():
        document = Document(io.BytesIO(docx))
        assert [p.text for p in document.paragraphs if not p.text.strip()] == [], name
        styles = [str(p._p.style) for p in document.paragraphs]  # ids: looking up their names is slow
        levels = [int(style[-1]) for style in styles if style.startswith("Heading")]
        jumps = [(a, b) for a, b in zip([0, *levels], levels, strict=False) if b > a + 1]
        assert jumps == [], name


def test_every_document_says_what_it_is_its_version_its_date_and_whom_to_ask() -> None:
    for (name, pupil_id, home), docx in made().items():
        lines = lines_in(docx)
        assert len(lines[2]) > 30, (name, pupil_id, home)
        text = "\n".join(lines)
        assert f"“{load_spec(name).title}”, version 22 November 2026" in text
        assert "23 November 2026" in text
        assert "Who to ask" in text or "Questions: ask" in text


def test_tables_have_two_columns_a_header_row_that_repeats_and_words_for_a_screen_reader() -> None:
    tables = [table for name in NAMES for table in Document(io.BytesIO(empty(name))).tables]
    assert len(tables) > 10
    for table in tables:
        assert len(table.columns) == 2
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


@pytest.mark.parametrize("name", NAMES)
def test_a_document_names_its_language_title_and_page(name: str) -> None:
    docx = empty(name)
    properties = Document(io.BytesIO(docx)).core_properties
    assert (properties.title, properties.language) == (load_spec(name).title, "en-GB")
    parts = parts_of(docx)
    assert b"PAGE" in parts["word/footer1.xml"]
    assert b'w:val="en-US"' not in parts["word/styles.xml"]


@pytest.mark.parametrize("name", NAMES)
def test_a_logo_stands_above_each_document_with_words_and_leaves_nothing_where_there_is_none(name: str) -> None:
    spec = load_spec(name)
    logo = Logo(image=PIXEL, shows="Logo of Elm Primary School")
    shown: list[InlineShape] = []
    for given, pictures in ((logo, 1), (None, 0)):
        docx = parse(empty(name), spec.view, logo=given).render({})
        document = Document(io.BytesIO(docx))
        assert len(document.inline_shapes) == pictures
        assert overflows(docx) == ()
        assert "logo" not in "\n".join(lines_of(docx))
        shown += document.inline_shapes
    (picture,) = shown
    assert picture._inline.docPr.get("descr") == "Logo of Elm Primary School"
    assert (picture.height, picture.width) == (Cm(2), Cm(2))


def test_a_wide_logo_fits_its_place_and_another_logo_is_another_template() -> None:
    spec = load_spec("notification_letter")
    wide, square = (parse(build_docx(spec), spec.view, logo=Logo(image=i, shows="")) for i in (_png(30), PIXEL))
    (picture,) = Document(io.BytesIO(wide.render({}))).inline_shapes
    assert picture.width == Cm(8)
    assert len({wide.hash, square.hash, parse(build_docx(spec), spec.view).hash}) == 3


@pytest.mark.parametrize(
    "image", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\nshort", PIXEL + b"x" * 1_000_000, _png(50_000), b"\xff\xd8\xff"]
)
def test_a_logo_that_is_no_small_picture_is_refused_with_its_reason(image: bytes) -> None:
    spec = load_spec("notification_letter")
    with pytest.raises(TemplateRefused, match="PNG or JPEG under 1 MB"):
        parse(build_docx(spec), spec.view, logo=Logo(image=image, shows="Logo"))


def test_a_missing_answer_says_so_and_an_optional_one_is_left_out() -> None:
    text = text_of("one_page_profile", "P06")
    assert f"Made with: {NOT_YET}" in text
    assert "Photo" not in text
    assert "Please don’t" not in text


def test_reception_is_not_asked_for_attendance_and_year_four_is() -> None:
    assert "Days at school" not in text_of("annual_report", "P03")
    school = school_of("P06")
    papers_now = {
        table: tuple(replace(p, values={**p.values, "attendance": None}) for p in rows)
        for table, rows in school.papers.items()
    }
    reader = reader_of(replace(school, papers=papers_now), "P06", "annual_report", "", TODAY)
    assert f"Days at school: {NOT_YET}" in "\n".join(lines_of(one_paper(reader, "annual_report").docx))


def test_only_grown_pupils_are_asked_why_they_need_more_time() -> None:
    over = next(field for field in TEMPLATES["ehc_pack"].fields if field.key == "e6")
    pupils = {pupil.pupil_id: pupil for school in schools() for pupil in school.pupils}
    assert not is_asked(over, pupils["P12"], TODAY)
    assert is_asked(over, replace(pupils["P12"], dob=TODAY.replace(year=2008)), TODAY)


def test_a_check_at_two_is_asked_for_from_two() -> None:
    check_date = next(field for field in TEMPLATES["eyfs_plan"].fields if field.key == "check_date")
    mira = next(pupil for pupil in school_of("P01").pupils if pupil.pupil_id == "P01")
    assert is_asked(check_date, mira, TODAY)
    assert not is_asked(check_date, replace(mira, dob=TODAY.replace(year=2025)), TODAY)


def test_a_template_says_why_it_is_not_for_a_pupil() -> None:
    school = school_of("P06")
    left = {each.key: each.left for each in papers(school, "P06", today=TODAY) if each.left}
    assert left["eyfs_plan"] == "It is for N1 to R; Tomek is in Y4."
    assert left["early_note"] == "Nothing has been written for it yet."
    reader = reader_of(school, "P06", "early_note", "", TODAY)
    asked_for = one_paper(reader, "early_note", anyway=True)
    assert NOT_YET in "\n".join(lines_of(asked_for.docx))


def test_a_year_group_in_a_schools_own_words_never_stands_against_a_template() -> None:
    school = school_of("P06")
    pupils = tuple(replace(pupil, year_group="Oak group", sen_status="") for pupil in school.pupils)
    left = {each.key for each in papers(replace(school, pupils=pupils), "P06", today=TODAY) if each.left}
    assert "eyfs_plan" not in left
    assert "sen_support_plan" not in left


def test_a_template_is_parsed_once_however_many_pupils_it_is_filled_for(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def counting(docx: bytes, view: ViewSpec, *, logo: Logo | None = None) -> Template:
        parsed.append(view.name)
        return parse(docx, view, logo=logo)

    papers_module._parsed.cache_clear()
    monkeypatch.setattr(papers_module, "parse", counting)
    for pupil_id in ("P06", "P07", "P06"):
        for each in papers(school_of(pupil_id), pupil_id, today=TODAY):
            assert each.docx or each.left
    assert len(parsed) == len(NAMES)
