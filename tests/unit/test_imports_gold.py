"""The invented sheets and exports, read, agree with the answers written beside them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import imports_scoring as scoring
import pytest

from sheets_templates.imports.mis import MisImport, read_mis

SHEETS = scoring.sheets()
EXPORTS = sorted(scoring.FORMS.glob("mis_export_*.csv"))
SHOULD_BE_RIGHT, MAY_BE_WRONG = 0.97, 0.02


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_every_cell_of_a_sheet_is_accounted_for(path: Path) -> None:
    found = scoring.score(path)[1]
    lines = [(line.tab, line.cell) for line in found.report.lines]
    held = {(tab.title, cell.address) for tab in scoring.book(path) for cell in tab.cells.values()}
    assert held <= set(lines)
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_a_sheet_s_values_agree_with_its_answers(path: Path) -> None:
    found, _ = scoring.score(path)
    assert found.accounted == found.cells
    assert found.right >= SHOULD_BE_RIGHT * found.values, found.missed + found.asked
    assert len(found.wrong) <= MAY_BE_WRONG * found.values, found.wrong


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_what_should_stay_out_of_a_sheet_stays_out_with_a_reason(path: Path) -> None:
    found, imported = scoring.score(path)
    assert found.kept_right == found.kept_out
    assert all(line.why for line in imported.report.lines if line.verdict in ("left", "ask"))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_what_a_colour_alone_says_is_taken(path: Path) -> None:
    found = scoring.score(path)[1]
    lines = {(line.tab, line.cell): line for line in found.report.lines}
    for coloured in scoring.gold(path)["colour_only_or_added"]:
        to = lines[coloured["sheet"], coloured["cell"]].to
        given = {(t.table, t.field, t.value) for t in to}
        wanted = coloured.get("to")
        assert (wanted["table"], wanted["field"], wanted["value"]) in given if wanted else not given


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_rows_belong_together_as_in_the_answers(path: Path) -> None:
    """Two cells that the answers put into one row of ours are in one row here, and others are not."""
    found = scoring.score(path)[1]
    ours = {(line.tab, line.cell): {(t.table, t.row) for t in line.to} for line in found.report.lines}
    rows: dict[tuple[str, str], set[str]] = {}
    for cell in scoring.gold(path)["cells"]:
        for target in cell.get("to", ()):
            key = scoring.OURS.get((target["table"], target["field"]), (target["table"], target["field"]))
            named = {row for table, row in ours[cell["sheet"], cell["cell"]] if table == key[0]}
            if len(named) == 1 and len(cell["to"]) == 1:
                whole = key[0] in ("pupils", "cycles", "reviews")
                row = target["row"].partition("-")[0] if whole else target["row"]
                rows.setdefault((key[0], row), set()).update(named)
    assert all(len(names) == 1 for names in rows.values())
    assert len({(table, min(names)) for (table, _), names in rows.items()}) == len(rows)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_what_a_careful_person_would_ask_is_asked(path: Path) -> None:
    asked = scoring.score(path)[1].report.questions
    assert len(asked) >= len(scoring.gold(path)["should_ask"])


def _export(path: Path) -> tuple[MisImport, Any]:
    return read_mis(path.read_bytes()), json.loads(path.with_name(f"{path.stem}.gold.json").read_text("utf-8"))


def _facts(row: Any) -> dict[str, Any]:
    skipped = ("pupil", "from_records", "from_record")
    return {k: v for k, v in row.items() if k not in skipped and not k.startswith("accept") and v is not None}


def _plain(values: Any) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


def _letters(contacts: Any) -> list[str]:
    """Contacts to compare: how a relationship is hyphenated makes no difference."""
    return sorted(str((of, sorted(facts.items()))).replace("Step-father", "Stepfather") for of, facts in contacts)


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_an_export_s_pupils_and_contacts_are_those_of_its_answers(path: Path) -> None:
    found, answers = _export(path)
    pupils = {found.records[row]: _plain(v) for (table, row), v in found.rows.items() if table == "pupils"}
    assert pupils == {tuple(p["from_records"]): _facts(p) for p in answers["pupils"]}
    of = {p["pupil"]: tuple(p["from_records"]) for p in answers["pupils"]}
    contacts = [
        (found.records[row.partition("-")[0]], _plain(v)) for (t, row), v in found.rows.items() if t == "contacts"
    ]
    wanted = [(of[c["pupil"]], _facts(c)) for c in answers["contacts"]]
    assert _letters(contacts) == _letters(wanted)


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_an_export_is_read_in_its_encoding_and_every_cell_accounted_for(path: Path) -> None:
    found, answers = _export(path)
    assert answers["encoding"].startswith(found.encoding)
    assert len(found.columns) == len(answers["columns"])
    kept = {line.cell for line in found.report.lines}
    assert len(found.report.lines) == len(kept)
    assert sum(line.verdict in ("left", "ask") and not line.why for line in found.report.lines) == 0
