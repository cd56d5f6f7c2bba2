"""The sentences that the sandbox's code refuses with, read from its source."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

MAKERS = frozenset(
    {"ApiError", "Denied", "GrantRefused", "Refused", "bad_request", "forbidden", "invalid", "required"}
)
NOT_GOOGLES = ("host", "control.py", "faults.py")
CAUGHT = ("sheets/workbooks.py", "drive/convert/sheets.py")
"""Where refusals are answered in other words by whoever asked."""
HOLE = "\N{HORIZONTAL ELLIPSIS}"


def of(folder: Path) -> list[tuple[str, str]]:
    """Each sentence behind its place (``sheets/a1.py:12: words``), with an ellipsis where it depends on the request.

    Left out are sentences that only pass another one on, and failures of the sandbox itself."""
    return [found for path in sorted(folder.rglob("*.py")) for found in _in(path, folder)]


def texts(folder: Path) -> set[str]:
    """Every text in the code that is more than one word, an ellipsis where it is put together."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py"))
    found = {_text(node, {}) for tree in trees for node in ast.walk(tree) if isinstance(node, ast.expr)}
    return {text for text in found if len(text.strip(HOLE)) > 3}


def fits(said: str, told: str) -> bool:
    """Whether a sentence of the code may be the one that is told, its ``{holes}`` for any words."""
    return said == told or (HOLE in said and _pattern(said).fullmatch(told) is not None)


@functools.cache
def _pattern(said: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in said.split(HOLE)), re.DOTALL)


def _in(path: Path, folder: Path) -> Iterator[tuple[str, str]]:
    place = path.relative_to(folder)
    if place.parts[0] in NOT_GOOGLES or place.as_posix() in CAUGHT:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = _constants(tree)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if ast.unparse(call.func).rpartition(".")[2] in MAKERS and not _own_failure(call):
            for said in (_text(argument, known) for argument in call.args):
                if " " in said.strip(HOLE) and not said.endswith((f": {HOLE}", f". {HOLE}")):
                    yield f"{place}:{call.lineno}: {said}", said


def _own_failure(call: ast.Call) -> bool:
    return any(isinstance(one, ast.Constant) and one.value in (500, 501) for one in call.args)


def _constants(tree: ast.AST) -> dict[str, ast.expr]:
    """What single names stand for in the file; the last of several."""
    return {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _text(node: ast.expr, known: dict[str, ast.expr]) -> str:
    if isinstance(node, ast.Name) and isinstance(known.get(node.id), ast.Constant | ast.JoinedStr):
        return _text(known[node.id], known)
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part, {}) if isinstance(part, ast.Constant) else HOLE for part in node.values)
    return ""
