"""What one cell of a form holds: a label, an instruction, room to write, a number. Pure."""

from __future__ import annotations

import re

from sheets_templates.form_meaning import confidence
from sheets_templates.form_reading import Cell, Table
from sheets_templates.form_spots import spots_in_line
from sheets_templates.form_words import GAP, ends_in_question, is_aside, is_options, label_text

_NUMBER = re.compile(r"(?:[a-z]+\.? )?(?:no\.? ?)?#?\(?\d{0,2}[.)]?|no\.?|#|ref\.?", re.IGNORECASE)
_DARK = 120
_FEWEST_BOXES = 4
_SURE, _ASKED, _HEARD, _BOXED = 0.85, 0.7, 0.6, 0.5


def head(cell: Cell) -> str:
    """The label in a cell: its first words, without the instruction or the boxes under them."""
    lines = [line for line in cell.lines if not line.is_empty and not line.is_blank]
    if not lines:
        return ""
    first, *rest = lines
    more = [line.text for line in rest if line.strong == first.strong and line.slanted == first.slanted]
    plain = [text for text in more if not is_options(text) and not is_aside(text)]
    whole = " ".join([first.text, *plain]) if len(plain) == len(rest) and not has_room(cell) else first.text
    return label_text(whole)


def has_gap(cell: Cell) -> bool:
    return any(spot for line in cell.lines if GAP in line.text for spot in spots_in_line(line))


def has_own_place(cell: Cell) -> bool:
    return has_gap(cell) or (len(cell.lines) > 1 and has_room(cell))


def has_room(cell: Cell) -> bool:
    """Whether a cell has an empty line, or boxes, after its words."""
    lines = list(cell.lines)
    return bool(lines) and any(line.is_blank or is_options(line.text) for line in lines[1:])


def is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.strip()))


def is_dark(fill: str) -> bool:
    """Whether a shade is so dark that its words are a heading."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", fill):
        return False
    red, green, blue = (int(fill[at : at + 2], 16) for at in (0, 2, 4))
    return 0.3 * red + 0.59 * green + 0.11 * blue < _DARK


def is_shouted(text: str) -> bool:
    return text.isupper() and len(text) > 3


def is_open(cell: Cell) -> bool:
    """Whether an answer fits: nothing stands here but a row's number."""
    return cell.is_answer or (is_number(cell.text) and not cell.tables)


def asks(cell: Cell, *, width: int, boxed: bool) -> bool:
    """Whether well-known words in a cell ask for something, and don't just name the part under them. In a table of
    boxes less well-known ones do; ``width`` is that of the cell's row."""
    words = head(cell)
    title = cell.wide >= 2 and cell.wide == width
    enough = _BOXED if boxed else _ASKED if ends_in_question(cell.text) else _SURE
    shouted = is_shouted(words) or (boxed and words.isupper())
    return confidence(words) >= enough and not title and not is_dark(cell.fill) and not shouted


def is_of_boxes(table: Table) -> bool:
    """Whether the cells of a table are boxes with only their labels in them: most ask for something."""
    cells = [cell for row in table.rows for cell in row if not is_dark(cell.fill) and not cell.tables]
    if len(cells) < _FEWEST_BOXES or any(cell.is_blank or has_own_place(cell) for cell in cells):
        return False
    return sum(confidence(head(cell)) >= _HEARD for cell in cells) * 2 > len(cells)
