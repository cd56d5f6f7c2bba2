"""The school's workbooks: what an upgrade would add to each, and which pupils wait to be moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from addon.cards.kit import Part, build, button, buttons, call, line, paragraph, short
from addon.views import Links, WorkbooksView

NAME = "workbooks"

_KEPT = "Nothing that is there is changed, moved or renamed: an upgrade only adds."
_CURRENT = "Every workbook is of the newest version."
_PLACED = "Every pupil stands in the right workbook."
_WHOLE = (
    "Every row of theirs goes along. The family's copy and the calendar stay as they are; nobody is sent a message."
)


def workbooks_card(view: WorkbooksView, links: Links) -> Mapping[str, Any]:
    """What would be done, line by line, and a button that does it."""
    return build(NAME, title="Workbooks", subtitle="Nothing was changed yet", parts=_parts(view, links))


def _parts(view: WorkbooksView, links: Links) -> Iterator[Part]:
    upgrade = [buttons(button("Upgrade", call(links.workbooks, do="upgrade")))] if view.can_upgrade else []
    added = [line(short(told), above=short(name, 120)) for name, told in view.upgrades]
    yield Part(title="A newer version", widgets=[paragraph(_KEPT if view.can_upgrade else _CURRENT), *upgrade])
    yield Part(title="What an upgrade would add", widgets=added)
    move = [buttons(button("Move them", call(links.workbooks, do="move")))] if view.moves else []
    made = [paragraph(f"New workbooks would be made: {', '.join(view.would_make)}.")] if view.would_make else []
    yield Part(title="Pupils to be moved", widgets=[paragraph(_WHOLE if view.moves else _PLACED), *made, *move])
    yield Part(widgets=[line(short(told), above=short(who, 120)) for who, told in view.moves])
    yield Part(widgets=[buttons(button("Back to the start", call(links.check)))], always=True)
