"""The command line does what the side panel does, for people and for machines."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner, Result
from pypdf import PdfReader

from server import cli
from server.commands import sandbox as sandbox_command
from server.demo import sample
from server.demo.world import World

TODAY = "2026-11-23"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    plans = sample.load()
    with World(plans, date.fromisoformat(TODAY)) as made:
        yield made


@pytest.fixture(scope="module")
def file_of_plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plans") / "plans.json"
    path.write_text(sample.sample_text(), "utf-8")
    return path


def run(world: World, school_id: str, *words: str) -> Result:
    settings = world.settings(school_id)
    who = ["--google-url", settings.google_url, "--token", settings.token, "--publisher", settings.publisher]
    return CliRunner().invoke(cli.main, [*words, *who], catch_exceptions=False)


def answer(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_school_is_installed_checked_published_and_synced_by_hand(world: World, file_of_plans: Path) -> None:
    name = ["--id", "S3", "--name", "Tannerfield Academy", "--from", str(file_of_plans), "--json"]
    would = answer(run(world, "S3", "install", *name, "--dry-run"))
    assert would["would_make"] == ["folder", "SENCO workbook", "plan workbook", "template Doc"]
    made = answer(run(world, "S3", "install", *name))
    assert made["made"] == would["would_make"]
    assert made["done"] == {"copies": made["done"]["copies"], "permissions": 8, "events": 2}
    assert len(made["done"]["copies"]) == 4
    again = answer(run(world, "S3", "install", *name))
    assert again["made"] == []
    found = answer(run(world, "S3", "check", "--today", TODAY, "--json"))
    assert {f["rule"] for f in found["findings"] if f["level"] == "red"} == {"R33", "R34"}
    for command in ("publish", "sync"):
        idle = answer(run(world, "S3", command, "--today", TODAY, "--json"))
        assert idle["done"] == {"copies": [], "permissions": 0, "events": 0}


def test_a_dry_run_changes_nothing(world: World) -> None:
    journal = world.sandbox.workspace.journal
    first = len(journal)
    run(world, "S1", "install", "--id", "S1", "--name", "Larkmeadow", "--dry-run")
    assert not any(entry.get("write") for entry in journal[first:])


def test_findings_are_shown_to_people_as_a_table(world: World, file_of_plans: Path) -> None:
    run(world, "S1", "install", "--id", "S1", "--name", "Larkmeadow", "--from", str(file_of_plans))
    shown = run(world, "S1", "check", "--today", TODAY)
    assert "R04" in shown.output
    assert "P02" in shown.output


def test_no_school_is_a_sentence_and_exit_code_1(world: World) -> None:
    result = run(world, "S2", "check")
    assert result.exit_code == 1
    assert "No SEN plans of a school are to be seen" in result.output
    assert "Traceback" not in result.output


def test_without_an_identity_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SENPLANS_TOKEN", "SENPLANS_SERVICE_ACCOUNT_FILE"):
        monkeypatch.delenv(name, raising=False)
    result = CliRunner().invoke(cli.main, ["check"])
    assert result.exit_code == 1
    assert "SENPLANS_TOKEN" in result.output


def test_the_manifest_is_printed_for_an_address() -> None:
    result = CliRunner().invoke(cli.main, ["manifest", "--base-url", "https://plans.school.example", "--json"])
    home = answer(result)["addOns"]["common"]["homepageTrigger"]["runFunction"]
    assert home == "https://plans.school.example/addon/home"


def test_a_manifest_for_an_unsafe_address_is_refused() -> None:
    result = CliRunner().invoke(cli.main, ["manifest", "--base-url", "http://plans.school.example"])
    assert result.exit_code == 1
    assert "can't be deployed" in result.output


def test_the_doctor_says_what_to_put_right(world: World) -> None:
    well = run(world, "S3", "doctor", "--json")
    assert all(check["ok"] for check in answer(well)["checks"])
    ill = CliRunner().invoke(cli.main, ["doctor", "--google-url", world.sandbox.url, "--token", "forged"])
    assert ill.exit_code == 1
    assert "FAIL Google" in ill.output


def test_the_provision_map_is_read_from_the_workbooks_and_changes_nothing(world: World) -> None:
    first = len(world.sandbox.workspace.journal)
    found = answer(run(world, "S3", "report", "provision-map", "--today", TODAY, "--json"))
    assert {row["pupil_id"]: row["year"] for row in found["pupils"]}["P11"] == 4560.0
    assert found["effects"]
    assert "£4,560 a year" in run(world, "S3", "report", "provision-map", "--today", TODAY).output
    assert not any(entry.get("write") for entry in world.sandbox.workspace.journal[first:])


def test_the_governors_file_names_nobody_in_any_byte(world: World, tmp_path: Path) -> None:
    path = tmp_path / "governors.pdf"
    would = answer(run(world, "S3", "report", "governors", str(path), "--dry-run", "--today", TODAY, "--json"))
    assert not path.exists()
    told = answer(run(world, "S3", "report", "governors", str(path), "--today", TODAY, "--json"))
    assert told["parts"] == would["parts"]
    pdf = path.read_bytes()
    pages = PdfReader(io.BytesIO(pdf))
    text = " ".join([pdf.decode("latin-1"), str(pages.metadata), *(page.extract_text() for page in pages.pages)])
    assert "Tannerfield Academy" in text
    words = {word.casefold() for word in re.findall(r"[\w@.+-]+", f"{text} {json.dumps(told)}")}
    assert names_in(sample.load().tables) & words == set()


def names_in(tables: Any) -> set[str]:
    """First and last names, ids and addresses of pupils and of those who care for them."""
    names = [f"{row['first_name']} {row['last_name']} {row.get('known_as') or ''}" for row in tables["pupils"]]
    names += [row["name"] for row in tables["contacts"]]
    words = {word.casefold() for name in names for word in re.findall(r"\w{4,}", name)}
    ids = {str(row["pupil_id"]).casefold() for row in tables["pupils"]}
    return words | ids | {row["email"].casefold() for row in tables["contacts"] if row.get("email")}


def test_an_inspection_pack_is_one_pupils_alone_and_its_doc_goes_to_the_bin(world: World, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    first = len(world.sandbox.workspace.journal)
    told = answer(run(world, "S3", "report", "inspection", "P11", str(path), "--today", TODAY, "--json"))
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert [part.partition(". ")[0] for part in told["parts"]] == [str(n + 1) for n in range(len(told["parts"]))]
    assert "SEN inspection pack" in text
    assert "Sharing log" in text
    for other in ("P10", "P12", "Hourly rate"):
        assert other not in text
    calls = [entry["method"] for entry in world.sandbox.workspace.journal[first:] if entry.get("write")]
    assert calls == ["drive.files.create", "drive.files.update"]


def test_files_kept_long_enough_are_listed(world: World) -> None:
    assert answer(run(world, "S3", "report", "retention", "--today", TODAY, "--json")) == {"files": []}


def test_the_demo_runs_headless_on_any_file_in_the_samples_format(tmp_path: Path) -> None:
    whole = json.loads(sample.sample_text())
    own = {key: rows for key, rows in whole.items() if key in ("_meta", "settings", "staff", "pupils", "contacts")}
    own["settings"] = own["settings"][:1]
    path = tmp_path / "own.json"
    path.write_text(json.dumps(own), "utf-8")
    report = answer(CliRunner().invoke(cli.main, ["demo", "--once", "--json", "--school", str(path)]))
    assert [school["setting_id"] for school in report["schools"]] == ["S1"]
    assert report["runs"][1]["writes"] == 0


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"settings": []}', '{"settings": [{"name": "x"}]}', '{"settings": 4}']
)
def test_a_file_that_is_not_plans_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, "utf-8")
    result = CliRunner().invoke(cli.main, ["demo", "--once", "--school", str(path), "--today", TODAY])
    assert result.exit_code == 1
    assert "Nothing was made." in result.output


@pytest.mark.parametrize("command", ["demo", "sandbox"])
def test_a_taken_port_is_a_sentence(world: World, command: str) -> None:
    port = world.sandbox.url.rpartition(":")[2]
    result = CliRunner().invoke(cli.main, [command, "--port", port])
    assert result.exit_code == 1
    assert f"Port {port} can't be used" in result.output


@pytest.mark.parametrize(
    ("seed", "open_access", "somebody"), [("sample", False, True), ("empty", True, True), ("empty", False, False)]
)
def test_a_sandbox_starts_with_the_people_asked_for_and_says_what_it_is(
    seed: str, open_access: bool, somebody: bool
) -> None:
    with sandbox_command.start(0, seed, open_access=open_access) as running:
        assert requests.get(running.url, timeout=10).status_code == 200
        assert bool(running.workspace.users) is somebody
        answer = requests.get(
            f"{running.url}/drive/v3/about?fields=user", timeout=10, headers={"Authorization": "Bearer any"}
        )
    assert answer.status_code == (200 if open_access else 401)
