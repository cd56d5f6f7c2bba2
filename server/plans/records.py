"""Rows of cells as typed records: lists as tuples, texts as texts, an unread cell as the field's default."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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


def records(kind: type[R], rows: Iterable[Row]) -> Iterator[R]:
    """One record of that kind for each row, in their order."""
    own = kind.declared
    for row in rows:
        values = {key: _fit(own[key], value) for key, value in row.values.items() if key in own and value is not None}
        yield kind(**{kind.id_field: row.id, **values, "cells": row.cells})


def _fit(declared: str, value: Any) -> Any:
    if declared == "tuple[str, ...]":
        return (value,) if isinstance(value, str) else tuple(value)
    return str(value) if declared == "str" else value
