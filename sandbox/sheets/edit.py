"""A change under way: the copy of the book that it works on, and on whose behalf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.sheets import a1
from sandbox.sheets.box import Box
from sandbox.sheets.entry import Manner
from sandbox.sheets.errors import PROTECTED, Refused
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.model import Ranged, Sheet, Spreadsheet
from sandbox.state import Ids


def today(book: Spreadsheet, now: datetime) -> date:
    """The date in the spreadsheet's time zone at a moment in UTC."""
    try:
        return now.astimezone(ZoneInfo(book.time_zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return now.date()


@dataclass(kw_only=True)
class Edit:
    """``book`` is a copy: whoever started the edit puts it back when every step succeeded.

    ``owner`` is the file's owner, who may edit whatever is protected."""

    book: Spreadsheet
    editor: str
    client: str
    owner: str
    now: datetime
    ids: Ids

    def evaluator(self) -> Evaluator:
        """Values of the cells as they stand now."""
        return Evaluator(self.book, today(self.book, self.now))

    def manner(self) -> Manner:
        return Manner(self.book.locale, today(self.book, self.now).year)

    def sheet(self, sheet_id: int, *, noun: str = "grid") -> Sheet:
        """The sheet of that id. Raises Refused, in the words that Google uses for cells (``grid``) or ``sheet``."""
        found = self.book.find(sheet_id)
        if found is None:
            raise Refused(f"No {noun} with id: {sheet_id}")
        return found

    def closed(self, box: Box) -> Box:
        """The box cut to its sheet's grid. Raises Refused where it starts past the grid."""
        sheet = self.sheet(box.sheet_id)
        within(sheet, box)
        return sheet.clamp(box)

    def number(self) -> int:
        """A fresh id for a sheet, a protection, a banding or metadata."""
        return int(self.ids.next(9, "123456789"))

    def may(self, protection: Ranged) -> bool:
        """Whether the editor may change what is protected."""
        return may_edit(protection, editor=self.editor, owner=self.owner)

    def allow(self, box: Box) -> None:
        """Raises Refused where any cell of the box is protected from the editor."""
        for protection in self.sheet(box.sheet_id).protections:
            if self.may(protection) or not box.meets(protection.boxes[0]):
                continue
            open_cells = protection.boxes[1:]
            if not any(box.within(hole) for hole in open_cells):
                raise Refused(PROTECTED)

    def allow_sheet(self, sheet: Sheet) -> None:
        """Raises Refused where the sheet as a whole is protected from the editor, so its properties are too."""
        if any(p.boxes[0].is_whole_sheet() and not self.may(p) for p in sheet.protections):
            raise Refused(PROTECTED)


def within(sheet: Sheet, box: Box) -> None:
    """Raises Refused where the box is inside out, or starts past the sheet's last row or column."""
    if _inside_out(box.top, box.bottom) or _inside_out(box.left, box.right):
        raise Refused(
            f"Invalid GridRange: a start index must not be negative or after its end index: {box.to_json()}"
        )
    if box.top >= sheet.row_count or box.left >= sheet.column_count:
        raise Refused(
            f"Range ({a1.write(box, sheet.title)}) exceeds grid limits. "
            f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
        )


def _inside_out(start: int, end: int | None) -> bool:
    return start < 0 or (end is not None and end < start)


def may_edit(protection: Ranged, *, editor: str, owner: str) -> bool:
    """Whether a protection lets that person through: a warning stops nobody, an owner is never stopped."""
    if protection.body.get("warningOnly") or editor.lower() == owner.lower():
        return True
    editors = protection.body.get("editors", {})
    same_domain = owner.rpartition("@")[2].lower() == editor.rpartition("@")[2].lower()
    named = editor.lower() in (user.lower() for user in editors.get("users", ()))
    return named or bool(editors.get("domainUsersCanEdit") and same_domain)
