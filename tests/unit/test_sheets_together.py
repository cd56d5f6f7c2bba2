"""Whatever is inserted, deleted, moved, sorted, merged, hidden or filtered: values, notes, formats, dropdowns, sizes,
developer metadata, merges and every kind of range stay together, as they do in a model that knows only lists."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sheets_naive import Area, Box, Naive

from sandbox.call import ApiError
from sandbox.sheets import batch
from sandbox.sheets.edit import Edit
from sandbox.sheets.formulas.evaluate import Evaluator
from sandbox.sheets.model import Sheet, Spreadsheet
from sandbox.sheets.render import View, spreadsheet
from sandbox.state import Ids

HEIGHT, WIDTH = 7, 5
AXES = st.sampled_from(["ROWS", "COLUMNS"])
PLACES = st.floats(0, 0.999)
VALUES = st.sampled_from(["a", "B", "b", "c", 1.0, 2.0, 10.0])
KINDS = ["names", "protections", "bands", "rules", "filters"]


class Together(RuleBasedStateMachine):
    """One sheet of the sandbox beside one of the model."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Naive(list(range(HEIGHT)), list(range(100, 100 + WIDTH)))
        sheet = Sheet(sheet_id=0, title="Main", row_count=HEIGHT, column_count=WIDTH)
        book = Spreadsheet(id="b", title="Book", sheets=[sheet])
        now = datetime(2026, 11, 23, tzinfo=UTC)
        self.edit = Edit(book=book, editor="a@b.example", client="app", owner="a@b.example", now=now, ids=Ids())
        self.number = 0
        for row in range(HEIGHT - 2):
            self.write((row, row + 1, 0, 1), "value", float((row * 3) % 5))
            self.write((row, row + 1, 1, 2), "value", f"r{row}")
            self.tag("ROWS", row)

    def run(self, kind: str, **body: Any) -> None:
        batch.run(self.edit, [{kind: body}])

    def refused(self, kind: str, **body: Any) -> None:
        with pytest.raises(ApiError):
            self.run(kind, **body)

    def at(self, axis: str, place: float) -> int:
        return int(place * len(self.model.order(axis)))

    def box(self, corner: tuple[float, float], size: tuple[int, int]) -> Box:
        top, left = self.at("ROWS", corner[0]), self.at("COLUMNS", corner[1])
        bottom = min(top + size[0], len(self.model.rows))
        return (top, bottom, left, min(left + size[1], len(self.model.columns)))

    def write(self, box: Box, what: str, value: Any) -> None:
        named = {
            "value": ({"userEnteredValue": entered(value)}, "userEnteredValue"),
            "note": ({"note": value}, "note"),
            "bold": ({"userEnteredFormat": {"textFormat": {"bold": True}}}, "userEnteredFormat"),
            "rule": ({"dataValidation": dropdown(value)}, "dataValidation"),
        }
        cell, fields = named[what]
        self.run("repeatCell", range=grid(box), cell=cell, fields=fields)
        for row in range(box[0], box[1]):
            for column in range(box[2], box[3]):
                self.model.cell(row, column)[what] = value

    def tag(self, axis: str, place: int) -> None:
        self.number += 1
        made = {"metadataKey": "k", "metadataValue": str(self.number), "visibility": "DOCUMENT"}
        where = {"dimensionRange": lines(axis, place, place + 1)}
        self.run("createDeveloperMetadata", developerMetadata={**made, "location": where})
        self.model.line(axis, place)["tag"] = self.number

    @rule(axis=AXES, place=PLACES, number=st.integers(1, 2), before=st.booleans())
    def insert(self, axis: str, place: float, number: int, before: bool) -> None:
        at = self.at(axis, place)
        if len(self.model.order(axis)) > 12 or (before and not at):
            return
        self.run("insertDimension", range=lines(axis, at, at + number), inheritFromBefore=before)
        self.model.insert(axis, at, number, at - 1 if before else at)

    @rule(axis=AXES, place=PLACES, number=st.integers(1, 2))
    def delete(self, axis: str, place: float, number: int) -> None:
        start = self.at(axis, place)
        end = min(start + number, len(self.model.order(axis)))
        if len(self.model.order(axis)) - (end - start) >= 3:
            self.run("deleteDimension", range=lines(axis, start, end))
            self.model.delete(axis, start, end)

    @rule(axis=AXES, place=PLACES, number=st.integers(1, 3), to=st.floats(0, 1))
    def move(self, axis: str, place: float, number: int, to: float) -> None:
        start, target = self.at(axis, place), self.at(axis, to)
        end = min(start + number, len(self.model.order(axis)))
        if start < target < end:
            return
        asked = {"source": lines(axis, start, end), "destinationIndex": target}
        if self.model.parts_a_merge(axis, start, end, target):
            self.refused("moveDimension", **asked)
            return
        self.run("moveDimension", **asked)
        self.model.move(axis, start, end, target)

    @rule(corner=st.tuples(PLACES, PLACES), size=st.tuples(st.integers(2, 9), st.integers(1, 9)), down=st.booleans())
    def sort(self, corner: tuple[float, float], size: tuple[int, int], down: bool) -> None:
        box = self.box(corner, size)
        area, column = self.model.area(box), box[2]
        specs = [{"dimensionIndex": column, "sortOrder": "DESCENDING" if down else "ASCENDING"}]
        met = self.model.meeting(area)
        if any(len(m.rows or ()) > 1 or not (m.columns or set()) <= (area.columns or set()) for m in met):
            self.refused("sortRange", range=grid(box), sortSpecs=specs)
            return
        self.run("sortRange", range=grid(box), sortSpecs=specs)
        self.model.sort(box, column, descending=down)

    @rule(corner=st.tuples(PLACES, PLACES), value=VALUES)
    def enter(self, corner: tuple[float, float], value: Any) -> None:
        box = self.box(corner, (1, 1))
        met = self.model.meeting(self.model.area(box))
        if all(self.model.box(merge)[::2] == box[::2] for merge in met):
            self.write(box, "value", value)

    @rule(corner=st.tuples(PLACES, PLACES), size=st.tuples(st.integers(1, 3), st.integers(1, 2)), data=st.data())
    def mark(self, corner: tuple[float, float], size: tuple[int, int], data: st.DataObject) -> None:
        what = data.draw(st.sampled_from(["note", "bold", "rule"]))
        self.number += 1
        self.write(self.box(corner, size), what, True if what == "bold" else f"{what} {self.number}")

    @rule(corner=st.tuples(PLACES, PLACES), size=st.tuples(st.integers(1, 3), st.integers(1, 3)), undo=st.booleans())
    def merge(self, corner: tuple[float, float], size: tuple[int, int], undo: bool) -> None:
        box = self.box(corner, size)
        area = self.model.area(box)
        met = self.model.meeting(area)
        rows, columns = area.rows or set(), area.columns or set()
        kind = "unmergeCells" if undo else "mergeCells"
        asked = {"range": grid(box), **({} if undo else {"mergeType": "MERGE_ALL"})}
        if not all((m.rows or set()) <= rows and (m.columns or set()) <= columns for m in met):
            self.refused(kind, **asked)
            return
        self.run(kind, **asked)
        if undo:
            self.model.areas["merges"] = [m for m in self.model.merges() if m not in met]
        elif len(rows) * len(columns) > 1:
            self.model.merge(area)
        else:
            self.model.areas["merges"] = [m for m in self.model.merges() if m not in met]

    @rule(axis=AXES, place=PLACES, data=st.data())
    def line(self, axis: str, place: float, data: st.DataObject) -> None:
        at = self.at(axis, place)
        what = data.draw(st.sampled_from(["size", "hidden", "tag"]))
        if what == "tag":
            if "tag" not in self.model.line(axis, at):
                self.tag(axis, at)
            return
        self.number += 1
        value = True if what == "hidden" else 20 + self.number
        name = "hiddenByUser" if what == "hidden" else "pixelSize"
        properties = {name: value}
        self.run("updateDimensionProperties", range=lines(axis, at, at + 1), properties=properties, fields=name)
        self.model.line(axis, at)[what] = value

    @rule(
        kind=st.sampled_from(KINDS),
        corner=st.tuples(PLACES, PLACES),
        size=st.tuples(st.integers(1, 4), st.integers(1, 3)),
    )
    def cover(self, kind: str, corner: tuple[float, float], size: tuple[int, int]) -> None:
        box = self.box(corner, size)
        area = self.model.area(box)
        if kind == "filters":
            self.filter(box, area)
            return
        if kind == "bands" and self.model.areas.get("bands"):
            return
        self.number += 1
        request, body = covering(kind, grid(box), self.number)
        self.run(request, **body)
        self.model.areas.setdefault(kind, []).append(area)

    @rule(kind=st.sampled_from(["names", "protections"]), place=PLACES)
    def cover_columns(self, kind: str, place: float) -> None:
        at = self.at("COLUMNS", place)
        self.number += 1
        box = {"sheetId": 0, "startColumnIndex": at, "endColumnIndex": at + 1}
        request, body = covering(kind, box, self.number)
        self.run(request, **body)
        self.model.areas.setdefault(kind, []).append(Area(None, {self.model.columns[at]}))

    def filter(self, box: Box, area: Area) -> None:
        """Hide the rows that hold an "a" in the filter's first column, but for its header."""
        spec = {"columnIndex": box[2], "filterCriteria": {"hiddenValues": ["a"]}}
        asked = {"range": grid(box), "filterSpecs": [spec]}
        if any(len(merge.rows or ()) > 1 for merge in self.model.meeting(area)):
            self.refused("setBasicFilter", filter=asked)
            return
        self.run("setBasicFilter", filter=asked)
        for place in range(len(self.model.rows)):
            inside = box[0] < place < box[1] and self.model.cell(place, box[2]).get("value") == "a"
            self.model.line("ROWS", place)["filtered"] = inside
        area.column = self.model.columns[box[2]]
        self.model.areas["filters"] = [area]

    @invariant()
    def all_is_together(self) -> None:
        assert seen(self.edit) == expected(self.model)


TestTogether = Together.TestCase
TestTogether.settings = settings(
    max_examples=60, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def entered(value: str | float) -> dict[str, Any]:
    return {"stringValue": value} if isinstance(value, str) else {"numberValue": value}


def dropdown(value: str) -> dict[str, Any]:
    return {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": value}]}}


def grid(box: Box) -> dict[str, Any]:
    names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    return {"sheetId": 0, **dict(zip(names, box, strict=True))}


def lines(axis: str, start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": axis, "startIndex": start, "endIndex": end}


def covering(kind: str, box: dict[str, Any], number: int) -> tuple[str, dict[str, Any]]:
    if kind == "names":
        return "addNamedRange", {"namedRange": {"name": f"name_{number}", "range": box}}
    if kind == "protections":
        return "addProtectedRange", {"protectedRange": {"range": box, "warningOnly": True}}
    if kind == "bands":
        return "addBanding", {"bandedRange": {"range": box, "rowProperties": {"headerColor": {"red": 1}}}}
    condition = {"type": "NOT_BLANK"}
    return "addConditionalFormatRule", {
        "rule": {"ranges": [box], "booleanRule": {"condition": condition, "format": {}}},
        "index": 0,
    }


def seen(edit: Edit) -> dict[str, Any]:
    """What spreadsheets.get says, in the model's terms."""
    evaluator = Evaluator(edit.book, edit.now.date())
    view = View(book=edit.book, evaluator=evaluator, reader="a@b.example", client="app", owner="a@b.example")
    book = spreadsheet(view, grid=True)
    sheet = book["sheets"][0]
    data = sheet["data"][0]
    found: dict[str, Any] = {
        "cells": {
            (row, column): told
            for row, line in enumerate(data.get("rowData", ()))
            for column, cell in enumerate(line.get("values", ()))
            if (told := cell_seen(cell))
        },
        "ROWS": [line_seen(line, 21) for line in data["rowMetadata"]],
        "COLUMNS": [line_seen(line, 100) for line in data["columnMetadata"]],
        "merges": sorted(box_seen(box) for box in sheet.get("merges", ())),
        "names": sorted(box_seen(named["range"]) for named in book.get("namedRanges", ())),
        "protections": sorted(box_seen(each["range"]) for each in sheet.get("protectedRanges", ())),
        "bands": sorted(box_seen(each["range"]) for each in sheet.get("bandedRanges", ())),
        "rules": sorted(box_seen(each["ranges"][0]) for each in sheet.get("conditionalFormats", ())),
        "filters": [box_seen(sheet["basicFilter"]["range"])] if "basicFilter" in sheet else [],
        "criteria": list(sheet.get("basicFilter", {}).get("criteria", ())),
    }
    return found


def cell_seen(cell: dict[str, Any]) -> dict[str, Any]:
    told = {}
    value = cell.get("userEnteredValue", {})
    if value:
        told["value"] = value.get("stringValue", value.get("numberValue"))
    if "note" in cell:
        told["note"] = cell["note"]
    if cell.get("userEnteredFormat", {}).get("textFormat", {}).get("bold"):
        told["bold"] = True
    if "dataValidation" in cell:
        told["rule"] = cell["dataValidation"]["condition"]["values"][0]["userEnteredValue"]
    return told


def line_seen(line: dict[str, Any], size: int) -> dict[str, Any]:
    told: dict[str, Any] = {} if line["pixelSize"] == size else {"size": line["pixelSize"]}
    told |= {"hidden": True} if line.get("hiddenByUser") else {}
    told |= {"filtered": True} if line.get("hiddenByFilter") else {}
    tags = line.get("developerMetadata", [])
    return {**told, "tag": int(tags[0]["metadataValue"])} if tags else told


def box_seen(box: dict[str, Any]) -> Box:
    rows = (box.get("startRowIndex", 0), box.get("endRowIndex", -1))
    return (*rows, box.get("startColumnIndex", 0), box.get("endColumnIndex", -1))


def expected(model: Naive) -> dict[str, Any]:
    told: dict[str, Any] = {
        "cells": {
            (row, column): cell
            for row, row_token in enumerate(model.rows)
            for column, token in enumerate(model.columns)
            if (cell := model.cells.get((row_token, token)))
        }
    }
    for axis in ("ROWS", "COLUMNS"):
        held = [model.lines.get(token, {}) for token in model.order(axis)]
        told[axis] = [{name: value for name, value in line.items() if value} for line in held]
    for kind in ("merges", *KINDS):
        told[kind] = sorted(model.box(area) for area in model.areas.get(kind, ()))
    columns = [area.column for area in model.areas.get("filters", ()) if area.column is not None]
    return {**told, "criteria": [str(model.columns.index(column)) for column in columns]}
