"""Cards for somebody who has no school yet, or has not opened the file beside the panel to us."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from addon.cards.kit import Part, build, button, buttons, call, choice, paragraph
from addon.views import Links

SETUP, FILE_SCOPE = "setup", "file-scope"
SHAPE = "shape"
"""The name of the dropdown that says what each plan workbook is for."""

_SHAPES = {
    "whole school": "One for the whole school",
    "class": "One for each class",
    "year group": "One for each year group",
    "key stage": "One for each key stage",
}


def setup_card(links: Links) -> Mapping[str, Any]:
    """No school was found: offer to make one."""
    return build(
        SETUP,
        title="SEN plans",
        subtitle="No school found for your account",
        parts=[
            Part(
                widgets=[
                    paragraph(
                        "Are you the SENCO? This makes a folder in your Drive with a SENCO workbook, a plan workbook "
                        "and a template for parents' copies. Nobody else can open them until you say so."
                    ),
                    choice(SHAPE, "Plan workbooks (you can change this later)", _SHAPES, chosen="whole school"),
                    buttons(button("Set up SEN plans for this school", call(links.setup))),
                ]
            ),
            Part(
                widgets=[
                    paragraph(
                        "Are you a teacher? Open the plan workbook that your SENCO shared with you, "
                        "and open this panel there."
                    ),
                    buttons(button("Look again", call(links.check))),
                ]
            ),
        ],
    )


def file_scope_card(links: Links) -> Mapping[str, Any]:
    """A spreadsheet is open that we may not read: ask for this one file."""
    return build(
        FILE_SCOPE,
        title="SEN plans",
        subtitle="This spreadsheet is not open to SEN plans yet",
        parts=[
            Part(
                widgets=[
                    paragraph(
                        "SEN plans sees only the files you open to it. This spreadsheet was neither read nor changed."
                    ),
                    buttons(
                        button("Open this spreadsheet to SEN plans", call(links.file_scope)),
                        button("Show my school", call(links.check)),
                    ),
                ]
            )
        ],
    )
