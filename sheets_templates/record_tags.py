"""The tags that any document of a pupil may use: one for every field of every template. Pure.

A parent's document and one for staff have different tags: what only staff may read has no name in the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from sheets_templates import catalogue, plan_templates
from sheets_templates import part_tags as parts
from sheets_templates.document_spec import GAP, LOGO, Tag, ViewSpec, load_view
from sheets_templates.plan_templates import PlanTemplate, TemplateField, column_at

Readers = Literal["household", "staff"]

_RENAMED = {
    ("H", "plan_start"): "plan.start_date",
    ("H", "review_due"): "plan.review_date",
    ("H", "notified"): "plan.notified",
    ("H", "version"): "plan.version",
    ("review_record", "impact"): "review.impact_summary",
}
_OWNERS = {"H": "pupil", "O": "outcome", "V": "provision", "review_record": "review"}
_IN_PROVISION = frozenset(
    {("review_record", key) for key in ("right_person", "often", "reaction")}
    | {("provision_map", key) for key in ("entry", "exit")}
)
"""Fields that stand once for each piece of help, whatever template asks for them."""

_AUTO_LINES = frozenset(
    {
        *("worked_before", "adult_hours", "effects", "action_taken", "whom_to_ask", "rights", "parents_said"),
        *("results_this_year", "help_this_year", "meetings_this_year"),
    }
)
"""What is worked out as several lines."""

_LISTS = {"outcome": "outcomes", "provision": "outcome.provision"}
ITEM = "text"
"""What an item of a field with several lines is called: ``{{ relational_plan_calm.text }}``."""
PART = "part"
"""What an item of a field whose lines have parts is called: ``{{ review_actions_part.owner }}``."""

Look = Literal["", "short", "name"]
"""A day with its month cut short; people without what they are."""


@dataclass(frozen=True, kw_only=True)
class RecordTag:
    """A tag and the field it shows. ``item`` names one line of a field that holds several, "" for the others.
    ``look`` is a shorter way to say it; ``is_variant``: it says no more than another tag does."""

    path: str
    field: TemplateField
    template: str
    item: str = ""
    look: Look = ""
    is_variant: bool = False


def tag_path(template: str, field: TemplateField) -> str:
    """How a document names a field: ``pupil.dob``, ``outcome.target``, ``relational_plan.calm``."""
    owner = field.block or template
    if (owner, field.key) in _IN_PROVISION:
        return f"provision.{field.key}"
    return _RENAMED.get((owner, field.key), f"{_OWNERS.get(owner, owner)}.{field.key}")


@cache
def record_tags(readers: Readers) -> Mapping[str, RecordTag]:
    """Every tag by its path, each once, in the order of the templates."""
    found: dict[str, RecordTag] = {}
    for template in plan_templates.load().values():
        for tag in _tags(template):
            if readers == "staff" or tag.field.audience != "S":
                found.setdefault(tag.path, tag)
    return found


def _tags(template: PlanTemplate) -> Iterator[RecordTag]:
    for field in template.fields:
        path = tag_path(template.key, field)
        listed = (_holds_lines(field) or path in parts.line_parts()) and not path.startswith(
            ("outcome.", "provision.")
        )
        whole = RecordTag(
            path=path, field=field, template=template.key, item=path.replace(".", "_") if listed else ""
        )
        yield whole
        yield from _looks(whole)
        for name, column in parts.column_parts().get(path, {}).items():
            part = replace(
                field, label=f"{field.label}: {name.replace('_', ' ')}", at=(column,), auto="", required="o"
            )
            look: Look = "name" if name == "name" else ""
            made = replace(whole, path=f"{path}_{name}", field=part, item="", look=look)
            yield made
            yield from _looks(made)


def _looks(tag: RecordTag) -> Iterator[RecordTag]:
    """The same in fewer words, for a narrow box: a day, or people of the school."""
    column = column_at(catalogue.load(), tag.field.at[0]) if len(tag.field.at) == 1 else None
    if column is not None and column.kind == "date":
        field = replace(tag.field, label=f"{tag.field.label} (short)", required="o")
        yield replace(tag, path=f"{tag.path}_short", field=field, look="short", is_variant=True)
    if column is not None and column.ref == "staff" and not tag.look:
        field = replace(tag.field, label=f"{tag.field.label} (name)", required="o")
        yield replace(tag, path=f"{tag.path}_name", field=field, look="name", is_variant=True)


def _holds_lines(field: TemplateField) -> bool:
    if field.auto:
        return field.auto in _AUTO_LINES
    columns = [column_at(catalogue.load(), path) for path in field.at]
    return len(columns) == 1 and columns[0] is not None and columns[0].kind == "lines"


def is_due(field: TemplateField, *, at_review: bool = False) -> bool:
    """Whether a document says so when the answer is missing: what every pupil's plan must hold, and at a review what
    the review must."""
    always = field.required == "M" and not field.is_conditional
    return always or (at_review and field.required == "R")


@cache
def record_view(readers: Readers, *, at_review: bool = False) -> ViewSpec:
    """Everything a document for these readers may mention: the tags of the parents' copy, and one per field."""
    plan = load_view("plan")
    tags = dict(plan.tags)
    lists = dict(plan.lists) | _LISTS
    for path, tag in record_tags(readers).items():
        due = is_due(tag.field, at_review=at_review)
        gathers = due and _gathers(tag)
        tags.setdefault(path, Tag(path=path, about=tag.field.label, optional=not due, gathers=gathers))
        if tag.item:
            one = f"{tag.item}.{ITEM}"
            tags[one] = Tag(path=one, about=f"{tag.field.label}, one by one", gathers=gathers)
            lists[tag.item] = f"{path}_lines"
    tags |= dict(_part_tags(readers))
    tags[LOGO] = Tag(path=LOGO, about="The school's logo, in a line of its own", optional=True)
    tags[GAP] = Tag(path=GAP, about="What is not yet agreed, one by one", optional=True)
    lists |= _part_lists(readers) | {"gap": "gaps"}
    return ViewSpec(name=readers, tags=tags, lists=lists)


def _part_tags(readers: Readers) -> Iterator[tuple[str, Tag]]:
    """The tags of parts that have no column of their own: those of a list's lines, of its keys and of its rows."""
    for path, tag in record_tags(readers).items():
        names = (
            *parts.key_words().get(path, ()),
            *([parts.OTHER] if {path} & (parts.key_words().keys() | parts.line_parts().keys()) else ()),
        )
        told = {f"{path}_{name}": name for name in names} | {
            f"{tag.item}_{PART}.{name}": name for name in parts.part_names(path)
        }
        row = parts.row_parts().get(path)
        told |= {f"{row.item}.{name}": name for name in row.parts} if row else {}
        for one, name in told.items():
            yield (
                one,
                Tag(path=one, about=f"{tag.field.label}: {name.replace('_', ' ')}", optional=name == parts.OTHER),
            )


@cache
def filled_by(readers: Readers) -> Mapping[str, frozenset[str]]:
    """For each field with lines, keys or rows the tags that show it whole between them, besides its own."""
    view = record_view(readers)
    found: dict[str, frozenset[str]] = {}
    for path, tag in record_tags(readers).items():
        row = parts.row_parts().get(path)
        names = {f"{path}_{key}" for key in (*parts.key_words().get(path, ()), parts.OTHER)}
        names |= {f"{tag.item}.{ITEM}", *(f"{tag.item}_{PART}.{name}" for name in parts.part_names(path))}
        names |= {f"{row.item}.{name}" for name in row.parts} if row else set()
        found[path] = frozenset(names & view.tags.keys())
    return found


def _part_lists(readers: Readers) -> dict[str, str]:
    known = record_tags(readers)
    lines = {f"{known[path].item}_{PART}": f"{path}_told" for path in parts.line_parts() if path in known}
    return lines | {row.item: f"{path}_rows" for path, row in parts.row_parts().items() if path in known}


def _gathers(tag: RecordTag) -> bool:
    """Whether a missing answer may wait for the list of what is not yet agreed: a missing day, an agreement and who
    the pupil is say so in their place."""
    if tag.path.startswith(("pupil.", "plan.")):
        return False
    last = column_at(catalogue.load(), tag.field.at[-1]) if tag.field.at else None
    return last is None or last.kind != "date"
