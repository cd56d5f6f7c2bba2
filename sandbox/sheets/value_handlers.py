"""Methods of ``spreadsheets.values``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.call import Call
from sandbox.sheets import a1, opening, values
from sandbox.sheets.answers import At, answers
from sandbox.sheets.append import append
from sandbox.sheets.backend import sheets_state
from sandbox.sheets.box import Axis, Box
from sandbox.sheets.datafilter import boxes
from sandbox.sheets.edit import Edit
from sandbox.sheets.errors import Refused
from sandbox.sheets.values import Rendering, Written

Json = Mapping[str, Any]


@answers
def get(call: Call) -> Json:
    view = opening.view(call, _id(call))
    box = a1.read(view.book, call.params["range"])
    return values.read(view.evaluator, box, Rendering.of(call.params))


@answers
def batch_get(call: Call) -> Json:
    view = opening.view(call, _id(call))
    how = Rendering.of(call.params)
    found = [values.read(view.evaluator, a1.read(view.book, text), how) for text in call.params.get("ranges", ())]
    return {"spreadsheetId": view.book.id, **({"valueRanges": found} if found else {})}


@answers
def batch_get_by_data_filter(call: Call) -> Json:
    """Each range once, with all the filters that matched it, in the order of the filters."""
    view = opening.view(call, _id(call))
    how = Rendering.of(call.body)
    matched: dict[Box, list[Json]] = {}
    for place, data_filter in enumerate(call.body.get("dataFilters", ())):
        with At("dataFilters", place):
            for box in boxes(view.book, view.client, data_filter):
                matched.setdefault(box, []).append(data_filter)
    found = [
        {"valueRange": values.read(view.evaluator, box, how), "dataFilters": filters}
        for box, filters in matched.items()
    ]
    return {"spreadsheetId": view.book.id, **({"valueRanges": found} if found else {})}


@answers
def update(call: Call) -> Json:
    option, text = _option(call.params), call.params["range"]
    if call.body.get("range", text) != text:
        raise Refused(f"Request range[{text}] does not match value's range[{call.body['range']}]")

    def work(edit: Edit) -> Written:
        return _write(edit, a1.read(edit.book, text), call.body, option)

    return _updated(call, opening.change(call, _id(call), work), call.params)


@answers
def batch_update(call: Call) -> Json:
    option = _option(call.body)

    def work(edit: Edit) -> list[Written]:
        done = []
        for place, item in enumerate(call.body.get("data", ())):
            with At("data", place):
                done.append(_write(edit, a1.read(edit.book, item.get("range", "")), item, option))
        return done

    done = opening.change(call, _id(call), work)
    answers_ = [_updated(call, one, call.body) for one in done]
    return _totals(call, done, answers_)


@answers
def batch_update_by_data_filter(call: Call) -> Json:
    """Writes to every range that a filter matches; a filter that matches none writes nothing."""
    option = _option(call.body)

    def work(edit: Edit) -> list[tuple[Json, Written]]:
        done: list[tuple[Json, Written]] = []
        for place, item in enumerate(call.body.get("data", ())):
            with At("data", place):
                data_filter = item.get("dataFilter", {})
                matched = boxes(edit.book, edit.client, data_filter)
                done.extend((data_filter, _write(edit, box, item, option)) for box in matched)
        return done

    done = opening.change(call, _id(call), work)
    found = []
    for data_filter, one in done:
        entry = dict(_updated(call, one, call.body))
        del entry["spreadsheetId"]
        found.append({**entry, "dataFilter": data_filter})
    return _totals(call, [one for _, one in done], found)


@answers
def append_values(call: Call) -> Json:
    option = _option(call.params)
    axis = _axis(call.body)

    def work(edit: Edit) -> tuple[Box | None, Written]:
        target = a1.read(edit.book, call.params["range"])
        insert = call.params.get("insertDataOption") == "INSERT_ROWS"
        return append(edit, target, call.body.get("values", ()), axis=axis, option=option, insert=insert)

    table, done = opening.change(call, _id(call), work)
    made: dict[str, Any] = {"spreadsheetId": _id(call), "updates": _updated(call, done, call.params)}
    if table:
        made["tableRange"] = a1.write(table, _title(call, table))
    return made


@answers
def clear(call: Call) -> Json:
    box = opening.change(call, _id(call), lambda edit: values.clear(edit, a1.read(edit.book, call.params["range"])))
    return {"spreadsheetId": _id(call), "clearedRange": a1.write(box, _title(call, box))}


@answers
def batch_clear(call: Call) -> Json:
    def work(edit: Edit) -> list[Box]:
        done = []
        for place, text in enumerate(call.body.get("ranges", ())):
            with At("ranges", place):
                done.append(values.clear(edit, a1.read(edit.book, text)))
        return done

    return _cleared(call, opening.change(call, _id(call), work))


@answers
def batch_clear_by_data_filter(call: Call) -> Json:
    def work(edit: Edit) -> list[Box]:
        filters = call.body.get("dataFilters", ())
        return [values.clear(edit, box) for one in filters for box in boxes(edit.book, edit.client, one)]

    return _cleared(call, opening.change(call, _id(call), work))


def _id(call: Call) -> str:
    found: str = call.params["spreadsheetId"]
    return found


def _axis(asked: Json) -> Axis:
    return "COLUMNS" if asked.get("majorDimension") == "COLUMNS" else "ROWS"


def _option(asked: Json) -> str:
    option: str = asked.get("valueInputOption", "INPUT_VALUE_OPTION_UNSPECIFIED")
    if option == "INPUT_VALUE_OPTION_UNSPECIFIED":
        raise Refused("'valueInputOption' is required but not specified")
    return option


def _write(edit: Edit, box: Box, item: Json, option: str) -> Written:
    return values.write(edit, box, item.get("values", ()), axis=_axis(item), option=option)


def _title(call: Call, box: Box) -> str:
    sheet = sheets_state(call.workspace).books[_id(call)].find(box.sheet_id)
    assert sheet is not None  # it was written to just now
    return sheet.title


def _updated(call: Call, done: Written, asked: Json) -> dict[str, Any]:
    made = {"spreadsheetId": _id(call), **done.to_json(_title(call, done.box))}
    if asked.get("includeValuesInResponse"):
        view = opening.view(call, _id(call))
        made["updatedData"] = values.read(view.evaluator, done.box, Rendering.of(asked, "response"))
    return made


def _totals(call: Call, done: list[Written], responses: list[dict[str, Any]]) -> Json:
    if not done:
        return {"spreadsheetId": _id(call)}
    return {
        "spreadsheetId": _id(call),
        "totalUpdatedRows": len({(one.box.sheet_id, row) for one in done for row in one.box.rows()}),
        "totalUpdatedColumns": len({(one.box.sheet_id, column) for one in done for column in one.box.columns()}),
        "totalUpdatedCells": sum(one.cells for one in done),
        "totalUpdatedSheets": len({one.box.sheet_id for one in done}),
        "responses": responses,
    }


def _cleared(call: Call, done: list[Box]) -> Json:
    return {"spreadsheetId": _id(call), "clearedRanges": [a1.write(box, _title(call, box)) for box in done]}
