"""Pictures put in and replaced. A picture comes from a public file of the sandbox's own Drive; nothing else on the
internet can be reached from here, and is refused as Docs refuses an address that it can't reach.

Source: the discovery document (InsertInlineImage, ReplaceImage); 3/4 of a point a pixel:
NangoHQ/integration-templates' recordings of google-docs, 2026."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt

from sandbox.docs import inline, pieces
from sandbox.docs.edit import Edit, Refused, paragraph_at
from sandbox.docs.pieces import Piece
from sandbox.docs.tree import Paragraph

_MOST = 50 * 1024 * 1024
_MOST_PIXELS = 25_000_000
_LONGEST = 2048
_KINDS = ("image/png", "image/jpeg", "image/gif")
_UNREACHABLE = (
    "There was a problem retrieving the image. The provided image should be publicly accessible, within size limit, "
    "and in supported formats."
)


def insert(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """The picture in the text, as large as asked or as its pixels make it."""
    segment, index = edit.place(request)
    if segment.id.startswith("kix.fn"):
        raise Refused("Inline images cannot be inserted inside a footnote.")
    paragraph = paragraph_at(segment, index)
    data, image = _fetched(edit, str(request.get("uri", "")))
    left, right = pieces.split(paragraph.pieces, index - paragraph.start)
    object_id = edit.new_id()
    drawing = _drawing(paragraph, data, _size(image, request.get("objectSize", {})), object_id, str(request["uri"]))
    paragraph.write([*left, Piece(kind="image", element=drawing), *right])
    edit.inserted(segment, index, 1)
    return {"objectId": object_id}


def replace(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Another picture in the place and size of one that is there; it keeps its id."""
    wanted = str(request.get("imageObjectId", ""))
    for paragraph in (one for segment in edit.segments() for one in segment.paragraphs()):
        for at, piece in enumerate(paragraph.pieces):
            if piece.kind == "image" and inline.resource(piece.element)["objectId"] == wanted:
                uri = str(request.get("uri", ""))
                data, _ = _fetched(edit, uri)
                drawing = _drawing(paragraph, data, _extent(piece.element), wanted, uri)
                held = list(paragraph.pieces)
                held[at] = Piece(kind="image", rpr=piece.rpr, element=drawing)
                paragraph.write(held)
                return {}
    raise Refused(f"The image with object ID {wanted} was not found.")


def _fetched(edit: Edit, uri: str) -> tuple[bytes, Image]:
    if len(uri.encode()) > _LONGEST:
        raise Refused("The provided image URI cannot surpass 2 KB in length.")
    data = edit.fetch(uri)
    if data is None or len(data) > _MOST:
        raise Refused(_UNREACHABLE)
    try:
        image = Image.from_blob(data)
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError):
        raise Refused(_UNREACHABLE) from None
    if image.content_type not in _KINDS or image.px_width * image.px_height > _MOST_PIXELS:
        raise Refused(_UNREACHABLE)
    return data, image


def _size(image: Image, asked: Mapping[str, Any]) -> tuple[Length, Length]:
    """Width and height: as asked, one side by the other, or three quarters of a point for each pixel."""
    width, height = (float(asked.get(side, {}).get("magnitude", 0)) for side in ("width", "height"))
    shape = image.px_width / image.px_height
    if not width and not height:
        return Pt(image.px_width * 0.75), Pt(image.px_height * 0.75)
    width, height = width or height * shape, height or width / shape
    fitting = min(width / image.px_width, height / image.px_height)
    return Pt(image.px_width * fitting), Pt(image.px_height * fitting)


def _extent(element: Any) -> tuple[Length, Length]:
    extent = element.find(f".//{qn('wp:extent')}")
    if extent is None:
        raise Refused(_UNREACHABLE)
    return Length(int(extent.get("cx"))), Length(int(extent.get("cy")))


def _drawing(paragraph: Paragraph, data: bytes, size: tuple[Length, Length], object_id: str, uri: str) -> Any:
    made = paragraph.part.new_pic_inline(io.BytesIO(data), *size)
    made.docPr.set("name", f"{object_id} {uri}")
    drawing = OxmlElement("w:drawing")
    drawing.append(made)
    return drawing
