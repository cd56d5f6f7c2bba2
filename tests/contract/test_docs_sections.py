"""Sections, pages, headers, footnotes and paragraphs' own style through Google's own client."""

from __future__ import annotations

from typing import Any

import pytest
from drive_helpers import DOC, SENCO, refusal, upload

pytestmark = pytest.mark.any_google


@pytest.fixture
def doc(docs: Any) -> str:
    made = str(docs.documents().create(body={"title": "Notes"}).execute()["documentId"])
    edit(docs, made, {"insertText": {"location": {"index": 1}, "text": "one\ntwo"}})
    return made


def call(docs: Any, doc: str, *requests: Any) -> Any:
    return docs.documents().batchUpdate(documentId=doc, body={"requests": list(requests)})


def edit(docs: Any, doc: str, *requests: Any) -> Any:
    return call(docs, doc, *requests).execute()["replies"]


def get(docs: Any, doc: str) -> Any:
    return docs.documents().get(documentId=doc).execute()


def kinds(docs: Any, doc: str) -> list[str]:
    """Each block: a section break's type, or a paragraph's text with other elements in brackets."""
    return [
        one["sectionBreak"]["sectionStyle"]["sectionType"]
        if "sectionBreak" in one
        else "".join(
            element["textRun"]["content"] if "textRun" in element else f"<{list(element)[-1]}>"
            for element in one["paragraph"]["elements"]
        )
        for one in get(docs, doc)["body"]["content"]
    ]


def section_break(index: int, kind: str = "NEXT_PAGE") -> Any:
    return {"insertSectionBreak": {"location": {"index": index}, "sectionType": kind}}


def delete(start: int, end: int) -> Any:
    return {"deleteContentRange": {"range": {"startIndex": start, "endIndex": end}}}


def points(size: float) -> Any:
    return {"magnitude": size, "unit": "PT"}


def test_a_section_break_takes_a_newline_and_an_index(docs: Any, doc: str) -> None:
    named = {"createNamedRange": {"name": "two", "range": {"startIndex": 5, "endIndex": 8}}}
    edit(docs, doc, named, section_break(5), section_break(2, "CONTINUOUS"))
    assert kinds(docs, doc) == ["CONTINUOUS", "o\n", "CONTINUOUS", "ne\n", "\n", "NEXT_PAGE", "two\n"]
    found = get(docs, doc)
    (place,) = found["namedRanges"]["two"]["namedRanges"][0]["ranges"]
    assert place == {"startIndex": 9, "endIndex": 12}
    ends = [(one.get("startIndex", 0), one["endIndex"]) for one in found["body"]["content"]]
    assert ends == [(0, 1), (1, 3), (3, 4), (4, 7), (7, 8), (8, 9), (9, 13)]


def test_text_goes_in_before_a_section_break_and_stays_there(docs: Any, doc: str) -> None:
    edit(docs, doc, section_break(4), {"insertText": {"location": {"index": 4}, "text": "!\nmore"}})
    assert kinds(docs, doc) == ["CONTINUOUS", "one!\n", "more\n", "NEXT_PAGE", "\n", "two\n"]


def test_a_section_break_goes_with_the_newline_before_it_or_alone(docs: Any, doc: str) -> None:
    edit(docs, doc, section_break(4))
    assert "Cannot delete" in refusal(call(docs, doc, delete(4, 5)), 400)["message"]
    edit(docs, doc, delete(3, 6))
    assert kinds(docs, doc) == ["CONTINUOUS", "on\n", "two\n"]
    edit(docs, doc, section_break(3))
    edit(docs, doc, delete(4, 5))
    assert kinds(docs, doc) == ["CONTINUOUS", "on\n", "\n", "two\n"]


def test_a_section_has_columns_and_margins_of_its_own(docs: Any, doc: str) -> None:
    edit(docs, doc, section_break(4))
    columns = [{"paddingEnd": points(36)}, {}]
    style = {"columnProperties": columns, "columnSeparatorStyle": "BETWEEN_EACH_COLUMN", "marginLeft": points(36)}
    asked = {"range": {"startIndex": 7, "endIndex": 8}, "sectionStyle": style, "fields": ",".join(style)}
    edit(docs, doc, {"updateSectionStyle": asked})
    content = get(docs, doc)["body"]["content"]
    first, second = (one["sectionBreak"]["sectionStyle"] for one in content if "sectionBreak" in one)
    plain = {"columnSeparatorStyle": "NONE", "contentDirection": "LEFT_TO_RIGHT", "sectionType": "CONTINUOUS"}
    assert first == plain
    wide = [one.pop("width")["magnitude"] for one in second["columnProperties"]]
    assert wide == pytest.approx([225.6, 225.6], abs=0.1)
    assert second == {
        "columnProperties": [{"paddingEnd": points(36)}, {"paddingEnd": {"unit": "PT"}}],
        "columnSeparatorStyle": "BETWEEN_EACH_COLUMN",
        "contentDirection": "LEFT_TO_RIGHT",
        "sectionType": "NEXT_PAGE",
        "marginLeft": points(36),
    }


def test_a_section_has_at_most_three_columns_and_unsets_nothing(docs: Any, doc: str) -> None:
    def asked(style: Any) -> Any:
        place = {"startIndex": 1, "endIndex": 2}
        return {"updateSectionStyle": {"range": place, "sectionStyle": style, "fields": "columnProperties"}}

    assert "between 1 and 3" in refusal(call(docs, doc, asked({"columnProperties": [{}] * 4})), 400)["message"]
    assert "cannot be unset" in refusal(call(docs, doc, asked({})), 400)["message"]


def test_a_later_section_has_a_header_of_its_own(docs: Any, doc: str) -> None:
    edit(docs, doc, section_break(4))
    ids = [
        next(iter(reply.values()))["headerId"]
        for reply in edit(
            docs,
            doc,
            {"createHeader": {"type": "DEFAULT"}},
            {"createHeader": {"type": "DEFAULT", "sectionBreakLocation": {"index": 5}}},
        )
    ]
    edit(docs, doc, {"insertText": {"location": {"segmentId": ids[1], "index": 0}, "text": "second"}})
    found = get(docs, doc)
    assert set(found["headers"]) == set(ids)
    assert found["documentStyle"]["defaultHeaderId"] == ids[0]
    assert found["body"]["content"][2]["sectionBreak"]["sectionStyle"]["defaultHeaderId"] == ids[1]
    assert "already exists" in refusal(call(docs, doc, {"createHeader": {"type": "DEFAULT"}}), 400)["message"]
    edit(docs, doc, {"deleteHeader": {"headerId": ids[1]}})
    assert set(get(docs, doc)["headers"]) == {ids[0]}


def test_the_pages_size_margins_and_colour_are_the_documents(docs: Any, doc: str) -> None:
    edit(docs, doc, section_break(4))
    style = {
        "pageSize": {"width": points(612), "height": points(792)},
        "marginTop": points(50),
        "background": {"color": {"color": {"rgbColor": {"red": 1}}}},
        "useFirstPageHeaderFooter": True,
        "useEvenPageHeaderFooter": True,
        "pageNumberStart": 3,
    }
    edit(docs, doc, {"updateDocumentStyle": {"documentStyle": style, "fields": ",".join(style)}})
    found = get(docs, doc)["documentStyle"]
    assert {name: found[name] for name in style} == style
    assert "marginTop" not in get(docs, doc)["body"]["content"][2]["sectionBreak"]["sectionStyle"]


def test_a_footnote_is_made_written_counted_and_deleted(docs: Any, doc: str) -> None:
    later, first = (
        edit(docs, doc, {"createFootnote": {"location": {"index": index}}})[0]["createFootnote"]["footnoteId"]
        for index in (6, 2)
    )
    edit(docs, doc, {"insertText": {"location": {"segmentId": first, "index": 1}, "text": "see 🎓"}})
    found = get(docs, doc)
    assert kinds(docs, doc)[1:] == ["o<footnoteReference>ne\n", "t<footnoteReference>wo\n"]
    refers = [one["paragraph"]["elements"][1]["footnoteReference"] for one in found["body"]["content"][1:]]
    assert [(one["footnoteId"], one["footnoteNumber"]) for one in refers] == [(first, "1"), (later, "2")]
    (line,) = found["footnotes"][first]["content"]
    assert "startIndex" not in line
    assert line["paragraph"]["elements"][0]["textRun"]["content"] == " see 🎓\n"
    edit(docs, doc, {"insertText": {"location": {"index": 3}, "text": "x"}})
    run = get(docs, doc)["body"]["content"][1]["paragraph"]["elements"][2]["textRun"]
    assert run == {"content": "xne\n", "textStyle": {}}
    edit(docs, doc, delete(2, 3))
    assert set(get(docs, doc)["footnotes"]) == {later}
    for index in (0, 1):
        place = {"segmentId": later, "index": index}
        assert "body" in refusal(call(docs, doc, {"createFootnote": {"location": place}}), 400)["message"]


def test_a_paragraph_has_borders_shading_and_its_own_breaks(docs: Any, doc: str) -> None:
    red = {"color": {"rgbColor": {"red": 1}}}
    style = {
        "borderTop": {
            "color": {"color": {"rgbColor": {}}},
            "width": points(1),
            "padding": points(2),
            "dashStyle": "DOT",
        },
        "shading": {"backgroundColor": red},
        "spacingMode": "NEVER_COLLAPSE",
        "avoidWidowAndOrphan": False,
        "direction": "RIGHT_TO_LEFT",
        "indentStart": points(36),
        "indentFirstLine": points(54),
        "lineSpacing": 150,
    }
    asked = {"range": {"startIndex": 1, "endIndex": 2}, "paragraphStyle": style, "fields": ",".join(style)}
    edit(docs, doc, {"updateParagraphStyle": asked})
    first, second = (one["paragraph"]["paragraphStyle"] for one in get(docs, doc)["body"]["content"][1:])
    assert first == style | {"namedStyleType": "NORMAL_TEXT"}
    assert second == {"namedStyleType": "NORMAL_TEXT", "direction": "LEFT_TO_RIGHT"}
    edit(docs, doc, {"updateParagraphStyle": asked | {"paragraphStyle": {}}})
    assert get(docs, doc)["body"]["content"][1]["paragraph"]["paragraphStyle"] == second


def test_a_rule_in_a_page_is_a_horizontal_rule(api: Any, docs: Any) -> None:
    body = {"name": "Ruled", "mimeType": DOC}
    media = upload(b"<p>above</p><hr><p>below</p>", "text/html")
    made = api("drive", "v3", SENCO).files().create(body=body, media_body=media).execute()["id"]
    assert kinds(docs, made)[1:] == ["above\n", "<horizontalRule>\n", "below\n"]
