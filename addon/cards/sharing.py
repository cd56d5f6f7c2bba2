"""A teacher asks the SENCO to share: which cell says so, and what the SENCO's next run then does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from addon.cards.kit import Part, build, button, buttons, call, paragraph
from addon.views import AskView, Links

NAME = "sharing"


def ask_card(view: AskView, links: Links) -> Mapping[str, Any]:
    """How a teacher's wish to share reaches the one person who can."""
    return build(
        NAME,
        title="Ask the SENCO to share",
        subtitle=view.who,
        parts=[
            Part(title="What happened", widgets=[paragraph(_state(view))]),
            Part(
                title="What was not changed",
                widgets=[paragraph("Nothing was shared and no cell was changed: only the SENCO can share.")],
            ),
            Part(title="What to do next", widgets=[paragraph(_next(view))]),
            Part(widgets=[buttons(button("Back to the start", call(links.check)))], always=True),
        ],
    )


def _state(view: AskView) -> str:
    if view.is_ready:
        return "“Ready to share” is ticked, so the SENCO can see that this plan is waiting."
    return "This is how you ask: the “Ready to share” tick in the Pupils tab tells the SENCO."


def _next(view: AskView) -> str:
    if view.is_ready:
        return "Nothing. Parents get the plan with the SENCO's next run."
    where = f" ({view.cell})" if view.cell else ""
    return f"Tick “Ready to share”{where}. Parents get the plan with the SENCO's next run."
