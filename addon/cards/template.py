"""A school's own form: what each tag of its copy stands for, one changed for another, and the copy put to use.

A long form has several pages of tags; what is chosen, left or missing is told whole, however long it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from google.apps import card_v1 as card

from addon.cards.kit import Part, build, button, buttons, call, clean, line, paragraph, short, web
from addon.views import FormsView, FormTag, FormView, Links

NAME = "form"
CHOSEN = "field"
"""The name of the dropdown that says which field a tag becomes."""

PAGE = 20
_MOST_PROBLEMS = 15
_MOST_PUPILS = 60
_LONGEST_PARAGRAPH = 1200


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


def page_of(number: int) -> int:
    """The page that shows a tag."""
    return max(number - 1, 0) // PAGE + 1


def form_card(view: FormView, links: Links, *, page: int = 1) -> Mapping[str, Any]:
    """One copy: a page of its tags with how sure each is, what was left, what is wrong, and what may be done."""
    last = page_of(len(view.tags))
    return build(NAME, title=view.title, subtitle=_state(view), parts=_parts(view, links, min(max(page, 1), last)))


def _state(view: FormView) -> str:
    if view.is_confirmed:
        return "Confirmed"
    doubtful = sum("check" in tag.confidence for tag in view.tags)
    look = f"{doubtful} to check" if doubtful else "look at each"
    return f"Proposed: {len(view.tags)} tags, {look}, then confirm"


def _parts(view: FormView, links: Links, page: int) -> Iterator[Part]:
    yield Part(widgets=[_buttons(view, links)], always=True)
    problems = [paragraph(problem) for problem in view.problems[:_MOST_PROBLEMS]]
    if rest := len(view.problems) - _MOST_PROBLEMS:
        problems += [paragraph(f"{rest} more are shown when these are put right.")] if rest > 0 else []
    yield Part(title="To be put right first", widgets=problems, always=True)
    start = (page - 1) * PAGE
    shown = view.tags[start : start + PAGE]
    of = f"Tags {start + 1} to {start + len(shown)} of {len(view.tags)}" if len(view.tags) > PAGE else "Tags"
    tags = [_tag(tag, view, links) for tag in shown]
    yield Part(title=of, widgets=[*tags, *_turn(view, links, page)], always=True)
    yield Part(title="Left to be filled in by hand", widgets=_whole(view.left), always=True)
    missing = [line(short(fields, _LONGEST_PARAGRAPH), above=part) for part, fields in view.missing]
    yield Part(title="A plan must say this too, and the form doesn't", widgets=missing)


def _buttons(view: FormView, links: Links) -> card.Widget:
    shown = [button("Open the copy", web(view.link))] if view.link else []
    if not view.problems:
        do, words = ("use", "Use for parents' copies") if view.is_confirmed else ("confirm", "Confirm all")
        shown.append(button(words, call(links.form, do=do, form=view.form_id)))
        shown.append(button("Preview with a pupil", call(links.form, do="pupils", form=view.form_id)))
    return buttons(*shown, button("All forms", call(links.form)))


def _turn(view: FormView, links: Links, page: int) -> list[card.Widget]:
    turns = []
    if page > 1:
        turns.append(button("Earlier tags", call(links.form, do="show", form=view.form_id, page=str(page - 1))))
    if page < page_of(len(view.tags)):
        turns.append(button("More tags", call(links.form, do="show", form=view.form_id, page=str(page + 1))))
    return [buttons(*turns)] if turns else []


def _whole(words: Sequence[str]) -> list[card.Widget]:
    """All the words, in as few paragraphs as a panel can show."""
    told: list[str] = []
    for each in words:
        if told and len(told[-1]) + len(each) < _LONGEST_PARAGRAPH:
            told[-1] += f"; {each}"
        else:
            told.append(each)
    return [paragraph(each) for each in told]


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
        for path, name in _offered(view, tag)
    ]
    chooser = card.SelectionInput(
        name=CHOSEN, label="What goes here", type_=card.SelectionInput.SelectionType.DROPDOWN, items=items
    )
    tap = call(links.form, do="change", form=view.form_id, number=str(number), was=now)
    back = call(links.form, do="show", form=view.form_id, page=str(page_of(number)))
    return build(
        NAME,
        title=tag.said if tag else "",
        subtitle=view.title,
        parts=[
            Part(
                widgets=[
                    card.Widget(selection_input=chooser),
                    buttons(button("Put it in", tap), button("Back to the tags", back)),
                ],
                always=True,
            ),
        ],
    )


def _offered(view: FormView, tag: FormTag | None) -> Sequence[tuple[str, str]]:
    """The fields to choose from; the present one too, where it is no field by itself, so that it stays chosen."""
    known = {path for path, _ in view.fields}
    return [(tag.tag, tag.name), *view.fields] if tag and tag.tag and tag.tag not in known else view.fields


def pupils_card(form_id: str, pupils: Sequence[tuple[str, str]], links: Links, *, page: int = 1) -> Mapping[str, Any]:
    """The pupils a copy may be seen with, sixty at a time."""
    last = max(len(pupils) - 1, 0) // _MOST_PUPILS + 1
    page = min(max(page, 1), last)
    shown = pupils[(page - 1) * _MOST_PUPILS : page * _MOST_PUPILS]
    lines = [
        line(short(name), tap=call(links.form, do="preview", form=form_id, pupil=pupil)) for pupil, name in shown
    ]
    turns = [
        button(words, call(links.form, do="pupils", form=form_id, page=str(to)))
        for words, to in (("Earlier pupils", page - 1), ("More pupils", page + 1))
        if 1 <= to <= last
    ]
    back = button("Back to the tags", call(links.form, do="show", form=form_id))
    nobody = [] if lines else [paragraph("There is no pupil in the workbooks yet.")]
    return build(
        NAME,
        title="Preview with a pupil",
        subtitle="A Doc that nobody else can open; the preview before it goes into the bin",
        parts=[Part(widgets=[*lines, *nobody, buttons(*turns, back)], always=True)],
    )
