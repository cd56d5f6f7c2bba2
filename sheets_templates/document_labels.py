"""What the built-in documents call each answer, for the list of what is not yet agreed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from sheets_templates.document_files import document_names, load_spec
from sheets_templates.document_spec import Block, DocumentSpec, read_document

_TAG = re.compile(r"\{\{ ([\w.]+) \}\}")


@cache
def composed() -> Mapping[str, Mapping[str, str]]:
    """For a line that says several answers at once, what each of them is called."""
    return {str(line): dict(answers) for line, answers in read_document("views/gaps.toml")["composed"].items()}


@cache
def plain_labels() -> Mapping[str, str]:
    """What an answer is called, by its tag, first in documents for homes; a name in it is still a tag."""
    found: dict[str, str] = {}
    for spec in sorted(map(load_spec, document_names()), key=lambda spec: spec.view.name):
        for path, label in _labels(spec):
            found.setdefault(path, label)
    return found | {path: label for answers in composed().values() for path, label in answers.items()}


def _labels(spec: DocumentSpec) -> Iterator[tuple[str, str]]:
    above = Block()
    for block in spec.blocks:
        label = block.label or (above.text if above.style.startswith("Heading") else "")
        for called, said in ((label, block.text), *block.facts):
            tags = _TAG.findall(said)
            if len(tags) == 1 and called:
                yield _whole(spec, tags[0]), called
        above = block


def _whole(spec: DocumentSpec, tag: str) -> str:
    """The field that a tag shows, where it shows one of its lines."""
    item = spec.view.item_of(tag)
    lines = spec.view.lists.get(item, "")
    return lines.removesuffix("_lines") if lines.endswith("_lines") else tag
