"""A pupil's file sent, brought in elsewhere, confirmed and taken out, through the real clients."""

from __future__ import annotations

from datetime import date

import pytest
import snapshots
from crashes import left_behind
from town import TODAY, Town, small_sample

from server.plans.trouble import Invalid
from server.workflows.forgetting import Forgotten, forget
from server.workflows.install import Starter
from server.workflows.lease import SECONDS
from server.workflows.transfer import Move, ReceivedFile, SentFile, receive, send

PUPIL = "P11"
AWAY = Move(school="Ash Grove School", moved=date(2026, 11, 20))


def sent(town: Town, **how: object) -> SentFile:
    with town.run() as run:
        return send(run, PUPIL, school_id=town.school_id, **how)  # type: ignore[arg-type]


def received(town: Town, content: bytes, **how: object) -> ReceivedFile:
    with town.run() as run:
        return receive(run, content, move=AWAY, school_id=town.school_id, **how)  # type: ignore[arg-type]


def removed(town: Town, content: bytes, **how: object) -> Forgotten:
    with town.run() as run:
        return forget(run, PUPIL, content, school_id=town.school_id, **how)  # type: ignore[arg-type]


class EmptyTown(Town):
    """A school without a pupil, in the same world."""

    @property
    def starter(self) -> Starter:
        facts = {"School id": self.school_id, "School name": "Ash Grove School"}
        rows = [{"setting": key, "value": value} for key, value in facts.items()]
        return Starter(school_id=self.school_id, name="Ash Grove School", tables={"settings": rows})


@pytest.fixture
def other(school: Town) -> Town:
    town = EmptyTown(school.world, school_id="S2")
    town.begin()
    return town


def confirmed(town: Town) -> None:
    """The next school has said that it has the file."""
    lines = town.tab("Transfers")
    row = lines.column("direction").index("Sent")
    town.edit("Transfers", "confirmed", lines.column("transfer_id")[row], "2026-11-23")


def test_a_file_goes_to_an_empty_school_and_leaves_it_byte_for_byte(school: Town, other: Town) -> None:
    first = sent(school)
    assert sum(1 for _ in first.leaving.file.rows()) > 20
    told = received(other, first.content)
    assert (told.whole, told.arrival.is_new, told.arrival.renamed) == (True, True, {})
    assert sent(other).content == first.content
    (line,) = [row for row in other.tab("Transfers").rows()[1:] if any(row[1:])]
    assert (line[1].split()[0], line[2:4]) == (PUPIL, ["Received", "Ash Grove School"])
    other.forget_calls()
    again = received(other, first.content)
    assert (again.imported.added, again.imported.filled, again.arrival.differs) == (0, 0, ())
    assert other.writes() == 0


def test_a_file_brought_in_by_a_run_that_dies_anywhere_is_whole_after_the_next(school: Town) -> None:
    content = sent(school).content.replace(b'"upn": "', b'"upn": "X').replace(b'"first_name": "', b'"first_name": "X')
    for state in left_behind(school, lambda: received(school, content)):
        town = Town(snapshots.world_of(small_sample(), TODAY))
        snapshots.restore(town.world, state)
        town.now += 2 * SECONDS
        assert received(town, content).whole
        assert not received(town, content, dry_run=True).arrival.adds


def test_the_day_a_file_is_sent_is_written_down_once(school: Town) -> None:
    assert not sent(school, move=AWAY, dry_run=True).logged
    assert sent(school, move=AWAY).logged
    assert not sent(school, move=AWAY).logged
    assert school.tab("Transfers").column("direction").count("Sent") == 1


def test_rows_are_taken_out_only_when_the_next_school_has_them_and_by_the_dry_run_s_code(school: Town) -> None:
    content = sent(school, move=AWAY).content
    with pytest.raises(Invalid, match="Confirmed"):
        removed(school, content, dry_run=True)
    confirmed(school)
    school.forget_calls()
    planned = removed(school, content, dry_run=True)
    assert school.writes() == 0
    with pytest.raises(Invalid, match="dry-run"):
        removed(school, content, confirm="12345678")
    assert removed(school, content, confirm=planned.code).rows == planned.rows
    assert PUPIL not in school.tab("Pupils").column("pupil_id")
    assert not any(str(cell).startswith(PUPIL) for cell in school.tab("Contacts").column("pupil"))
    assert [str(cell).split()[0] for cell in school.tab("Transfers").column("pupil") if cell] == [PUPIL]
    assert "P10" in school.tab("Pupils").column("pupil_id")


def test_what_was_changed_since_the_file_was_made_is_not_taken_out(school: Town) -> None:
    content = sent(school, move=AWAY).content
    confirmed(school)
    school.edit("Plan", "target", "P11-C3-O1", "Something newer")
    with pytest.raises(Invalid, match="P11-C3-O1"):
        removed(school, content, dry_run=True)
