"""The parts of an answer, as a form asks for them one by one: lines apart, rows, short days, names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server.plans.copy_words import MONTHS
from server.plans.model import Record
from server.plans.record_reader import Reader
from sheets_templates import part_tags
from sheets_templates.document_spec import NOT_YET
from sheets_templates.ids import leading_id
from sheets_templates.part_tags import OTHER, RowParts
from sheets_templates.record_tags import Look

_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b(?= \d{{4}}\b)")


def looked(look: Look, text: str) -> str:
    """The same in fewer words: ``3 Dec 2026`` for a day, ``Pat Nurturely; Dewi Mockford`` for people."""
    match look:
        case "short":
            return _MONTH.sub(lambda found: found[1][:3], text)
        case "name":
            return "; ".join(person.partition(", ")[0] for person in text.split("; "))
    return text


def parts_of_lines(path: str, name: str, lines: Sequence[str]) -> Mapping[str, Any]:
    """What the lines of a list say part by part, under the names of its parts' tags."""
    if path in part_tags.key_words():
        told = part_tags.by_key(path, lines)
        return {f"{name}_{key}": words for key, words in told.items()}
    parts = part_tags.line_parts().get(path)
    if parts is None:
        return {}
    split = [(line, part_tags.told_apart(line, parts)) for line in lines]
    rest = "\n".join(line for line, told in split if told is None)
    return {f"{name}_told": [told for _, told in split if told], f"{name}_{OTHER}": rest if lines else NOT_YET}


def rows_of(reader: Reader, rows: RowParts) -> Iterable[Record]:
    """The rows of a list that has columns of its own: those of this pupil, and of the help given now."""
    if rows.table == "contacts":
        return reader.own
    help_now = {each.provision_id for each in reader.cycle_provision}
    return [row for row in reader.mine(reader.school.log) if leading_id(getattr(row, "provision", "")) in help_now]
