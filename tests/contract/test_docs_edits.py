"""``documents.batchUpdate`` through Google's own client: what each request does, and how a bad one is refused."""

from __future__ import annotations

from typing import Any

import pytest
from drive_helpers import DOC, PARENT, SENCO, refusal, share, upload

pytestmark = pytest.mark.any_google

TABLE = "<p>Before</p><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table><p>After</p>"


@pytest.fixture
def with_table(api: Any) -> str:
    files = api("drive", "v3", SENCO).files()
    body = {"name": "Table", "mimeType": DOC}
    return str(files.create(body=body, media_body=upload(TABLE.encode(), "text/html")).execute()["id"])


def call(docs: Any, doc: str, *requests: Any, **more: Any) -> Any:
    return docs.documents().batchUpdate(documentId=doc, body={"requests": list(requests), **more})


def edit(docs: Any, doc: str, *requests: Any, **more: Any) -> Any:
    return call(docs, doc, *requests, **more).execute()


def text_at(index: int, text: str) -> Any:
    return {"insertText": {"location": {"index": index}, "text": text}}


def span(start: int, end: int) -> Any:
    return {"startIndex": start, "endIndex": end}


def get(docs: Any, doc: str) -> Any:
    return docs.documents().get(documentId=doc).execute()


def words(content: Any) -> str:
    found = ""
    for one in content:
        for run in one.get("paragraph", {}).get("elements", []):
            found += run.get("textRun", {}).get("content", "\f" if "pageBreak" in run else "")
        for row in one.get("table", {}).get("tableRows", []):
            found += "|".join(words(cell["content"]) for cell in row["tableCells"])
    return found


def text(docs: Any, doc: str) -> str:
    return words(get(docs, doc)["body"]["content"])


def test_text_goes_in_by_utf16_indexes_and_newlines_make_paragraphs(docs: Any, doc: str) -> None:
    reply = edit(docs, doc, text_at(1, "🎓 one\ntwo"), text_at(3, "!"), text_at(9, "2."))
    assert reply["replies"] == [{}, {}, {}]
    assert text(docs, doc) == "🎓! one\n2.two\n"
    end = {"insertText": {"endOfSegmentLocation": {}, "text": " end"}}
    edit(docs, doc, end)
    assert text(docs, doc) == "🎓! one\n2.two end\n"


def test_a_deletion_joins_paragraphs(docs: Any, doc: str) -> None:
    edit(docs, doc, text_at(1, "one\ntwo\nthree"), {"deleteContentRange": {"range": span(3, 10)}})
    assert text(docs, doc) == "onhree\n"


REFUSED = [
    (text_at(9, "x"), "Index 9 must be less than the end index of the referenced segment, 7."),
    (text_at(0, "x"), "The insertion index must be inside the bounds of an existing paragraph."),
    ({"deleteContentRange": {"range": span(2, 2)}}, "The range should not be empty."),
    ({"deleteContentRange": {"range": span(5, 7)}}, "newline character at the end of the segment."),
    ({"createNamedRange": {"name": "", "range": span(1, 2)}}, "at least 1 character"),
    ({"deleteNamedRange": {"name": "nobody"}}, "was not found."),
    ({"insertTable": {"rows": 0, "columns": 1, "location": {"index": 1}}}, "must be at least 1."),
    ({"updateTextStyle": {"range": span(1, 2), "textStyle": {}, "fields": ""}}, "At least one field"),
    ({"insertText": {"location": {"index": 1, "tabId": "t.9"}, "text": "x"}}, "Tab with ID t.9 was not found."),
    (
        {"deleteTableRow": {"tableCellLocation": {"tableStartLocation": {"index": 3}}}},
        "Invalid table start location.",
    ),
]


@pytest.mark.parametrize(
    ("request_", "words_"), REFUSED, ids=[next(iter(one[0])) + str(n) for n, one in enumerate(REFUSED)]
)
def test_a_bad_request_is_refused_by_number_and_undoes_those_before(
    docs: Any, doc: str, request_: Any, words_: str
) -> None:
    edit(docs, doc, text_at(1, "text"))
    error = refusal(call(docs, doc, text_at(1, "X"), request_), 400)
    assert error["status"] == "INVALID_ARGUMENT"
    assert error["message"].startswith(f"Invalid requests[1].{next(iter(request_))}: ")
    assert words_ in error["message"]
    assert text(docs, doc) == "text\n"


def test_a_named_range_keeps_its_place_and_takes_new_text(docs: Any, doc: str) -> None:
    create = {"createNamedRange": {"name": "pupil", "range": span(7, 11)}}
    reply = edit(docs, doc, text_at(1, "Hello Maya, hello"), create)
    range_id = reply["replies"][1]["createNamedRange"]["namedRangeId"]
    edit(docs, doc, text_at(1, "Well. "))
    (found,) = get(docs, doc)["namedRanges"]["pupil"]["namedRanges"]
    assert found == {"namedRangeId": range_id, "name": "pupil", "ranges": [span(13, 17)]}
    for name in ("Benjamin", "Jo", "Benjamin B"):
        edit(docs, doc, {"replaceNamedRangeContent": {"namedRangeName": "pupil", "text": name}})
        assert text(docs, doc) == f"Well. Hello {name}, hello\n"
    edit(docs, doc, {"deleteNamedRange": {"namedRangeId": range_id}})
    assert "namedRanges" not in get(docs, doc)


def test_text_is_styled_where_it_stands_and_nowhere_else(docs: Any, doc: str) -> None:
    red = {"color": {"rgbColor": {"red": 1}}}
    style = {"bold": True, "fontSize": {"magnitude": 14, "unit": "PT"}, "foregroundColor": red}
    asked = {"range": span(5, 7), "textStyle": style, "fields": "bold,fontSize,foregroundColor"}
    edit(docs, doc, text_at(1, "one two"), {"updateTextStyle": asked})
    runs = get(docs, doc)["body"]["content"][1]["paragraph"]["elements"]
    assert [(run["textRun"]["content"], run["textRun"]["textStyle"]) for run in runs] == [
        ("one ", {}),
        ("tw", style),
        ("o\n", {}),
    ]
    edit(docs, doc, {"updateTextStyle": {"range": span(1, 8), "textStyle": {}, "fields": "*"}})
    (only,) = get(docs, doc)["body"]["content"][1]["paragraph"]["elements"]
    assert only["textRun"] == {"content": "one two\n", "textStyle": {}}


def test_a_paragraph_becomes_a_heading_and_is_centred(docs: Any, doc: str) -> None:
    style = {"namedStyleType": "HEADING_2", "alignment": "CENTER", "spaceAbove": {"magnitude": 6, "unit": "PT"}}
    asked = {"range": span(1, 2), "paragraphStyle": style, "fields": ",".join(style)}
    edit(docs, doc, text_at(1, "Aims\nmore"), {"updateParagraphStyle": asked})
    first, second = (one["paragraph"]["paragraphStyle"] for one in get(docs, doc)["body"]["content"][1:])
    assert first.pop("headingId").startswith("h.")
    assert first == {**style, "direction": "LEFT_TO_RIGHT"}
    assert second == {"namedStyleType": "NORMAL_TEXT", "direction": "LEFT_TO_RIGHT"}


def test_bullets_take_their_levels_from_tabs(docs: Any, doc: str) -> None:
    bullets = {"range": span(1, 12), "bulletPreset": "NUMBERED_DECIMAL_ALPHA_ROMAN"}
    edit(docs, doc, text_at(1, "one\n\ttwo\nthree"), {"createParagraphBullets": bullets})
    document = get(docs, doc)
    items = [one["paragraph"] for one in document["body"]["content"][1:]]
    assert words(document["body"]["content"]) == "one\ntwo\nthree\n"
    assert [item["bullet"].get("nestingLevel", 0) for item in items] == [0, 1, 0]
    (list_id,) = document["lists"]
    assert {item["bullet"]["listId"] for item in items} == {list_id}
    levels = document["lists"][list_id]["listProperties"]["nestingLevels"]
    assert [level["glyphType"] for level in levels[:3]] == ["DECIMAL", "ALPHA", "ROMAN"]
    edit(docs, doc, {"deleteParagraphBullets": {"range": span(1, 3)}})
    assert "bullet" not in get(docs, doc)["body"]["content"][1]["paragraph"]


def test_a_table_is_made_filled_grown_and_cut(docs: Any, doc: str) -> None:
    edit(docs, doc, text_at(1, "ab"), {"insertTable": {"rows": 2, "columns": 2, "location": {"index": 2}}})
    table = get(docs, doc)["body"]["content"][2]
    starts = [c["content"][0]["startIndex"] for r in table["table"]["tableRows"] for c in r["tableCells"]]
    edit(docs, doc, *(text_at(at, word) for at, word in reversed(list(zip(starts, "wxyz", strict=True)))))
    assert text(docs, doc) == "a\nw\n|x\ny\n|z\nb\n"
    cell = {"tableStartLocation": {"index": table["startIndex"]}, "rowIndex": 0}
    edit(docs, doc, {"insertTableRow": {"tableCellLocation": cell, "insertBelow": True}})
    assert text(docs, doc) == "a\nw\n|x\n\n|\ny\n|z\nb\n"
    delete = {"deleteTableRow": {"tableCellLocation": cell}}
    edit(docs, doc, delete)
    assert text(docs, doc) == "a\n\n|\ny\n|z\nb\n"
    edit(docs, doc, delete, delete)
    assert text(docs, doc) == "a\nb\n"


def test_a_table_goes_whole_or_stays(docs: Any, with_table: str) -> None:
    content = get(docs, with_table)["body"]["content"]
    table = content[2]
    for start, end in ((table["startIndex"] - 1, table["startIndex"]), (3, table["startIndex"] + 5)):
        error = refusal(call(docs, with_table, {"deleteContentRange": {"range": span(start, end)}}), 400)
        assert "Cannot delete" in error["message"]
    edit(docs, with_table, {"deleteContentRange": {"range": span(table["startIndex"], table["endIndex"])}})
    assert text(docs, with_table) == "Before\nAfter\n"


def test_a_page_break_takes_an_index_and_a_newline(docs: Any, doc: str) -> None:
    edit(docs, doc, text_at(1, "ab"), {"insertPageBreak": {"location": {"index": 2}}})
    assert text(docs, doc) == "a\f\nb\n"


def test_text_of_several_lines_replaces_a_placeholder_in_its_style(docs: Any, doc: str) -> None:
    bold = {"updateTextStyle": {"range": span(1, 6), "textStyle": {"bold": True}, "fields": "bold"}}
    edit(docs, doc, text_at(1, "{{x}} and {{x}}"), bold)
    asked = {"containsText": {"text": "{{X}}"}, "replaceText": "one\ntwo"}
    reply = edit(docs, doc, {"replaceAllText": asked})
    assert reply["replies"] == [{"replaceAllText": {"occurrencesChanged": 2}}]
    assert text(docs, doc) == "one\ntwo and one\ntwo\n"
    first = get(docs, doc)["body"]["content"][1]["paragraph"]["elements"][0]["textRun"]
    assert first["textStyle"] == {"bold": True}


def test_a_target_revision_may_be_an_older_one(docs: Any, doc: str) -> None:
    old = get(docs, doc)["revisionId"]
    edit(docs, doc, text_at(1, "newer "))
    edit(docs, doc, text_at(1, "x"), writeControl={"targetRevisionId": old})
    assert text(docs, doc) == "xnewer \n"
    wrong = call(docs, doc, text_at(1, "x"), writeControl={"targetRevisionId": "nothing"})
    assert refusal(wrong, 400)["status"] == "INVALID_ARGUMENT"


@pytest.mark.sandbox_only("paper follows the account's country")
def test_a_document_comes_whole_or_by_tabs(docs: Any, doc: str) -> None:
    whole = get(docs, doc)
    assert "tabs" not in whole
    page = whole["documentStyle"]["pageSize"]
    assert (round(page["width"]["magnitude"]), round(page["height"]["magnitude"])) == (595, 842)
    assert len(whole["namedStyles"]["styles"]) == 9
    tabbed = docs.documents().get(documentId=doc, includeTabsContent=True).execute()
    assert "body" not in tabbed
    assert tabbed["tabs"][0]["tabProperties"] == {"tabId": "t.0", "title": "Tab 1", "index": 0}
    assert tabbed["tabs"][0]["documentTab"]["body"] == whole["body"]


def test_a_reader_sees_no_suggestions(api: Any, docs: Any, doc: str) -> None:
    parent = api("docs", "v1", PARENT)
    share(api("drive", "v3", SENCO), doc, PARENT)
    assert get(parent, doc)["suggestionsViewMode"] == "PREVIEW_WITHOUT_SUGGESTIONS"
    asked = parent.documents().get(documentId=doc, suggestionsViewMode="SUGGESTIONS_INLINE")
    assert refusal(asked, 403)["status"] == "PERMISSION_DENIED"


def test_a_media_replace_drops_named_ranges_and_a_copy_keeps_them(api: Any, docs: Any, doc: str) -> None:
    files = api("drive", "v3", SENCO).files()
    edit(docs, doc, text_at(1, "Maya"), {"createNamedRange": {"name": "pupil", "range": span(1, 5)}})
    copied = files.copy(fileId=doc, fields="id").execute()["id"]
    files.update(fileId=doc, media_body=upload(b"new", "text/plain")).execute()
    assert "namedRanges" not in get(docs, doc)
    assert "pupil" in get(docs, copied)["namedRanges"]


def test_a_header_is_made_written_and_taken_away(docs: Any, doc: str) -> None:
    made = edit(docs, doc, {"createHeader": {"type": "DEFAULT"}})["replies"][0]["createHeader"]["headerId"]
    edit(docs, doc, {"insertText": {"location": {"segmentId": made, "index": 0}, "text": "School"}})
    document = get(docs, doc)
    assert document["documentStyle"]["defaultHeaderId"] == made
    assert words(document["headers"][made]["content"]) == "School\n"
    again = refusal(call(docs, doc, {"createHeader": {"type": "DEFAULT"}}), 400)
    assert "already exists" in again["message"]
    edit(docs, doc, {"deleteHeader": {"headerId": made}})
    assert "headers" not in get(docs, doc)
