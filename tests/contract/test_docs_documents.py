"""Google Docs through Google's own client: the body with its indexes, and replacing text."""

from __future__ import annotations

from typing import Any

import docx
import pytest
from drive_helpers import DOC, PARENT, SENCO, make, refusal, share, upload

pytestmark = pytest.mark.any_google

PAGE = (
    "<h1>Plan 🎓</h1><p>Hello <b>Maya</b>, <a href='https://school.example/'>read</a></p>"
    "<ul><li>one</li></ul><table><tr><td>a</td><td>b</td></tr></table>"
)


@pytest.fixture
def doc(api: Any) -> str:
    drive = api("drive", "v3", SENCO)
    body = {"name": "Plan", "mimeType": DOC}
    made = drive.files().create(body=body, media_body=upload(PAGE.encode(), "text/html")).execute()
    return str(made["id"])


def replace(docs: Any, doc: str, old: str, new: str, **more: Any) -> Any:
    request = {"replaceAllText": {"containsText": {"text": old, "matchCase": True}, "replaceText": new}}
    return docs.documents().batchUpdate(documentId=doc, body={"requests": [request], **more})


def text_of(document: Any) -> str:
    runs = [e for c in document["body"]["content"] for e in c.get("paragraph", {}).get("elements", [])]
    return "".join(run["textRun"]["content"] for run in runs)


def test_a_new_document_is_empty_and_stands_in_drive(api: Any, docs: Any) -> None:
    made = docs.documents().create(body={"title": "Notes"}).execute()
    assert made["title"] == "Notes"
    assert text_of(made) == "\n"
    found = api("drive", "v3", SENCO).files().get(fileId=made["documentId"]).execute()
    assert (found["name"], found["mimeType"]) == ("Notes", DOC)


def test_the_body_is_laid_out_on_utf16_indexes(docs: Any, doc: str) -> None:
    document = docs.documents().get(documentId=doc).execute()
    content = document["body"]["content"]
    heading, paragraph, item, table, last = content[1:]
    assert heading["paragraph"]["paragraphStyle"]["namedStyleType"] == "HEADING_1"
    assert (heading["startIndex"], heading["endIndex"]) == (1, 9)
    assert [e["textRun"]["content"] for e in paragraph["paragraph"]["elements"]] == [
        "Hello ",
        "Maya",
        ", ",
        "read",
        "\n",
    ]
    assert paragraph["paragraph"]["elements"][1]["textRun"]["textStyle"] == {"bold": True}
    link = paragraph["paragraph"]["elements"][3]["textRun"]["textStyle"]
    assert (link["link"], link["underline"]) == ({"url": "https://school.example/"}, True)
    levels = document["lists"][item["paragraph"]["bullet"]["listId"]]["listProperties"]["nestingLevels"]
    assert [level["glyphSymbol"] for level in levels[:4]] == ["●", "○", "■", "●"]
    assert (table["table"]["rows"], table["table"]["columns"]) == (1, 2)
    (row,) = table["table"]["tableRows"]
    start = table["startIndex"]
    assert [cell["content"][0]["startIndex"] for cell in row["tableCells"]] == [start + 3, start + 6]
    assert last["startIndex"] == table["endIndex"] == start + 9
    starts = [part["startIndex"] for part in content[1:]]
    assert starts == [part["endIndex"] for part in content[:-1]]


def test_text_is_replaced_across_runs_and_in_cells(docs: Any, doc: str) -> None:
    reply = replace(docs, doc, "Hello Maya", "Dear {{x}} <b>&").execute()
    assert reply["replies"] == [{"replaceAllText": {"occurrencesChanged": 1}}]
    replace(docs, doc, "a", "A").execute()
    document = docs.documents().get(documentId=doc).execute()
    assert "DeAr {{x}} <b>&, reAd" in text_of(document)
    cell = document["body"]["content"][4]["table"]["tableRows"][0]["tableCells"][0]["content"][0]
    assert cell["paragraph"]["elements"][0]["textRun"]["content"] == "A\n"


def test_a_stale_revision_is_refused_and_changes_nothing(docs: Any, doc: str) -> None:
    revision = docs.documents().get(documentId=doc).execute()["revisionId"]
    control = {"writeControl": {"requiredRevisionId": revision}}
    replace(docs, doc, "Maya", "Ben", **control).execute()
    assert refusal(replace(docs, doc, "Ben", "Zoe", **control), 400)["status"] == "FAILED_PRECONDITION"
    assert "Hello Ben" in text_of(docs.documents().get(documentId=doc).execute())


def test_a_reader_reads_and_does_not_edit(api: Any, docs: Any, doc: str) -> None:
    parent = api("docs", "v1", PARENT)
    share(api("drive", "v3", SENCO), doc, PARENT)
    document = parent.documents().get(documentId=doc).execute()
    assert "Hello Maya" in text_of(document)
    assert "revisionId" not in document
    assert refusal(replace(parent, doc, "Maya", "x"), 403)["status"] == "PERMISSION_DENIED"


@pytest.mark.sandbox_only("it says what the sandbox lacks")
def test_an_edit_that_is_not_built_says_so_and_changes_nothing(docs: Any, doc: str) -> None:
    requests = [
        {"replaceAllText": {"containsText": {"text": "Maya"}, "replaceText": "x"}},
        {"insertDropdown": {"location": {"index": 1}}},
    ]
    error = refusal(docs.documents().batchUpdate(documentId=doc, body={"requests": requests}), 501)
    assert "insertDropdown" in error["message"]
    assert "Hello Maya" in text_of(docs.documents().get(documentId=doc).execute())


def test_a_documents_scope_opens_documents_but_not_drive(api: Any, doc: str) -> None:
    editor = api("docs", "v1", SENCO, scopes=["documents"])
    assert editor.documents().get(documentId=doc).execute()["title"] == "Plan"
    picked = api("docs", "v1", SENCO, scopes=["drive.file"], client_id="other.example")
    refusal(picked.documents().get(documentId=doc), 404)


def test_a_folder_is_no_document(api: Any, docs: Any) -> None:
    folder = make(api("drive", "v3", SENCO), "SEN", "application/vnd.google-apps.folder")["id"]
    assert refusal(docs.documents().get(documentId=folder), 400)["status"] == "FAILED_PRECONDITION"


def test_an_export_opens_in_python_docx(api: Any, doc: str, tmp_path: Any) -> None:
    drive = api("drive", "v3", SENCO)
    mime_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    target = tmp_path / "plan.docx"
    target.write_bytes(drive.files().export(fileId=doc, mimeType=mime_type).execute())
    assert docx.Document(str(target)).paragraphs[0].text == "Plan 🎓"


@pytest.mark.sandbox_only("sets the country of two people")
def test_a_new_document_has_the_paper_of_its_makers_country(api: Any, sandbox_server: Any) -> None:
    papers = {}
    for locale, email in (("en_GB", SENCO), ("en_US", "teacher@school.example")):
        maker = api("docs", "v1", email)
        sandbox_server.workspace.users[email].locale = locale
        style = maker.documents().create(body={"title": "x"}).execute()["documentStyle"]
        papers[locale] = {side: length["magnitude"] for side, length in style["pageSize"].items()}
    assert papers["en_US"] == {"height": 792, "width": 612}
    assert papers["en_GB"] == {"height": 841.8897637795277, "width": 595.2755905511812}
