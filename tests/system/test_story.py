"""One invented pupil, from a parent's concern to an EHC request: fourteen months of edits and of what cards do."""

from __future__ import annotations

from collections.abc import Callable

import snapshots
from story_school import PUPIL, SCHOOL, Story, empty_school
from town import Town

from sandbox.state import User
from server.plans.model import Concern, EhcRequest, Plan, Referral
from server.workflows.entering import Desk
from server.workflows.library import fill_library
from server.workflows.next_cycle import go_on
from server.workflows.staff_asks import ask_staff
from sheets_templates.starter_library import starter_library

MOTHER = "ilse.beispiel@example.org"
HISTORY = [
    ("2025-09-15", "no plan", ["R05 amber"], "five school days without an answer to the concern"),
    ("2025-09-16", "no plan", ["R05 red"], "six"),
    ("2025-09-17", "no plan", [], "answered, and a first talk written down"),
    ("2025-09-22", "Plan", ["R01 block", "R10 block", "R14 amber", "R22 amber"], "SEN support is decided"),
    ("2025-09-24", "Plan", ["R01 block", "R22 amber"], "an outcome and help, but no letter and no meeting"),
    ("2025-09-29", "Do", ["R01 red"], "begun before the mother was told in writing"),
    ("2025-09-30", "Do", [], "the letter is written down"),
    ("2025-10-09", "Do", ["R16 amber"], "asked on 1 October to read the plan; six school days on"),
    ("2025-10-10", "Do", [], "both ticked"),
    ("2025-11-26", "Do", ["R23 amber", "R25 amber"], "a fortnight before the review, no session written down"),
    ("2025-12-11", "no plan", [], "reviewed, all of it recorded, the copy sent"),
    ("2026-01-06", "Do", ["R24 amber"], "the next turn is longer than the weak one before"),
    ("2026-01-07", "Do", [], "with a reason"),
    ("2026-03-26", "no plan", ["R32 prompt", "R36 prompt"], "help kept without any change; weak twice"),
    ("2026-03-27", "Plan", ["R10 block", "R22 amber", "R36 prompt"], "a reason for the help; the next draft stands"),
    ("2026-04-14", "Do", ["R36 prompt"], "agreed, and the referral still a draft"),
    ("2026-04-20", "Do", [], "the mother agreed; the referral is sent"),
    ("2026-06-26", "no plan", ["R30 amber", "R32 prompt", "R36 prompt", "R37 prompt", "R50 amber"], "weak again"),
    ("2026-07-03", "Plan", ["R10 block", "R22 amber", "R30 amber", "R32 prompt", "R50 amber"], "met, plan shared"),
    ("2026-09-08", "Do", ["R30 amber", "R32 prompt"], "agreed; June's review still lacks its next date"),
    ("2026-11-12", "no plan", ["R32 prompt", "R36 prompt"], "weak a fourth time, inside the shared plan"),
    (
        "2026-11-13",
        "Plan",
        ["R10 block", "R22 amber", "R32 prompt", "R36 prompt"],
        "a request and a turn are drafted",
    ),
    ("2026-11-20", "Plan", ["R10 block", "R22 amber", "R32 prompt", "R36 prompt", "R41 amber"], "sent incomplete"),
    (
        "2026-11-23",
        "Plan",
        ["R10 block", "R22 amber", "R32 prompt", "R36 prompt"],
        "completed; six weeks are running",
    ),
]
"""Each day, the pupil's step, what is said of them above advice, and why."""


def begun() -> Story:
    sample = empty_school()
    assert sample.anchor
    town = Town(snapshots.world_of(sample, sample.anchor), school_id=SCHOOL, today=sample.anchor)
    town.sandbox.workspace.users[MOTHER] = User(email=MOTHER, name="Ilse Beispiel")
    story = Story(town)
    story.on("2025-09-08")
    town.begin()
    return story


def concern(story: Story) -> None:
    """A mother writes that her son does not understand what is said to him; nobody answers for a week."""
    story.write(
        "Pupils",
        {
            "first_name": "Robin",
            "last_name": "Beispiel",
            "pupil_id": PUPIL,
            "dob": "14/03/2017",
            "year_group": "Y4",
            "class_form": "4 Oak",
            "sen_status": "N",
            "accountable_staff": "ST15",
            "senco_staff": "ST11",
        },
    )
    story.write(
        "Contacts",
        {
            "pupil": PUPIL,
            "contact_id": "C90",
            "name": "Ilse Beispiel",
            "relationship": "Mother",
            "parental_responsibility": True,
            "lives_with_child": True,
            "email": MOTHER,
            "receives_plan_copy": True,
            "restriction_kind": "none",
        },
    )
    story.write(
        "Concerns",
        {"pupil": PUPIL, "raised": "08/09/2025", "contact": "C90", "words": "Robin does not follow what is said."},
    )


def assessed(story: Story) -> str:
    """SEN support is decided: what is hard, what he hopes, the first row of Assess."""
    story.change(
        "Pupils",
        PUPIL,
        sen_status="K",
        primary_need="SLCN",
        tier="Targeted",
        sen_identified="22/09/2025",
        strengths="Draws and builds",
        aspiration_child="To tell my own stories",
        aspiration_parent="That he is understood",
    )
    cells = {
        "pupil": PUPIL,
        "cycle_number": 1,
        "assess_date": "22/09/2025",
        "review_due_date": "10/12/2025",
        "needs_summary": "Follows one short instruction at a time; stories lose their order.",
        "child_views": "I like it when you show me.",
        "parents_consulted": "Meeting at school",
        "parents_consulted_date": "22/09/2025",
        "sources": "Teacher; Parents",
    }
    meeting = {"pupil": PUPIL, "date": "22/09/2025", "type": "Initial plan", "status": "Held", "staff": "ST15; ST11"}
    story.write("Meetings", {**meeting, "parents_present": "C90", "parent_present": True, "senco_present": True})
    return story.write("Assess", {key: value for key, value in cells.items() if key != "sources"})


def planned(story: Story, cycle: str) -> None:
    """An outcome and the help for it."""
    outcome = story.write(
        "Plan",
        {
            "pupil": PUPIL,
            "cycle": cycle,
            "area": "Communication and interaction",
            "need": "Stories lose their order",
            "outcome": "By July Robin will tell what happened so that others can follow",
            "target": "Retell a story in 4 steps in class",
            "measure": "Scored retell of a story",
            "baseline": "1 step of 4",
            "baseline_rating": 3,
            "expected": "4 steps of 4",
            "expected_rating": 6,
            "impact_type": "Progress",
            "target_date": "10/12/2025",
        },
    )
    story.write(
        "Provision",
        {
            "pupil": PUPIL,
            "cycle": cycle,
            "outcomes": outcome,
            "what": "Story-telling group",
            "kind": "Small group",
            "tier": "Targeted",
            "delivered_by": "ST19",
            "expertise": "Training in teaching narrative",
            "when_where": "Library, mornings",
            "group_size": 4,
            "minutes_per_session": 25,
            "sessions_per_week": 3,
            "weeks": 10,
            "start_date": "30/09/2025",
            "evidence_basis": "EEF or research review",
        },
    )


def notified(story: Story) -> None:
    told = {"pupil": PUPIL, "contact": "C90", "date": "26/09/2025", "kind": "SEN support notification"}
    story.write("Notifications", {**told, "method": "Letter", "support_from": "29/09/2025"})


def agreed(story: Story, cycle: str, day: str, due: str) -> None:
    """The plan is agreed, shared and in use; its review is booked."""
    story.change("Assess", cycle, assess_date=day, plan_agreed_date=day, review_due_date=due)
    story.change("Assess", cycle, parents_consulted_date=day, parents_consulted="Meeting at school")
    story.change("Assess", cycle, child_views="I like it when you show me.")
    meeting = {"pupil": PUPIL, "cycle": cycle, "date": due, "type": "Termly review", "status": "Booked"}
    story.write("Meetings", {**meeting, "staff": "ST15; ST11"})


def read(story: Story) -> int:
    """Everybody who was asked to read the plan ticks that they did."""
    tab = story.tab("Who has read")
    numbers = [n for n, pupil in enumerate(tab.column("pupil"), start=2) if pupil]
    for number in numbers:
        tab.type("read", number, True)
    return len(numbers)


def reviewed(story: Story, day: str, rating: int, effect: str, progress: str, step: str, **more: object) -> str:
    """The review: each outcome rated, all help judged, a decision that the mother shares. Her copy goes out."""
    register = story.register()
    (live,) = [live for live in register.live if live.pupil.pupil_id == PUPIL]
    cycle = live.cycle.cycle_id
    for outcome in live.outcomes:
        actual = f"{rating - 2} steps of 4"
        story.change("Plan", outcome.outcome_id, actual=actual, actual_rating=rating, decision="Leave as it is")
    for row in live.provision:
        judged = {"effect": effect, "decision": "Keep" if effect == "Some" else "Change", "sessions_delivered": 29}
        story.change("Provision", row.provision_id, exit_measure="Scored retell", **judged)
    story.change("Assess", cycle, review_held_date=day)
    (meeting,) = [row for row in register.meetings[PUPIL] if row.cycle == cycle and row.status == "Booked"]
    held = {"parents_present": "C90", "parent_present": True, "senco_present": True, "outcomes_reviewed": True}
    story.change("Meetings", meeting.meeting_id, status="Held", date=day, **held)
    story.write(
        "Review",
        {
            "pupil": PUPIL,
            "cycle": cycle,
            "date": day,
            "type": "Termly review",
            "led_by": "ST15",
            "note_taker": "ST19",
            "staff_present": "ST15; ST11; ST19",
            "parents_present": "Ilse Beispiel",
            "child_participation": "Start only",
            "child_view": "I like the story cards.",
            "home_view": "He tells us more at home.",
            "school_view": "He joins in more.",
            "impact_summary": "Robin tells a little more of a story.",
            "quality": "As planned",
            "overall_progress": progress,
            "next_step": step,
            "parent_agreement": "Agree",
            "copy_sent": day,
            **more,
        },
    )
    return cycle


def test_a_story_from_a_concern_to_a_request() -> None:
    """Each day's step and findings are the written history's; each paper of it stands; what is done twice stands
    once."""
    story, seen = begun(), []

    def look(day: str) -> None:
        story.on(day)
        seen.append((day, *story.stands()))

    first_year(story, look)
    second_year(story, look)
    assert seen == [expected[:3] for expected in HISTORY]


def first_year(story: Story, look: Callable[[str], None]) -> None:
    concern(story)
    look("2025-09-15")
    look("2025-09-16")
    answered(story)
    look("2025-09-17")
    story.on("2025-09-22")
    cycle = assessed(story)
    look("2025-09-22")
    planned(story, cycle)
    look("2025-09-24")
    agreed(story, cycle, "29/09/2025", "10/12/2025")
    look("2025-09-29")
    notified(story)
    look("2025-09-30")
    story.on("2025-10-01")
    story.change("Pupils", PUPIL, ready_to_share=True)
    with story.town.run() as run:
        fill_library(run, starter_library(), school_id=SCHOOL)
        ask_staff(run, school_id=SCHOOL)
    look("2025-10-09")
    assert read(story) == 2
    look("2025-10-10")
    look("2025-11-26")
    story.on("2025-12-10")
    first = reviewed(story, "10/12/2025", 4, "Some", "Less than expected", "Tweak", next_review_date="25/03/2026")
    look("2025-12-11")
    second = gone_on(story, first)
    agreed(story, second, "06/01/2026", "25/03/2026")
    look("2026-01-06")
    story.change("Assess", second, longer_because="The group runs for a whole term.")
    look("2026-01-07")
    story.on("2026-03-25")
    step = "Seek specialist advice"
    reviewed(story, "25/03/2026", 4, "Some", "Less than expected", step, next_review_date="08/07/2026")
    look("2026-03-26")
    third = gone_on(story, second)
    (help_given,) = story.register().provision[second]
    story.change("Provision", help_given.provision_id, kept_because="He asked for it, and talks in it.")
    look("2026-03-27")
    agreed(story, third, "14/04/2026", "25/06/2026")
    look("2026-04-14")
    referred(story)
    look("2026-04-20")
    assert "Retell a story in 4 steps in class" in shared(story)


def second_year(story: Story, look: Callable[[str], None]) -> None:
    story.on("2026-06-25")
    step = "Hold PCP / My Support Plan"
    worry = {"cause_for_concern": True, "next_review_date": ""}
    third = reviewed(story, "25/06/2026", 4, "Some", "Little or none", step, **worry)
    look("2026-06-26")
    fourth = gone_on(story, third)
    (plan,) = [row for row in story.register().of(Plan, PUPIL) if row.ended is None]
    assert plan.kind == "My Support Plan"
    met_and_planned(story, fourth)
    look("2026-07-03")
    agreed(story, fourth, "08/09/2026", "11/11/2026")
    look("2026-09-08")
    story.on("2026-11-11")
    step = "Consider EHC needs assessment request"
    reviewed(story, "11/11/2026", 4, "Some", "Less than expected", step, next_review_date="10/02/2027")
    look("2026-11-12")
    gone_on(story, fourth)
    (request,) = story.register().of(EhcRequest, PUPIL)
    look("2026-11-13")
    story.change("EHC requests", request.request_id, **ARGUED)
    story.change("EHC requests", request.request_id, sent="16/11/2026", received="17/11/2026")
    look("2026-11-20")
    story.change("EHC requests", request.request_id, clinicians="Report of the speech and language therapist")
    look("2026-11-23")
    with story.town.run() as run:
        assert not go_on(run, Desk(school_id=SCHOOL), PUPIL, fourth).is_written
    assert len(story.register().cycles[PUPIL]) == 5


ARGUED = {
    "reason": "Four turns of help, and he still misses most of what is said.",
    "limb_a": "He understands sentences as a child of five does.",
    "limb_b": "He needs more than a school can give from what it has.",
    "attainment": "Two years behind in understanding; slow progress in four turns.",
    "nature": "A language disorder, in all lessons and at home.",
    "only_with_support": "Follows a lesson only with an adult beside him.",
    "informed": True,
    "informed_date": "11/11/2026",
}


def referred(story: Story) -> None:
    """The mother agrees to speech and language therapy; the SENCO sends the referral."""
    (row,) = story.register().of(Referral, PUPIL)
    agreement = {
        "agreed_by": "Ilse Beispiel",
        "agreed_date": "16/04/2026",
        "agreed_capacity": "Parental responsibility",
    }
    asked = {"service": "Speech and language therapy", "question": "What helps him follow?", "shared": "The plan"}
    story.change("Referrals", row.referral_id, **asked, **agreement, sent="20/04/2026")


def shared(story: Story) -> str:
    """What the mother reads in her copy after the day's round; a second round writes nothing."""
    story.town.play()
    story.town.forget_calls()
    story.town.play()
    assert story.town.writes() == 0
    (copy,) = [file for (pupil, _), found in story.town.files().copies.items() if pupil == PUPIL for file in found]
    return story.town.read_as(MOTHER, copy.file_id)


def met_and_planned(story: Story, cycle: str) -> None:
    """The person-centred meeting and the shared plan written in it."""
    story.on("2026-07-02")
    meeting = {"pupil": PUPIL, "cycle": cycle, "date": "02/07/2026", "type": "PCP", "status": "Held"}
    there = {"staff": "ST15; ST11", "parents_present": "C90", "parent_present": True, "senco_present": True}
    story.write("Meetings", {**meeting, **there, "pupil_present": True})
    told = {"pupil": PUPIL, "cycle": cycle, "about": "I build things.", "family_wants": "That he has a friend."}
    story.write("My Support Plan", {**told, "working": "Story cards", "actions": "Visit the language unit"})


def answered(story: Story) -> None:
    (row,) = story.register().of(Concern, PUPIL)
    story.change("Concerns", row.concern_id, answered="16/09/2025", answer="We look together.", by_staff="ST15")
    note = {"pupil": PUPIL, "date": "16/09/2025", "present": "Ilse Beispiel; Beth Prototype"}
    said = {"strengths": "Builds well", "parent_concerns": "He does not follow", "outcomes": "Follow a story"}
    story.write("First talks", {**note, **said, "next_steps": "Look at it again on 22 September"})


def gone_on(story: Story, cycle: str) -> str:
    """The next turn drafted with the card's workflow; its row in Assess."""
    with story.town.run() as run:
        told = go_on(run, Desk(school_id=SCHOOL), PUPIL, cycle)
    assert told.is_written, told.draft.musts
    (live,) = [live for live in story.register().live if live.pupil.pupil_id == PUPIL]
    return live.cycle.cycle_id
