"""How wide a text stands in the grid's own font."""

from __future__ import annotations

# Widths of Arial's letters in thousandths of its size.
_WIDTHS = {
    222: "ijl",
    278: " !,./:;I[\\]ft|'",
    333: "()-`r{}",
    500: "ckvxyszJ",
    584: "+<=>~",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_ANY_OTHER = 556
_POINT = 12.72  # pixels: what 1,024 capitals took in a live sheet of 10 points
_PADDING = 3


def text_width(text: str) -> int:
    """The pixels that a column needs to show the text's longest line."""
    longest = max((sum(_WIDTH.get(letter, _ANY_OTHER) for letter in line) for line in text.splitlines()), default=0)
    return round(longest * _POINT / 1000) + _PADDING
