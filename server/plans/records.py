"""Rows of cells as typed records: lists as tuples, texts as texts, an unread cell as the field's default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any, Protocol, TypeVar

from server.plans.model import Record

R = TypeVar("R", bound=Record)


class Row(Protocol):
    """What a record is made of: a row as it was read, or a paper."""

    @property
    def id(self) -> str: ...

    @property
    def values(self) -> Mapping[str, Any]: ...

    @property
    def cells(self) -> Mapping[str, str]: ...


_KINDS: Mapping[str, type] = {"str": str, "tuple[str, ...]": tuple}
"""What a record's field must be, by its annotation; any other is taken as it was read."""


def records(kind: type[R], rows: Iterable[Row]) -> Iterator[R]:
    """One record of that kind for each row, in their order.

    Filled in directly: a frozen record's own making takes three times as long, and a trust has 72,000 rows."""
    own = {name: _KINDS.get(declared, object) for name, declared in kind.declared.items()}
    empty = {field.name: field.default for field in fields(kind) if field.default is not MISSING}
    id_field = kind.id_field
    for row in rows:
        made = object.__new__(kind)
        values = vars(made)
        values.update(empty)
        values[id_field], values["cells"] = row.id, row.cells
        for key, value in row.values.items():
            if value is not None and (wanted := own.get(key)) is not None:
                values[key] = value if isinstance(value, wanted) else _fit(wanted, value)
        yield made


def _fit(wanted: type, value: Any) -> Any:
    """Lists as tuples and texts as texts, whatever the cell held."""
    if wanted is str:
        return str(value)
    return (value,) if isinstance(value, str) else tuple(value)
