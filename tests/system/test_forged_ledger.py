"""Whoever can write into ``_senplans`` gains nothing by it: nobody's access and nobody's text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from town import Town

from server.demo.world import STRANGER
from server.plans.trouble import Invalid

Lines = list[list[object]]


def own(school: Town) -> list[object]:
    return ["self", "workbook", school.workbook("senco")]


def everything(school: Town) -> tuple[object, ...]:
    """Who may read which copy, and what each copy says."""
    state = school.state()
    events = [held for held in state["events"] if held]
    return state["files"], events, {n: [f.file_id for f in fs] for n, fs in school.files().copies.items()}


def another_pupil_s_doc(school: Town) -> Lines:
    return [["doc", "P10/P10-H1", school.copy("P12", "H1").file_id, "", "", "x", "", "2026-11-01"]]


def swapped_docs(school: Town) -> Lines:
    one, two = school.copy("P11", "H1").file_id, school.copy("P11", "H2").file_id
    return [["doc", "P11/P11-H1", two], ["doc", "P11/P11-H2", one]]


def the_stranger_s_doc(school: Town) -> Lines:
    made = school.as_person(STRANGER).drive.files()
    document = "application/vnd.google-apps.document"
    theirs = made.create(body={"name": "SEN support plan", "mimeType": document}, fields="id").execute()["id"]
    school.as_person(STRANGER).share(theirs, type="user", role="writer", emailAddress=school.senco)
    return [["doc", "P10/P10-H1", theirs], ["template", "sen_support_plan", theirs]]


def copies_to_the_stranger(school: Town) -> Lines:
    doc = school.copy("P10", "H1").file_id
    return [["copy", STRANGER, doc], ["copy", "C24", doc, "", "", "", "", "2026-11-20"], ["doc", "P10/", doc]]


def the_stranger_s_calendar(school: Town) -> Lines:
    calendars = school.as_person(STRANGER).calendar.calendars()
    marker = f"senplans:{school.school_id}:{school.workbook('senco')}"
    theirs = calendars.insert(body={"summary": "SEN reviews", "description": marker}).execute()["id"]
    acl = school.as_person(STRANGER).calendar.acl()
    rule = {"role": "owner", "scope": {"type": "user", "value": school.senco}}
    acl.insert(calendarId=theirs, body=rule).execute()
    return [["calendar", "reviews", theirs]]


def the_senco_s_own_calendar(school: Town) -> Lines:
    return [["calendar", "reviews", school.senco]]


def events_of_other_meetings(school: Town) -> Lines:
    one, two = school.event("M050").event_id, school.event("M051").event_id
    return [["event", "M050", two, "1", "", "x"], ["event", "M051", one, "7", "", "cancelled"]]


def rubbish(school: Town) -> Lines:
    odd = ["event", "M050", "=HYPERLINK(1)", "9" * 400, "²", "\u202e", "{{ 7*7 }}", "yesterday"]
    return [
        odd,
        ["doc", "P10/P10-H1", "../..", "-1", "", "", "", "2026-13-45"],
        ["", "", ""],
        ["doc"],
        ["x" * 300, 5],
    ]


def ten_thousand_lines(school: Town) -> Lines:
    return [["doc", f"Z{number}/Z{number}-H1", "no-such-doc"] for number in range(10_000)]


def nothing_at_all(school: Town) -> Lines:
    return []


FORGERIES: Sequence[Callable[[Town], Lines]] = (
    another_pupil_s_doc,
    swapped_docs,
    the_stranger_s_doc,
    copies_to_the_stranger,
    the_stranger_s_calendar,
    the_senco_s_own_calendar,
    events_of_other_meetings,
    rubbish,
    ten_thousand_lines,
    nothing_at_all,
)


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.__name__)
def test_a_forged_ledger_gives_nobody_access_and_writes_nothing_of_another_pupil(
    school: Town, forgery: Callable[[Town], Lines]
) -> None:
    before = everything(school)
    school.edit_ledger([own(school), *forgery(school)])
    school.play()
    assert everything(school) == before
    school.play()
    school.forget_calls()
    school.play()
    assert school.writes() == 0
    assert school.state()["files"]


def test_forged_lines_beside_the_real_ones_are_gone_after_the_next_run(school: Town) -> None:
    real = school.ledger()
    doc = school.copy("P10", "H1").file_id
    school.edit_ledger([*real, ["copy", "C99", doc], ["doc", "P99/P99-H1", doc]])
    school.play()
    assert school.ledger() == real


def test_an_emptied_ledger_heals(school: Town) -> None:
    real = school.ledger()
    school.tab("_senplans").empty()
    school.play()
    healed = school.ledger()
    assert [line[:3] for line in healed] == [line[:3] for line in real]


def test_a_ledger_that_names_another_workbook_stops_the_run_and_says_why(school: Town) -> None:
    school.edit_ledger([["self", "workbook", "another-workbook"]])
    before = school.state()
    with pytest.raises(Invalid, match="copy of a school's SENCO workbook"):
        school.play()
    assert school.state() == before


def test_a_forged_status_tab_is_put_right(school: Town) -> None:
    tab = school.tab("_status")
    before = tab.rows()
    tab.fill([["", "meeting", "M050", "Cancelled by the council", "", "http://evil.example"]] * 3)
    school.play()
    assert tab.rows() == before


def test_a_run_can_take_over_no_file_that_only_looks_like_ours(school: Town) -> None:
    """Somebody shares files with the SENCO that carry our names; app properties can't be made by hand."""
    stranger = school.as_person(STRANGER)
    for file in (school.copy("P10", "H1"), school.files().plans[0]):
        body = {"name": file.name, "mimeType": file.mime_type, "properties": dict(file.properties)}
        made = stranger.drive.files().create(body=body, fields="id").execute()
        stranger.share(made["id"], type="user", role="writer", emailAddress=school.senco)
    before = everything(school)
    school.forget_calls()
    school.play()
    assert school.writes() == 0
    assert everything(school) == before
