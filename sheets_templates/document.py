"""Documents from templates: a school's Google Doc with ``{{ tags }}`` and a view give one ``.docx``.

    template = parse(exported_docx)      # once per version: checked and compiled
    docx = template.render(view)         # once per household: same view, same bytes

A tag is a name with dots and nothing else. What repeats and what disappears follows from where tags stand:
see ``document_layout``. Built-in templates are described in ``documents/*.toml``.
"""

from __future__ import annotations

from sheets_templates.document_build import build_docx
from sheets_templates.document_compile import Template, compile_template
from sheets_templates.document_files import document_names, load_spec
from sheets_templates.document_logo import Logo
from sheets_templates.document_problem import TemplateProblem, TemplateRefused
from sheets_templates.document_spec import DocumentSpec, ViewSpec, load_view
from sheets_templates.record_tags import record_view
from sheets_templates.text import clean as clean_text

__all__ = [
    "DocumentSpec",
    "Logo",
    "Template",
    "TemplateProblem",
    "TemplateRefused",
    "ViewSpec",
    "build_docx",
    "check",
    "clean_text",
    "document_names",
    "load_spec",
    "load_view",
    "parse",
]


def parse(docx: bytes, view: ViewSpec | None = None, *, logo: Logo | None = None) -> Template:
    """The template in a .docx, checked and compiled; its tags are those of ``view``, by default those
    a household may read. The logo stands where ``{{ school.logo }}`` does.

    Raises TemplateRefused with every problem and its place."""
    return compile_template(docx, view or record_view("household"), logo)


def check(docx: bytes, view: ViewSpec | None = None) -> tuple[TemplateProblem, ...]:
    """Everything that stops a .docx from being a template; empty for a good one."""
    try:
        parse(docx, view)
    except TemplateRefused as refusal:
        return refusal.problems
    return ()
