"""``senplans import``: a school's own files, for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import clients
import gspread
import openpyxl
import pytest
from click.testing import CliRunner, Result

from server import cli
from server.demo import sample
from server.demo.world import CLIENT, SCOPES, World

TODAY = date(2026, 11, 23)
FORMS = Path(__file__).parents[1] / "data" / "forms"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World(sample.load(), TODAY) as made:
        run(made, "install", "--id", "S3", "--name", "Tannerfield Academy")
        yield made


def run(world: World, *words: str) -> Result:
    settings = world.settings("S3")
    who = ["--google-url", settings.google_url, "--token", settings.token, "--publisher", settings.publisher]
    return CliRunner().invoke(cli.main, [*words, *who], catch_exceptions=False)


def answer(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_pupils_come_in_and_a_second_time_nothing_does(world: World) -> None:
    path = str(FORMS / "mis_export_2.csv")
    would = answer(run(world, "import", "pupils", path, "--dry-run", "--json"))
    assert would["add"] == {"pupils": 4, "contacts": 7}
    assert would["done"]["added"] == 0
    assert answer(run(world, "import", "pupils", path, "--json"))["done"]["added"] == 11
    assert answer(run(world, "import", "pupils", path, "--json"))["add"] == {}


def test_plans_come_in_with_a_report_of_every_cell(world: World, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    shown = run(world, "import", "plans", str(FORMS / "school_sheet_2.xlsx"), "--report", str(report))
    assert "Please settle" in shown.output
    assert "rows added" in shown.output
    cells = json.loads(report.read_text("utf-8"))["cells"]
    assert {c["verdict"] for c in cells} == {"taken", "changed", "left", "ask"}


def test_a_column_is_what_the_person_says_it_is(world: World) -> None:
    words = ["import", "plans", str(FORMS / "school_sheet_1.xlsx"), "--dry-run", "--json"]
    plain = answer(run(world, *words))
    chosen = answer(run(world, *words, "--map", "Provision / strategy="))
    assert plain["add"]["provision"] > 0
    assert chosen["cells"]["left"] > plain["cells"]["left"]
    refused = run(world, *words, "--map", "Who=nobody.knows")
    assert refused.exit_code == 1
    assert "FIELD is empty or one of" in refused.output


def test_a_google_sheet_is_read_by_its_id(world: World) -> None:
    client: gspread.Client = clients.spreadsheets(
        world.sandbox, world.senco("S3").email, scopes=SCOPES, client_id=CLIENT
    )
    book = client.create("Our targets")
    source = openpyxl.load_workbook(FORMS / "school_sheet_4.xlsx")["Autumn 1"]
    rows = [["" if c is None else str(c)[:10] if hasattr(c, "year") else c for c in row] for row in source.values]
    book.sheet1.update(rows, "A1", value_input_option="USER_ENTERED")
    found = answer(run(world, "import", "plans", book.id, "--dry-run", "--json"))
    assert found["add"]["pupils"] == 7
    assert found["add"]["provision"] >= 11
    client.http_client.session.close()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.csv", b""), ("b.csv", b"\x00\x01\x02\x03"), ("c.csv", b"x,y\n1,2\n"), ("d.csv", b"PK\x03\x04abc")],
)
def test_a_file_that_can_t_be_used_is_a_sentence(world: World, tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    result = run(world, "import", "pupils", str(path))
    assert result.exit_code == 1
    assert "No workbook was changed." in result.output
    assert "Traceback" not in result.output


def test_a_workbook_that_is_none_is_a_sentence(world: World, tmp_path: Path) -> None:
    path = tmp_path / "plans.xlsx"
    path.write_bytes(b"not a zip")
    result = run(world, "import", "plans", str(path))
    assert result.exit_code == 1
    assert "No workbook was changed." in result.output
