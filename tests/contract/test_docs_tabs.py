"""Tabs through Google's own client: made, moved, nested, written to one by one, deleted."""

from __future__ import annotations

from typing import Any

from drive_helpers import SENCO, refusal


def call(docs: Any, doc: str, *requests: Any) -> Any:
    return docs.documents().batchUpdate(documentId=doc, body={"requests": list(requests)})


def edit(docs: Any, doc: str, *requests: Any) -> Any:
    return call(docs, doc, *requests).execute()["replies"]


def add(docs: Any, doc: str, title: str, **more: Any) -> Any:
    (reply,) = edit(docs, doc, {"addDocumentTab": {"tabProperties": {"title": title, **more}}})
    return reply["addDocumentTab"]["tabProperties"]


def write(tab: str, text: str) -> Any:
    return {"insertText": {"location": {"index": 1, "tabId": tab}, "text": text}}


def tree(docs: Any, doc: str) -> list[Any]:
    """Each tab as its title and text, and the tabs under it where there are some."""
    found = docs.documents().get(documentId=doc, includeTabsContent=True).execute()
    assert "body" not in found
    return [_told(tab) for tab in found["tabs"]]


def _told(tab: Any) -> Any:
    paragraphs = tab["documentTab"]["body"]["content"][1:]
    text = "".join(run["textRun"]["content"] for one in paragraphs for run in one["paragraph"]["elements"])
    below = [_told(child) for child in tab.get("childTabs", ())]
    return (tab["tabProperties"]["title"], text.strip(), *below)


def titles(docs: Any, doc: str) -> list[str]:
    return [tab[0] for tab in tree(docs, doc)]


def test_a_new_tab_is_the_last_and_takes_text_of_its_own(docs: Any, doc: str) -> None:
    made = add(docs, doc, "Aims")
    assert made == {"tabId": made["tabId"], "title": "Aims", "index": 1}
    assert made["tabId"].startswith("t.")
    edit(docs, doc, write("t.0", "first"), write(made["tabId"], "second 🎓"), write("", "the "))
    assert tree(docs, doc) == [("Tab 1", "the first"), ("Aims", "second 🎓")]
    whole = docs.documents().get(documentId=doc).execute()
    assert "tabs" not in whole
    assert whole["body"]["content"][1]["paragraph"]["elements"][0]["textRun"]["content"] == "the first\n"


def test_tabs_stand_under_tabs_three_deep(docs: Any, doc: str) -> None:
    child = add(docs, doc, "Child", parentTabId="t.0", iconEmoji="🎓")
    deep = add(docs, doc, "Deep", parentTabId=child["tabId"])
    assert (child["index"], child["nestingLevel"], child["iconEmoji"]) == (0, 1, "🎓")
    assert (deep["parentTabId"], deep["nestingLevel"]) == (child["tabId"], 2)
    assert tree(docs, doc) == [("Tab 1", "", ("Child", "", ("Deep", "")))]
    below = {"addDocumentTab": {"tabProperties": {"title": "x", "parentTabId": deep["tabId"]}}}
    assert "at most 3 levels" in refusal(call(docs, doc, below), 400)["message"]


def test_a_tab_is_renamed_and_moved(docs: Any, doc: str) -> None:
    for title in "BCD":
        add(docs, doc, title)
    assert add(docs, doc, "first", index=0)["index"] == 0
    tabs = docs.documents().get(documentId=doc, includeTabsContent=True).execute()["tabs"]
    ids = {tab["tabProperties"]["title"]: tab["tabProperties"]["tabId"] for tab in tabs}

    def change(tab: str, fields: str, **properties: Any) -> Any:
        asked = {"tabProperties": {"tabId": ids[tab], **properties}, "fields": fields}
        return {"updateDocumentTabProperties": asked}

    edit(docs, doc, change("first", "title", title="A"), change("B", "index", index=4))
    assert titles(docs, doc) == ["A", "Tab 1", "C", "B", "D"]
    edit(docs, doc, change("D", "index", index=1))
    assert titles(docs, doc) == ["A", "D", "Tab 1", "C", "B"]
    assert "must be between" in refusal(call(docs, doc, change("D", "index", index=9)), 400)["message"]


def test_a_deleted_tab_takes_those_under_it_and_the_last_stays(docs: Any, doc: str) -> None:
    other = add(docs, doc, "Other")["tabId"]
    add(docs, doc, "Under", parentTabId="t.0")
    edit(docs, doc, write(other, "kept"), {"deleteTab": {"tabId": "t.0"}})
    assert tree(docs, doc) == [("Other", "kept")]
    assert "last tab" in refusal(call(docs, doc, {"deleteTab": {"tabId": other}}), 400)["message"]
    assert "not found" in refusal(call(docs, doc, write("t.0", "x")), 400)["message"]


def test_a_placeholder_is_replaced_in_every_tab_or_in_those_named(docs: Any, doc: str) -> None:
    other = add(docs, doc, "Other")["tabId"]
    edit(docs, doc, write("t.0", "{{x}} {{x}}"), write(other, "{{x}}"))
    asked = {"containsText": {"text": "{{x}}"}, "replaceText": "a"}
    replies = edit(
        docs,
        doc,
        {"replaceAllText": {**asked, "tabsCriteria": {"tabIds": [other]}}},
        {"replaceAllText": asked},
        {"replaceAllText": asked},
    )
    assert [reply["replaceAllText"].get("occurrencesChanged") for reply in replies] == [1, 2, None]
    assert tree(docs, doc) == [("Tab 1", "a a"), ("Other", "a")]


def test_a_named_range_is_found_in_whichever_tab_it_is(docs: Any, doc: str) -> None:
    other = add(docs, doc, "Other")["tabId"]
    place = {"startIndex": 1, "endIndex": 5, "tabId": other}
    edit(docs, doc, write(other, "name here"), {"createNamedRange": {"name": "n", "range": place}})
    edit(docs, doc, {"replaceNamedRangeContent": {"namedRangeName": "n", "text": "Jo"}})
    assert tree(docs, doc) == [("Tab 1", ""), ("Other", "Jo here")]
    edit(docs, doc, {"deleteNamedRange": {"name": "n"}})
    assert "not found" in refusal(call(docs, doc, {"deleteNamedRange": {"name": "n"}}), 400)["message"]


def test_a_copy_has_all_tabs_and_a_refused_batch_adds_none(api: Any, docs: Any, doc: str) -> None:
    other = add(docs, doc, "Other")["tabId"]
    edit(docs, doc, write(other, "text"))
    copied = api("drive", "v3", SENCO).files().copy(fileId=doc, body={}).execute()["id"]
    assert tree(docs, copied) == [("Tab 1", ""), ("Other", "text")]
    refusal(call(docs, doc, {"addDocumentTab": {"tabProperties": {}}}, write("t.9", "x")), 400)
    assert titles(docs, doc) == ["Tab 1", "Other"]
