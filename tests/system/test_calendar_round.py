"""Meetings and the calendar: what a changed row does, and what a changed event does not."""

from __future__ import annotations

from typing import Any

import pytest
from town import Town

TIMED, OTHER = "M050", "M051"


def drag(school: Town, meeting: str, **changes: Any) -> None:
    """What the SENCO does to an event in Calendar itself."""
    events = school.as_person(school.senco).calendar.events()
    events.patch(calendarId=school.calendar_id, eventId=school.event(meeting).event_id, body=changes).execute()


def delete(school: Town, meeting: str) -> None:
    events = school.as_person(school.senco).calendar.events()
    events.delete(calendarId=school.calendar_id, eventId=school.event(meeting).event_id).execute()


def timed(moment: str) -> dict[str, str]:
    return {"dateTime": moment, "timeZone": "Europe/London"}


def settles(school: Town) -> None:
    """Whether the next run has nothing left to do."""
    school.forget_calls()
    school.play()
    assert school.writes() == 0


def test_a_changed_date_moves_the_same_event_and_no_other(school: Town) -> None:
    before = school.events()
    school.edit("Meetings", "date", TIMED, "05/12/2026")
    school.forget_calls()
    school.play()
    after = school.event(TIMED)
    assert after.event_id == next(i for i, e in before.items() if e.properties["senplans_meeting"] == TIMED)
    assert after.start.startswith("2026-12-05T15:30")
    assert school.calls()["calendar.events.update"] == 1
    assert school.calls()["calendar.events.insert"] == 0
    assert len(school.events()) == len(before)
    settles(school)


def test_a_date_across_the_change_of_clocks_keeps_the_school_s_hour(school: Town) -> None:
    school.edit("Meetings", "date", TIMED, "2027-04-14")
    school.play()
    assert school.event(TIMED).start == "2027-04-14T15:30:00+01:00"
    settles(school)


def test_a_row_without_a_time_takes_the_whole_day(school: Town) -> None:
    school.edit("Meetings", "start_time", TIMED, "")
    school.play()
    assert (school.event(TIMED).start, school.event(TIMED).end) == ("2026-12-02", "2026-12-03")
    settles(school)


def test_a_cancelled_meeting_takes_its_event_off_and_booked_again_gets_a_new_generation(school: Town) -> None:
    first = school.event(TIMED)
    school.edit("Meetings", "status", TIMED, "Cancelled")
    school.play()
    assert school.events()[first.event_id].status == "cancelled"
    settles(school)
    school.edit("Meetings", "status", TIMED, "Booked")
    school.play()
    second = school.event(TIMED)
    assert second.status == "confirmed"
    assert second.event_id != first.event_id
    assert second.properties["senplans_generation"] == "2"
    settles(school)


def test_a_meeting_that_was_held_keeps_its_event(school: Town) -> None:
    school.edit("Meetings", "status", TIMED, "Held")
    school.play()
    assert school.event(TIMED).status == "confirmed"
    settles(school)


def test_a_deleted_row_takes_its_event_off(school: Town) -> None:
    before = school.event(TIMED).event_id
    tab = school.tab("Meetings")
    tab.delete_row(tab.row_of(TIMED))
    school.play()
    assert school.events()[before].status == "cancelled"
    assert school.event(OTHER).status == "confirmed"
    settles(school)


def test_an_unreadable_date_leaves_the_event_alone_and_is_a_problem_with_its_address(school: Town) -> None:
    before = school.event(TIMED)
    school.edit("Meetings", "date", TIMED, "the week after next", raw=True)
    place = f"Meetings!D{school.tab('Meetings').row_of(TIMED)}"
    result = school.play()
    assert place in {problem.cell for problem in result.problems}
    assert school.event(TIMED) == before
    assert school.meeting_status(TIMED) == "In Calendar as it was: this row could not be read."
    settles(school)


def test_a_booked_meeting_whose_date_was_cleared_keeps_its_event(school: Town) -> None:
    before = school.event(TIMED)
    school.edit("Meetings", "date", TIMED, "")
    school.play()
    assert school.event(TIMED) == before


def test_an_emptied_meetings_tab_changes_nothing_and_says_so(school: Town) -> None:
    before = school.events()
    school.tab("Meetings").empty()
    result = school.play()
    assert school.events() == before
    assert any("nothing was changed" in note for note in result.notes)


def test_meetings_that_can_all_no_longer_be_read_leave_their_events_alone(school: Town) -> None:
    before = school.events()
    tab = school.tab("Meetings")
    for meeting in (TIMED, OTHER):
        tab.type("date", tab.row_of(meeting), "soon", raw=True)
    result = school.play()
    assert school.events() == before
    assert len([p for p in result.problems if p.cell.startswith("Meetings!")]) >= 2


def test_an_event_dragged_in_calendar_is_not_dragged_back_but_told_with_the_row_s_cell(school: Town) -> None:
    drag(school, TIMED, start=timed("2026-12-03T10:00:00"), end=timed("2026-12-03T11:00:00"))
    place = f"Meetings!D{school.tab('Meetings').row_of(TIMED)}"
    result = school.play()
    assert school.event(TIMED).start.startswith("2026-12-03T10:00")
    (conflict,) = [problem for problem in result.problems if problem.cell == place]
    assert "2026-12-03" in conflict.message
    assert "Moved in Calendar" in school.meeting_status(TIMED)
    settles(school)


def test_a_row_changed_to_where_the_event_was_dragged_ends_the_conflict(school: Town) -> None:
    drag(school, TIMED, start=timed("2026-12-03T10:00:00"), end=timed("2026-12-03T11:00:00"))
    school.play()
    school.edit("Meetings", "date", TIMED, "2026-12-03")
    school.edit("Meetings", "start_time", TIMED, "10:00")
    result = school.play()
    assert result.problems == ()
    assert school.meeting_status(TIMED) == "In Calendar"
    settles(school)
    school.edit("Meetings", "date", TIMED, "2026-12-10")
    assert school.play().problems == ()
    assert school.event(TIMED).start.startswith("2026-12-10T10:00")


def test_changed_on_both_sides_is_a_conflict_that_a_person_settles(school: Town) -> None:
    drag(school, TIMED, start=timed("2026-12-03T10:00:00"), end=timed("2026-12-03T11:00:00"))
    school.edit("Meetings", "date", TIMED, "2026-12-09")
    result = school.play()
    assert school.event(TIMED).start.startswith("2026-12-03T10:00")
    assert any("Changed here and in Calendar" in problem.message for problem in result.problems)
    settles(school)


def test_an_event_deleted_in_calendar_is_told_in_its_row_and_not_made_again_until_the_row_changes(
    school: Town,
) -> None:
    before = school.event(TIMED).event_id
    delete(school, TIMED)
    result = school.play()
    assert school.tab("Meetings").cell("status", school.tab("Meetings").row_of(TIMED)) == "Booked"
    assert "Deleted in Calendar" in school.meeting_status(TIMED)
    assert any("Deleted in Calendar" in problem.message for problem in result.problems)
    assert school.event(TIMED).status == "cancelled"
    settles(school)
    school.edit("Meetings", "date", TIMED, "2026-12-08")
    school.play()
    assert school.event(TIMED).status == "confirmed"
    assert school.event(TIMED).event_id != before
    settles(school)


def test_a_guest_added_by_hand_is_taken_off_and_a_retitled_event_gets_its_initials_back(school: Town) -> None:
    guests = [{"email": g} for g in school.event(TIMED).guests]
    drag(school, TIMED, attendees=[*guests, {"email": "stranger@elsewhere.example"}], summary="Sofia's SEN review")
    school.play()
    assert "stranger@elsewhere.example" not in school.event(TIMED).guests
    assert school.event(TIMED).summary == "S.E. review meeting"
    settles(school)


def bar(school: Town, contact: str) -> None:
    school.edit("Contacts", "restriction_kind", contact, "no_information")


BARRED = "pablo.ejemplo@example.org"


def test_a_contact_who_may_no_longer_know_is_taken_off_the_guest_list(school: Town) -> None:
    assert BARRED in school.event(TIMED).guests
    bar(school, "C22")
    school.play()
    assert BARRED not in school.event(TIMED).guests
    assert "lucia.ejemplo@example.org" in school.event(TIMED).guests
    settles(school)


@pytest.mark.parametrize(
    ("column", "value"), [("date", "soon"), ("date", ""), ("status", "Held")], ids=["unreadable", "empty", "held"]
)
def test_a_barred_contact_leaves_an_event_that_is_otherwise_left_alone(school: Town, column: str, value: str) -> None:
    before = school.event(TIMED)
    school.edit("Meetings", column, TIMED, value, raw=True)
    bar(school, "C22")
    school.play()
    after = school.event(TIMED)
    assert set(before.guests) - set(after.guests) == {BARRED}
    assert (after.start, after.end, after.summary) == (before.start, before.end, before.summary)
    settles(school)


@pytest.mark.parametrize("edited", [False, True], ids=["dragged", "changed on both sides"])
def test_a_barred_contact_leaves_an_event_whose_time_is_in_conflict(school: Town, edited: bool) -> None:
    drag(school, TIMED, start=timed("2026-12-03T10:00:00"), end=timed("2026-12-03T11:00:00"))
    if edited:
        school.edit("Meetings", "date", TIMED, "2026-12-09")
    bar(school, "C22")
    school.play()
    after = school.event(TIMED)
    assert BARRED not in after.guests
    assert after.start.startswith("2026-12-03T10:00")
    assert "alendar" in school.meeting_status(TIMED)
    settles(school)


def test_a_lost_ledger_does_not_bring_deleted_events_back_and_a_changed_row_still_books_again(school: Town) -> None:
    delete(school, TIMED)
    school.edit_ledger([["self", "workbook", school.workbook("senco")]])
    school.play()
    assert school.event(TIMED).status == "cancelled"
    assert "Deleted in Calendar" in school.meeting_status(TIMED)
    school.edit("Meetings", "date", TIMED, "2026-12-08")
    school.play()
    assert school.event(TIMED).status == "confirmed"
    settles(school)


def test_a_deleted_calendar_is_made_again_with_every_booked_meeting(school: Town) -> None:
    school.as_person(school.senco).calendar.calendars().delete(calendarId=school.calendar_id).execute()
    school.play()
    assert len([e for e in school.events().values() if e.status == "confirmed"]) == 2
    settles(school)
