"""Words put into a form's own paragraphs and cells, in their own style; nothing else of the form changes. Pure."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from sheets_templates.document_styles import W
from sheets_templates.form_reading import Cell, Line
from sheets_templates.form_text import is_on
from sheets_templates.form_tidying import drop_guidance, drop_rules, plain_look
from sheets_templates.form_words import BOX, GAP, gaps, is_options

Element = etree._Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RULE = r"[£$]?(?:20)?_{2,}(?:[\s/.\-]*(?:20)?_{2,})*"
_ANSWER = re.compile(rf"[\s:\u00a0]*(?P<gap>[{GAP}]+|{_RULE}|\.(?:\s?\.){{3,}}|…+(?:\s?[.…]+)*)")
_MASK = re.compile(r"[\s:]*?(?P<gap>[dD]{1,2}\s?[/.\-]\s?[mM]{1,2}\s?[/.\-]\s?[yY]{2,4})")
_CLOSING = re.compile(r"[)\]?!’'\"”]*(?:\.(?!\s?\.))?")
_COLON = re.compile(r"\s*[::.]*")


@dataclass
class _Atom:
    """One character of a paragraph and the element that holds it."""

    text: str
    element: Element


def accept_changes(root: Element) -> None:
    """Suggested changes taken as they stand: what was put in stays, what was struck out goes."""
    for gone in list(root.iter(f"{W}del", f"{W}moveFrom")):
        _take_out(gone)
    for kept in list(root.iter(f"{W}ins", f"{W}moveTo")):
        parent = kept.getparent()
        if parent is not None:
            at = parent.index(kept)
            parent[at : at + 1] = list(kept)


def write_in_line(line: Line, label: str, words: str) -> bool:
    """Put words in the place after a label of a line: over its dots, its boxes, its control or after its colon."""
    atoms = _atoms(line.element)
    text = "".join(atom.text for atom in atoms)
    wanted = r"[\W_]*?".join(re.escape(word) for word in re.findall(r"\w+", label))
    found = re.search(wanted, text, re.IGNORECASE)
    if not found or not wanted:
        return False
    closing = _CLOSING.match(text, found.end())
    end = closing.end() if closing else found.end()
    tail = text[end:]
    if is_options(line.text):
        start, stop = _boxes(text, found.start(), end)
        return _over(atoms, start, stop, words if start else f"{words}: ")
    for pattern in (_ANSWER, _MASK):
        if place := pattern.match(tail):
            if end + place.end() == len(text.rstrip()):
                drop_rules(line)
            start, stop = end + place.start("gap"), end + place.end("gap")
            return _over(atoms, start, stop, _spaced(text, start, stop, words))
    colon = _COLON.match(tail)
    at = end + (colon.end() if colon else 0)
    return _over(atoms, at, at, f" {words}")


def _spaced(text: str, start: int, stop: int, words: str) -> str:
    """Words with a space on each side where the form leaves none: ``Student: Ada  Class: 3 Ash``."""
    before = "" if text[start - 1 : start].isspace() else " "
    after = "" if not text[stop:].strip() or text[stop].isspace() or not text[stop].isalnum() else " "
    return f"{before}{words}{after}"


def _boxes(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the boxes of a label stand: after it, or before it where it is a statement with its own box."""
    if BOX in gaps(text[end:]):
        first = re.search(r"\S", text[end:].lstrip(":. \t"))
        skipped = len(text[end:]) - len(text[end:].lstrip(":. \t"))
        return (end + skipped + (first.start() if first else 0)), len(text)
    return 0, start


def write_in_cell(cell: Cell, words: str) -> None:
    """Put words where a cell has room: in place of its boxes or placeholder, or on the empty line under its label."""
    lines = list(cell.lines)
    open_lines = [line for line in lines if line.is_blank or (line is not lines[0] and is_options(line.text))]
    if cell.is_answer:
        _fill(lines[0].element, words)
        for line in lines[1:]:
            _take_out(line.element)
    elif open_lines:
        _fill(open_lines[0].element, words)
        for line in open_lines[1:]:
            if is_options(line.text):
                _take_out(line.element)
        drop_guidance(cell)
    else:
        added = etree.SubElement(cell.element, f"{W}p")
        added.append(_run(words, None))


def fill_cell(cell: Element, words: str) -> None:
    """A cell that says the words and nothing else, in the style of its first paragraph."""
    first, *rest = cell.iterchildren(f"{W}p", f"{W}tbl")
    for each in rest:
        _take_out(each)
    if first.tag == f"{W}p":
        _fill(first, words)


def write_number(line: Line, words: str) -> None:
    """Put words in place of the number that tells one block from the next; with none, the number goes."""
    atoms = _atoms(line.element)
    text = "".join(atom.text for atom in atoms)
    if found := re.search(r"\s*(?<![\d/])1(?![\d/])", text):
        _over(atoms, found.start(), found.end(), words)


def write_below(line: Line, words: str) -> None:
    """Put words on an empty line."""
    _fill(line.element, words)


def remove(element: Element) -> None:
    _take_out(element)


def level_line(words: str) -> Element:
    """A small line that starts or ends a part that repeats: the deepest heading there is, whatever its looks."""
    paragraph = etree.Element(f"{W}p")
    properties = etree.SubElement(paragraph, f"{W}pPr")
    etree.SubElement(properties, f"{W}keepNext")
    etree.SubElement(properties, f"{W}outlineLvl").set(f"{W}val", "8")
    if words:
        paragraph.append(_run(words, None))
    return paragraph


def _fill(paragraph: Element, words: str) -> None:
    """A paragraph that says the words and nothing else, in the style of what stood there."""
    properties = paragraph.find(f"{W}pPr")
    first = next(paragraph.iter(f"{W}r"), None)
    look = None if first is None else first.find(f"{W}rPr")
    mark = None if properties is None else properties.find(f"{W}rPr")
    paragraph[:] = [properties] if properties is not None else []
    made = _run(words, look if look is not None else mark)
    if first is not None:
        plain_look(made.find(f"{W}rPr"))
    paragraph.append(made)


def _run(words: str, look: Element | None) -> Element:
    run = etree.Element(f"{W}r")
    if look is not None:
        kept = deepcopy(look)
        for name in ("vanish", "ins", "del", "rPrChange", "webHidden"):
            for element in kept.findall(f"{W}{name}"):
                kept.remove(element)
        run.append(kept)
    text = etree.SubElement(run, f"{W}t")
    text.text = words
    text.set(_SPACE, "preserve")
    return run


def _over(atoms: list[_Atom], start: int, end: int, words: str) -> bool:
    """Write over some characters; at the end of a text where there are none."""
    touched = atoms[start:end] or atoms[max(start - 1, 0) : start] or atoms[:1]
    if not touched:
        return False
    if start == end:
        touched[0].text += words
    else:
        first = next((atom for atom in touched if atom.element.tag == f"{W}t"), touched[0])
        for atom in touched:
            atom.text = ""
        first.text = words
        run = first.element.getparent()
        if run is not None and all(atom.element is not first.element or atom.text in ("", words) for atom in atoms):
            plain_look(run.find(f"{W}rPr"))
    _write_back(atoms, touched)
    return True


def _write_back(atoms: list[_Atom], touched: list[_Atom]) -> None:
    for element in dict.fromkeys(atom.element for atom in touched):
        words = "".join(atom.text for atom in atoms if atom.element is element)
        if element.tag == f"{W}t":
            element.text = words
            element.set(_SPACE, "preserve")
        elif words.strip(GAP + "\t\n"):
            _replace(element, words)
        elif not words:
            _take_out(element)


def _replace(element: Element, words: str) -> None:
    """A run with the words where a content control, a tab or a field stood."""
    run = element if element.tag == f"{W}sdt" else element.getparent()
    parent = None if run is None else run.getparent()
    if run is None or parent is None:
        return
    look = next(run.iter(f"{W}rPr"), None) if element.tag == f"{W}sdt" else run.find(f"{W}rPr")
    made = _run(words, look)
    if element.tag == f"{W}sdt":
        plain_look(made.find(f"{W}rPr"))
        parent.replace(run, made)
    else:
        run.addnext(made)
        run.remove(element)


def _atoms(paragraph: Element) -> list[_Atom]:
    found: list[_Atom] = []
    for child in paragraph.iterchildren(etree.Element):
        match etree.QName(child).localname:
            case "r" if not is_on(child, "vanish"):
                found += _run_atoms(child)
            case "sdt":
                text = "".join(held.text or "" for held in child.iter(f"{W}t"))
                found.append(_Atom(BOX if gaps(text).strip() == BOX else GAP, child))
            case "ins" | "hyperlink" | "smartTag" | "customXml" | "fldSimple":
                found += _atoms(child)
    return found


def _run_atoms(run: Element) -> list[_Atom]:
    found: list[_Atom] = []
    for child in run.iterchildren(etree.Element):
        match etree.QName(child).localname:
            case "t":
                found += [_Atom(letter, child) for letter in child.text or ""]
            case "tab" | "br":
                found.append(_Atom("\t", child))
            case "sym":
                found.append(_Atom(BOX, child))
    return found


def _take_out(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
