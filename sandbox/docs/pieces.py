"""A paragraph's content as pieces in a row, read from its XML and written back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_ONE = {
    qn("w:drawing"): "image",
    qn("w:pict"): "image",
    qn("w:object"): "image",
    qn("w:footnoteReference"): "footnote",
}
_BREAKS = ("page", "column")
_OFFICE = "urn:schemas-microsoft-com:office:office"
_LETTERS = {qn("w:tab"): "\t", qn("w:cr"): "\v", qn("w:noBreakHyphen"): "\u2011", qn("w:ptab"): "\t"}


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Text in one style, or one thing among the text. ``rpr`` is the run's XML.

    ``kind`` is "text", "page", "column" (breaks), "rule", "image", "footnote", "zero" (something in a run that Docs
    doesn't count) or "mark" (the same beside the runs)."""

    text: str = ""
    kind: str = "text"
    rpr: Any = None
    link: str = ""
    element: Any = None

    @property
    def length(self) -> int:
        """How many of Docs' indexes it takes."""
        if self.kind == "text":
            return units(self.text)
        return 0 if self.kind in ("zero", "mark") else 1


def units(text: str) -> int:
    """How long a text is in UTF-16 code units, which Docs counts in."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, at: int) -> tuple[str, str]:
    """A text in two at a UTF-16 position."""
    data = text.encode("utf-16-le", "surrogatepass")
    return tuple(part.decode("utf-16-le", "surrogatepass") for part in (data[: at * 2], data[at * 2 :]))  # type: ignore[return-value]  # two parts


def read(p: Any, part: Any) -> list[Piece]:
    """The pieces of a ``w:p`` element of that package part."""
    found: list[Piece] = []
    for child in p:
        if child.tag == qn("w:r"):
            found += _run(child, "")
        elif child.tag == qn("w:hyperlink"):
            link = _target(child, part)
            for run in child.iter(qn("w:r")):
                found += _run(run, link)
        elif child.tag != qn("w:pPr"):
            found.append(Piece(kind="mark", element=child))
    return found


def write(p: Any, part: Any, pieces: Sequence[Piece]) -> None:
    """Make the pieces the whole content of the paragraph; its properties stay."""
    for child in list(p):
        if child.tag != qn("w:pPr"):
            p.remove(child)
    for link, group in groupby(pieces, key=lambda piece: piece.link):
        into = _holder(p, part, link) if link else p
        for piece in group:
            made = piece.element if piece.kind == "mark" else _element(piece)
            if made is not None:
                into.append(made)


def mark(p: Any) -> Any:
    """The run properties of a paragraph's own end: how its newline looks."""
    return p.find(f"{qn('w:pPr')}/{qn('w:rPr')}")


def set_mark(p: Any, rpr: Any) -> None:
    """Give the paragraph's newline a style, or none."""
    known = mark(p)
    if known is not None:
        known.getparent().remove(known)
    if rpr is not None and len(rpr):
        ppr = p.get_or_add_pPr()
        section = ppr.find(qn("w:sectPr"))
        ppr.insert(len(ppr) if section is None else ppr.index(section), deepcopy(rpr))


def split(pieces: Sequence[Piece], at: int) -> tuple[list[Piece], list[Piece]]:
    """The pieces before and after an offset, a text that spans it in two."""
    left: list[Piece] = []
    for number, piece in enumerate(pieces):
        if at <= 0 and (piece.length or left):
            return left, list(pieces[number:])
        if at >= piece.length:
            left.append(piece)
            at -= piece.length
            continue
        before, after = cut(piece.text, at)
        return [*left, replace(piece, text=before)], [replace(piece, text=after), *pieces[number + 1 :]]
    return left, []


def length(pieces: Sequence[Piece]) -> int:
    """How many indexes they take together."""
    return sum(piece.length for piece in pieces)


def _run(run: Any, link: str) -> Iterator[Piece]:
    rpr = run.find(qn("w:rPr"))
    text = ""
    for child in run:
        if child.tag == qn("w:t"):
            text += child.text or ""
        elif child.tag in _LETTERS:
            text += _LETTERS[child.tag]
        elif child.tag == qn("w:br") and child.get(qn("w:type")) not in _BREAKS:
            text += "\v"
        elif child.tag not in (qn("w:rPr"), qn("w:lastRenderedPageBreak")):
            if text:
                yield Piece(text=text, rpr=rpr, link=link)
            text = ""
            yield Piece(kind=_kind(child), rpr=rpr, link=link, element=child)
    if text:
        yield Piece(text=text, rpr=rpr, link=link)


def _kind(child: Any) -> str:
    if child.tag == qn("w:br"):
        return str(child.get(qn("w:type")))
    if child.tag == qn("w:pict") and child.find(f".//*[@{{{_OFFICE}}}hr]") is not None:
        return "rule"
    return _ONE.get(child.tag, "zero")


def _target(hyperlink: Any, part: Any) -> str:
    """Where a link leads: a URL, or "#" and a bookmark."""
    relation = part.rels.get(hyperlink.get(qn("r:id")) or "")
    anchor = hyperlink.get(qn("w:anchor"))
    return (relation.target_ref if relation else "") + (f"#{anchor}" if anchor else "")


def _holder(p: Any, part: Any, link: str) -> Any:
    made = OxmlElement("w:hyperlink")
    url, _, anchor = link.partition("#") if link.startswith("#") else (link, "", "")
    if url:
        made.set(qn("r:id"), part.relate_to(url, _HYPERLINK, is_external=True))
    else:
        made.set(qn("w:anchor"), anchor)
    p.append(made)
    return made


def _element(piece: Piece) -> Any:
    """The run that holds the piece; None for an empty text."""
    run = OxmlElement("w:r")
    if piece.rpr is not None:
        run.append(deepcopy(piece.rpr))
    if piece.element is not None:
        run.append(deepcopy(piece.element))
        return run
    for part in _parts(piece.text):
        run.append(part)
    return run if piece.text else None


def _parts(text: str) -> Iterator[Any]:
    held = ""
    for letter in (*text, ""):
        if letter and letter not in "\t\v":
            held += letter
            continue
        if held:
            made = OxmlElement("w:t")
            made.set(qn("xml:space"), "preserve")
            made.text, held = held, ""
            yield made
        if letter:
            yield OxmlElement("w:tab" if letter == "\t" else "w:br")


def page_break(rpr: Any) -> Piece:
    """A page break as a piece."""
    element = OxmlElement("w:br")
    element.set(qn("w:type"), "page")
    return Piece(kind="page", rpr=rpr, element=element)
