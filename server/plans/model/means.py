"""What help takes: training and money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from server.plans.model.record import Record


@dataclass(frozen=True, kw_only=True)
class Training(Record):
    """What an adult has learned, or needs to: a need has no ``completed``."""

    training_id: str
    staff: str = ""
    skill: str = ""
    completed: date | None = None
    renew_by: date | None = None
    why: str = ""
    due: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Cost(Record):
    """What one row of help costs: pounds an hour, and pounds once."""

    cost_id: str
    pupil: str = ""
    provision: str = ""
    funding: str = ""
    hourly_rate: float | None = None
    one_off: float | None = None


@dataclass(frozen=True, kw_only=True)
class EarlyYears(Record):
    """What only early-years settings write down."""

    early_id: str
    pupil: str = ""
    cycle: str = ""
    check_date: date | None = None
    check_prime: tuple[str, ...] = ()
    check_share: bool = False
    check_share_date: date | None = None
    voice_observed: str = ""
    review_every: int | None = None
