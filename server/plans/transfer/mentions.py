"""Other children named in a pupil's free text: nobody else's name should leave with the file, and only a person can
say what to put instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from server.plans.model import Pupil
from server.plans.transfer.record import TransferFile
from sheets_templates.schema import Catalogue

_FREE = frozenset({"text", "longtext", "lines"})


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A cell that names another pupil: its tab, row and column, and the pupil's id."""

    tab: str
    row_id: str
    column: str
    pupil_id: str


def mentions(catalogue: Catalogue, file: TransferFile, pupils: Iterable[Pupil]) -> Iterator[Mention]:
    """Every cell of the file that holds another pupil's whole name."""
    names = {name: pupil.pupil_id for pupil in pupils if pupil.pupil_id != file.pupil for name in _names(pupil)}
    if not names:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    folded = {name.casefold(): pupil_id for name, pupil_id in names.items()}
    for key, row in file.rows():
        table = catalogue.table(key)
        for column in table.inputs:
            value = row.values.get(column.key) if column.kind in _FREE else None
            text = "\n".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
            for name in dict.fromkeys(found.casefold() for found in pattern.findall(text)):
                who = folded.get(name, "")
                yield Mention(tab=table.title, row_id=row.id, column=column.header, pupil_id=who)


def _names(pupil: Pupil) -> Iterator[str]:
    for first in dict.fromkeys((pupil.first_name.strip(), pupil.known_as.strip())):
        if first and pupil.last_name.strip():
            yield f"{first} {pupil.last_name.strip()}"
