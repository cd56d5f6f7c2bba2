"""A form of a review: one question a column, with what stands there, and what was typed kept where it was refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from google.apps import card_v1 as card

from addon.cards.kit import Part, build, button, buttons, call, choice, clean, paragraph, short
from addon.review_views import EntryView, FieldView
from addon.views import Links

NAME = "review_form"
NOT_CHOSEN = "-"
"""What a dropdown sends where nothing is chosen."""

_BOX = card.SelectionInput.SelectionType.CHECK_BOX


def entry_card(view: EntryView, links: Links) -> Mapping[str, Any]:
    """One row to fill in. Save writes it; nothing is written before."""
    return build(NAME, title=view.title, subtitle="", parts=_parts(view, links))


def _parts(view: EntryView, links: Links) -> Iterator[Part]:
    problems = [paragraph(text) for text in view.problems]
    yield Part(title="Not saved yet", widgets=problems, always=True)
    yield Part(widgets=[paragraph(text) for text in view.told])
    yield Part(widgets=[widget for each in view.fields for widget in _widgets(each)], always=True)
    told = {"pupil": view.pupil_id, "cycle": view.cycle_id, "form": view.form, "row": view.row, "mark": view.mark}
    save = call(links.review, do="save", **{name: value for name, value in told.items() if value})
    back = call(links.review, pupil=view.pupil_id, cycle=view.cycle_id, do="back")
    yield Part(widgets=[buttons(button("Save", save), button("Leave it", back))], always=True)


def _widgets(each: FieldView) -> Iterator[card.Widget]:
    if each.problem:
        yield paragraph(f"⚠ {each.label}: {each.problem}")
    match each.kind:
        case "one":
            yield choice(
                each.name, clean(each.label), {NOT_CHOSEN: "–", **dict(each.items)}, chosen=each.value or "-"
            )
        case "many" | "yes":
            yield _boxes(each)
        case "date":
            yield _day(each)
        case _:
            yield _text(each)


def _text(each: FieldView) -> card.Widget:
    kind = card.TextInput.Type.MULTIPLE_LINE if each.kind == "long" else card.TextInput.Type.SINGLE_LINE
    hint = short(clean(each.hint), 120)
    return card.Widget(
        text_input=card.TextInput(
            name=each.name, label=clean(each.label), hint_text=hint, value=clean(each.value), type_=kind
        )
    )


def _boxes(each: FieldView) -> card.Widget:
    chosen = {value.strip() for value in each.value.split(";")}
    items = [
        card.SelectionInput.SelectionItem(text=clean(short(words, 80)), value=value, selected=value in chosen)
        for value, words in each.items
    ]
    return card.Widget(
        selection_input=card.SelectionInput(name=each.name, label=clean(each.label), type_=_BOX, items=items)
    )


def _day(each: FieldView) -> card.Widget:
    """A day to pick; where what was typed is none, text that can be corrected."""
    try:
        day = date.fromisoformat(each.value) if each.value else None
    except ValueError:
        return _text(each)
    shown = (
        {"value_ms_epoch": round(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)}
        if day
        else {}
    )
    picker = card.DateTimePicker(
        name=each.name, label=clean(each.label), type_=card.DateTimePicker.DateTimePickerType.DATE_ONLY, **shown
    )
    return card.Widget(date_time_picker=picker)
