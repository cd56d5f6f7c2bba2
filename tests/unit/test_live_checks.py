"""Every assumption that is written down is tried, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from googleapiclient.errors import HttpError
from ground import Google, NotHere
from live.all import CHECKS
from live.outcome import HELD, NOT_HELD, UNTRIED, Check, Outcome, held, judged

from server.commands import live_check, live_report

PAGE = Path(__file__).parents[2] / "docs" / "unverified.md"


def test_every_line_has_exactly_one_check_and_every_check_a_line() -> None:
    headings = re.findall(r"^- \*\*(.+?)\*\*", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(check.heading for check in CHECKS) == sorted(headings)
    assert len(set(headings)) == len(headings)


def test_every_line_says_how_it_is_tried_and_stands_in_a_section() -> None:
    lines = re.split(r"\n- \*\*", PAGE.read_text("utf-8"))[1:]
    assert all(line.count("*Try:*") == 1 for line in lines)
    assert set(live_check.assumptions().values()) == {"Sheets", "Drive", "Docs", "Calendar", "The wire", "The add-on"}


def test_the_kinds_are_those_of_the_report() -> None:
    from live import outcome

    assert (outcome.HELD, outcome.NOT_HELD, outcome.PERSON, outcome.UNTRIED) == live_report.KINDS


class Response(dict[str, str]):
    status, reason = 403, "Forbidden"


def raising(error: BaseException) -> Check:
    def trying(google: Google) -> Outcome:
        raise error

    return Check(heading="x", trying=trying)


def test_a_refusal_that_nobody_expected_means_that_it_does_not_hold() -> None:
    content = b'{"error": {"errors": [{"reason": "forbidden"}], "code": 403, "message": "No."}}'
    outcome = raising(HttpError(Response(), content)).run(Google())
    assert (outcome.kind, outcome.saw) == (NOT_HELD, "Google answered 403 forbidden: No.")
    assert raising(HttpError(Response(), b"<html>")).run(Google()).saw == "Google answered 403 without a reason."


def test_what_cannot_be_asked_here_is_no_failure_and_a_bug_is_no_outcome() -> None:
    assert raising(NotHere("No second person.")).run(Google()) == Outcome(kind=UNTRIED, saw="No second person.")
    with pytest.raises(KeyError):
        raising(KeyError("bug")).run(Google())
    assert (judged(True, "x"), judged(False, "x").kind) == (held("x"), NOT_HELD)
    assert held("x").kind == HELD
