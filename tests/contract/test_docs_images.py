"""Pictures through Google's own client: from a public file in Drive; any other address can't be reached."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pytest
from drive_helpers import SENCO, refusal, upload

NOWHERE = "https://placehold.example/100x100.png"


def png(width: int, height: int) -> bytes:
    """A black picture of that size."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = zlib.compress((b"\0" + b"\0" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", lines) + part(b"IEND", b"")


def picture(api: Any, data: bytes, *, public: bool = True) -> str:
    """The address of a picture in Drive."""
    drive = api("drive", "v3", SENCO)
    made = drive.files().create(body={"name": "p.png"}, media_body=upload(data, "image/png")).execute()["id"]
    if public:
        drive.permissions().create(fileId=made, body={"type": "anyone", "role": "reader"}).execute()
    return f"https://drive.google.com/uc?id={made}"


def call(docs: Any, doc: str, *requests: Any) -> Any:
    return docs.documents().batchUpdate(documentId=doc, body={"requests": list(requests)})


def insert(uri: str, **more: Any) -> Any:
    return {"insertInlineImage": {"uri": uri, "location": {"index": 1}, **more}}


def shown(docs: Any, doc: str) -> dict[str, Any]:
    found = docs.documents().get(documentId=doc).execute().get("inlineObjects", {})
    return {name: one["inlineObjectProperties"]["embeddedObject"] for name, one in found.items()}


def size(width: float, height: float) -> Any:
    return {"width": {"magnitude": width, "unit": "PT"}, "height": {"magnitude": height, "unit": "PT"}}


def test_a_public_picture_goes_in_and_keeps_its_id_when_replaced(api: Any, docs: Any, doc: str) -> None:
    small, large = picture(api, png(100, 60)), picture(api, png(200, 200))
    reply = call(docs, doc, insert(small)).execute()["replies"][0]["insertInlineImage"]
    (found,) = shown(docs, doc).items()
    assert found[0] == reply["objectId"]
    assert (found[1]["size"], found[1]["imageProperties"]["sourceUri"]) == (size(75, 45), small)
    call(docs, doc, {"replaceImage": {"imageObjectId": reply["objectId"], "uri": large}}).execute()
    after = shown(docs, doc)[reply["objectId"]]
    assert (after["size"], after["imageProperties"]["sourceUri"]) == (size(75, 45), large)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [({"width": 50}, (50, 25)), ({"height": 50}, (100, 50)), ({"width": 60, "height": 60}, (60, 30))],
)
def test_a_picture_keeps_its_shape(
    api: Any, docs: Any, doc: str, asked: dict[str, float], expected: tuple[float, float]
) -> None:
    wanted = {side: {"magnitude": value, "unit": "PT"} for side, value in asked.items()}
    call(docs, doc, insert(picture(api, png(40, 20)), objectSize=wanted)).execute()
    (found,) = shown(docs, doc).values()
    assert found["size"] == size(*expected)


def test_what_cannot_be_fetched_or_is_no_picture_is_refused(api: Any, docs: Any, doc: str) -> None:
    private, text = picture(api, png(1, 1), public=False), picture(api, b"no picture")
    for uri in (NOWHERE, private, text, f"{NOWHERE}?{'x' * 2048}", ""):
        error = refusal(call(docs, doc, insert(uri)), 400)
        assert error["message"].startswith("Invalid requests[0].insertInlineImage: The")
    unknown = {"replaceImage": {"imageObjectId": "kix.none", "uri": NOWHERE}}
    assert "was not found" in refusal(call(docs, doc, unknown), 400)["message"]


def test_a_footnote_takes_no_picture(api: Any, docs: Any, doc: str) -> None:
    uri = picture(api, png(1, 1))
    made = call(docs, doc, {"createFootnote": {"location": {"index": 1}}}).execute()["replies"][0]
    place = {"segmentId": made["createFootnote"]["footnoteId"], "index": 1}
    assert "footnote" in refusal(call(docs, doc, insert(uri, location=place)), 400)["message"]
