"""A document as an OpenDocument text, and such a text as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from lxml import etree

from sandbox.docs.outline import Block, Paragraph, Run, Table
from sandbox.drive.convert import odf
from sandbox.drive.convert.odf import TABLE, TEXT, attribute, escaped
from sandbox.drive.convert.page import Page

KIND = "application/vnd.oasis.opendocument.text"
_HREF = "{http://www.w3.org/1999/xlink}href"
_SIZES = (11, 20, 16, 14, 12, 11, 11)


def written(page: Page) -> bytes:
    """The whole document, its margins among its styles."""
    return odf.package(
        KIND,
        body=f"<office:text>{''.join(_blocks(page.body))}</office:text>",
        automatic=_AUTOMATIC,
        styles=_styles(page),
        title=page.title,
    )


def as_html(data: bytes) -> str:
    """The text of an OpenDocument file as HTML. Raises what ``odf.content`` does."""
    found = next(odf.content(data).iter(f"{odf.OFFICE}text"), None)
    return "" if found is None else "".join(_html(child) for child in found)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield _table(block) if isinstance(block, Table) else _paragraph(block)


def _paragraph(paragraph: Paragraph) -> str:
    words = "".join(_run(run) for run in paragraph.runs)
    if paragraph.heading:
        depth = paragraph.heading
        made = f'<text:h text:style-name="Heading{depth}" text:outline-level="{depth}">{words}</text:h>'
    else:
        style = ' text:style-name="Title"' if paragraph.title else ""
        made = f"<text:p{style}>{words}</text:p>"
    for _ in range(paragraph.level + 1 if paragraph.bullet else 0):
        made = f"<text:list><text:list-item>{made}</text:list-item></text:list>"
    style = ' text:style-name="Numbers"' if paragraph.bullet == "ol" else ' text:style-name="Bullets"'
    return made.replace("<text:list>", f'<text:list text:continue-numbering="true"{style}>', 1)


def _run(run: Run) -> str:
    words = escaped(run.text.replace("\v", "\n"))
    words = words.replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>").replace("  ", " <text:s/>")
    if run.bold or run.italic:
        words = f'<text:span text:style-name="{"B" * run.bold}{"I" * run.italic}">{words}</text:span>'
    return f'<text:a xlink:type="simple" xlink:href={attribute(run.link)}>{words}</text:a>' if run.link else words


def _table(table: Table) -> str:
    columns = max((len(row) for row in table.rows), default=0)
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell table:style-name="Cell">{"".join(_blocks(cell))}</table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in table.rows
    )
    return f'<table:table><table:table-column table:number-columns-repeated="{columns}"/>{rows}</table:table>'


def _styles(page: Page) -> str:
    (width, height), (top, right, bottom, left) = page.paper, page.margins
    headings = "".join(
        f'<style:style style:name="Heading{depth}" style:family="paragraph">'
        f'<style:text-properties fo:font-size="{_SIZES[depth]}pt" fo:font-weight="bold"/></style:style>'
        for depth in range(1, 7)
    )
    title = (
        '<style:style style:name="Title" style:family="paragraph">'
        '<style:text-properties fo:font-size="26pt"/></style:style>'
    )
    layout = (
        f'<style:page-layout style:name="Paper"><style:page-layout-properties fo:page-width="{width}pt"'
        f' fo:page-height="{height}pt" fo:margin-top="{top}pt" fo:margin-right="{right}pt"'
        f' fo:margin-bottom="{bottom}pt" fo:margin-left="{left}pt"/></style:page-layout>'
    )
    margins = "".join(
        f"<style:{name}>{''.join(_blocks(blocks))}</style:{name}>"
        for name, blocks in (("header", page.header), ("footer", page.footer))
        if blocks
    )
    master = f'<style:master-page style:name="Standard" style:page-layout-name="Paper">{margins}</style:master-page>'
    return (
        f"<office:styles>{title}{headings}</office:styles><office:automatic-styles>{layout}{_AUTOMATIC}"
        f"</office:automatic-styles><office:master-styles>{master}</office:master-styles>"
    )


def _list_style(name: str, level: str) -> str:
    levels = "".join(level.format(depth) for depth in range(1, 10))
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


_AUTOMATIC = (
    "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/></style:style>'
        for name, look in (
            ("B", 'fo:font-weight="bold"'),
            ("I", 'fo:font-style="italic"'),
            ("BI", 'fo:font-weight="bold" fo:font-style="italic"'),
        )
    )
    + '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties'
    ' fo:border="0.75pt solid #000000" fo:padding="4pt"/></style:style>'
    + _list_style("Bullets", '<text:list-level-style-bullet text:level="{}" text:bullet-char="\u2022"/>')
    + _list_style(
        "Numbers", '<text:list-level-style-number text:level="{}" style:num-format="1" style:num-suffix="."/>'
    )
)


def _html(element: etree._Element) -> str:
    tag = element.tag if isinstance(element.tag, str) else ""
    inner = escape(element.text or "") + "".join(_html(child) + escape(child.tail or "") for child in element)
    if tag == f"{TEXT}h":
        depth = min(int(element.get(f"{TEXT}outline-level", "1")), 6)
        return f"<h{depth}>{inner}</h{depth}>"
    if tag == f"{TEXT}a":
        return f'<a href="{escape(element.get(_HREF, ""))}">{inner}</a>'
    if name := _PLAIN.get(tag):
        return f"<{name}>{inner}</{name}>"
    return _LEAVES.get(tag, inner)


_PLAIN = {
    f"{TEXT}p": "p",
    f"{TEXT}list": "ul",
    f"{TEXT}list-item": "li",
    f"{TABLE}table": "table",
    f"{TABLE}table-row": "tr",
    f"{TABLE}table-cell": "td",
}
_LEAVES = {f"{TEXT}line-break": "<br>", f"{TEXT}tab": " ", f"{TEXT}s": " ", f"{TEXT}sequence-decls": ""}
