"""Every statement of the sources has a test that shows it, or says that nothing does yet."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from docs.generate.traceability import NOT_YET, statements
from sheets_templates import catalogue
from sheets_templates.plan_templates import column_at, load

ROOT = Path(__file__).parents[2]
HERE = "tests/unit/test_traceability.py"
KNOWN = catalogue.load()
FEATURES = {f"F{number:02}" for number in range(1, 39)}
SHARE_SHOWN = 0.8
"""The least share of the statements that some test must show; it only ever rises."""

with (ROOT / "tests" / "data" / "statement_places.csv").open(encoding="utf-8") as opened:
    PLACES = {row["n"]: row for row in csv.DictReader(opened)}


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of a module's tests, and of the state machines it hands to pytest."""
    body = ast.parse((ROOT / path).read_text("utf-8")).body
    named = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    assigned = {
        to.id for node in body if isinstance(node, ast.Assign) for to in node.targets if isinstance(to, ast.Name)
    }
    return frozenset(name for name in named | assigned if name.casefold().startswith("test"))


def nodes(shown_by: str) -> Iterator[tuple[str, str, str]]:
    """Path, test and parameter of each node id."""
    for node in shown_by.split("; "):
        if node != NOT_YET:
            found = re.fullmatch(r"(tests/[\w/]+\.py)::(\w+)(?:\[(.+)\])?", node)
            assert found, node
            yield found[1], found[2], found[3] or ""


def test_every_statement_is_there_once_and_belongs_to_a_feature() -> None:
    numbers = [int(row.n) for row in statements()]
    assert numbers == list(range(1, 277))
    assert {row.feature_id for row in statements()} == FEATURES


@pytest.mark.parametrize("statement", statements(), ids=lambda row: str(row.n))
def test_a_named_test_exists(statement: object) -> None:
    shown_by = str(getattr(statement, "shown_by", ""))
    assert shown_by
    for path, name, parameter in nodes(shown_by):
        assert name in names_in(path), f"{path}::{name}"
        assert not parameter or (path == HERE and parameter in PLACES), parameter


def test_most_statements_are_shown_and_the_others_say_so() -> None:
    shown = [row for row in statements() if row.shown_by != NOT_YET]
    assert len(shown) >= SHARE_SHOWN * len(statements())


@pytest.mark.parametrize("number", PLACES)
def test_what_a_statement_asks_for_has_its_place(number: str) -> None:
    """Each of its answers is typed in a column, or worked out, and where it belongs in a document a template shows
    it. (That documents show what their templates name is tested for all of them at once.)"""
    wanted = PLACES[number]["in_documents"].split()
    kept = PLACES[number]["in_tabs"].split()
    assert wanted or kept
    fields = [field for template in load().values() for field in template.fields]
    shown = {path for field in fields for path in field.at} | {f"auto:{field.auto}" for field in fields if field.auto}
    assert set(wanted) <= shown
    typed = [path for path in (*wanted, *kept) if not path.startswith("auto:")]
    assert all(column_at(KNOWN, path) for path in typed)
