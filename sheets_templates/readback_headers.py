"""Finding the columns of a table in a grid that people have rearranged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_templates.address import address, quoted
from sheets_templates.schema import Cell, CellProblem, Grid, Table
from sheets_templates.text import comparable

HEADER_ROWS = 10
ColumnTags = Mapping[tuple[int, int], str]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where a table's columns are: ``places`` from column key to position, and which row is the header."""

    header_row: int
    places: Mapping[str, int]
    missing: tuple[str, ...] = ()
    problems: tuple[CellProblem, ...] = ()


def find_layout(table: Table, grid: Grid, title: str, tags: ColumnTags | None, *, older: bool = False) -> Layout:
    """Columns by header text in the likeliest of the first rows; the rest, and rivals, by their tags.

    What an ``older`` workbook lacks is no problem of anybody's."""
    header_row, found = _likeliest(table, grid)
    tagged = {key: place for (sheet, place), key in (tags or {}).items() if sheet == table.sheet_id}
    places, problems = _settle(table, header_row, found, tagged, title)
    taken = set(places.values())
    places |= {
        key: place
        for key, place in tagged.items()
        if key in table.positions and key not in places and place not in taken
    }
    missing = tuple(column.key for column in table.inputs if column.key not in places)
    if tags is not None and not older:
        problems += [_gone(table, key, title, header_row) for key in missing]
    return Layout(header_row=header_row, places=places, missing=missing, problems=tuple(problems))


def _likeliest(table: Table, grid: Grid) -> tuple[int, Mapping[str, list[int]]]:
    """The row with the most known headers, the first of equals, and where each column's header stands in it."""
    best: tuple[int, Mapping[str, list[int]]] = (0, {})
    for index, row in enumerate(grid[:HEADER_ROWS]):
        found = _headers(row, table.headings)
        if len(found) > len(best[1]):
            best = (index, found)
        if len(found) == len(table.columns):
            break
    return best


def _headers(row: Sequence[Cell], names: Mapping[str, tuple[str, int]]) -> dict[str, list[int]]:
    """Where each column's best-ranked header stands: a column with its own header needs no alias."""
    best: dict[str, int] = {}
    found: dict[str, list[int]] = {}
    for place, cell in enumerate(row):
        key, rank = names.get(comparable(cell), ("", 0)) if isinstance(cell, str) else ("", 0)
        if key and rank <= best.get(key, rank):
            found[key] = [*(found[key] if rank == best.get(key) else ()), place]
            best[key] = rank
    return found


def _settle(
    table: Table, header_row: int, found: Mapping[str, list[int]], tagged: Mapping[str, int], title: str
) -> tuple[dict[str, int], list[CellProblem]]:
    """One place for each header. Of several, the tagged one; without tags the first, and a problem for the others."""
    places: dict[str, int] = {}
    problems: list[CellProblem] = []
    for key, rivals in found.items():
        places[key] = tagged[key] if tagged.get(key) in rivals else rivals[0]
        if len(rivals) > 1 and tagged.get(key) not in rivals:
            header = table.column(key).header
            problems += [
                CellProblem(
                    cell=address(title, header_row, rival),
                    message=f"Two columns are headed '{header}'. The first one is read; please rename this one.",
                )
                for rival in rivals[1:]
            ]
    return places, problems


def _gone(table: Table, key: str, title: str, header_row: int) -> CellProblem:
    header = table.column(key).header
    return CellProblem(
        cell=address(title, header_row, 0),
        message=f"The column '{header}' is missing from {quoted(title)}. Please put it back, with this header.",
    )
