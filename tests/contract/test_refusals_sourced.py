"""Each refusal of the table is told in the sandbox's sources, with its status, reason and words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import refusals
from ground import Google
from refusals import CALENDAR, DOCS, DRIVE, SHEETS, Row, Things, send

from sandbox.sources import Refusal, surfaces

SURFACES = (
    (SHEETS, ("wire", "sheets", "sheets_requests")),
    (DOCS, ("wire", "docs", "docs_requests")),
    (DRIVE, ("wire", "drive")),
    (CALENDAR, ("wire", "calendar")),
)
ROWS = [(row, names) for rows, names in SURFACES for row in rows]


@pytest.fixture(scope="module")
def things(modules_google: Google) -> Things:
    return refusals.things(modules_google)


def told(names: tuple[str, ...]) -> Iterator[Refusal]:
    for name in names:
        for one in surfaces()[name].behaviours:
            yield from one.refusals


@pytest.mark.parametrize(("row", "names"), ROWS, ids=lambda value: " ".join(map(str, value[:3])))
def test_every_refusal_of_the_table_is_told_with_its_source(
    modules_google: Google, things: Things, row: Row, names: tuple[str, ...]
) -> None:
    verb, path, body, *_ = row
    error = send(modules_google, things, verb, path, body).json()["error"]
    reason = error.get("errors", [{}])[0].get("reason", "")
    fitting = [one for one in told(names) if one.fits(error["code"], error["message"])]
    assert fitting, error
    assert not reason or any(one.reason in ("", reason) for one in fitting), error
