"""The typefaces that PDFs are written in: DejaVu Sans, which ships with the sandbox.

It has the letters of Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic names; Arabic and Hebrew stand
unjoined and from left to right. A letter that it lacks shows as a box; the text can still be searched for."""

from __future__ import annotations

import functools
from importlib import resources
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD = "SandboxSans", "SandboxSans-Bold"
_FILES = {PLAIN: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}


@functools.cache
def ready() -> None:
    """Make both faces known to the PDF writer; once a process."""
    folder = resources.files("sandbox.drive.convert") / "fonts"
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, BytesIO((folder / file).read_bytes())))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)
