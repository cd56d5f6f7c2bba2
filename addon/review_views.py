"""What the cards of a review show: what lacks, forms to fill in, and the next turn before it is written."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class ReviewLine:
    """One row to look at and fill in: ``form`` and ``row`` say which. ``state`` is what is known of it."""

    form: str
    text: str
    row: str = ""
    above: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewView:
    """One turn's review. ``lacks`` say in which form and cell; ``others`` are the pupil's other cycles: (id, words).

    ``can_close`` where nothing lacks; ``goes_on`` where the next turn may be drafted; ``notices`` come first."""

    pupil_id: str
    label: str
    cycle_id: str
    state: str
    notices: tuple[str, ...] = ()
    lacks: tuple[ReviewLine, ...] = ()
    meeting: ReviewLine | None = None
    outcomes: tuple[ReviewLine, ...] = ()
    help_given: tuple[ReviewLine, ...] = ()
    actions: tuple[ReviewLine, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    can_close: bool = False
    goes_on: bool = False


@dataclass(frozen=True, kw_only=True)
class FieldView:
    """One question. ``kind`` is text, long, number, date, yes, one or many; ``items`` are (value, words).

    ``value`` is what stands there or was typed; of ``many`` the values with "; " between."""

    name: str
    label: str
    kind: str
    value: str = ""
    hint: str = ""
    problem: str = ""
    items: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """A form of one row, with what was typed where it could not be taken. ``mark`` goes back with it."""

    pupil_id: str
    cycle_id: str
    form: str
    title: str
    row: str = ""
    mark: str = ""
    told: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    fields: tuple[FieldView, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NextView:
    """What the next turn would be. ``carried``, ``kept`` and ``follows`` are lines; ``musts`` come before writing."""

    pupil_id: str
    label: str
    cycle_id: str
    number: int = 0
    review_due: str = ""
    carried: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = field(default=())
    musts: tuple[tuple[str, str], ...] = ()
    refusal: str = ""
    can_write: bool = False
