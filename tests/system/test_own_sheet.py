"""A school's own sheet, chosen in Drive, is looked at column by column in the panel, tried, and brought in once."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from googleapiclient.http import MediaIoBaseUpload
from town import Town

from addon.sheet_views import SheetTap
from server import panel_sheets
from server.plans.ports import SPREADSHEET
from server.plans.trouble import Invalid, NotVisible
from server.web.ports import Done

FORMS = Path(__file__).parents[1] / "data" / "forms"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(town: Town, name: str, mime: str = XLSX, *, as_sheet: bool = False) -> str:
    """Put a file into the school's Drive, as its owner would, as it is or as a Google Sheet."""
    media = MediaIoBaseUpload(io.BytesIO((FORMS / name).read_bytes()), mimetype=mime)
    body = {"name": name, **({"mimeType": SPREADSHEET} if as_sheet else {})}
    return str(town.app_drive().files().create(body=body, media_body=media, fields="id").execute()["id"])


def bring(town: Town, tap: SheetTap, mark: str = "") -> Done:
    with town.run() as run:
        return panel_sheets.brought(run, tap, "S3", mark)


def columns(town: Town, tap: SheetTap) -> Mapping[str, str]:
    with town.run() as run:
        return {column.heading: column.field for column in panel_sheets.view_of(run, tap).columns}


@pytest.mark.parametrize("as_sheet", [False, True], ids=["xlsx", "Google Sheet"])
def test_a_sheet_in_drive_is_tried_then_brought_in_and_a_second_time_writes_nothing(
    school: Town, as_sheet: bool
) -> None:
    tap = SheetTap(file_id=upload(school, "school_sheet_1.xlsx", as_sheet=as_sheet))
    school.forget_calls()
    with school.run() as run:
        trial = panel_sheets.trial_of(run, tap, "S3", "left")
    assert school.writes() == 0
    assert dict(trial.would)["Plan"].endswith("new rows")
    assert len(trial.shown) == trial.cells["left"] == sum(count for _, count in trial.reasons)
    assert bring(school, trial.tap, trial.mark).changed
    school.forget_calls()
    assert not bring(school, trial.tap).changed
    assert school.writes() == 0


def test_a_column_is_what_the_person_chose_and_the_rest_is_understood_beside_it(school: Town) -> None:
    tap = SheetTap(file_id=upload(school, "school_sheet_1.xlsx"))
    with school.run() as run:
        before = panel_sheets.view_of(run, tap)
    help_given = next(column for column in before.columns if column.field == "provision.what")
    chosen = SheetTap(file_id=tap.file_id, columns={help_given.key: "outcomes.measure"})
    assert columns(school, chosen)[help_given.heading] == "outcomes.measure"
    with school.run() as run:
        trial = panel_sheets.trial_of(run, chosen, "S3")
    assert "Provision" not in dict(trial.would)


def test_a_list_is_told_from_plans_and_may_come_in_for_pupils_with_sen_alone(school: Town) -> None:
    tap = SheetTap(file_id=upload(school, "mis_export_3.csv", "text/csv"))
    with school.run() as run:
        view = panel_sheets.view_of(run, tap)
        every = dict(panel_sheets.trial_of(run, view.tap, "S3").would)
        few = dict(panel_sheets.trial_of(run, SheetTap(file_id=tap.file_id, sen_only=True), "S3").would)
    assert view.is_list
    assert int(few["Pupils"].split()[0]) <= int(every["Pupils"].split()[0])


def test_a_sheet_that_changed_since_it_was_tried_is_not_brought_in(school: Town) -> None:
    tap = SheetTap(file_id=upload(school, "school_sheet_1.xlsx", as_sheet=True))
    with school.run() as run:
        mark = panel_sheets.trial_of(run, tap, "S3").mark
        rows = [{"values": [{"userEnteredValue": {"stringValue": "Spring targets"}}]}]
        start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
        first = run.google.sheets.standing(tap.file_id, "sheets(properties(sheetId))")["sheets"][0]["properties"]
        start["sheetId"] = first.get("sheetId", 0)
        edit = {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
        run.google.sheets.batch(tap.file_id, [edit])
    school.forget_calls()
    with pytest.raises(Invalid, match="changed after you looked"):
        bring(school, tap, mark)
    assert school.writes() == 0


def test_a_file_that_is_no_sheet_or_our_own_or_not_open_is_refused_with_what_to_do(school: Town) -> None:
    with school.run() as run:
        with pytest.raises(NotVisible, match="give SEN Plans access"):
            panel_sheets.view_of(run, SheetTap(file_id="no-such-file-anywhere"))
        with pytest.raises(Invalid, match="own files"):
            panel_sheets.view_of(run, SheetTap(file_id=school.workbook("plan")))
    picture = upload(school, "school_sheet_1.xlsx", "image/png")
    with school.run() as run, pytest.raises(Invalid, match="no sheet"):
        panel_sheets.view_of(run, SheetTap(file_id=picture))
