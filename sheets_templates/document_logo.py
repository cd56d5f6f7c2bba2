"""A school's logo in its documents: a picture, with words, in the place of ``{{ school.logo }}``. Pure."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.oxml.shape import CT_Inline
from docx.shared import Cm, Length
from lxml import etree

from sheets_templates.document_package import Package
from sheets_templates.document_places import own_texts
from sheets_templates.document_problem import TemplateProblem, TemplateRefused
from sheets_templates.document_spec import LOGO
from sheets_templates.document_styles import W

LOGO_PLACE = "the logo"
_TAG = f"{{{{{LOGO}}}}}"
_KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
_BROKEN = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ValueError, LookupError)
_LARGEST, _MOST_DOTS = 1_000_000, 4_000
_TALLEST, _WIDEST = Cm(2), Cm(8)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DEFAULT = "{http://schemas.openxmlformats.org/package/2006/content-types}Default"
_KEY = "rIdSenplansLogo"


@dataclass(frozen=True, kw_only=True)
class Logo:
    """A school's logo: a PNG or JPEG, and what it shows, for those who can't see it."""

    image: bytes
    shows: str


def place_logo(package: Package, logo: Logo) -> Package:
    """The same document with the picture in each paragraph that is nothing but the tag, no taller than 2 cm and no
    wider than 8. Raises TemplateRefused where it is no PNG or JPEG, or too big."""
    width, height = _size(logo)
    kind = next(kind for start, kind in _KINDS.items() if logo.image.startswith(start))
    part = f"word/media/senplans_logo.{kind}"
    placed = False
    for name in package.named("document.main", "header"):
        relations = package.trees.get(_relations_of(name))
        for paragraph in () if relations is None else list(_places(package.trees[name])):
            placed = True
            _show(paragraph, CT_Inline.new_pic_inline(1, _KEY, "Logo", width, height), logo.shows)
            _relate(relations, posixpath.relpath(part, posixpath.dirname(name)))
    if not placed:
        return package
    _declare(package.trees["[Content_Types].xml"], kind)
    return replace(package, order=(*package.order, part), blobs={**package.blobs, part: logo.image})


def _size(logo: Logo) -> tuple[Length, Length]:
    if len(logo.image) > _LARGEST or not logo.image.startswith(tuple(_KINDS)):
        raise _refused()
    try:
        picture = Image.from_file(io.BytesIO(logo.image))
        dots = (picture.px_width, picture.px_height)
    except _BROKEN as error:
        raise _refused() from error
    if not all(0 < side <= _MOST_DOTS for side in dots):
        raise _refused()
    wide = min(_WIDEST, _TALLEST * dots[0] / dots[1])
    return Length(round(wide)), Length(max(1, round(wide * dots[1] / dots[0])))


def _refused() -> TemplateRefused:
    message = "It is no PNG or JPEG under 1 MB and 4,000 dots each way. Choose another picture."
    return TemplateRefused([TemplateProblem(LOGO_PLACE, message)])


def _places(root: etree._Element) -> Iterator[etree._Element]:
    for paragraph in root.iter(f"{W}p"):
        if "".join(text.text or "" for text in own_texts(paragraph)).replace(" ", "").strip() == _TAG:
            yield paragraph


def _show(paragraph: etree._Element, picture: etree._Element, shows: str) -> None:
    """The picture in place of everything the paragraph holds but its layout."""
    for child in list(paragraph):
        if child.tag != f"{W}pPr":
            paragraph.remove(child)
    named = picture.find("{*}docPr")
    assert named is not None
    named.set("descr", shows)
    named.set("name", "Logo")
    drawing = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}drawing")
    drawing.append(picture)


def _relations_of(name: str) -> str:
    folder, file = posixpath.split(name)
    return f"{folder}/_rels/{file}.rels"


def _relate(relations: etree._Element | None, target: str) -> None:
    if relations is not None and not any(link.get("Id") == _KEY for link in relations):
        etree.SubElement(relations, _RELS, Id=_KEY, Type=_RELATION, Target=target)


def _declare(types: etree._Element, kind: str) -> None:
    if not any(str(each.get("Extension", "")).casefold() == kind for each in types):
        types.insert(0, etree.Element(_DEFAULT, Extension=kind, ContentType=f"image/{kind}"))
