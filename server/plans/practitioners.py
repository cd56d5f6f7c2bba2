"""The help by the adult who gives it: whom they work with, how much was planned so far, and how much took place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from server.plans import fidelity
from server.plans.cycle import DO
from server.plans.fidelity import FEWEST, Delivery, per_week
from server.plans.model import Provision
from server.plans.register import LiveCycle, Register


@dataclass(frozen=True, kw_only=True)
class Work:
    """One row of help that an adult gives now. ``delivery`` is None where sessions can't be counted."""

    pupil_id: str
    provision: Provision
    delivery: Delivery | None = None


@dataclass(frozen=True, kw_only=True)
class Practitioner:
    """One adult's help in the running cycles. ``staff_id`` is "" for help that names nobody."""

    staff_id: str
    work: tuple[Work, ...] = ()
    fair: int = fidelity.FAIR

    @property
    def pupils(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.pupil_id for row in self.work))

    @property
    def sessions_per_week(self) -> float:
        return sum(per_week(row.provision) for row in self.work)

    @property
    def minutes_per_week(self) -> float:
        """Of planned sessions, each row's own: a group shared by pupils stands once for each of them."""
        return sum(per_week(row.provision) * (row.provision.minutes_per_session or 0) for row in self.work)

    @property
    def delivered(self) -> int:
        return sum(row.delivery.delivered for row in self.work if row.delivery)

    @property
    def expected(self) -> float:
        return sum(row.delivery.expected for row in self.work if row.delivery)

    @property
    def is_short(self) -> bool:
        """Whether less took place than is fair, once enough was to be expected to judge."""
        return self.expected >= FEWEST and self._total.is_short

    @property
    def percent(self) -> int:
        return self._total.percent

    @property
    def _total(self) -> Delivery:
        return Delivery(delivered=self.delivered, expected=self.expected, fair=self.fair)


def practitioners(register: Register) -> tuple[Practitioner, ...]:
    """Every adult who gives help in a cycle that has come to Do, by id."""
    work: dict[str, list[Work]] = {}
    for live in register.live:
        if live.step >= DO:
            for row in _work(register, live):
                work.setdefault(row.provision.delivered_by.strip(), []).append(row)
    fair = register.settings.fair_percent
    return tuple(Practitioner(staff_id=name, work=tuple(rows), fair=fair) for name, rows in sorted(work.items()))


def _work(register: Register, live: LiveCycle) -> Iterator[Work]:
    counted = {row.provision_id: delivery for row, delivery in fidelity.of_cycle(register, live.cycle)}
    for provision in live.provision:
        delivery = counted.get(provision.provision_id)
        yield Work(pupil_id=live.pupil.pupil_id, provision=provision, delivery=delivery)
