"""What is not yet agreed, for a document that says so in one list instead of line by line. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from server.plans.copy_words import listed
from server.plans.record import record_values
from server.plans.record_reader import Reader
from sheets_templates.document_labels import composed, plain_labels
from sheets_templates.document_spec import GAP, NOT_YET
from sheets_templates.record_tags import ITEM, Readers, record_tags

_NAME = re.compile(r"\{\{ pupil\.called \}\}")


def fields_and_gaps(reader: Reader, *, wanted: Collection[str], gathered: Collection[str]) -> Mapping[str, Any]:
    """The record as ``record_values`` gives it, and under ``gaps`` a line for each missing answer among the tags
    ``gathered`` that are wanted; none where the document has no such list."""
    if GAP not in wanted:
        return record_values(reader, wanted=wanted)
    asked = _fields("staff" if reader.is_staff else "household", frozenset(wanted), frozenset(gathered))
    values = record_values(reader, wanted={*wanted, *asked, "provision.what"})
    return {**values, "gaps": [{"what": line} for line in _lines(reader, values, asked)]}


@lru_cache(maxsize=64)
def _fields(readers: Readers, wanted: frozenset[str], gathered: frozenset[str]) -> tuple[str, ...]:
    """The fields behind the tags that are wanted and gathered, in the order of the templates."""
    parts = {path for line in composed() if line in wanted for path in composed()[line]}
    tags, known = (gathered & wanted) | parts, record_tags(readers)
    return tuple(p for p, tag in known.items() if p in tags or (tag.item and f"{tag.item}.{ITEM}" in tags))


def _lines(reader: Reader, values: Mapping[str, Any], asked: Sequence[str]) -> Iterator[str]:
    labels = plain_labels()
    known = record_tags("staff" if reader.is_staff else "household")
    for path in asked:
        label = _NAME.sub(reader.pupil.called, labels.get(path) or known[path].field.label).rstrip(".?:")
        where = _missing(values, path)
        if where == [""]:
            yield label
        elif where:
            yield f"{label} ({listed(where)})"


def _missing(values: Mapping[str, Any], path: str) -> list[str]:
    """Where an answer is missing: [""] for one that stands alone or is missing for all the help, else the outcomes or
    the help it is missing for."""
    owner, _, key = path.rpartition(".")
    outcomes: Sequence[Mapping[str, Any]] = values.get("outcomes", ())
    if owner == "outcome":
        return [outcome["number"] for outcome in outcomes if _is_empty(outcome.get(key))]
    if owner == "provision":
        helps = [each for outcome in outcomes for each in outcome["provision"]]
        missing = [each for each in helps if _is_empty(each.get(key))]
        named = list(dict.fromkeys(each["what"] or NOT_YET for each in missing))
        return [""] if len(named) > 1 and missing == helps else named
    found: Any = values
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return [""] if _is_empty(found) else []


def _is_empty(value: object) -> bool:
    return str(value or "").strip() in ("", NOT_YET)
