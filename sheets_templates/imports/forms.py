"""Labels with their boxes: one plan on a tab, each answer beside its label or under it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sheets_templates.imports.choices import chosen
from sheets_templates.imports.columns import LEAST, NO_FIELD, Proposal, known, meanings_of
from sheets_templates.imports.grid import SourceCell, Tab
from sheets_templates.imports.headings import fields, fits
from sheets_templates.imports.inline import Pair, pairs_in
from sheets_templates.imports.layout import Layout, label_fill
from sheets_templates.imports.people import looks_like_name, parse_name
from sheets_templates.imports.placing import place
from sheets_templates.imports.pupils import Collected
from sheets_templates.imports.values import comparable_blank
from sheets_templates.imports.years import has_year

_ONE_EACH = frozenset({"pupils", "cycles", "reviews", "contacts"})


@dataclass
class Boxes:
    """What was found: ``labels`` with the cell that answers each, or None."""

    labels: dict[tuple[int, int], SourceCell | None] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)

    @property
    def filled(self) -> bool:
        return any(self.labels.values()) or any(pair.answer.text for pair in self.pairs)

    def answered(self, tab: Tab) -> list[tuple[SourceCell, SourceCell]]:
        """Every label with its answer, in reading order."""
        boxes = [(tab.cells[place], answer) for place, answer in self.labels.items() if answer is not None]
        inline = [(pair.label, pair.answer) for pair in self.pairs if pair.answer.text]
        return sorted([*boxes, *inline], key=lambda both: (both[0].row, both[0].column))


def read_boxes(tab: Tab, layout: Layout, collected: Collected) -> Boxes:
    """Find the labels of a tab outside its tables, and put their answers where they belong."""
    boxes = _find(tab, layout)
    named = _named(tab, boxes)
    if not named and not (layout.tables and boxes.filled and (_titled(tab) or collected.is_known(tab.title))):
        return boxes if not boxes.filled else Boxes()
    collected.pupil = _pupil(tab, named, collected)
    used: set[str] = set()
    apart = {place: tab.cells[place] for place in boxes.labels}
    for label, answer in boxes.answered(tab):
        if (label.row, label.column) in apart:
            collected.account.leave(label, "label")
        _place(label, answer, used, collected)
    for label in apart.values():
        if not collected.account.has(label):
            collected.account.leave(label, "label")
    for pair in boxes.pairs:
        collected.account.whole(pair.cell, "label")
    return boxes


def _find(tab: Tab, layout: Layout) -> Boxes:
    boxes = Boxes(pairs=list(pairs_in(tab, layout)))
    inline = {(pair.cell.row, pair.cell.column) for pair in boxes.pairs}
    fill = label_fill(tab)
    answers: set[tuple[int, int]] = set()
    for row, cells in tab.rows.items():
        if layout.owner(row) is not None:
            continue
        for cell in cells:
            if (cell.row, cell.column) in answers | inline or not _is_label(tab, cell, fill):
                continue
            answer = _answer(tab, cell, fill, layout)
            if answer is not None and (answer.row, answer.column) in inline:
                answer = None
            boxes.labels[cell.row, cell.column] = answer
            if answer is not None:
                answers.add((answer.row, answer.column))
    return boxes


def _is_label(tab: Tab, cell: SourceCell, fill: str) -> bool:
    if not isinstance(cell.value, str) or len(cell.text) > 60 or cell.formula:
        return False
    sure = known(cell.text, label=True)
    if fill:
        return (cell.fill == fill and tab.width(cell) < 4) or (
            sure >= 0.95 and cell.fill != "" and tab.width(cell) < 4
        )
    return sure >= 0.85 or (cell.text.endswith(":") and len(cell.text) < 40)


def _answer(tab: Tab, label: SourceCell, fill: str, layout: Layout) -> SourceCell | None:
    """The cell right of a label, past an empty one; or the one under it, where the next cell is a label too."""
    right = label.column + tab.width(label)
    for column in range(right, right + 3):
        beside = tab.at(label.row, column)
        if beside is not None:
            if not _is_label(tab, beside, fill) or (
                not fill and column == right and known(beside.text, label=True) < 1
            ):
                return beside
            break
        if (label.row, column) in tab.fills and tab.fills[label.row, column] == fill:
            break
    below = tab.at(label.row + 1, label.column)
    alone = len(tab.rows.get(label.row, ())) == 1 or tab.at(label.row, right) is not None
    if below is None or not alone or layout.owner(label.row + 1) is not None or _is_label(tab, below, fill):
        return None
    left = min(c.column for c in tab.rows[label.row + 1])
    return below if left == label.column or tab.at(label.row, right) is not None else None


def _named(tab: Tab, boxes: Boxes) -> list[tuple[SourceCell, SourceCell]]:
    """The labels that ask for the pupil's name, with their answers."""
    names = ("pupils.name", "pupils.first_name", "pupils.last_name")
    return [(label, answer) for label, answer in boxes.answered(tab) if _field(label, answer, set()) in names]


def _titled(tab: Tab) -> bool:
    return looks_like_name(tab.title)


def _pupil(tab: Tab, named: list[tuple[SourceCell, SourceCell]], collected: Collected) -> str:
    """The pupil whose plan a tab is, by its boxes or else by its title."""
    first = last = ""
    for label, answer in named:
        field = _field(label, answer, set())
        name = parse_name(answer.text)
        if name is None:
            continue
        if field == "pupils.name":
            first, last = name.first, name.last
        elif field == "pupils.first_name":
            first = answer.text
        else:
            last = answer.text
    name = parse_name(f"{last}, {first}" if first or last else tab.title)
    if not named:
        collected.account.question(
            tab.title, f"No name stands in this tab. Is it about {tab.title}?", default="taken so"
        )
    assert name is not None
    return collected.find(name)


def _field(label: SourceCell, answer: SourceCell, used: set[str]) -> str:
    """The field that a label means, with a look at its answer."""
    ranked = _ranked(label, answer, used)
    return ranked[0][1] if ranked and ranked[0][0] >= LEAST else ""


def _ranked(label: SourceCell, answer: SourceCell, used: set[str]) -> list[tuple[float, str]]:
    scores = meanings_of(label.text.rstrip(":"), label=True)
    return sorted(
        ((score + fits(fields()[key], [answer.value]), key) for key, score in scores.items() if _fitting(key, used)),
        reverse=True,
    )


def _fitting(key: str, used: set[str]) -> bool:
    return key not in used and fields()[key].table in _ONE_EACH


def _place(label: SourceCell, answer: SourceCell, used: set[str], collected: Collected) -> None:
    proposal = _proposal(label, answer, used, collected)
    before = collected.proposals.get(label.tab, ())
    collected.proposals[label.tab] = (*before, proposal)
    key = proposal.field
    if comparable_blank(answer.text):
        collected.account.leave(answer, "stands for nothing")
    elif not key:
        collected.account.leave(answer, proposal.why)
        if proposal.why_sure:
            return
        where = f"{answer.tab}!{answer.address}"
        collected.account.question(
            where, f"“{label.text}” has no field in the plan. Where should it be kept?", "left out"
        )
    else:
        if key != "contacts.people":
            used.add(key)
        key = "pupils.year_and_class" if key == "pupils.class_form" and has_year(answer.text) else key
        table = fields()[key].table
        row = collected.last_contact(collected.pupil) if key in ("contacts.email", "contacts.phone") else ""
        place(answer, key, [row or collected.only_row(table, collected.pupil)], collected)


def _proposal(label: SourceCell, answer: SourceCell, used: set[str], collected: Collected) -> Proposal:
    """What a label means, or what a person said that it means."""
    ranked = _ranked(label, answer, used)
    first = ranked[0][1] if ranked and ranked[0][0] >= LEAST else ""
    heading = label.text.rstrip(" :")
    said = chosen(collected.choices, label.tab, heading, 1, first)
    key = first if said is None else said
    return Proposal(
        column=label.column,
        heading=heading,
        field=key,
        score=round(min(1.0, next((score for score, each in ranked if each == key), 1.0)), 3) if key else 0.0,
        why="" if key else "left out as asked" if said == "" else NO_FIELD,
        alternatives=tuple(each for _, each in ranked if each != key)[:3],
        first=first,
        examples=(answer.text[:60],),
    )
