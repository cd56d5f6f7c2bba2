"""What is taken for granted about Drive's files: lists, times, conversion, refusals."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
from drive_helpers import DOC, DOCX, FOLDER, SHEET, make, upload, word
from ground import Google
from live.outcome import Outcome, assumption, held, judged, not_held, person, refusal
from live.words import compared

from sheets_templates import document

MANY, ROUNDS, LONGEST = 105, 5, 180
BY_HAND = "Open {link}, choose File, Make a copy, and leave the copy in the same folder."


def drive(google: Google) -> Any:
    return google.service("drive", "v3")


def seconds_until(google: Google, seen: Callable[[], bool], *, step: float = 2.0) -> float | None:
    """How long it took until something was seen, by waits of ``step`` seconds; None where it took too long."""
    waited = 0.0
    while not seen():
        if waited >= LONGEST:
            return None
        google.pause(step)
        waited += step
    return waited


@assumption("Page size with permissions.")
def page_size(google: Google) -> Outcome:
    own = drive(google)
    folder = make(own, "Many", FOLDER, parents=[google.folder])["id"]
    for start in range(0, MANY, 50):
        batch = own.new_batch_http_request()
        for number in range(start, min(start + 50, MANY)):
            body = {"name": f"{number}.txt", "mimeType": "text/plain", "parents": [folder]}
            batch.add(own.files().create(body=body, fields="id"))
        batch.execute()
    asked = {"q": f"'{folder}' in parents", "pageSize": 1000, "fields": "nextPageToken,files(id,permissions(id))"}
    page = own.files().list(**asked).execute()
    held_all = len(page["files"]) == MANY and "nextPageToken" not in page
    return judged(held_all, f"{MANY} files with permissions: {len(page['files'])} came in the first page.")


@assumption("How soon a list is true.")
def lag(google: Google) -> Outcome:
    own, lags = drive(google), dict.fromkeys(("created", "shared", "binned"), 0.0)

    def listed(file_id: str) -> dict[str, Any]:
        query = {"q": f"'{google.folder}' in parents and trashed = false", "pageSize": 1000}
        page = own.files().list(**query, fields="files(id,permissions(emailAddress))").execute()
        return next((one for one in page["files"] if one["id"] == file_id), {})

    for number in range(ROUNDS):
        made = make(own, f"Lag {number}", parents=[google.folder])["id"]
        lags["created"] = max(lags["created"], _waited(google, lambda made=made: bool(listed(made))))
        if google.second:
            body = {"type": "user", "role": "reader", "emailAddress": google.second}
            own.permissions().create(fileId=made, body=body, sendNotificationEmail=False).execute()
            lags["shared"] = max(
                lags["shared"], _waited(google, lambda made=made: google.second in str(listed(made)))
            )
        own.files().update(fileId=made, body={"trashed": True}).execute()
        lags["binned"] = max(lags["binned"], _waited(google, lambda made=made: not listed(made)))
    untried = "" if google.second else " Sharing was not tried: no second account was given."
    said = ", ".join(f"{name} {seconds:g} s" for name, seconds in lags.items())
    return judged(not any(lags.values()), f"Longest wait in {ROUNDS} rounds: {said}.{untried}")


def _waited(google: Google, seen: Callable[[], bool]) -> float:
    waited = seconds_until(google, seen)
    return float(LONGEST) if waited is None else waited


@assumption("Copies by hand.")
def copies(google: Google) -> Outcome:
    own, mark = drive(google), {"senplans_kind": "plans"}
    source = make(own, "Copy me", SHEET, parents=[google.folder], appProperties=mark)["id"]
    copied = own.files().copy(fileId=source, body={"name": "By API"}, fields="id,appProperties").execute()
    if copied.get("appProperties") != mark:
        return not_held(f"files.copy gave a copy whose app properties are {copied.get('appProperties')}.")
    steps = BY_HAND.format(link=f"https://docs.google.com/spreadsheets/d/{source}/edit")
    saw = "files.copy carries app properties along."
    if not google.asks(steps):
        return person("Run live-check with --with-a-person and make the copy that it asks for.", saw)
    query = f"'{google.folder}' in parents and trashed = false and mimeType = '{SHEET}'"
    found = own.files().list(q=query, fields="files(id,name,appProperties)").execute()["files"]
    others = [one for one in found if one["id"] not in (source, copied["id"]) and "Copy me" in one["name"]]
    if not others:
        return person(steps, "No copy made by hand was found in the folder.")
    return judged(others[0].get("appProperties") == mark, f"{saw} By hand: {others[0].get('appProperties')}.")


@assumption("A template Doc's time.")
def modified(google: Google) -> Outcome:
    own, docs = drive(google), google.service("docs", "v1")
    made = make(own, "Template", parents=[google.folder])["id"]
    waits = []

    def time() -> str:
        return str(own.files().get(fileId=made, fields="modifiedTime").execute()["modifiedTime"])

    for text in ("one", "two"):
        before = time()
        edit = {"requests": [{"insertText": {"location": {"index": 1}, "text": text}}]}
        docs.documents().batchUpdate(documentId=made, body=edit).execute()
        waits.append(seconds_until(google, lambda before=before: time() != before, step=5))
    if None in waits:
        return not_held(f"After an edit modifiedTime stood still for {LONGEST} s.")
    return held(f"modifiedTime had moved {' and '.join(f'{one:g} s' for one in waits)} after an edit.")


@assumption("Conversion.")
def conversion(google: Google) -> Outcome:
    sent = document.build_docx(document.load_spec("sen_support_plan"))
    files = drive(google).files()
    made = files.create(body={"name": "Template", "mimeType": DOC}, media_body=upload(sent), fields="id").execute()[
        "id"
    ]
    came = files.export(fileId=made, mimeType=DOCX).execute()
    before, after = _features(sent), _features(came)
    others = [f"{name} {after[name]} instead of {value}" for name, value in before.items() if after[name] != value]
    problems = len(document.check(came))
    if problems:
        others.append(f"{problems} problems in the tags")
    said = ", ".join(f"{name} {value}" for name, value in before.items())
    return judged(not others, f"Out as it went in: {said}." if not others else "; ".join(others))


def _features(data: bytes) -> dict[str, int]:
    """How many of each thing that the parents' copy relies on stand in a .docx."""
    whole = docx.Document(io.BytesIO(data))
    styles = [paragraph.style.name if paragraph.style else "" for paragraph in whole.paragraphs]
    footers = [paragraph.text for section in whole.sections for paragraph in section.footer.paragraphs]
    return {
        "headings": sum(str(name).startswith("Heading") for name in styles),
        "bold runs": sum(bool(run.bold and run.text.strip()) for one in whole.paragraphs for run in one.runs),
        "list items": sum("<w:numPr>" in paragraph._p.xml for paragraph in whole.paragraphs),
        "tags": sum(paragraph.text.count("{{") for paragraph in whole.paragraphs),
        "footers": sum(bool(text.strip()) for text in footers),
    }


@assumption("An unreadable upload.")
def unreadable(google: Google) -> Outcome:
    made = (
        drive(google).files().create(body={"name": "Noise", "mimeType": DOC}, media_body=upload(b"PK\x03\x04 noise"))
    )
    return refusal(made, 400)


@assumption("A locked file.")
def locked(google: Google) -> Outcome:
    files = drive(google).files()
    made = make(drive(google), "Locked", parents=[google.folder])["id"]
    files.update(fileId=made, body={"contentRestrictions": [{"readOnly": True, "reason": "Shared"}]}).execute()
    outcome = refusal(files.update(fileId=made, media_body=upload(word("x"))), 403, "contentRestricted")
    files.update(fileId=made, body={"contentRestrictions": [{"readOnly": False}]}).execute()
    return outcome


@assumption("Words of Drive's refusals.")
def words(google: Google) -> Outcome:
    return compared(google, "Drive")


@assumption("Order of a plain list.")
def plain_order(google: Google) -> Outcome:
    own = drive(google)
    folder = make(own, "Order", FOLDER, parents=[google.folder])["id"]
    made = [make(own, f"{number}.txt", "text/plain", parents=[folder])["id"] for number in range(10)]
    touched = made.pop(3)
    own.files().update(fileId=touched, body={"name": "touched.txt"}).execute()
    listed = [one["id"] for one in own.files().list(q=f"'{folder}' in parents").execute()["files"]]
    names = {one: str(number) for number, one in enumerate([*made, touched])}
    return judged(
        listed == [*made, touched][::-1], f"Listed: {' '.join(names[one] for one in listed)}; 9 changed last."
    )


@assumption("Sizes told of Google files.")
def sizes(google: Google) -> Outcome:
    own = drive(google)
    made = make(own, "Empty", parents=[google.folder], fields="id,size,quotaBytesUsed")
    said = f"A new Doc: size {made.get('size')}, quotaBytesUsed {made.get('quotaBytesUsed')}."
    return judged(made.get("size") == "1024" and made.get("quotaBytesUsed") in (None, "0", "1024"), said)


@assumption("Revisions that merge.")
def revisions(google: Google) -> Outcome:
    own, docs = drive(google), google.service("docs", "v1")
    made = make(own, "Revised", parents=[google.folder])["id"]

    def count() -> int:
        return len(own.revisions().list(fileId=made, fields="revisions(id)").execute()["revisions"])

    before = count()
    for text in ("one", "two", "three"):
        edit = {"requests": [{"insertText": {"location": {"index": 1}, "text": text}}]}
        docs.documents().batchUpdate(documentId=made, body=edit).execute()
    more = count() - before
    return judged(more <= 1, f"Three edits at once made {more} revisions more than the {before} there were.")
