"""Groups and shifted blocks against simple models: a count per row, and plain lists of columns."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sandbox.sheets import batch
from sandbox.sheets.edit import Edit
from sandbox.sheets.model import Cell, Sheet, Spreadsheet
from sandbox.sheets.requests.groups import groups
from sandbox.state import Ids

HEIGHT, WIDTH = 8, 4
Step = tuple[bool, int, int]
Block = tuple[bool, bool, int, int, int, int]


def edit() -> Edit:
    sheet = Sheet(sheet_id=0, title="Sheet1", row_count=HEIGHT, column_count=WIDTH)
    book = Spreadsheet(id="x", title="x", sheets=[sheet])
    return Edit(book=book, editor="a", client="c", owner="a", now=datetime(2026, 1, 1, tzinfo=UTC), ids=Ids())


def spans(most: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, most - 1), st.integers(0, most - 1)).map(lambda two: (min(two), max(two) + 1))


@given(st.lists(st.tuples(st.booleans(), spans(HEIGHT)).map(lambda step: (step[0], *step[1])), max_size=8))
def test_every_row_stands_in_as_many_groups_as_were_put_over_it_and_not_taken_away(steps: list[Step]) -> None:
    change, depths = edit(), [0] * HEIGHT
    for adding, start, end in steps:
        if not adding and not all(depths[start:end]):
            continue
        depths = [depth + (1 if adding else -1) * (start <= row < end) for row, depth in enumerate(depths)]
        request = {"range": {"dimension": "ROWS", "startIndex": start, "endIndex": end}}
        batch.run(change, [{"addDimensionGroup" if adding else "deleteDimensionGroup": request}])
    found = groups(change.book.sheets[0].rows)
    held = [sum(group.start <= row < group.end for group in found) for row in range(HEIGHT)]
    assert held == depths
    assert all(min(depths[group.start : group.end]) >= group.depth for group in found)


@given(
    st.lists(
        st.tuples(st.booleans(), st.booleans(), spans(HEIGHT), spans(WIDTH)).map(
            lambda block: (block[0], block[1], *block[2], *block[3])
        ),
        max_size=5,
    )
)
def test_blocks_inserted_and_deleted_move_cells_as_lists_move(blocks: list[Block]) -> None:
    change = edit()
    sheet = change.book.sheets[0]
    model: dict[tuple[int, int], str] = {(row, column): f"{row},{column}" for row in range(3) for column in range(3)}
    for (row, column), text in model.items():
        sheet.put(row, column, Cell(value=text))
    for inserting, down, top, bottom, left, right in blocks:
        edges = {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}
        request = {"range": edges, "shiftDimension": "ROWS" if down else "COLUMNS"}
        batch.run(change, [{"insertRange" if inserting else "deleteRange": request}])
        model = moved(model, (inserting, down, top, bottom, left, right))
    assert {(row, column): cell.value for row, column, cell in sheet.filled() if cell.value} == model


def moved(model: dict[tuple[int, int], str], block: Block) -> dict[tuple[int, int], str]:
    inserting, down, top, bottom, left, right = block
    size = (bottom - top) if down else (right - left)
    made = {}
    for (row, column), text in model.items():
        beside = left <= column < right if down else top <= row < bottom
        along, start = (row, top) if down else (column, left)
        if beside and along >= start:
            if not inserting and along < start + size:
                continue
            along += size if inserting else -size
        made[(along, column) if down else (row, along)] = text
    return made
