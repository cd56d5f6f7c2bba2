"""``errors.md``: the error tree, and what a person should do about each."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from docs.generate import markdown
from server.plans import trouble
from server.plans.trouble import Trouble
from server.web.excuses import NEXT_STEPS, PARTLY, UNTOUCHED

ABOUT = """
Everything that can go wrong and that a person can act on is one of these. A message says what happened, what was not
changed and what to do next. Neither message nor log holds a token; a short code on the card finds the log's line."""
CARD = """
## What a card says was not changed

- After a call that only reads: “{untouched}”
- After a call that writes: “{partly}”"""
SCOPE = "Nothing to do by hand: Google asks you for the missing permission, then the same call runs again."


def page() -> str:
    tree = (inspect.getdoc(trouble) or "").split("\n\n", 1)[1]
    rows = [
        (markdown.code(kind.__name__), markdown.promise(kind) if kind.__doc__ else "", _advice(kind))
        for kind in _kinds()
    ]
    table = markdown.table(("Error", "More about it", "What to do"), rows)
    card = CARD.format(untouched=UNTOUCHED, partly=PARTLY)
    return markdown.page("Errors", ABOUT, f"```text\n{tree}\n```", table, card)


def _kinds() -> Iterator[type[Trouble]]:
    for _, kind in inspect.getmembers(trouble, inspect.isclass):
        if issubclass(kind, Trouble):
            yield kind


def _advice(kind: type[Trouble]) -> str:
    if kind is trouble.ScopeMissing:
        return SCOPE
    return next(advice for known, advice in NEXT_STEPS.items() if issubclass(kind, known))
