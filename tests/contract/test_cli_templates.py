"""``senplans templates`` at a terminal: the sample in a pretend Google, and nothing left behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from server.cli import main


def run(*words: str) -> str:
    result = CliRunner().invoke(main, ["templates", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_list_names_all_seventeen() -> None:
    listed = json.loads(run("list", "--json"))["templates"]
    assert len(listed) == 17
    assert {row["readers"] for row in listed} == {"household", "staff"}


def test_show_says_where_each_field_is_kept_and_who_reads_it() -> None:
    fields = json.loads(run("show", "relational_plan", "--json"))["fields"]
    calm = next(field for field in fields if field["field"] == "What calms me")
    assert (calm["kept"], calm["read_by"], calm["required"]) == ("relational.calm", "P", "M")


def test_a_preview_prints_what_fits_and_says_why_the_rest_does_not(tmp_path: Path) -> None:
    said = json.loads(run("preview", "--sample", "--pupil", "P08", "--pdf", str(tmp_path / "P08.pdf"), "--json"))
    made = {row["template"]: row for row in said["papers"]}
    assert made["eyfs_plan"]["left"] == "It is for N1 to R; Mei is in Y6."
    printed = [row for row in made.values() if row["files"]]
    assert {"my_support_plan", "transition_plan", "sen_support_plan"} <= {row["template"] for row in printed}
    for row in printed:
        assert row["pages"] > 0
        assert row["overflows"] == []
        assert Path(row["files"][0]).read_bytes().startswith(b"%PDF")


def test_a_preview_of_one_household_is_that_households(tmp_path: Path) -> None:
    words = ("preview", "--sample", "--pupil", "P05", "--template", "notification_letter")
    for home, mine, theirs in (("P05-H1", "Carys", "Rhys"), ("P05-H2", "Rhys", "Carys")):
        file = tmp_path / f"{home}.docx"
        run(*words, "--household", home, "--docx", str(file))
        text = _text(file)
        assert mine in text
        assert theirs not in text


def _text(file: Path) -> str:
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--pupil", "P99", "--pdf", "x.pdf"), "The sample has no such pupil"),
        (("--pupil", "P06"), "Say where to put it"),
        (("--pupil", "P06", "--template", "nothing", "--docx", "x"), "There is no such template"),
        (
            ("--pupil", "P06", "--template", "early_note", "--household", "P06-H9", "--docx", "x"),
            "Nobody in this household",
        ),
        (("--pupil", "P06", "--template", "early_note", "--docx", "no/such/place.docx"), "can't be written"),
    ],
)
def test_what_cant_be_made_is_said_in_a_sentence(words: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(main, ["templates", "preview", "--sample", *words])
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output
