"""The built-in documents, read from ``documents/*.toml``; what several share stands once in ``documents/parts``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from sheets_templates import plan_templates
from sheets_templates.document_spec import Block, DocumentSpec, ViewSpec, load_view, read_document
from sheets_templates.fields import BadTemplate
from sheets_templates.record_tags import record_view

_HEADING = re.compile(r"Heading (\d)")
_FACTS = ("Fact", "What it is")
_KEYS = frozenset({"part", "text", "style", "label", "stacked", "lines", "tint", "facts", "head"})


@cache
def load_spec(name: str) -> DocumentSpec:
    """The built-in document of that name. Raises LookupError where there is none, BadTemplate for a slip in it."""
    data = read_document(f"{name}.toml")
    template = plan_templates.load()[data.get("template", name)]
    words = {"[title]": data["title"], "[version]": _day(template.version)}
    blocks = _Blocks(name, words)
    return DocumentSpec(
        name=name,
        title=data["title"],
        footer=blocks.worded(data["footer"]),
        view=view_named(data["view"], at_review=data.get("at_review", False)),
        blocks=tuple(blocks.of(data["blocks"])),
        template=template.key,
        version=template.version,
    )


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


class _Blocks:
    """Turns what a file says into paragraphs and tables. A long answer or a list gets a heading one level below the
    one it stands under, so that the document can be walked by its headings."""

    def __init__(self, name: str, words: Mapping[str, str]) -> None:
        self._name = name
        self._words = words
        self._level = 0

    def worded(self, text: str) -> str:
        for word, meaning in self._words.items():
            text = text.replace(word, meaning)
        return text

    def of(self, raw: Iterable[Mapping[str, Any]]) -> Iterator[Block]:
        for item in raw:
            if unknown := set(item) - _KEYS:
                raise BadTemplate(f"documents/{self._name}.toml: a block has no '{min(unknown)}'.")
            if part := item.get("part"):
                yield from self.of(read_document(f"parts/{part}.toml")["blocks"])
            else:
                yield from self._block(item)

    def _block(self, item: Mapping[str, Any]) -> Iterator[Block]:
        text, label = self.worded(item.get("text", "")), item.get("label", "")
        if facts := item.get("facts"):
            yield Block(facts=tuple((name, said) for name, said in facts), head=tuple(item.get("head", _FACTS)))
        elif item.get("stacked") or item.get("lines"):
            yield Block(style=f"Heading {self._level + 1}", text=label)
            yield _bullet(item["lines"]) if item.get("lines") else Block(text=text)
        else:
            style = item.get("style", "Normal")
            if found := _HEADING.fullmatch(style):
                self._level = int(found[1])
            yield Block(text=text, style=style, label=label, tint=item.get("tint", False))


def _bullet(path: str) -> Block:
    """One bullet for each line of a field: ``relational_plan.calm`` repeats ``relational_plan_calm.text``."""
    return Block(style="List Bullet", text=f"{{{{ {path.replace('.', '_')}.text }}}}")


def view_named(name: str, *, at_review: bool = False) -> ViewSpec:
    """The tags of a kind of view: ``plan``, or the whole record for ``household`` or ``staff``; ``at_review`` what a
    review asks for may be missing too."""
    match name:
        case "household" | "staff":
            return record_view(name, at_review=at_review)
    return load_view(name)


def document_names() -> Iterator[str]:
    """The built-in documents in alphabetical order."""
    folder = resources.files(__package__).joinpath("documents")
    yield from sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
