"""Something went wrong: what happened, what was not changed, what to do, and a code to quote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from addon.cards.kit import Part, build, button, buttons, call, line, paragraph
from addon.views import Links, TroubleView

NAME = "problem"


def problem_card(view: TroubleView, links: Links) -> Mapping[str, Any]:
    """A way out of trouble."""
    return build(
        NAME,
        title="This did not work",
        parts=[
            Part(title="What happened", widgets=[paragraph(view.happened)]),
            Part(title="What was not changed", widgets=[paragraph(view.not_changed)]),
            Part(title="What to do next", widgets=[paragraph(view.next_step)]),
            Part(widgets=[line(view.reference, above="If you ask for help, quote")]),
            Part(
                widgets=[buttons(button("Try again", call(view.retry or links.check, **view.parameters)))],
                always=True,
            ),
        ],
    )
