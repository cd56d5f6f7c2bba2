"""The columns of a table as they are understood: proposals, what a person chose, and what to ask about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sheets_templates.imports.choices import chosen
from sheets_templates.imports.columns import Proposal, propose
from sheets_templates.imports.grid import Tab, shown
from sheets_templates.imports.headings import LIGHTS
from sheets_templates.imports.layout import TableArea
from sheets_templates.imports.pupils import Collected
from sheets_templates.text import comparable

_LIGHT = re.compile(r"\brag\b|traffic|colou?r", re.IGNORECASE)


def understand(tab: Tab, area: TableArea, collected: Collected) -> tuple[Proposal, ...]:
    """What each column of a table means: proposed by heading and content, then as a person chose."""
    rows = range(area.header + 1, area.last + 1)
    below = {
        column: [
            tab.cells[row, column].value
            for row in rows
            if (row, column) in tab.cells and not tab.cells[row, column].formula
        ]
        for column in area.headings
    }
    headings = {column: cell.text for column, cell in area.headings.items()}
    groups = {column: cell.text for column, cell in area.groups.items()}
    first = {p.column: p for p in propose(headings, groups, below)}
    numbers = _numbers(headings)
    said = {
        column: field
        for column, p in first.items()
        if (field := chosen(collected.choices, tab.title, p.heading, numbers[column], p.field)) is not None
    }
    found = propose(headings, groups, below, chosen=said) if said else tuple(first.values())
    return tuple(
        _settled(
            tab,
            replace(
                proposal,
                number=numbers[proposal.column],
                first=first[proposal.column].field,
                examples=_examples(below[proposal.column]),
                lights=_lights(proposal, below[proposal.column]),
            ),
            collected,
            is_said=proposal.column in said,
        )
        for proposal in found
    )


def _numbers(headings: Mapping[int, str]) -> dict[int, int]:
    """Of columns with one heading, which it is, from 1."""
    seen: Counter[str] = Counter()
    found = {}
    for column, heading in headings.items():
        seen[comparable(heading)] += 1
        found[column] = seen[comparable(heading)]
    return found


def _lights(proposal: Proposal, values: Sequence[object]) -> bool:
    """Whether a column of results is a traffic light: it says so, or it holds nothing but its letters."""
    if proposal.field != "outcomes.result":
        return False
    letters = {shown(value).casefold() for value in values} - {""}
    return bool(_LIGHT.search(proposal.heading)) or (bool(letters & {"r", "g"}) and letters <= LIGHTS | {"b"})


def _examples(values: Sequence[object]) -> tuple[str, ...]:
    """The first two different things that stand in a column."""
    return tuple(dict.fromkeys(text for value in values[:40] if (text := shown(value)[:60])))[:2]


def _settled(tab: Tab, proposal: Proposal, collected: Collected, *, is_said: bool) -> Proposal:
    """A proposal, with a question where nobody knows its column or the column is hidden."""
    if is_said:
        return proposal
    if not proposal.field and not proposal.why_sure:
        question = f"We have no field for the column “{proposal.heading}”. What is it?"
        collected.account.question(f"{tab.title}!{proposal.heading}", question, default="left out")
    if proposal.column in tab.hidden_columns:
        taken = "taken" if proposal.field else "left out"
        question = f"The hidden column “{proposal.heading}” is {taken}. Is that right?"
        collected.account.question(f"{tab.title}!{proposal.heading}", question, default=taken)
        if not proposal.field:
            return replace(proposal, why=f"hidden column: {proposal.why}")
    return proposal
