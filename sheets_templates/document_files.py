"""The built-in documents, read from ``documents/*.toml``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

from sheets_templates.document_spec import Block, DocumentSpec, ViewSpec, load_view, read_document
from sheets_templates.record_tags import record_view


@cache
def load_spec(name: str) -> DocumentSpec:
    """The built-in document of that name. Raises LookupError where there is none."""
    data = read_document(f"{name}.toml")
    return DocumentSpec(
        name=name,
        title=data["title"],
        footer=data["footer"],
        view=view_named(data["view"]),
        blocks=tuple(Block(**block) for block in data["blocks"]),
        template=data.get("template", ""),
    )


def view_named(name: str) -> ViewSpec:
    """The tags of a kind of view: ``plan``, or the whole record for ``household`` or ``staff``."""
    match name:
        case "household" | "staff":
            return record_view(name)
    return load_view(name)


def document_names() -> Iterator[str]:
    """The built-in documents in alphabetical order."""
    folder = resources.files(__package__).joinpath("documents")
    yield from sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
