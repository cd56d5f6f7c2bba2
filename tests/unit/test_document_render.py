"""What a template does with a view: rows and sections repeat, empty ones go, and data stays text."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.text.paragraph import Paragraph
from docx_making import doc_of, lines_of, parts_of, saved, with_part, zipped
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sheets_templates.document import build_docx, check, clean_text, load_spec, load_view, parse

HELP_1 = {"what": "Reading in pairs", "who": "Lorna"}
HELP_2 = {"what": "Word games", "who": "Beth"}
OUTCOME_1 = {"outcome": "Reads aloud", "target": "75 words", "provision": [HELP_1, HELP_2]}
OUTCOME_2 = {"outcome": "Writes stories", "target": "2 pages", "provision": []}
VIEW = {"pupil": {"called": "Seren", "strengths": "Maths"}, "outcomes": [OUTCOME_1, OUTCOME_2]}


def shown(view: dict[str, Any], *blocks: Any) -> list[str]:
    return lines_of(parse(doc_of(*blocks)).render(view))


def test_a_table_row_that_mentions_a_list_repeats_for_each_item() -> None:
    rows = [["Outcome", "Next step"], ["{{ outcome.outcome }}", "{{ outcome.target }}"], ["End", ""]]
    repeated = ["Reads aloud | 75 words", "Writes stories | 2 pages"]
    assert shown(VIEW, rows) == ["Outcome | Next step", *repeated, "End | "]


def test_a_row_that_mentions_an_inner_list_walks_the_outer_one_too() -> None:
    rows = [["Outcome", "Help"], ["{{ outcome.outcome }}", "{{ provision.what }}"]]
    assert shown(VIEW, rows) == ["Outcome | Help", "Reads aloud | Reading in pairs", "Reads aloud | Word games"]


def test_a_heading_repeats_with_everything_under_it_to_the_next_heading_of_its_level() -> None:
    blocks = [
        ("Heading 1", "Plan"),
        ("Heading 2", "{{ outcome.outcome }}"),
        ("Normal", "Next: {{ outcome.target }}"),
        ("Heading 2", "Notes"),
        ("Normal", "The end"),
    ]
    repeated = ["Reads aloud", "Next: 75 words", "Writes stories", "Next: 2 pages"]
    assert shown(VIEW, *blocks) == ["Plan", *repeated, "Notes", "The end"]


def test_sections_nest_and_an_empty_inner_list_leaves_no_heading() -> None:
    blocks = [
        ("Heading 1", "{{ outcome.outcome }}"),
        ("Heading 2", "Help: {{ provision.what }}"),
        ("Normal", "By {{ provision.who }}"),
        ("Heading 1", "After"),
    ]
    first = ["Reads aloud", "Help: Reading in pairs", "By Lorna", "Help: Word games", "By Beth"]
    assert shown(VIEW, *blocks) == [*first, "Writes stories", "After"]


def test_a_table_and_bullets_inside_a_repeated_section_repeat_for_the_inner_list() -> None:
    rows = [["Help", "Who"], ["{{ provision.what }}", "{{ provision.who }}"]]
    blocks = [("Heading 2", "{{ outcome.outcome }}"), rows, ("List Bullet", "{{ provision.what }}")]
    table = ["Help | Who", "Reading in pairs | Lorna", "Word games | Beth"]
    assert shown(VIEW, *blocks) == ["Reads aloud", *table, "Reading in pairs", "Word games", "Writes stories"]


def test_a_section_whose_list_is_empty_disappears_with_its_plain_text() -> None:
    blocks = [
        ("Heading 1", "What {{ pupil.called }} says"),
        ("Normal", "In their own words:"),
        ("List Bullet", "{{ said.words }}"),
        ("Heading 1", "After"),
    ]
    assert shown(VIEW, *blocks) == ["After"]
    told = shown(VIEW | {"child_words": [{"words": "I like it"}]}, *blocks)
    assert told == ["What Seren says", "In their own words:", "I like it", "After"]


def test_a_table_whose_list_is_empty_disappears_with_its_header_row() -> None:
    rows = [["Help", "Who"], ["{{ provision.what }}", "{{ provision.who }}"]]
    assert shown({"outcomes": [OUTCOME_2]}, ("Normal", "Before"), rows, ("Normal", "After")) == ["Before", "After"]


def test_an_optional_line_disappears_and_an_agreed_one_says_not_yet_agreed() -> None:
    blocks = [("Normal", "At home: {{ pupil.languages }}"), ("Normal", "Hopes: {{ pupil.hopes }}")]
    assert shown({"pupil": {"languages": "  ", "hopes": ""}}, *blocks) == ["Hopes: Not yet agreed"]
    assert shown({}, ("Normal", "{{ pupil.strengths }}")) == ["Not yet written down"]


def test_an_optional_tag_in_a_table_leaves_its_cell_a_paragraph() -> None:
    docx = parse(doc_of([["Languages", "{{ pupil.languages }}"], ["Hopes", "{{ pupil.hopes }}"]])).render({})
    assert lines_of(docx) == ["Hopes | Not yet agreed"]
    assert all(cell.paragraphs for row in Document(io.BytesIO(docx)).tables[0].rows for cell in row.cells)


def test_a_school_may_restyle_headings_with_its_own_styles() -> None:
    document = Document()
    own = document.styles.add_style("Council form heading", 1)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("{{ outcome.outcome }}", style=own)
    document.add_paragraph("{{ outcome.target }}")
    assert lines_of(parse(saved(document)).render(VIEW)) == ["Reads aloud", "75 words", "Writes stories", "2 pages"]


def _split(paragraph: Paragraph, text: str, seed: int) -> None:
    """Write text as Word does after spell-checking: cut into runs anywhere, some of them bold."""
    cuts = random.Random(seed)
    at = 0
    while at < len(text):
        step = cuts.randint(1, 4)
        paragraph.add_run(text[at : at + step]).bold = cuts.random() < 0.5
        at += step


@pytest.mark.parametrize("seed", range(25))
def test_tags_that_word_split_over_runs_work(seed: int) -> None:
    document = Document()
    _split(document.add_paragraph(), "A {b} {{ pupil.called }} likes {{pupil.strengths}}} 50% }{ end{", seed)
    _split(document.add_paragraph(), "{ not a tag }} {{ pupil.called }}", seed)
    shown_lines = lines_of(parse(saved(document)).render(VIEW))
    assert shown_lines == ["A {b} Seren likes Maths} 50% }{ end{", "{ not a tag }} Seren"]


def test_braces_in_neighbouring_paragraphs_never_join_into_a_tag() -> None:
    blocks = [("Normal", "one {"), ("Normal", "{ 7*7 }"), ("Normal", "} two %"), ("Normal", "} three #")]
    assert shown({}, *blocks) == ["one {", "{ 7*7 }", "} two %", "} three #"]


def test_tags_in_header_and_footer_are_filled() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ school.name }}"
    document.sections[0].footer.paragraphs[0].text = "Made on {{ made_on }}"
    docx = Document(io.BytesIO(parse(saved(document)).render({"school": {"name": "Larkmeadow"}, "made_on": "today"})))
    assert docx.sections[0].header.paragraphs[0].text == "Larkmeadow"
    assert docx.sections[0].footer.paragraphs[0].text == "Made on today"


HOSTILE = [
    '=HYPERLINK("https://example.com","x")',
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{# gone? #}",
    "{_{ x }_} {_% x %_}",
    "</w:t></w:r></w:p><b>&amp; \"quoted\" 'too'",
    "<?senplans if True?> <?senplans endif?>",
    "שלום لعبة \u202eevil\u202c",
    "Za\u0308hlen e\u0301 \U0001f9d2\U0001f3fd \u200d",
    "x" * 50_000,
    "tab\there",
]


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: words[:20])
def test_hostile_data_stays_the_same_text(words: str) -> None:
    blocks = [("Heading 1", "{{ pupil.called }}"), ("List Bullet", "{{ said.words }}"), [["{{ outcome.target }}"]]]
    view = {"pupil": {"called": words}, "child_words": [{"words": words}], "outcomes": [{"target": words}]}
    assert shown(view, *blocks) == [words, words, words]


def test_line_ends_become_line_breaks_and_controls_go() -> None:
    docx = parse(doc_of(("Normal", "{{ pupil.hopes }}"))).render({"pupil": {"hopes": "a\r\nb\x00\x08\ud800c\fd"}})
    assert lines_of(docx) == ["a\nbcd"]
    assert parts_of(docx)["word/document.xml"].count(b"<w:br/>") == 1


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_gives_a_document_that_says_the_clean_text(words: str) -> None:
    template = _any_text_template()
    said = clean_text(words)
    docx = template.render({"pupil": {"called": "x" + words}})
    assert Document(io.BytesIO(docx)).paragraphs[0].text == "x" + said


_CACHE: list[Any] = []


def _any_text_template() -> Any:
    if not _CACHE:
        _CACHE.append(parse(doc_of(("Normal", "{{ pupil.called }}"))))
    return _CACHE[0]


def test_data_can_not_reach_names_that_the_view_does_not_declare() -> None:
    view = {"pupil": {"called": "Seren", "upn": "SECRET"}, "secret": "SECRET"}
    docx = parse(build_docx(load_spec("sen_support_plan"))).render(view)
    assert not any(b"SECRET" in blob for blob in parts_of(docx).values())


def test_the_same_view_gives_the_same_bytes_and_rendering_leaves_no_trace() -> None:
    template = parse(build_docx(load_spec("sen_support_plan")))
    first = template.render(VIEW)
    template.render({"pupil": {"called": "Somebody else"}})
    assert template.render(VIEW) == first
    assert parse(build_docx(load_spec("sen_support_plan"))).render(VIEW) == first


def test_a_templates_hash_survives_zipping_again_and_changes_with_a_word() -> None:
    docx = doc_of(("Normal", "Hello {{ pupil.called }}"))
    again = zipped(dict(reversed(parts_of(docx).items())), compression=zipfile.ZIP_STORED)
    marked = with_part(docx, "word/document.xml", lambda xml: xml.replace("<w:p>", '<w:p w:rsidR="00AB12CD">'))
    reworded = with_part(docx, "word/document.xml", lambda xml: xml.replace("Hello", "Hallo"))
    assert parse(again).hash == parse(marked).hash == parse(docx).hash
    assert parse(reworded).hash != parse(docx).hash


def test_the_built_in_plan_is_a_good_template_and_uses_every_tag_or_says_it_in_another() -> None:
    docx = build_docx(load_spec("sen_support_plan"))
    assert check(docx) == ()
    text = " ".join(parts_of(docx)[name].decode() for name in ("word/document.xml", "word/footer1.xml"))
    told_together = {"outcome.baseline", "outcome.expected", "outcome.result", "pupil.year"}
    unused = {tag for tag in load_view("plan").tags if f"{{{{ {tag} }}}}" not in text}
    assert {tag for tag in unused if not tag.startswith("provision.")} <= told_together


def test_hopes_stand_before_outcomes() -> None:
    texts = [block.text for block in load_spec("sen_support_plan").blocks]
    hopes = [texts.index(text) for text in ("{{ pupil.hopes }}", "{{ pupil.family_hopes }}")]
    assert max(hopes) < min(at for at, text in enumerate(texts) if "outcome." in text)


def test_comments_and_repeated_bookmarks_do_not_reach_the_copy() -> None:
    document = Document()
    paragraph = document.add_paragraph("{{ outcome.outcome }}", style="Heading 1")
    document.add_comment(paragraph.runs, text="Ask Beth about this family", author="Beth")
    for name, inner in (("bookmarkStart", ' w:name="top"'), ("bookmarkEnd", "")):
        namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        paragraph._p.append(etree.fromstring(f'<w:{name} {namespace} w:id="7"{inner}/>'))
    parts = parts_of(parse(saved(document)).render(VIEW))
    assert not any(b"Ask Beth" in blob for blob in parts.values())
    assert b"commentReference" not in parts["word/document.xml"]
    assert b"bookmark" not in parts["word/document.xml"]


def test_a_tag_in_a_form_control_works_and_the_control_goes() -> None:
    def control(xml: str) -> str:
        return xml.replace("<w:r>", "<w:sdt><w:sdtContent><w:r>", 1).replace(
            "</w:r>", "</w:r></w:sdtContent></w:sdt>", 1
        )

    docx = with_part(doc_of(("Normal", "Hello {{ pupil.called }}")), "word/document.xml", control)
    assert lines_of(docx) == [""]
    assert lines_of(parse(docx).render(VIEW)) == ["Hello Seren"]
