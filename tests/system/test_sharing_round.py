"""Who may read which copy, after somebody changed Contacts, Staff, or a copy's sharing by hand."""

from __future__ import annotations

import pytest
from town import Town

from server.demo.world import STRANGER
from server.plans.files import of_school
from server.plans.trouble import NotVisible

LUCIA, PABLO = "lucia.ejemplo@example.org", "pablo.ejemplo@example.org"
GEMMA, RANIA, KARIM = "gemma.testerby@example.org", "rania.almithal@example.org", "karim.almithal@example.org"


def settles(school: Town) -> None:
    """Whether the next run has nothing left to do."""
    school.forget_calls()
    school.play()
    assert school.writes() == 0


def everybody_s_readers(school: Town) -> dict[tuple[str, str], set[str]]:
    copies = school.files().copies
    return {
        name: {p.email for f in found for p in f.permissions or () if p.role != "owner"}
        for name, found in copies.items()
    }


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("restriction_kind", "no_information"),
        ("restriction_kind", "only on Tuesdays"),
        ("restriction_kind", ""),
        ("receives_plan_copy", "FALSE"),
        ("receives_plan_copy", "perhaps"),
        ("email", "not an address"),
        ("email", ""),
    ],
)
def test_a_contact_who_is_no_longer_surely_entitled_loses_the_copy_and_the_invitation(
    school: Town, column: str, value: str
) -> None:
    assert school.readers("P11", "H2") == {(PABLO, "reader")}
    school.edit("Contacts", column, "C22", value, raw=True)
    school.play()
    assert school.readers("P11", "H2") == set()
    assert school.readers("P11", "H1") == {(LUCIA, "reader")}
    assert PABLO not in school.event("M050").guests
    settles(school)


def test_an_entitled_contact_gets_the_copy_back_in_the_same_doc(school: Town) -> None:
    before = school.copy("P11", "H2").file_id
    school.edit("Contacts", "restriction_kind", "C22", "no_information")
    school.play()
    school.edit("Contacts", "restriction_kind", "C22", "none")
    school.play()
    assert school.copy("P11", "H2").file_id == before
    assert school.readers("P11", "H2") == {(PABLO, "reader")}
    settles(school)


def test_a_deleted_contact_loses_the_copy(school: Town) -> None:
    tab = school.tab("Contacts")
    tab.delete_row(tab.row_of("C22"))
    school.play()
    assert school.readers("P11", "H2") == set()
    settles(school)


def test_a_new_restriction_to_redact_rewrites_that_copy_and_leaves_its_reader_entitled(school: Town) -> None:
    school.edit(
        "Plan", "home_part", "P11-C3-O1", "Lucia reads with Sofia, ring 07700 900123 or lucia.ejemplo@example.org"
    )
    school.play()
    assert "07700 900123" in school.text("P11", "H2")
    other = school.text("P11", "H1")
    school.edit("Contacts", "restriction_kind", "C22", "redact")
    result = school.play()
    assert result.written == (("P11", "P11-H2"),)
    assert school.readers("P11", "H2") == {(PABLO, "reader")}
    for hidden in ("07700 900123", LUCIA):
        assert hidden not in school.text("P11", "H2")
    assert school.text("P11", "H1") == other
    settles(school)


def test_redaction_of_a_copy_that_waits_takes_it_from_its_readers_until_it_is_rewritten(school: Town) -> None:
    school.edit("Pupils", "ready_to_share", "P11", "FALSE")
    school.edit("Contacts", "restriction_kind", "C22", "redact")
    school.play()
    assert school.readers("P11", "H2") == set()
    assert school.readers("P11", "H1") == {(LUCIA, "reader")}
    settles(school)
    school.edit("Pupils", "ready_to_share", "P11", "TRUE")
    school.play()
    assert school.readers("P11", "H2") == {(PABLO, "reader")}
    settles(school)


def test_a_copy_that_is_not_ready_keeps_its_last_content_but_restrictions_still_count(school: Town) -> None:
    before = school.text("P11", "H1")
    school.edit("Pupils", "ready_to_share", "P11", "FALSE")
    school.edit("Plan", "target", "P11-C3-O1", "Half a thought")
    school.edit("Contacts", "restriction_kind", "C22", "no_information")
    result = school.play()
    assert result.written == ()
    assert school.text("P11", "H1") == before
    assert school.readers("P11", "H1") == {(LUCIA, "reader")}
    assert school.readers("P11", "H2") == set()
    settles(school)
    school.edit("Pupils", "ready_to_share", "P11", "TRUE")
    assert school.play().written == (("P11", "P11-H1"),)
    assert "Half a thought" in school.text("P11", "H1")


def test_a_contact_who_moves_to_the_other_household_reads_that_copy_alone(school: Town) -> None:
    school.edit("Contacts", "household", "C22", "P11-H1")
    school.play()
    assert school.readers("P11", "H1") == {(LUCIA, "reader"), (PABLO, "reader")}
    assert school.readers("P11", "H2") == set()
    settles(school)


def test_a_contact_who_moves_out_gets_a_copy_of_a_household_of_their_own(school: Town) -> None:
    school.edit("Contacts", "household", "C22", "")
    school.play()
    readers = everybody_s_readers(school)
    assert readers["P11", "C22"] == {PABLO}
    assert readers["P11", "P11-H2"] == set()
    settles(school)


def test_a_changed_address_takes_the_copy_from_the_old_one_and_gives_it_to_the_new(school: Town) -> None:
    school.edit("Contacts", "email", "C22", "Pablo.New@Example.org")
    school.play()
    assert school.readers("P11", "H2") == {("pablo.new@example.org", "reader")}
    assert "pablo.new@example.org" in school.event("M050").guests
    assert PABLO not in school.event("M050").guests
    settles(school)


def test_a_mailbox_shared_with_a_barred_contact_gets_nothing(school: Town) -> None:
    school.edit("Contacts", "email", "C24", f" {RANIA.upper()} ", raw=True)
    school.play()
    assert school.readers("P12", "H1") == set()
    assert RANIA not in school.event("M051").guests
    settles(school)


def test_a_teacher_who_is_a_barred_contact_stands_in_no_guest_list_of_that_child(school: Town) -> None:
    teacher = next(g for g in school.event("M051").guests if g.startswith("tom."))
    school.edit("Contacts", "email", "C24", teacher)
    school.play()
    assert teacher not in school.event("M051").guests
    settles(school)


@pytest.mark.parametrize(
    "grant",
    [
        {"type": "user", "role": "reader", "emailAddress": STRANGER},
        {"type": "user", "role": "writer", "emailAddress": STRANGER},
        {"type": "user", "role": "reader", "emailAddress": KARIM},
        {"type": "user", "role": "writer", "emailAddress": RANIA},
        {"type": "user", "role": "commenter", "emailAddress": RANIA},
        {"type": "anyone", "role": "reader"},
        {"type": "domain", "role": "reader", "domain": "tannerfield.example.com"},
    ],
    ids=lambda grant: f"{grant['type']} {grant['role']} {grant.get('emailAddress', '')}",
)
def test_what_somebody_shared_by_hand_is_taken_back(school: Town, grant: dict[str, str]) -> None:
    school.as_person(school.senco).share(school.copy("P12", "H1").file_id, **grant)
    school.play()
    assert school.readers("P12", "H1") == {(RANIA, "reader")}
    settles(school)


def test_sharing_the_folder_by_hand_is_told_on_every_run(school: Town) -> None:
    folder = school.files().folder
    assert folder is not None
    school.as_person(school.senco).share(folder.file_id, type="user", role="reader", emailAddress=STRANGER)
    for _ in range(2):
        result = school.play()
        assert any("folder" in note for note in result.notes)


def test_a_parent_who_copies_the_link_of_the_other_household_still_finds_nothing(school: Town) -> None:
    other = school.copy("P11", "H1").file_id
    with pytest.raises(NotVisible):
        school.read_as(PABLO, other)
    assert "Sofi" in school.read_as(PABLO, school.copy("P11", "H2").file_id)


@pytest.mark.parametrize("tab", ["Contacts", "Pupils", "Assess"])
def test_an_emptied_tab_changes_no_sharing_and_no_guest_and_says_so(school: Town, tab: str) -> None:
    before, events = everybody_s_readers(school), school.events()
    school.tab(tab).empty()
    result = school.play()
    assert any(tab in note for note in result.notes)
    assert everybody_s_readers(school) == before
    assert school.events() == events


def test_removals_go_on_where_a_pupil_has_lost_the_only_cycle(school: Town) -> None:
    tab = school.tab("Assess")
    for cycle in ("P11-C1", "P11-C2", "P11-C3"):
        tab.delete_row(tab.row_of(cycle))
    school.edit("Contacts", "restriction_kind", "C22", "no_information")
    school.play()
    assert school.readers("P11", "H2") == set()


def writers(school: Town) -> set[str]:
    (plan,) = school.files().plans
    return {p.email for p in plan.permissions or () if p.role == "writer"}


def test_a_tick_in_staff_gives_and_takes_the_plan_workbook(school: Town) -> None:
    jo, esi = "jo.helperson@tannerfield.example.com", "esi.prototype@tannerfield.example.com"
    assert esi in writers(school)
    assert jo not in writers(school)
    school.edit("Staff", "edits_plans", "ST36", "TRUE")
    school.edit("Staff", "edits_plans", "ST34", "FALSE")
    school.play()
    assert jo in writers(school)
    assert esi not in writers(school)
    settles(school)


def test_whoever_got_the_plan_workbook_by_hand_and_is_not_in_staff_keeps_it(school: Town) -> None:
    (plan,) = school.files().plans
    school.as_person(school.senco).share(plan.file_id, type="user", role="writer", emailAddress=STRANGER)
    school.play()
    assert STRANGER in writers(school)
    settles(school)


def test_an_external_professional_never_gets_the_plan_workbook(school: Town) -> None:
    school.edit("Staff", "edits_plans", "SP04", "TRUE")
    school.play()
    assert "rafe.testmore@example.net" not in writers(school)


def test_two_copies_of_one_household_are_one_again_and_the_spare_one_is_nobody_s(school: Town) -> None:
    with school.run() as run:
        files = of_school(run.google.drive.list_files(), school.school_id)
        (copy,) = files.copies["P10", "P10-H1"]
        docx = run.google.drive.export_docx(copy.file_id)
        spare = run.google.drive.create_document(copy.name, copy.parents[0], copy.properties, docx)
    school.as_person(school.senco).share(spare.file_id, type="user", role="reader", emailAddress=GEMMA)
    school.play()
    assert school.copy("P10", "H1").file_id == copy.file_id
    with pytest.raises(NotVisible):
        school.read_as(GEMMA, spare.file_id)
    settles(school)


def test_the_sharing_log_tells_who_was_given_and_who_lost_a_copy(school: Town) -> None:
    before = len(school.tab("Sharing log").rows())
    assert before == 1 + 4
    school.edit("Contacts", "restriction_kind", "C22", "no_information")
    school.play()
    school.play()
    lines = school.tab("Sharing log").rows()
    assert len(lines) == before + 1
    assert "C22 Pablo Ejemplo" in lines[-1]
    assert "May no longer read the copy" in lines[-1]


def seven_days(school: Town) -> list[tuple[str, str]]:
    return [(row.level, row.message) for row in school.play().findings if row.rule == "R35" and row.pupil_id == "P12"]


def test_sharing_the_updated_plan_answers_for_the_seven_days_once(school: Town) -> None:
    school.edit("Pupils", "ready_to_share", "P12", "FALSE")
    school.edit("Review", "copy_sent", "P12-C2-R", "")
    school.edit("Plan", "home_part", "P12-C3-O1", "Look at the map together")
    assert seven_days(school) == [("red", "Plan copy not sent 12 days after meeting of 2026-11-11")]
    school.edit("Pupils", "ready_to_share", "P12", "TRUE")
    school.play()
    assert seven_days(school) == [("history", "Copy took 12 days after 2026-11-11")]
    settles(school)
