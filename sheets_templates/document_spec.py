"""What a document is made of and which tags it may use, read from ``documents/*.toml``. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Any

NOT_YET = "Not yet agreed"
GAP = "gap.what"
"""One line of the list of what is not yet agreed."""
LOGO = "school.logo"
"""Where the school's logo stands: alone in a line of its own."""


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A name that a template may mention. ``optional``: its line disappears when there is nothing to say.
    ``naming``: it only names someone, so a line that says nothing else may disappear around it. ``gathers``: where a
    document has a list of what is not yet agreed (``{{ gap.what }}``), a missing answer stands there alone."""

    path: str
    about: str
    optional: bool = False
    naming: bool = False
    gathers: bool = False
    empty: str = NOT_YET


@dataclass(frozen=True, kw_only=True)
class ViewSpec:
    """The tags of one kind of view. ``lists`` says which list each item name walks: ``provision`` walks
    ``outcome.provision``. ``shows_missing``: a list without items is shown as one item that is missing, but for those
    of ``may_be_empty``."""

    name: str
    tags: Mapping[str, Tag]
    lists: Mapping[str, str]
    shows_missing: bool = False
    may_be_empty: frozenset[str] = frozenset()

    def shows_empty(self, item: str) -> bool:
        """Whether a list without items is shown as one that is missing."""
        return self.shows_missing and item not in self.may_be_empty

    def item_of(self, path: str) -> str:
        """The list item that a tag speaks of; "" for a tag that stands alone."""
        head = path.partition(".")[0]
        return head if head in self.lists else ""

    def chain(self, item: str) -> tuple[str, ...]:
        """The items to walk, outermost first, before ``item`` has a value."""
        outer = self.item_of(self.lists[item])
        return (*self.chain(outer), item) if outer else (item,)

    def tags_of(self, item: str) -> Iterator[str]:
        """The tags of one item, without its name."""
        for path in self.tags:
            if self.item_of(path) == item:
                yield path.removeprefix(f"{item}.") if item else path

    def lists_of(self, item: str) -> Iterator[tuple[str, str]]:
        """The lists inside one item: the name of their items and the key that holds them."""
        for name, path in self.lists.items():
            if self.item_of(path) == item:
                yield name, path.removeprefix(f"{item}.") if item else path

    def only(self, used: Collection[str]) -> ViewSpec:
        """The same view with no more than the tags used, and the lists they walk."""
        items = {link for path in used if (item := self.item_of(path)) for link in self.chain(item)}
        tags = {path: tag for path, tag in self.tags.items() if path in used}
        return replace(self, tags=tags, lists={item: self.lists[item] for item in self.lists if item in items})

    def gathering(self) -> ViewSpec:
        """The same view for a document with a list of what is not yet agreed."""
        tags = {path: replace(tag, optional=True) if tag.gathers else tag for path, tag in self.tags.items()}
        return replace(self, tags=tags)

    def empty_text(self, item: str, path: str) -> str:
        tag = self.tags[f"{item}.{path}" if item else path]
        return "" if tag.optional else tag.empty

    def nearest(self, path: str) -> str:
        """The known tag that looks most like ``path``, or ""."""
        known = {name.casefold(): name for name in self.tags}
        close = get_close_matches(path.casefold(), known, n=1, cutoff=0.5)
        return known[close[0]] if close else ""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One paragraph of a built-in template: its built-in style, an optional bold label, and its text; or, with
    ``facts``, a table of two columns under ``head``. A heading with a ``tint`` stands out from the others."""

    text: str = ""
    style: str = "Normal"
    label: str = ""
    tint: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    head: tuple[str, str] = ("", "")


@dataclass(frozen=True, kw_only=True)
class DocumentSpec:
    """One built-in document: what it is called, what it may show and its paragraphs in reading order. ``template`` is
    the plan template whose fields it shows, of that ``version``."""

    name: str
    title: str
    footer: str
    view: ViewSpec
    blocks: tuple[Block, ...]
    template: str = ""
    version: str = ""


@cache
def load_view(name: str) -> ViewSpec:
    """The tags of one kind of view. Raises LookupError where there is none."""
    data = read_document(f"views/{name}.toml")
    tags = {path: Tag(path=path, **fields) for path, fields in data["tags"].items()}
    return ViewSpec(name=name, tags=tags, lists=data["lists"])


def read_document(path: str) -> dict[str, Any]:
    """A file under ``documents``. Raises LookupError where there is none."""
    source = resources.files(__package__).joinpath("documents", path)
    if not source.is_file():
        raise LookupError(f"No document is described in documents/{path}")
    return tomllib.loads(source.read_text(encoding="utf-8"))
