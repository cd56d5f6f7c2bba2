"""Which help goes on into the next turn, and what has to be asked about the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from server.plans.fates import said
from server.plans.model import Provision
from server.plans.next_rows import WORKED

KEPT = frozenset({"keep", "tweak"})
STOPPED = "stop"


def serves(provision: Provision, carried: Mapping[str, str]) -> tuple[str, ...]:
    """The outcomes of the new turn that this help is for."""
    return tuple(carried[name] for name in provision.outcomes if name in carried)


def goes_on(provision: Provision, carried: Mapping[str, str]) -> bool:
    """Whether it is kept and has an outcome left, and made a difference or is kept for a reason somebody gave."""
    decision, effect = said(provision.decision), said(provision.effect)
    worth = effect in WORKED or bool(effect and provision.kept_because.strip())
    return decision in KEPT and worth and bool(serves(provision, carried))


def asks(provision: Provision, carried: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The field where a person answers, and the question; nothing about help that simply goes on or stops."""
    name, decision, effect = provision.provision_id, said(provision.decision), said(provision.effect)
    if decision == STOPPED:
        return
    if not effect:
        yield "effect", f"What difference did {name} make? Without that it is not carried on."
    elif not decision:
        yield "decision", f"Is {name} kept, changed or stopped? Without that it is not carried on."
    elif decision not in KEPT:
        yield "decision", f"{name} is to change. What takes its place?"
    elif effect == "not delivered" and not provision.kept_because.strip():
        yield "kept_because", f"{name} did not take place, so it is not carried on. Is it to have a fair test?"
    elif effect not in WORKED and not provision.kept_because.strip():
        yield (
            "kept_because",
            f"{name} made no difference and is to be kept. Why? Without a reason it is not carried on.",
        )
    elif not serves(provision, carried):
        yield "outcomes", f"{name} is to be kept, but no outcome that it is for goes on. What is it for now?"
    elif decision == "tweak":
        yield "what", f"{name} is to be tweaked. What changes?"
