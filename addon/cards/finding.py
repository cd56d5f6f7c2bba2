"""Why a check says what it says, what to do about it, who helps; and keeping it quiet, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from google.apps import card_v1 as card

from addon.cards.kit import Part, build, button, buttons, call, choice, clean, line, paragraph, short
from addon.cards.lines import finding_lines
from addon.finding_views import FindingView
from addon.views import Links, QuietLine

NAME = "finding"
REASON, UNTIL, BY = "reason", "until", "by"
KEEP, HEAR = "keep", "hear"
ASK = (
    "If this check does not fit this pupil, or not now, say why. It then stays quiet for this row until the day you "
    "choose, or for good. The reason stays in Exceptions, and it can be taken back."
)


def finding_card(view: FindingView, links: Links) -> Mapping[str, Any]:
    """Everything a person needs to act on a finding, or to set it aside."""
    return build(NAME, title=view.title, subtitle=" · ".join(part for part in (view.rule, view.who) if part),
                 parts=_parts(view, links))  # fmt: skip


def _parts(view: FindingView, links: Links) -> Iterator[Part]:
    wrong = [paragraph(view.wrong)] if view.wrong else []
    yield Part(widgets=[*wrong, *(finding_lines(view.said) or [paragraph("It says nothing today.")])], always=True)
    yield Part(title="Why", widgets=[paragraph(view.why)] if view.why else [])
    yield Part(title="What to do", widgets=[paragraph(view.how)] if view.how else [])
    yield Part(title="Who helps", widgets=[paragraph("\n".join(view.helpers))] if view.helpers else [])
    yield Part(title="Where it comes from", widgets=[line(view.source, below=view.binding)])
    yield Part(title="What parents read", widgets=[paragraph(view.for_parents)] if view.for_parents else [])
    yield Part(title="Kept quiet", widgets=list(quiet_lines(view.kept, links)))
    yield Part(title="Not for this pupil, or not now", widgets=_quieten(view, links))
    yield Part(widgets=[buttons(button("Back to the start", call(links.check)))], always=True)


def _quieten(view: FindingView, links: Links) -> list[card.Widget]:
    if not view.deciders:
        return [paragraph(view.why_not_quiet)] if view.why_not_quiet else []
    reason = card.TextInput(
        name=REASON, label="Why", type_=card.TextInput.Type.MULTIPLE_LINE, value=clean(view.typed)
    )
    chosen = {"value_ms_epoch": _milliseconds(view.until)} if view.until else {}
    day = card.DateTimePicker(
        name=UNTIL,
        label="Quiet until (empty: for good)",
        type_=card.DateTimePicker.DateTimePickerType.DATE_ONLY,
        **chosen,
    )
    row = {"row": view.row} if view.row else {}
    nobody = {} if view.decider in view.deciders else {"": "Choose who decides"}
    keep = call(links.finding, do=KEEP, pupil=view.pupil_id, rule=view.rule, **row)
    return [
        paragraph(ASK),
        card.Widget(text_input=reason),
        card.Widget(date_time_picker=day),
        choice(BY, "Decided by", {**nobody, **view.deciders}, chosen=view.decider),
        buttons(button("Keep it quiet", keep)),
    ]


def _milliseconds(day: date) -> int:
    """Midnight of the day, UTC, as date pickers count."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


def quiet_lines(kept: Iterable[QuietLine], links: Links) -> Iterator[card.Widget]:
    """Each with its reason, and a button that takes it back."""
    for each in kept:
        yield line(
            short(each.reason), above=f"{each.rule} · {short(each.title, 80)}", below=f"{each.until} · {each.by}"
        )
        hear = call(links.finding, do=HEAR, pupil=each.pupil_id, rule=each.rule, exception=each.exception_id)
        yield buttons(button("Let it speak again", hear))
