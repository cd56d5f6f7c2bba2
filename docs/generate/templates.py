"""``templates.md``: the plans a school writes, every field of them: what it is, who reads it, where it is kept."""

from __future__ import annotations

from collections.abc import Iterator

from docs.generate import markdown
from sheets_templates import plan_templates
from sheets_templates.document import load_spec
from sheets_templates.plan_templates import Fit, PlanTemplate, TemplateField
from sheets_templates.record_tags import tag_path

ABOUT = """
Seventeen plans, letters, forms and records. Each is a file in `sheets_templates/templates/` (what it asks for) and
one in `sheets_templates/documents/` (how it reads); blocks H, O and V, which several share, stand once in
`templates/blocks/` and `documents/parts/`. To change or add one, see [add a template](../how-to/add-a-template.md)
and [add a document](../how-to/add-a-document.md). To see one filled: `senplans templates preview`."""
KEY = """
**Needed**: *M* always, and missing answers read "Not yet agreed"; *R* at the review; *auto* works itself out; *o*
optional, and left out when empty; *local* is a habit of some councils; anything else is a condition.
**Who sees it**: *P* parents and staff, *S* staff only, *A* staff and the parent who said it.
**Tag** is what a template Doc writes in double braces."""


def page() -> str:
    return markdown.page("Templates", ABOUT, KEY, *(_template(each) for each in plan_templates.load().values()))


def _template(template: PlanTemplate) -> str:
    readers = "staff" if load_spec(template.key).view.name == "staff" else "parents, children and staff"
    about = f"`{template.key}`, version {template.version}. {template.use}. Read by {readers}. {_fits(template.fit)}"
    return "\n\n".join([f"## {template.name}", about, f"After: {template.source}.", *_sections(template)])


def _fits(fit: Fit) -> str:
    for_whom = [
        f"pupils in {', '.join(fit.years)}" if fit.years else "",
        f"SEN status {' or '.join(fit.statuses)}" if fit.statuses else "",
        "once something is written in its table" if fit.row else "",
    ]
    return f"For {'; '.join(filter(None, for_whom)) or 'every pupil'}."


def _sections(template: PlanTemplate) -> Iterator[str]:
    heads = ("Field", "Needed", "Who sees it", "Kept in", "Tag")
    for section in template.sections:
        rows = [_row(template, field) for field in section.fields]
        yield f"### {section.name} ({template.key})\n\n" + markdown.table(heads, rows)


def _row(template: PlanTemplate, field: TemplateField) -> tuple[str, ...]:
    kept = ", ".join(f"`{path}`" for path in field.at) or f"worked out: `{field.auto}`"
    return field.label, field.required, field.audience, kept, f"`{tag_path(template.key, field)}`"
