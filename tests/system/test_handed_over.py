"""``senplans transfer``, ``access`` and ``mis``: what people get on their disk, and that looking changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from town import Town

from server import cli

PUPIL = "P11"


def ask(town: Town, *words: str) -> Any:
    settings = town.world.settings(town.school_id)
    who = ["--google-url", settings.google_url, "--token", settings.token, "--today", "2026-11-23", "--json"]
    result = CliRunner().invoke(cli.main, [*words, *who], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_an_access_request_is_answered_with_all_and_with_a_proposal(school: Town, tmp_path: Path) -> None:
    told = ask(school, "access", "export", PUPIL, str(tmp_path), "--for", "C21")
    assert told["files"] == sorted(path.name for path in tmp_path.iterdir())
    every, proposed = (read(tmp_path / f"{PUPIL}-{name}.json")["held"] for name in ("all", "proposed"))
    assert every["Sharing log"]
    assert every["Review"]
    assert every["Copies of the plan"][0]["says"]["Link"].startswith("http")
    assert every["In the calendar"][0]["says"]["Title"].endswith("review meeting")
    assert len(json.dumps(proposed)) < len(json.dumps(every))
    assert "P10" not in json.dumps(every)


def test_whoever_is_to_get_nothing_gets_nothing(school: Town, tmp_path: Path) -> None:
    school.edit("Contacts", "restriction_kind", "C21", "no_information")
    with pytest.raises(AssertionError, match="gets nothing"):
        ask(school, "access", "export", PUPIL, str(tmp_path), "--for", "C21")
    assert not list(tmp_path.iterdir())


def test_looking_writes_nothing_anywhere(school: Town, tmp_path: Path) -> None:
    ask(school, "transfer", "export", PUPIL, str(tmp_path / "a.json"), "--to", "Ash Grove", "--dry-run")
    ask(school, "access", "export", PUPIL, str(tmp_path), "--dry-run")
    ask(school, "mis", "export", str(tmp_path / "mis.csv"), "--dry-run")
    assert not list(tmp_path.iterdir())
    assert school.writes() == 0


def test_the_file_the_pages_and_the_flags_are_written(school: Town, tmp_path: Path) -> None:
    file, pages, flags = (tmp_path / name for name in ("P11.json", "P11.pdf", "mis.csv"))
    told = ask(school, "transfer", "export", PUPIL, str(file), "--pdf", str(pages), "--to", "Ash Grove")
    assert told["logged"]
    assert told["left_out"]
    assert read(file)["pupil"] == PUPIL
    assert pages.read_bytes().startswith(b"%PDF")
    previews = school.app_drive().files().list(q="name='Preview' and trashed=false").execute()["files"]
    assert previews == []
    assert ask(school, "mis", "export", str(flags))["pupils"] == 3
    assert flags.read_text("utf-8-sig").count("\n") == 4
