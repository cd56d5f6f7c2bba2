"""What the cards about a school's own sheet show, and what their buttons carry from one tap to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST_PART = 1_500
"""A parameter may hold 2,000 characters; choices are cut into parts that stay below."""


@dataclass(frozen=True, kw_only=True)
class SheetTap:
    """Which source is looked at and what was decided so far. ``columns`` are choices by a column's key."""

    file_id: str = ""
    kind: str = ""
    sen_only: bool = False
    update: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)

    def parameters(self) -> dict[str, str]:
        """What a button carries. The service keeps nothing between taps."""
        told = {"file": self.file_id, "kind": self.kind}
        told |= {name: "1" for name, on in (("sen", self.sen_only), ("update", self.update)) if on}
        parts: list[str] = []
        now = ""
        for key, chosen in self.columns.items():
            pair = f"{key}={chosen};"
            if len(now) + len(pair) > LONGEST_PART:
                parts, now = [*parts, now], ""
            now += pair
        return told | {f"c{number}": part for number, part in enumerate([*parts, now]) if part}


@dataclass(frozen=True, kw_only=True)
class SheetsView:
    """The file selected in Drive or open beside the panel, if any."""

    file_id: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class ColumnLine:
    """A column: its heading, what it is taken for ("" for left out), how sure, where it stands, what is in it."""

    key: str
    heading: str
    field: str = ""
    name: str = ""
    state: str = ""
    is_unsure: bool = False
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SheetView:
    """A source with its columns. ``fields`` are those that a column may become, as (field, name)."""

    title: str
    tap: SheetTap
    is_list: bool = False
    columns: tuple[ColumnLine, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class CellLine:
    """One cell of the source and what becomes of it."""

    cell: str
    text: str
    fate: str


@dataclass(frozen=True, kw_only=True)
class TrialView:
    """What an import would do. ``mark`` is the source's as it was read; ``cells`` are counts by verdict, ``reasons``
    why cells stay out with how many, ``shown`` the cells of one verdict where somebody asked to see them."""

    title: str
    tap: SheetTap
    mark: str
    would: tuple[tuple[str, str], ...] = ()
    differ: tuple[tuple[str, str], ...] = ()
    more_differ: int = 0
    cells: Mapping[str, int] = field(default_factory=dict)
    reasons: tuple[tuple[str, int], ...] = ()
    questions: tuple[tuple[str, str, str], ...] = ()
    more_questions: int = 0
    notes: tuple[str, ...] = ()
    is_list: bool = False
    is_empty: bool = False
    shown: tuple[CellLine, ...] = ()
