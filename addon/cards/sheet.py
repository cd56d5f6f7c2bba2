"""A school's own sheet or list: what each column means, changed where it is wrong, tried, and then brought in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from google.apps import card_v1 as card

from addon.cards.kit import Part, build, button, buttons, call, clean, line, paragraph, short
from addon.sheet_views import CellLine, ColumnLine, SheetsView, SheetTap, SheetView, TrialView
from addon.views import Links

NAME = "sheet"
LINK = "link"
CHOSEN = "field"
"""The names of the box for a link and of the dropdown that says what a column means."""

_PAGE = 25
_VERDICTS = {
    "taken": "Taken as they are",
    "changed": "Taken, written our way",
    "ask": "To be settled",
    "left": "Left out",
}
_WORDS = (
    "Open your sheet in Google Sheets or select it in Drive, and open this panel beside it; or put its link here. "
    "It may be a Google Sheet, an .xlsx, .ods or .csv file, or an export from your MIS. It is read and never changed."
)


def sheets_card(view: SheetsView, links: Links) -> Mapping[str, Any]:
    """Where a source comes from: the file at hand, or a link."""
    here = []
    if view.file_id:
        tap = call(links.sheet, **SheetTap(file_id=view.file_id).parameters(), do="look")
        here = [line(short(view.title), above="Open or selected"), buttons(button("Look at its columns", tap))]
    box = card.Widget(text_input=card.TextInput(name=LINK, label="Link to a sheet in Drive"))
    other = [paragraph(_WORDS), box, buttons(button("Look at this one", call(links.sheet, do="look")))]
    return build(
        NAME,
        title="Bring in your own sheet",
        parts=[Part(widgets=here, always=True), Part(title="Which sheet", widgets=other, always=True)],
    )


def columns_card(view: SheetView, links: Links, page: int = 0) -> Mapping[str, Any]:
    """Each column with its proposal, those that need a look first, a page at a time."""
    state = "A list of pupils and contacts" if view.is_list else "Plans: targets, help, reviews"
    return build(NAME, title=view.title, subtitle=state, parts=_columns(view, links, page))


def _columns(view: SheetView, links: Links, page: int) -> Iterator[Part]:
    yield Part(widgets=[paragraph(_said(view)), _next_steps(view, links)], always=True)
    ordered = sorted(view.columns, key=lambda column: not column.is_unsure)
    now = min(max(page, 0), max(0, len(ordered) - 1) // _PAGE)
    shown = ordered[now * _PAGE : (now + 1) * _PAGE]
    taps = {column.key: call(links.sheet, **_told(view.tap, "choose", column=column.key)) for column in shown}
    unsure = [_column(column, taps[column.key]) for column in shown if column.is_unsure]
    yield Part(title="Please look at these", widgets=unsure)
    sure = [_column(column, taps[column.key]) for column in shown if not column.is_unsure]
    yield Part(title="Understood", widgets=sure)
    yield _pages(links, _told(view.tap, "look"), now, -(-len(ordered) // _PAGE))


def _said(view: SheetView) -> str:
    unsure = sum(column.is_unsure for column in view.columns)
    doubt = f", {unsure} of them unsure" if unsure else ""
    return f"{len(view.columns)} columns and labels were read{doubt}. Tap one to change what it means."


def _next_steps(view: SheetView, links: Links) -> card.Widget:
    other = "plans" if view.is_list else "pupils"
    words = "It is plans" if view.is_list else "It is a list of pupils"
    anew = replace(view.tap, kind=other, columns={})
    return buttons(
        button("These are right: try it", call(links.sheet, **_told(view.tap, "try"))),
        button(words, call(links.sheet, **_told(anew, "look"))),
    )


def _column(column: ColumnLine, tap: card.OnClick) -> card.Widget:
    seen = f" · e.g. {', '.join(column.examples)}" if column.examples else ""
    return line(
        short(column.name or "Left out"),
        above=short(column.heading, 120),
        below=short(column.state + seen, 200),
        tap=tap,
    )


def choose_column_card(view: SheetView, key: str, links: Links) -> Mapping[str, Any]:
    """One column, with every field it may become."""
    column = next((each for each in view.columns if each.key == key), ColumnLine(key=key, heading=""))
    items = [_item("Leave it out", "-", not column.field)]
    items += [_item(name, path, path == column.field) for path, name in view.fields]
    kind = card.SelectionInput.SelectionType.DROPDOWN
    chooser = card.SelectionInput(name=CHOSEN, label="What this column holds", type_=kind, items=items)
    told = [line(short(example), above="Stands there") for example in column.examples]
    put = button("Put it so", call(links.sheet, **_told(view.tap, "change", column=key)))
    widgets = [*told, card.Widget(selection_input=chooser), buttons(put)]
    return build(NAME, title=column.heading, subtitle=view.title, parts=[Part(widgets=widgets, always=True)])


def _item(text: str, value: str, chosen: bool) -> card.SelectionInput.SelectionItem:
    return card.SelectionInput.SelectionItem(text=clean(short(text, 80)), value=value, selected=chosen)


def trial_card(view: TrialView, links: Links) -> Mapping[str, Any]:
    """What would come in, what differs, what has to be settled, what stays out and why. Nothing is written yet."""
    return build(NAME, title=view.title, subtitle="Tried: nothing has been written", parts=_trial(view, links))


def _trial(view: TrialView, links: Links) -> Iterator[Part]:
    yield Part(widgets=[_decide(view, links)], always=True)
    none = [paragraph("Everything in it stands in the workbooks already.")] if view.is_empty else []
    yield Part(title="Would come in", widgets=[*none, *(line(t, above=name) for name, t in view.would)], always=True)
    yield Part(title="Left for you", widgets=[paragraph(note) for note in view.notes], always=True)
    differ = [line(short(said, 200), above=place) for place, said in view.differ]
    yield Part(title="Differs from the workbooks", widgets=differ, more=view.more_differ)
    counts = [_verdict(view, verdict, links) for verdict in _VERDICTS if view.cells.get(verdict)]
    yield Part(title="Every cell of the source", widgets=counts, always=True)
    asked = [
        line(short(said), above=place, below=f"If nobody says: {default}") for place, said, default in view.questions
    ]
    yield Part(title="Please settle", widgets=asked, more=view.more_questions)
    why = [line(short(reason, 120), below=_cells_said(count)) for reason, count in view.reasons]
    yield Part(title="Why cells stay out", widgets=why)


def _decide(view: TrialView, links: Links) -> card.Widget:
    shown = []
    if not view.is_empty:
        shown.append(button("Bring it in", call(links.sheet, **_told(view.tap, "import", mark=view.mark))))
    if view.differ and not view.tap.update:
        tap = replace(view.tap, update=True)
        shown.append(button("Take the sheet's where they differ", call(links.sheet, **_told(tap, "try"))))
    if view.is_list:
        words = "All pupils" if view.tap.sen_only else "Only pupils with SEN"
        tap = replace(view.tap, sen_only=not view.tap.sen_only)
        shown.append(button(words, call(links.sheet, **_told(tap, "try"))))
    return buttons(*shown, button("Change columns", call(links.sheet, **_told(view.tap, "look"))))


def _cells_said(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _verdict(view: TrialView, verdict: str, links: Links) -> card.Widget:
    tap = call(links.sheet, **_told(view.tap, "cells", verdict=verdict))
    return line(_cells_said(view.cells[verdict]), above=_VERDICTS[verdict], tap=tap)


def cells_card(view: TrialView, verdict: str, page: int, links: Links) -> Mapping[str, Any]:
    """The cells of one verdict, a page at a time: where each went, or why not."""
    pages = max(1, -(-len(view.shown) // (2 * _PAGE)))
    now = min(max(page, 0), pages - 1)
    cells = view.shown[now * 2 * _PAGE : (now + 1) * 2 * _PAGE]
    parts = [Part(widgets=_cells(cells)), _pages(links, _told(view.tap, "cells", verdict=verdict), now, pages)]
    return build(NAME, title=_VERDICTS.get(verdict, verdict), subtitle=view.title, parts=parts)


def _cells(cells: Sequence[CellLine]) -> list[card.Widget]:
    return [line(short(each.text, 120), above=each.cell, below=short(each.fate, 200)) for each in cells]


def _pages(links: Links, told: Mapping[str, str], now: int, pages: int) -> Part:
    if pages < 2:
        return Part(widgets=[])
    turn = [("Earlier", now - 1)] * (now > 0) + [("More", now + 1)] * (now < pages - 1)
    made = [button(words, call(links.sheet, **{**told, "page": str(number)})) for words, number in turn]
    return Part(widgets=[paragraph(f"Page {now + 1} of {pages}"), buttons(*made)], always=True)


def _told(tap: SheetTap, do: str, **more: str) -> dict[str, str]:
    return {**tap.parameters(), "do": do, **more}
