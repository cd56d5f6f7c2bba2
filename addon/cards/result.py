"""What came of an action, truthfully: what happened, what was not changed, what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from addon.cards.kit import Part, build, button, buttons, call, paragraph
from addon.cards.lines import problem_lines
from addon.views import Links, ResultView

NAME = "result"


def result_card(view: ResultView, links: Links) -> Mapping[str, Any]:
    """The outcome of publishing, syncing or setting up."""
    return build(
        NAME,
        title=view.title,
        parts=[
            Part(title="What happened", widgets=[paragraph(text) for text in view.happened]),
            Part(title="What was not changed", widgets=[paragraph(text) for text in view.not_changed]),
            Part(title="What to do next", widgets=[paragraph(text) for text in view.next_steps]),
            Part(title="Cells to look at", widgets=problem_lines(view.problems)),
            Part(widgets=[buttons(button("Back to the start", call(links.check)))], always=True),
        ],
    )
