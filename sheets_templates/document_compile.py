"""A checked template, compiled once and rendered many times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from types import SimpleNamespace
from typing import Any

import jinja2
from docxtpl import DocxTemplate
from lxml import etree

from sheets_templates.document_layout import Layout, controls_to_jinja
from sheets_templates.document_logo import Logo, place_logo
from sheets_templates.document_package import Package, open_package, xml_bytes, zip_parts
from sheets_templates.document_problem import TemplateProblem, TemplateRefused
from sheets_templates.document_reader import CLOSE, OPEN, Part, read_part
from sheets_templates.document_spec import GAP, ViewSpec
from sheets_templates.document_styles import Styles, read_styles
from sheets_templates.document_tags import ENVIRONMENT, holds_only_names
from sheets_templates.document_text import fill

_KINDS = {"document.main": "body", "header": "header", "footer": "footer", "footnotes": "footnotes"}
_COMMENTS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people")
_DRAWING = re.compile(r'(<wp:docPr\b[^>]*?\bid=")\d+(")')
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_DOCXTPL = DocxTemplate("")
"""Lends its repair of tags split over runs and its line breaks; it is never given a file, so it keeps no state."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """A checked template. ``hash`` names its content: the same Doc exported again gives the same hash; ``tags`` are
    those it uses.

    Safe to share between threads: rendering changes nothing."""

    hash: str
    view: ViewSpec
    tags: frozenset[str]
    parts: tuple[tuple[str, bytes | jinja2.Template], ...]

    @property
    def gathered(self) -> frozenset[str]:
        """The tags whose missing answers stand in a list of what is not yet agreed; none where there is no list."""
        return frozenset(path for path, tag in self.view.tags.items() if tag.gathers and GAP in self.tags)

    def render(self, view: Mapping[str, Any]) -> bytes:
        """The .docx for one view: the same bytes for the same view. Only tags that the template's view declares
        are read; a missing or blank one shows its empty text."""
        values = fill(self.view, view)
        return zip_parts(
            (name, part if isinstance(part, bytes) else _show(part, values)) for name, part in self.parts
        )


def compile_template(docx: bytes, view: ViewSpec, logo: Logo | None = None) -> Template:
    """The template in a .docx, the logo in its place. Raises TemplateRefused with every problem and where it is."""
    package = open_package(docx)
    package = place_logo(package, logo) if logo else package
    content_hash = package.hash()
    styles = read_styles(_styles_tree(package))
    problems: list[TemplateProblem] = []
    read = {
        name: (kind, read_part(package.trees[name], kind=kind, styles=styles, view=view))
        for name, kind in _text_parts(package)
    }
    tags = {tag for _, part in read.values() for found in part.tags.values() for tag in found}
    view = view.gathering() if GAP in tags else view
    sources = {name: _source(part, kind, styles, view, problems) for name, (kind, part) in read.items()}
    if problems:
        raise TemplateRefused(problems)
    compiled = {name: ENVIRONMENT.from_string(source) for name, source in sources.items()}
    parts = tuple((name, compiled.get(name) or _bytes(package, name)) for name in package.order)
    return Template(hash=content_hash, view=view.only(tags), tags=frozenset(tags), parts=parts)


def _text_parts(package: Package) -> Iterable[tuple[str, str]]:
    return [(name, kind) for word, kind in _KINDS.items() for name in package.named(word)]


def _styles_tree(package: Package) -> etree._Element | None:
    return next((package.trees[name] for name in package.named("styles") if name in package.trees), None)


def _source(part: Part, kind: str, styles: Styles, view: ViewSpec, problems: list[TemplateProblem]) -> str:
    """One part as Jinja; what is wrong with it is added to ``problems``."""
    found = [*part.problems, *Layout(part=part, styles=styles, view=view).arrange()]
    problems += dict.fromkeys(found)
    if found:
        return ""
    repaired = str(_DOCXTPL.patch_xml(etree.tostring(part.root, encoding="unicode")))
    xml = repaired.replace(OPEN, "{").replace(CLOSE, "}")
    if not holds_only_names(xml):
        problems.append(TemplateProblem(f"the {kind}", "It holds something that only looks like a tag. Retype it."))
    return _HEAD + controls_to_jinja(xml)


def _bytes(package: Package, name: str) -> bytes:
    tree = package.trees.get(name)
    if tree is None:
        return package.blobs[name]
    if name in package.named(*_COMMENTS):
        tree[:] = []
    return xml_bytes(tree)


def _show(template: jinja2.Template, values: Mapping[str, Any]) -> bytes:
    xml = str(_DOCXTPL.resolve_listing(template.render(values)))
    ids = count(1)
    return _DRAWING.sub(lambda match: f"{match[1]}{next(ids)}{match[2]}", xml).encode()


def _each(items: Iterable[SimpleNamespace], key: str) -> list[SimpleNamespace]:
    """The inner lists of all items, as one list."""
    return [inner for item in items for inner in getattr(item, key)]


ENVIRONMENT.filters["each"] = _each
