"""Ids for rows that are planned and not yet written: the same for the same plan, and nobody else's."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sheets_templates.ids import fresh_ids
from sheets_templates.schema import Catalogue


class NewIds:
    """Gives one new id after the other. ``salt`` says what is planned: planned again, its rows have the same ids.

    ``taken`` are the ids that stand already, by table, those of spare rows too."""

    def __init__(self, catalogue: Catalogue, salt: str, taken: Mapping[str, Collection[str]]) -> None:
        self.catalogue = catalogue
        self._salt = salt
        self._taken = {table: set(ids) for table, ids in taken.items()}

    def __call__(self, table: str) -> str:
        taken = self._taken.setdefault(table, set())
        (name,) = fresh_ids(self.catalogue.table(table), self._salt, taken, 1)
        taken.add(name)
        return name
