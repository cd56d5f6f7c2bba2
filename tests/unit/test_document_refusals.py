"""What is refused in a template, with its place and its reason."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx_making import doc_of, parts_of, saved, with_part, zipped

from sheets_templates.document import TemplateRefused, check, parse

GOOD = doc_of(("Normal", "Hello {{ pupil.called }}"))
BAD_TAGS = [
    "{{ 7*7 }}",
    "{{ 'x' * 10**9 }}",
    "{{ pupil.called | upper }}",
    "{{ pupil.called() }}",
    "{{ pupil['called'] }}",
    "{{ pupil.called if pupil else 1 }}",
    "{{ pupil.called ~ 'x' }}",
    "{{ pupil, made_on }}",
    "{{ none }}",
    "{{ }}",
    "{{- pupil.called }}",
    "{{ pupil.called -}}",
    "{{r pupil.called }}",
    "{{ {{ pupil.called }} }}",
    "{% for x in y %}",
    "{%tr for outcome in outcomes %}",
    "{%- endif %}",
    "{# a note #}",
    "{{ pupil.called",
    "{% colspan 3 %}",
    "{{ " + "(" * 100 + "x" + ")" * 100 + " }}",
]


@pytest.mark.parametrize("tag", BAD_TAGS, ids=lambda tag: tag[:30])
def test_anything_but_a_dotted_name_is_refused_with_its_place_and_its_text(tag: str) -> None:
    (problem,) = check(doc_of(("Heading 1", "Hopes"), ("Normal", "fine"), ("Normal", f"so {tag}")))[:1]
    assert problem.place == "paragraph 3 (under “Hopes”)"
    assert tag[:20] in problem.message
    assert "not a tag" in problem.message


def test_the_place_of_a_bad_tag_in_a_heading_a_table_and_a_footer_is_named() -> None:
    document = Document()
    document.add_paragraph("About {{ 1 }}", style="Heading 2")
    document.add_table(rows=2, cols=2).cell(1, 0).text = "{{ 2 }}"
    document.sections[0].footer.paragraphs[0].text = "{{ 3 }}"
    places = [problem.place for problem in check(saved(document))]
    assert places == ["heading “About {{ 1 }}”", "table 1, row 2, column 1", "the footer, paragraph 1"]


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("{{ outcome.tarket }}", "outcome.target"),
        ("{{ Pupil.Called }}", "pupil.called"),
        ("{{ outcomes }}", "outcome."),
    ],
)
def test_an_unknown_tag_is_refused_and_the_nearest_known_one_named(tag: str, meant: str) -> None:
    (problem,) = check(doc_of(("Normal", tag)))
    assert tag in problem.message
    assert f"Did you mean {{{{ {meant}" in problem.message


@pytest.mark.parametrize("path", ["pupil.__class__", "pupil.upn", "outcome.provision", "loop.index", "self"])
def test_only_declared_names_are_tags(path: str) -> None:
    assert check(doc_of(("Normal", f"{{{{ {path} }}}}")))


def test_a_list_tag_in_ordinary_text_is_refused() -> None:
    (problem,) = check(doc_of(("Normal", "{{ outcome.target }}")))
    assert problem.place == "paragraph 1"
    assert "heading" in problem.message


def test_a_row_that_mentions_two_lists_is_refused() -> None:
    (problem,) = check(doc_of([["{{ person.name }}", "{{ meeting.when }}"]]))
    assert problem.place == "table 1, row 1, column 1"
    assert "two lists" in problem.message


def test_a_tag_hidden_in_a_link_or_a_picture_is_refused() -> None:
    hidden = with_part(GOOD, "word/document.xml", lambda xml: xml.replace("<w:p>", '<w:p w:x="{{ 7*7 }}">', 1))
    assert ["picture, link or field" in problem.message for problem in check(hidden)] == [True]


def test_a_suggested_change_is_refused_until_someone_decides() -> None:
    def suggest(xml: str) -> str:
        return xml.replace("<w:r>", '<w:ins w:id="1"><w:r>', 1).replace("</w:r>", "</w:r></w:ins>", 1)

    changed = with_part(GOOD, "word/document.xml", suggest)
    assert ["suggested change" in problem.message for problem in check(changed)] == [True]


def test_a_field_that_loads_a_file_is_refused() -> None:
    field = '<w:fldSimple w:instr=" INCLUDETEXT &quot;c:\\secret&quot; "/><w:r>'
    loading = with_part(GOOD, "word/document.xml", lambda xml: xml.replace("<w:r>", field, 1))
    assert ["loads another file" in problem.message for problem in check(loading)] == [True]


def test_every_problem_is_reported_at_once() -> None:
    with pytest.raises(TemplateRefused) as refusal:
        parse(doc_of(("Normal", "{{ 1 }}"), ("Normal", "{{ nobody }}"), ("Normal", "{% x %}")))
    assert len(refusal.value.problems) == 3


def _reason(docx: bytes) -> str:
    (problem,) = check(docx)
    return problem.message


def test_what_is_no_document_is_refused() -> None:
    for docx in (b"", b"PK\x03\x04 nonsense", b"%PDF-1.7", zipped({"hello.txt": b"hi"}), GOOD[: len(GOOD) // 2]):
        assert "Export" in _reason(docx)


def test_a_file_over_10_mb_is_refused() -> None:
    assert "10 MB" in _reason(GOOD + b"\0" * 10_000_000)


def test_a_zip_bomb_is_refused_unopened() -> None:
    parts = parts_of(GOOD) | {"word/bomb.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}
    bomb = zipped(parts, compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 200_000
    assert "unpacks to far more" in _reason(bomb)


def test_a_thousand_parts_or_two_of_one_name_are_refused() -> None:
    many = zipped(parts_of(GOOD) | {f"word/x{number}.bin": b"" for number in range(1000)})
    assert "unpacks to far more" in _reason(many)
    out = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as file:
        file.writestr("word/document.xml", b"<x/>")
    assert "unpacks to far more" in _reason(out.getvalue())


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY y "yy">]>',
        '<!DOCTYPE x SYSTEM "http://example.com/x.dtd">',
    ],
)
def test_a_part_that_declares_entities_is_refused(declaration: str) -> None:
    def declare(xml: str) -> str:
        head, _, rest = xml.partition("?>")
        return f"{head}?>{declaration}{rest}".replace("Hello", "Hello &y;")

    reason = _reason(with_part(GOOD, "word/document.xml", declare))
    assert "entities" in reason or "damaged" in reason


def test_macros_are_refused() -> None:
    assert "macros" in _reason(with_part(GOOD, "word/vbaProject.bin", b"\0"))
    document, macro = "openxmlformats-officedocument.wordprocessingml.document", "ms-word.document.macroEnabled"
    assert "macros" in _reason(with_part(GOOD, "[Content_Types].xml", lambda xml: xml.replace(document, macro)))


RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def _linking(kind: str, target: str) -> bytes:
    end = "</Relationships>"
    link = f'<Relationship Id="rId99" Type="{RELATION}{kind}" Target="{target}" TargetMode="External"/>'
    return with_part(GOOD, "word/_rels/document.xml.rels", lambda xml: xml.replace(end, link + end))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "http://example.com/seen.png"),
        ("attachedTemplate", "http://example.com/x.dotm"),
        ("hyperlink", "file:///etc/passwd"),
    ],
)
def test_pictures_and_templates_from_elsewhere_are_refused(kind: str, target: str) -> None:
    assert "another place" in _reason(_linking(kind, target))


def test_a_link_to_the_web_is_fine() -> None:
    assert check(_linking("hyperlink", "https://example.com")) == ()


def test_unsafe_part_names_are_refused() -> None:
    assert "unsafe name" in _reason(zipped(parts_of(GOOD) | {"../../evil": b""}))


@pytest.mark.parametrize(("words", "times"), [("{{ pupil.called }}", 1001), ("plain", 20_000)])
def test_a_template_that_would_hold_up_everybody_is_refused_at_once(words: str, times: int) -> None:
    paragraph = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    docx = with_part(GOOD, "word/document.xml", lambda xml: xml.replace("<w:p>", paragraph * times + "<w:p>", 1))
    assert "longer than a plan" in _reason(zipped(parts_of(docx), compression=zipfile.ZIP_DEFLATED))
