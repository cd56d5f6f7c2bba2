"""A school's own form: what each tag of its copy stands for, one changed for another, and the copy put to use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from google.apps import card_v1 as card

from addon.cards.kit import Part, build, button, buttons, call, clean, line, paragraph, short, web
from addon.views import FormsView, FormTag, FormView, Links

NAME = "form"
CHOSEN = "field"
"""The name of the dropdown that says which field a tag becomes."""

_MOST_LINES = 60


def forms_card(view: FormsView, links: Links) -> Mapping[str, Any]:
    """The copies of forms there are, and the file that may become one."""
    made = [line(short(title), tap=call(links.form, do="show", form=form_id)) for form_id, title in view.forms]
    words = "Select a Google Doc or a .docx in Drive and open this panel beside it. It is read and never changed."
    offer = [paragraph(words)]
    if view.file_id:
        tap = call(links.form, do="make", file=view.file_id)
        offer = [line(short(view.title), above="Selected in Drive"), buttons(button("Make a copy with tags", tap))]
    return build(
        NAME,
        title="Your own form",
        parts=[Part(title="A new one", widgets=offer), Part(title="Copies with tags", widgets=made)],
    )


def form_card(view: FormView, links: Links) -> Mapping[str, Any]:
    """One copy: its tags with how sure each is, what was left, what is wrong, and what may be done with it."""
    state = "Confirmed" if view.is_confirmed else "Proposed: look at each tag, then confirm"
    return build(NAME, title=view.title, subtitle=state, parts=_parts(view, links))


def _parts(view: FormView, links: Links) -> Iterator[Part]:
    yield Part(widgets=[_buttons(view, links)], always=True)
    yield Part(title="To be put right first", widgets=[paragraph(problem) for problem in view.problems], always=True)
    yield Part(title="Tags", widgets=[_tag(tag, view, links) for tag in view.tags])
    left = [paragraph(short("; ".join(view.left), 1500))] if view.left else []
    yield Part(title="Left to be filled in by hand", widgets=left)
    missing = [paragraph(short("; ".join(view.missing), 1500))] if view.missing else []
    yield Part(title="A plan must say this too, and the form doesn't", widgets=missing)
    pupils = [
        line(short(label), tap=call(links.form, do="preview", form=view.form_id, pupil=pupil))
        for pupil, label in view.pupils[:_MOST_LINES]
    ]
    yield Part(title="Preview with a pupil", widgets=pupils, more=max(0, len(view.pupils) - _MOST_LINES))


def _buttons(view: FormView, links: Links) -> card.Widget:
    shown = [button("Open the copy", web(view.link))] if view.link else []
    if not view.problems:
        do, words = ("use", "Use for parents' copies") if view.is_confirmed else ("confirm", "Confirm all")
        shown.append(button(words, call(links.form, do=do, form=view.form_id)))
    return buttons(*shown, button("All forms", call(links.form)))


def _tag(tag: FormTag, view: FormView, links: Links) -> card.Widget:
    tap = call(links.form, do="choose", form=view.form_id, number=str(tag.number))
    return line(short(tag.name), above=short(tag.said, 120), below=tag.confidence, tap=tap)


def choose_card(view: FormView, number: int, links: Links) -> Mapping[str, Any]:
    """One tag, with every field it may become."""
    tag = next((each for each in view.tags if each.number == number), None)
    now = tag.tag if tag else ""
    items = [card.SelectionInput.SelectionItem(text="Leave it empty", value="-", selected=not now)]
    items += [
        card.SelectionInput.SelectionItem(text=clean(short(name, 80)), value=path, selected=path == now)
        for path, name in view.fields
    ]
    chooser = card.SelectionInput(
        name=CHOSEN, label="What goes here", type_=card.SelectionInput.SelectionType.DROPDOWN, items=items
    )
    tap = call(links.form, do="change", form=view.form_id, number=str(number))
    return build(
        NAME,
        title=tag.said if tag else "",
        subtitle=view.title,
        parts=[
            Part(widgets=[card.Widget(selection_input=chooser), buttons(button("Put it in", tap))], always=True),
        ],
    )
