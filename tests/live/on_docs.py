"""What is taken for granted about editing documents."""

from __future__ import annotations

from typing import Any

from ground import Google
from live.outcome import Outcome, assumption, judged
from live.words import compared


class Doc:
    """One new document."""

    def __init__(self, google: Google) -> None:
        self.api = google.service("docs", "v1").documents()
        self.id = self.api.create(body={"title": "Live check"}).execute()["documentId"]

    def edit(self, *requests: dict[str, Any]) -> dict[str, Any]:
        done: dict[str, Any] = self.api.batchUpdate(documentId=self.id, body={"requests": list(requests)}).execute()
        return done

    def get(self) -> dict[str, Any]:
        found: dict[str, Any] = self.api.get(documentId=self.id).execute()
        return found

    def runs(self) -> list[tuple[str, bool]]:
        """The pieces of text and whether each is bold."""
        return [
            (run["textRun"]["content"], run["textRun"]["textStyle"].get("bold", False))
            for part in self.get()["body"]["content"]
            for run in part.get("paragraph", {}).get("elements", [])
        ]

    def named(self) -> list[tuple[int, int]]:
        """Where the named range ``here`` stands."""
        found = self.get().get("namedRanges", {}).get("here", {}).get("namedRanges", [])
        return [(part["startIndex"], part["endIndex"]) for one in found for part in one["ranges"]]


def at(index: int, text: str) -> dict[str, Any]:
    return {"insertText": {"location": {"index": index}, "text": text}}


def span(start: int, end: int) -> dict[str, int]:
    return {"startIndex": start, "endIndex": end}


@assumption("Words of Docs' refusals.")
def words(google: Google) -> Outcome:
    return compared(google, "Docs")


@assumption("Styles beside an insertion.")
def styles(google: Google) -> Outcome:
    doc = Doc(google)
    bold = {"range": span(1, 4), "textStyle": {"bold": True}, "fields": "bold"}
    doc.edit(at(1, "one two"), {"updateTextStyle": bold}, at(1, "X"))
    first = doc.runs()
    doc.edit({"replaceAllText": {"containsText": {"text": "ne t"}, "replaceText": "NE T"}})
    then = doc.runs()
    fits = first == [("Xone", True), (" two\n", False)] and then == [("XoNE T", True), ("wo\n", False)]
    return judged(fits, f"After an insertion at the beginning {first}, after a replacement {then}.")


@assumption("Named ranges when text moves.")
def ranges(google: Google) -> Outcome:
    doc, seen = Doc(google), {}
    doc.edit(at(1, "ab word cd"), {"createNamedRange": {"name": "here", "range": span(4, 8)}})
    for name, request in {
        "before": at(4, "1"),
        "after": at(9, "2"),
        "inside": at(7, "3"),
        "all deleted": {"deleteContentRange": {"range": span(5, 10)}},
    }.items():
        doc.edit(request)
        seen[name] = doc.named()
    expected = {"before": [(5, 9)], "after": [(5, 9)], "inside": [(5, 10)], "all deleted": []}
    return judged(seen == expected, "; ".join(f"{name}: {place}" for name, place in seen.items()))
