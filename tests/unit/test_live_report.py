"""A report that an administrator can read, and pass on."""

from __future__ import annotations

import json

import pytest

from server.commands import live_report
from server.commands.live_report import ASSUMPTION, CONTRACT, HELD, KINDS, NOT_HELD, PERSON, UNTRIED, Checked, Report


def report(*kinds: str, notes: tuple[str, ...] = ()) -> Report:
    sorts = (ASSUMPTION, CONTRACT)
    several = tuple(
        Checked(sort=sorts[at % 2], area="Drive", title=f"Line {at}", kind=kind, saw=f"seen {at}", steps="")
        for at, kind in enumerate(kinds)
    )
    return Report(
        date="2026-11-22 09:00 UTC",
        domain="school.example",
        google="Google",
        versions={},
        checked=several,
        notes=notes,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shared with mum.one+x@home.example.org.", "shared with (address)."),
        ("/calendars/it%40school.example/events", "/calendars/(address)/events"),
        ("File not found: 1ouXq6l-hj4wx4oOIyjHdWHdkitfU_sJzDMmXWt1NF2I.", "File not found: (id)."),
        ("ya29.a0AfB_byC1234567890123456789012345", "ya29.(id)"),
        ("two\n  lines", "two lines"),
        ("cannotUseDefaultRemindersAndSpecifyOverride", "cannotUseDefaultRemindersAndSpecifyOverride"),
    ],
)
def test_no_address_id_or_token_gets_into_it(text: str, expected: str) -> None:
    assert live_report.clean(text) == expected
    assert len(live_report.clean("word " * 1000)) <= live_report.LONGEST + 2


def test_only_what_does_not_hold_or_stays_behind_is_a_failure() -> None:
    assert report(HELD, PERSON, UNTRIED).ok
    assert not report(HELD, NOT_HELD).ok
    assert not report(HELD, notes=("Left behind: a calendar, because Google answered 500.",)).ok


def test_the_page_counts_each_area_and_puts_first_what_did_not_hold() -> None:
    page = live_report.as_markdown(report(HELD, UNTRIED, NOT_HELD, HELD, PERSON))
    assert "| Drive | 2 | 1 | 1 | 1 |" in page
    assert page.index("## What did not hold") < page.index("## Assumptions")
    assert page.index("Line 2") < page.index("Line 0")
    assert all(kind in page for kind in KINDS)
    assert "## What did not hold" not in live_report.as_markdown(report(HELD))


def test_a_cell_cannot_break_the_table() -> None:
    made = report(HELD)
    broken = Checked(sort=ASSUMPTION, area="Drive", title="a|b", kind=HELD)
    page = live_report.as_markdown(Report(**{**made.__dict__, "checked": (broken,)}))
    assert "| Drive | a\\|b | held |  |" in page


def test_machines_get_the_same() -> None:
    told = json.loads(live_report.as_json(report(HELD, NOT_HELD)))
    assert (told["ok"], told["counts"]) == (False, {"Drive": {"held": 1, "did not hold": 1}})
    assert [one["title"] for one in told["checked"]] == ["Line 0", "Line 1"]
