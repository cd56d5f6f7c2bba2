"""The tags of a template: a name with dots, and nothing else."""

from __future__ import annotations

import re
from functools import lru_cache

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from sheets_templates.document_spec import ViewSpec

ENVIRONMENT = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[{%#].*", re.DOTALL)
_LONGEST = 120
_HARMLESS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr)


@lru_cache(maxsize=4096)
def tag_path(source: str) -> str:
    """The dotted name that a tag holds; "" where it holds anything else, judged on the parsed tag."""
    if len(source) > _LONGEST or source[2:3] == "-" or source[-3:-2] == "-":
        return ""
    try:
        parsed = ENVIRONMENT.parse(source)
    except TemplateSyntaxError:
        return ""
    match parsed.body:
        case [nodes.Output(nodes=[node])]:
            return _dotted(node)
    return ""


def _dotted(node: nodes.Node) -> str:
    names: list[str] = []
    while isinstance(node, nodes.Getattr):
        names.append(node.attr)
        node = node.node
    return ".".join([node.name, *reversed(names)]) if isinstance(node, nodes.Name) else ""


def holds_only_names(source: str) -> bool:
    """Whether a whole template, parsed, does nothing but show names and their attributes."""
    try:
        parsed = ENVIRONMENT.parse(source)
    except TemplateSyntaxError:
        return False
    return all(isinstance(node, _HARMLESS) for node in (parsed, *parsed.find_all(nodes.Node)))


def complaint(source: str, view: ViewSpec) -> str:
    """What is wrong with a tag, in one sentence; "" for a good one."""
    path = tag_path(source)
    if not path:
        return f"“{_short(source)}” is not a tag. A tag is a name with dots, like {{{{ pupil.called }}}}."
    if path in view.tags:
        return ""
    nearest = view.nearest(path)
    advice = f"Did you mean {{{{ {nearest} }}}}?" if nearest else "Choose one from the list of tags."
    return f"“{_short(source)}” is not a tag we know. {advice}"


def _short(source: str) -> str:
    return source if len(source) <= 60 else source[:57] + "…"
