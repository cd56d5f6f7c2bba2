"""Headings, tables and sentences in Markdown."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence

MADE = "<!-- Made by `make docs` from the code. Change the code, not this page. -->"


def page(title: str, *blocks: str) -> str:
    """A page with its title, its origin and its blocks."""
    return "\n\n".join([f"# {title}", MADE, *(block.strip() for block in blocks if block.strip())]) + "\n"


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headers, ["---"] * len(headers), *([_cell(text) for text in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def code(text: str) -> str:
    return f"`{text}`" if text else ""


def promise(thing: object) -> str:
    """The first paragraph of a docstring on one line, in Markdown's marks for code."""
    first = (inspect.getdoc(thing) or "").split("\n\n")[0]
    return re.sub(r"``(.+?)``", r"`\1`", " ".join(first.split()))
