"""Any run of insertions and deletions leaves what a string model leaves, on one unbroken line of indexes."""

from __future__ import annotations

from typing import Any

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.docs import edits, tree
from sandbox.docs.body import Writer
from sandbox.docs.edit import Edit

TEXTS = st.text(alphabet="ab\n\té🎓", min_size=1, max_size=6)
STEPS = st.lists(
    st.tuples(st.sampled_from(("insert", "delete", "bold")), st.integers(0, 99), st.integers(1, 9), TEXTS)
)


def text_of(document: Any) -> str:
    parts = list(tree.body(document).paragraphs())
    return "".join("".join(piece.text for piece in p.pieces) + "\n" for p in parts)


def points_of(text: str) -> list[str]:
    """One entry an index: a letter's, with "" for the second half of one beyond the first plane."""
    return [unit for letter in text for unit in ([letter, ""] if ord(letter) > 0xFFFF else [letter])]


def on_letters(line: list[str], at: int) -> int:
    return at - 1 if at < len(line) and line[at] == "" else at


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_edits_agree_with_a_string(steps: list[tuple[str, int, int, str]]) -> None:
    edit = Edit(document=docx.Document(), ranges={}, new_id=lambda: "kix.1")
    line = ["\n"]
    for kind, at, length, text in steps:
        start = on_letters(line, at % len(line))
        end = on_letters(line, min(start + length, len(line) - 1))
        if kind == "insert":
            edits.apply(edit, {"insertText": {"location": {"index": start + 1}, "text": text}}, 0)
            line[start:start] = points_of(text)
        elif start < end and kind == "delete":
            edits.apply(edit, {"deleteContentRange": {"range": {"startIndex": start + 1, "endIndex": end + 1}}}, 0)
            del line[start:end]
        elif start < end:
            style = {"range": {"startIndex": start + 1, "endIndex": end + 1}, "textStyle": {"bold": True}}
            edits.apply(edit, {"updateTextStyle": {**style, "fields": "bold"}}, 0)
    assert text_of(edit.document) == "".join(line)
    assert_unbroken(Writer(edit.document).resource()["body"]["content"])


def assert_unbroken(content: list[dict[str, Any]]) -> None:
    at = 0
    for part in content:
        assert part.get("startIndex", 0) == at
        for element in part.get("paragraph", {}).get("elements", ()):
            assert element["startIndex"] == at
            at = element["endIndex"]
            text = element["textRun"]["content"]
            assert at - element["startIndex"] == len(text.encode("utf-16-le")) // 2
        at = part["endIndex"]
