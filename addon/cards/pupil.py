"""One pupil's card: where the cycle stands, the next review, what is missing, who is around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from google.apps import card_v1 as card

from addon.cards.finding import quiet_lines
from addon.cards.kit import Part, build, button, buttons, call, line, paragraph, web
from addon.cards.lines import explained_lines, problem_lines
from addon.views import CopyLine, Links, PupilView

NAME = "pupil"
STEPS = ("Assess", "Plan", "Do", "Review")


def pupil_card(view: PupilView, links: Links) -> Mapping[str, Any]:
    """Everything a teacher needs before opening the workbook."""
    return build(NAME, title=view.label, subtitle=view.status, parts=_parts(view, links))


def _parts(view: PupilView, links: Links) -> Iterator[Part]:
    yield Part(widgets=_stage(view), always=True)
    yield Part(widgets=[_buttons(view, links)], always=True)
    yield Part(
        title="What is missing", widgets=explained_lines(view.missing, links) or [paragraph("Nothing is missing.")]
    )
    yield Part(title="Findings", widgets=explained_lines(view.findings, links))
    yield Part(title="Kept quiet", widgets=list(quiet_lines(view.quiet, links)))
    yield Part(title="Cells that could not be read", widgets=problem_lines(view.problems))
    yield Part(
        title="Outcomes",
        widgets=[line(row.outcome, above=row.outcome_id) for row in view.outcomes]
        + [line(row.target, above=f"{row.outcome_id} · next step") for row in view.outcomes if row.target],
    )
    yield Part(title="Parents' copies", widgets=[_copy(copy) for copy in view.copies])
    yield Part(title="People", widgets=[line(person.name, below=person.part) for person in view.people])


def _stage(view: PupilView) -> list[card.Widget]:
    if not view.step:
        return [line("No live cycle", above="Graduated approach")]
    path = " → ".join(STEPS)
    return [
        line(f"Step {view.step} of 4: {STEPS[view.step - 1]}", above=view.cycle_id, below=path),
        line(view.next_review or "No date set", above="Next review"),
    ]


def _buttons(view: PupilView, links: Links) -> card.Widget:
    share = "Share with parents" if view.is_publisher else "Ask the SENCO to share"
    return buttons(
        button(share, call(links.publish, pupil=view.pupil_id)),
        button("Review", call(links.review, pupil=view.pupil_id)),
        button("Check again", call(links.pupil, pupil=view.pupil_id, again="yes")),
    )


def _copy(copy: CopyLine) -> card.Widget:
    tap = web(copy.link) if copy.link.startswith("https://docs.google.com/") else None
    return line(copy.state, above=copy.household, tap=tap)
