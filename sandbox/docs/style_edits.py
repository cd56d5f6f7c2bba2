"""Styles of text and paragraphs, and bullets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from sandbox.call import ApiError
from sandbox.docs import headings, lists, looks, masks, paragraph_looks, pieces, tree
from sandbox.docs.edit import Edit, Refused, paragraphs_in
from sandbox.docs.looks import hexadecimal
from sandbox.docs.pieces import Piece
from sandbox.docs.tree import Paragraph, Segment

_ALIGNMENTS = {
    "START": WD_ALIGN_PARAGRAPH.LEFT,
    "CENTER": WD_ALIGN_PARAGRAPH.CENTER,
    "END": WD_ALIGN_PARAGRAPH.RIGHT,
    "JUSTIFIED": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_NAMED = {"NORMAL_TEXT": "Normal", "TITLE": "Title", "SUBTITLE": "Subtitle"}
_NAMED |= {f"HEADING_{n}": f"Heading {n}" for n in range(1, 7)}


def update_text(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Set the named fields of the text's style; one that isn't given is reset."""
    segment, start, end = edit.range(request)
    style = request.get("textStyle", {})
    fields = masks.fields(request, {*_TEXT, "link"})
    for paragraph in paragraphs_in(segment, start, end):
        left, rest = pieces.split(paragraph.pieces, max(start - paragraph.start, 0))
        middle, right = pieces.split(rest, end - max(start, paragraph.start))
        paragraph.write([*left, *(_styled(piece, style, fields) for piece in middle), *right])
        if paragraph.end <= end:
            newline = Piece(text="\n", rpr=pieces.mark(paragraph.p))
            pieces.set_mark(paragraph.p, _styled(newline, style, fields).rpr)
    return {}


def update_paragraph(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Set the named fields of every paragraph in the range; one that isn't given is reset."""
    segment, start, end = edit.range(request)
    style = request.get("paragraphStyle", {})
    fields = masks.fields(request, {*_PARAGRAPH, "namedStyleType"})
    for paragraph in paragraphs_in(segment, start, end):
        item = DocxParagraph(paragraph.p, edit.document._body)
        if "namedStyleType" in fields:
            _name_style(edit, item, str(style.get("namedStyleType", "NORMAL_TEXT")))
            if style.get("namedStyleType", "NORMAL_TEXT") != "NORMAL_TEXT":
                headings.name(paragraph.p, edit.new_id())
        for field in (known for known in _PARAGRAPH if known in fields):
            _PARAGRAPH[field](item, style.get(field))
    return {}


def create_bullets(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make the paragraphs a list, tabs at their beginnings its levels; one right behind a list joins it."""
    segment, start, end = edit.range(request)
    preset = str(request.get("bulletPreset", "BULLET_GLYPH_PRESET_UNSPECIFIED"))
    if preset not in lists.PRESETS:
        raise ApiError(501, f"The bullet preset {preset} is not built in the sandbox.")
    chosen = paragraphs_in(segment, start, end)
    number = _neighbour(edit, segment, chosen[0], lists.PRESETS[preset]) if chosen else 0
    number = number or lists.make(edit.document, lists.PRESETS[preset])
    for paragraph in reversed(chosen):
        text = paragraph.pieces[0].text if paragraph.pieces else ""
        tabs = len(text) - len(text.lstrip("\t"))
        if tabs:
            paragraph.write(pieces.split(paragraph.pieces, tabs)[1])
            edit.removed(segment, paragraph.start, paragraph.start + tabs)
        lists.put_in_list(paragraph.p, number, min(tabs, 8))
    return {}


def delete_bullets(edit: Edit, request: Mapping[str, Any]) -> Mapping[str, Any]:
    segment, start, end = edit.range(request)
    for paragraph in paragraphs_in(segment, start, end):
        lists.take_out(paragraph.p)
    return {}


def _neighbour(edit: Edit, segment: Segment, first: Paragraph, kind: str) -> int:
    """The number of the list that the paragraph before is in; 0 where it is in none of that kind."""
    before = next((one for one in segment.paragraphs() if one.end == first.start), None)
    number = before.p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}") if before else None
    if before is None or number is None:
        return 0
    style = tree.style_of(before.p, tree.style_names(edit.document))
    if lists.bullet_of(before.p, edit.document, style)[1] != kind:
        return 0
    return int(number.get(qn("w:val")))


def _styled(piece: Piece, style: Mapping[str, Any], fields: Iterable[str]) -> Piece:
    if piece.kind == "mark":
        return piece
    holder = OxmlElement("w:r")
    if piece.rpr is not None:
        holder.append(deepcopy(piece.rpr))
    run = Run(holder, None)  # type: ignore[arg-type]  # a run beside any document, for its properties only
    link = piece.link
    for field in fields:
        if field == "link":
            link = looks.target(style.get("link") or {})
        else:
            _TEXT[field](run, style.get(field))
    return replace(piece, rpr=holder.find(qn("w:rPr")), link=link)


def _flag(name: str) -> Callable[[Run, Any], None]:
    return lambda run, value: setattr(run.font, name, value)


def _size(run: Run, value: Any) -> None:
    run.font.size = Pt(float(value["magnitude"])) if value else None


def _family(run: Run, value: Any) -> None:
    run.font.name = str(value["fontFamily"]) if value else None


def _colour(run: Run, value: Any) -> None:
    colour = (value or {}).get("color")
    run.font.color.rgb = RGBColor.from_string(hexadecimal(colour)) if colour is not None else None


def _background(run: Run, value: Any) -> None:
    rpr = run._r.get_or_add_rPr()
    for shade in rpr.findall(qn("w:shd")):
        rpr.remove(shade)
    if colour := (value or {}).get("color"):
        shade = OxmlElement("w:shd")
        for name, text in (("val", "clear"), ("color", "auto"), ("fill", hexadecimal(colour))):
            shade.set(qn(f"w:{name}"), text)
        rpr.append(shade)


def _baseline(run: Run, value: Any) -> None:
    run.font.superscript = True if value == "SUPERSCRIPT" else None
    if value == "SUBSCRIPT":
        run.font.subscript = True


def _name_style(edit: Edit, item: DocxParagraph, named: str) -> None:
    name = _NAMED.get(named)
    if name is None:
        raise Refused(f"Invalid named style type: {named}.")
    styles = edit.document.styles
    known = any(one.name == name for one in styles if one.type == WD_STYLE_TYPE.PARAGRAPH)
    item.style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)


def _length(name: str) -> Callable[[DocxParagraph, Any], None]:
    def set_length(item: DocxParagraph, value: Any) -> None:
        setattr(item.paragraph_format, name, Pt(float(value.get("magnitude", 0))) if value is not None else None)

    return set_length


def _paragraph_flag(name: str) -> Callable[[DocxParagraph, Any], None]:
    return lambda item, value: setattr(item.paragraph_format, name, value)


def _own(setter: Callable[[Any, Any], None]) -> Callable[[DocxParagraph, Any], None]:
    return lambda item, value: setter(item._p.get_or_add_pPr(), value)


def _border(side: str) -> Callable[[DocxParagraph, Any], None]:
    return lambda item, value: paragraph_looks.set_border(item._p.get_or_add_pPr(), side, value)


def _align(item: DocxParagraph, value: Any) -> None:
    item.paragraph_format.alignment = _ALIGNMENTS.get(str(value))


def _line_spacing(item: DocxParagraph, value: Any) -> None:
    item.paragraph_format.line_spacing = float(value) / 100 if value else None


def _first_line(item: DocxParagraph, value: Any) -> None:
    """Docs counts the first line's indent from the margin, Word from the paragraph's own."""
    own = item.paragraph_format.left_indent or Pt(0)
    wanted = Pt(float(value.get("magnitude", 0))) if value is not None else None
    item.paragraph_format.first_line_indent = None if wanted is None else wanted - own


_TEXT: Mapping[str, Callable[[Run, Any], None]] = {
    "bold": _flag("bold"),
    "italic": _flag("italic"),
    "underline": _flag("underline"),
    "strikethrough": _flag("strike"),
    "smallCaps": _flag("small_caps"),
    "fontSize": _size,
    "weightedFontFamily": _family,
    "foregroundColor": _colour,
    "backgroundColor": _background,
    "baselineOffset": _baseline,
}
_PARAGRAPH: Mapping[str, Callable[[DocxParagraph, Any], None]] = {
    "alignment": _align,
    "lineSpacing": _line_spacing,
    "spaceAbove": _length("space_before"),
    "spaceBelow": _length("space_after"),
    "indentStart": _length("left_indent"),
    "indentEnd": _length("right_indent"),
    "indentFirstLine": _first_line,
    "keepLinesTogether": _paragraph_flag("keep_together"),
    "keepWithNext": _paragraph_flag("keep_with_next"),
    "pageBreakBefore": _paragraph_flag("page_break_before"),
    "avoidWidowAndOrphan": _paragraph_flag("widow_control"),
    "direction": _own(paragraph_looks.set_direction),
    "shading": _own(paragraph_looks.set_shading),
    "spacingMode": _own(paragraph_looks.set_mode),
    **{f"border{side}": _border(side) for side in paragraph_looks.BORDERS},
}
