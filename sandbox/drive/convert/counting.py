"""The numbers of numbered paragraphs, as they are read aloud."""

from __future__ import annotations

from sandbox.docs.outline import Paragraph


class Counting:
    """Counts a document's numbered paragraphs from top to bottom; each level starts again under a new item."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def mark(self, paragraph: Paragraph) -> str:
        """``"1."`` or a bullet; ``""`` for a paragraph in no list, which also ends the list before it."""
        if not paragraph.bullet:
            self._counts.clear()
            return ""
        for deeper in [level for level in self._counts if level > paragraph.level]:
            del self._counts[deeper]
        if paragraph.bullet == "ul":
            return "\u2022"
        self._counts[paragraph.level] = self._counts.get(paragraph.level, 0) + 1
        return f"{self._counts[paragraph.level]}."
