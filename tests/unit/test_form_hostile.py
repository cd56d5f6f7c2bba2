"""A hostile file is refused with a reason that a person can act on, whichever way it comes in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docx_making import doc_of, parts_of, with_part, zipped

from sheets_templates.document_problem import TemplateRefused
from sheets_templates.form_check import check_tags
from sheets_templates.form_propose import recognise
from sheets_templates.form_standing import standing_tags
from sheets_templates.form_sureness import tag_scores
from sheets_templates.form_tagging import tag_copy

FORM = doc_of([["Name", ""], ["Class", ""]])
BODY, RELS = "word/document.xml", "word/_rels/document.xml.rels"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REMOTE = f'<Relationship Id="x" Type="{KINDS}/image" Target="http://e.example/a.png" TargetMode="External"/>'
DTD, END, LONG = '<!DOCTYPE a [<!ENTITY b "c">]>', "</Relationships>", "<w:body>" + "<w:p/>" * 60_000
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)

HOSTILE: dict[str, tuple[bytes, str]] = {
    "zip bomb": (zipped({**parts_of(FORM), "word/x.xml": b" " * 60_000_000}, compression=8), "unpacks"),
    "entities": (with_part(FORM, BODY, lambda x: x.replace("<w:document", f"{DTD}<w:document", 1)), "entities"),
    "picture from elsewhere": (with_part(FORM, RELS, lambda x: x.replace(END, REMOTE + END)), "another place"),
    "macros": (with_part(FORM, "word/vbaProject.bin", OLE2), "macros"),
    "embedded object": (with_part(FORM, "word/embeddings/oleObject1.bin", OLE2), "embedded"),
    "a thousand pages": (with_part(FORM, BODY, lambda x: x.replace("<w:body>", LONG)), "longer than"),
    "malformed": (with_part(FORM, BODY, lambda x: x[: len(x) // 2]), "damaged"),
    "password or an old .doc": (OLE2, "not a Word document"),
    "nothing at all": (b"", "not a Word document"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("read", [recognise, tag_copy, standing_tags, tag_scores], ids=lambda each: each.__name__)
def test_a_hostile_form_is_refused_with_a_reason(name: str, read: Callable[[bytes], object]) -> None:
    docx, reason = HOSTILE[name]
    if name == "a thousand pages" and read is standing_tags:
        pytest.skip("its tags are never looked at: every reader of a form refuses it first")
    with pytest.raises(TemplateRefused, match=reason):
        read(docx)


@pytest.mark.parametrize("name", HOSTILE)
def test_the_check_of_tags_tells_why_a_hostile_file_is_refused(name: str) -> None:
    checked = check_tags(HOSTILE[name][0])
    assert not checked.is_good
    assert checked.problems[0].message.endswith(".")
