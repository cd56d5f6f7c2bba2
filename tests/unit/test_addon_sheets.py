"""The cards about a school's own sheet: every column can be changed, nothing is written before it was tried."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from addon.cards import cells_card, choose_column_card, columns_card, sheets_card, trial_card
from addon.sheet_views import CellLine, ColumnLine, SheetsView, SheetTap, SheetView, TrialView
from server.web.paths import links_at

LINKS = links_at("https://plans.example/")
TAP = SheetTap(file_id="file1", kind="plans", columns={"~0000000001": "outcomes.target"})
FIELDS = (("outcomes.target", "Plan: Next step"), ("pupils.dob", "Pupils: Date of birth"))


def wide(count: int) -> SheetView:
    columns = tuple(
        ColumnLine(
            key=f"~{n:010x}", heading=f"Column {n}", field="pupils.dob", name="Born", state="Sure", is_unsure=n == 57
        )
        for n in range(count)
    )
    return SheetView(title="Targets", tap=TAP, columns=columns, fields=FIELDS)


def said(card: object) -> str:
    return json.dumps(card, ensure_ascii=False)


def lines(card: Mapping[str, Any]) -> list[str]:
    widgets = [widget for section in card["sections"] for widget in section["widgets"]]
    return [w["decoratedText"]["topLabel"] for w in widgets if "decoratedText" in w]


def test_each_column_of_a_wide_sheet_is_shown_once_the_unsure_ones_first() -> None:
    pages = [lines(columns_card(wide(60), LINKS, page)) for page in range(3)]
    assert pages[0][0] == "Column 57"
    shown = [heading for page in pages for heading in page]
    assert sorted(shown) == sorted(f"Column {n}" for n in range(60))
    assert lines(columns_card(wide(60), LINKS, 99)) == pages[2]


def test_what_was_chosen_is_carried_by_every_button_however_much_it_is() -> None:
    chosen = {f"~{n:010x}": "provision.minutes_per_session" for n in range(150)}
    parameters = SheetTap(file_id="f", columns=chosen).parameters()
    assert all(len(text) <= 2_000 for text in parameters.values())
    carried = "".join(parameters[f"c{n}"] for n in range(len(parameters)) if f"c{n}" in parameters)
    assert dict(pair.split("=") for pair in carried.split(";") if pair) == chosen


def test_a_column_is_changed_by_a_dropdown_with_the_present_field_chosen() -> None:
    card = said(choose_column_card(wide(3), "~0000000001", LINKS))
    assert '{"text": "Pupils: Date of birth", "value": "pupils.dob", "selected": true}' in card
    assert "Leave it out" in card
    assert "Column 1" in card


def test_only_what_was_tried_can_be_brought_in_and_with_its_mark() -> None:
    assert "import" not in said(columns_card(wide(3), LINKS))
    trial = TrialView(title="Targets", tap=TAP, mark="abc", would=(("Plan", "3 new rows"),), cells={"left": 2})
    card = said(trial_card(trial, LINKS))
    assert '{"key": "mark", "value": "abc"}' in card
    assert "3 new rows" in card
    assert "Bring it in" not in said(trial_card(TrialView(title="T", tap=TAP, mark="a", is_empty=True), LINKS))


def test_every_cell_of_a_verdict_can_be_paged_through() -> None:
    cells = tuple(CellLine(cell=f"T!A{n}", text="<b>x</b>", fate="title") for n in range(120))
    trial = TrialView(title="Targets", tap=TAP, mark="abc", shown=cells)
    pages = [lines(cells_card(trial, "left", page, LINKS)) for page in range(3)]
    assert [cell for page in pages for cell in page] == [f"T!A{n}" for n in range(120)]


def test_the_sheet_at_hand_is_offered_and_a_link_can_be_given() -> None:
    assert "Look at its columns" in said(sheets_card(SheetsView(file_id="abc", title="Targets"), LINKS))
    assert '"textInput"' in said(sheets_card(SheetsView(), LINKS))
