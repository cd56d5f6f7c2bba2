"""Adults as a sheet names them (``Miss Helperby``, ``L Helperby``, ``LH``), found in the school's list of staff."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_templates.imports.people import without_title
from sheets_templates.reading import Row
from sheets_templates.schema import Catalogue
from sheets_templates.text import comparable


class Staffing:
    """The school's staff, by every way to name them that names one person only."""

    def __init__(self, rows: Sequence[Row]) -> None:
        ways: dict[str, set[str]] = {}
        for row in rows:
            for way in _ways(str(row.values.get("name") or "")):
                ways.setdefault(way, set()).add(row.id)
        self._known = {way: min(ids) for way, ids in ways.items() if len(ids) == 1}

    def find(self, text: str) -> str:
        """The id of the person named, "" for nobody or for more than one."""
        return self._known.get(comparable(without_title(text)), "")

    def settled(self, catalogue: Catalogue, table: str, key: str, value: object) -> object:
        """A value with the adult it names as an id; words that name nobody stay words."""
        if not names_staff(catalogue, table, key) or not isinstance(value, str):
            return value
        found = self.find(value)
        return ((found,) if catalogue.table(table).column(key).kind == "refs" else found) if found else value

    def add(self, row_id: str, name: str) -> None:
        """Know one more person; ways to name them that name somebody already stay theirs."""
        for way in _ways(name):
            self._known.setdefault(way, row_id)


def names_staff(catalogue: Catalogue, table: str, key: str) -> bool:
    """Whether a column takes people from the list of staff."""
    found = catalogue.tables.get(table)
    return found is not None and key in found.positions and found.column(key).ref == "staff"


def _ways(name: str) -> set[str]:
    words = comparable(without_title(name)).split()
    if not words:
        return set()
    first, last = words[0], words[-1]
    return {" ".join(words), last, f"{first[0]} {last}", "".join(word[0] for word in words), f"{first} {last[0]}"}
