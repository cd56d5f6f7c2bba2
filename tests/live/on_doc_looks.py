"""What is taken for granted about how a document describes tables, sections and footnotes."""

from __future__ import annotations

import io
from typing import Any

import docx
from drive_helpers import DOC, DOCX, upload
from ground import Google
from live.on_docs import Doc, at
from live.outcome import Outcome, assumption, judged, refusal, refused, told

from sheets_templates import document


def table(document: dict[str, Any]) -> dict[str, Any]:
    """The first table of a document."""
    found: dict[str, Any] = next(part["table"] for part in document["body"]["content"] if "table" in part)
    return found


def two_by_two(google: Google) -> Doc:
    doc = Doc(google)
    doc.edit({"insertTable": {"rows": 2, "columns": 2, "location": {"index": 1}}})
    return doc


def _widths(found: dict[str, Any]) -> list[str]:
    return [one.get("widthType", "") for one in found["tableStyle"]["tableColumnProperties"]]


@assumption("Widths of imported columns.")
def widths(google: Google) -> Outcome:
    made, out = docx.Document(), io.BytesIO()
    made.add_table(1, 2)
    made.save(out)
    files = google.service("drive", "v3").files()
    body = {"name": "Table", "mimeType": DOC}
    name = files.create(body=body, media_body=upload(out.getvalue()), fields="id").execute()["id"]
    came = table(google.service("docs", "v1").documents().get(documentId=name).execute())
    found = _widths(came), _widths(table(two_by_two(google).get()))
    expected = (["FIXED_WIDTH"] * 2, ["EVENLY_DISTRIBUTED"] * 2)
    return judged(found == expected, f"From a .docx {found[0]}, from insertTable {found[1]}.")


@assumption("Tables of our documents.")
def our_tables(google: Google) -> Outcome:
    sent = document.build_docx(document.load_spec("ehc_pack"))
    files = google.service("drive", "v3").files()
    body = {"name": "Tables", "mimeType": DOC}
    name = files.create(body=body, media_body=upload(sent), fields="id").execute()["id"]
    before, after = _tables(sent), _tables(files.export(fileId=name, mimeType=DOCX).execute())
    others = [f"{what} {after[what]} instead of {value}" for what, value in before.items() if after[what] != value]
    return judged(not others, f"Out as they went in: {before}." if not others else "; ".join(others))


def _tables(data: bytes) -> dict[str, list[str]]:
    """What a .docx says of its tables, and its language. Widths in whole centimetres."""
    whole = docx.Document(io.BytesIO(data))
    said = whole.element.xpath("//w:tblCaption/@w:val")
    widths = [round(int(width) / 567) for width in whole.element.xpath("//w:gridCol/@w:w")]
    return {
        "columns": [f"{width} cm" for width in widths],
        "captions": [str(one) for one in said],
        "repeated heads": [str(len(whole.element.xpath("//w:tblHeader")))],
        "language": sorted({str(one) for one in whole.styles.element.xpath("//w:docDefaults//w:lang/@w:val")}),
    }


@assumption("Covered cells.")
def covered(google: Google) -> Outcome:
    doc = two_by_two(google)
    start = next(part["startIndex"] for part in doc.get()["body"]["content"] if "table" in part)
    cell = {"tableStartLocation": {"index": start}, "rowIndex": 0, "columnIndex": 0}
    doc.edit({"mergeTableCells": {"tableRange": {"tableCellLocation": cell, "rowSpan": 2, "columnSpan": 2}}})
    rows = table(doc.get())["tableRows"]
    spans = [
        (cell["tableCellStyle"].get("rowSpan"), cell["tableCellStyle"].get("columnSpan"))
        for row in rows
        for cell in row["tableCells"]
    ]
    return judged(spans == [(2, 2), (1, 1), (1, 1), (1, 1)], f"Spans of four merged cells: {spans}.")


@assumption("Margins of a later section.")
def margins(google: Google) -> Outcome:
    doc = Doc(google)
    doc.edit(at(1, "one\ntwo"), {"insertSectionBreak": {"location": {"index": 5}, "sectionType": "NEXT_PAGE"}})
    parts = doc.get()["body"]["content"]
    later = [part["startIndex"] for part in parts if "sectionBreak" in part and part.get("startIndex")][-1]
    style = {"marginLeft": {"magnitude": 30, "unit": "PT"}}
    where = {"startIndex": later + 1, "endIndex": later + 2}
    doc.edit({"updateSectionStyle": {"range": where, "sectionStyle": style, "fields": "marginLeft"}})
    breaks = [part["sectionBreak"]["sectionStyle"] for part in doc.get()["body"]["content"] if "sectionBreak" in part]
    told = [sorted(key for key in one if key.startswith("margin")) for one in breaks]
    return judged(told == [[], ["marginLeft"]], f"The sections tell the margins {told}.")


@assumption("A picture that cannot be fetched.")
def picture(google: Google) -> Outcome:
    doc = Doc(google)
    asked = {"insertInlineImage": {"location": {"index": 1}, "uri": "https://nowhere.invalid/x.png"}}
    return refusal(doc.api.batchUpdate(documentId=doc.id, body={"requests": [asked]}), 400, "retrieving the image")


@assumption("Titles of new tabs.")
def tabs(google: Google) -> Outcome:
    doc = Doc(google)
    only = doc.api.get(documentId=doc.id, includeTabsContent=True).execute()["tabs"][0]["tabProperties"]["tabId"]
    last = refused(doc.api.batchUpdate(documentId=doc.id, body={"requests": [{"deleteTab": {"tabId": only}}]}))
    doc.edit({"addDocumentTab": {}})
    found = doc.api.get(documentId=doc.id, includeTabsContent=True).execute()["tabs"]
    titles = [one["tabProperties"]["title"] for one in found]
    said = f"Deleting the only tab: {told(last) if last else 'taken'}. Tabs: {', '.join(titles)}."
    return judged(last is not None and titles == ["Tab 1", "Tab 2"], said)
