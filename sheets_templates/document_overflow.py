"""What is wider than its page in a finished .docx: cut on paper, and scrolled sideways on a phone. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sheets_templates.document_package import open_package
from sheets_templates.document_places import Places
from sheets_templates.document_problem import TemplateProblem
from sheets_templates.document_styles import W, read_styles

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMU_IN_TWIP = 635
_MOST_COLUMNS = 2
_A4 = 11906 - 2 * 1134


def overflows(docx: bytes) -> tuple[TemplateProblem, ...]:
    """Tables and pictures wider than the text, and tables of more columns than a phone can show."""
    package = open_package(docx)
    (main,) = package.named("document.main")
    root = package.trees[main]
    styles = next((package.trees[name] for name in package.named("styles")), None)
    places = Places(root, "body", read_styles(styles))
    return tuple(TemplateProblem(places.of(element), message) for element, message in _wide(root))


def _wide(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    room = _text_width(root)
    for table in root.iter(f"{W}tbl"):
        widths = [int(column.get(f"{W}w", "0")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        if sum(widths) > room:
            yield table, "This table is wider than the page."
        if len(widths) > _MOST_COLUMNS:
            yield table, f"This table has {len(widths)} columns, which is too wide for a phone."
    for extent in root.iter(f"{_WP}extent"):
        if int(extent.get("cx", "0")) > room * _EMU_IN_TWIP:
            yield extent, "This picture is wider than the page."


def _text_width(root: etree._Element) -> int:
    size, margins = root.find(f".//{W}pgSz"), root.find(f".//{W}pgMar")
    if size is None or margins is None:
        return _A4
    sides = (int(margins.get(f"{W}{side}", "0")) for side in ("left", "right"))
    return int(size.get(f"{W}w", "0")) - sum(sides)
