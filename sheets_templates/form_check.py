"""What is wrong with the tags of a school's own template, and what it does not ask that a plan must say. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from sheets_templates import plan_templates
from sheets_templates.document import parse
from sheets_templates.document_problem import TemplateProblem, TemplateRefused
from sheets_templates.document_reader import read_part
from sheets_templates.document_styles import read_styles
from sheets_templates.form_reading import read_form
from sheets_templates.form_wanting import HOW_OFTEN
from sheets_templates.record_tags import Readers, filled_by, is_due, record_tags, record_view, tag_path

_UNKNOWN = re.compile(r"^“\{\{\s*(?P<path>[\w.]+)\s*\}\}” is not a tag we know")
_OFTEN = frozenset(f"provision.{key}" for key in ("per_week", "minutes", "weeks", "group_size"))
_BLOCKS = {"H": "About the pupil and the plan", "O": "Each target", "V": "Each piece of help"}
_LEAK = "“{{{{ {path} }}}}” is for staff only. Take it out: parents would read it."


@dataclass(frozen=True, kw_only=True)
class TagCheck:
    """``problems`` stop the template: tags nobody knows, tags for staff only, lists where nothing can repeat.
    ``missing_parts`` are the fields that its nearest template (``template``) must hold and it does not show, by the
    part of the template they belong to."""

    problems: tuple[TemplateProblem, ...]
    tags: frozenset[str]
    template: str
    missing_parts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_good(self) -> bool:
        return not self.problems

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(label for _, labels in self.missing_parts for label in labels)


def check_tags(docx: bytes, *, readers: Readers = "household", template: str = "") -> TagCheck:
    """Check a template's tags for its readers. Without ``template`` it is held against the one it shares most tags
    with. An unsafe file has one problem: why it is refused."""
    found: tuple[TemplateProblem, ...] = ()
    try:
        tags = parse(docx, record_view(readers)).tags
    except TemplateRefused as refused:
        found = tuple(_told(problem, readers) for problem in refused.problems)
        tags = _tags(docx, readers) if _is_readable(found) else frozenset()
    nearest = template or _nearest(tags, readers)
    return TagCheck(problems=found, tags=tags, template=nearest, missing_parts=_missing(nearest, tags, readers))


def _is_readable(problems: tuple[TemplateProblem, ...]) -> bool:
    return not any(problem.place == "the file" or problem.place.endswith((".xml", ".rels")) for problem in problems)


def _told(problem: TemplateProblem, readers: Readers) -> TemplateProblem:
    """A tag that only staff have is a leak, not a slip of the pen."""
    unknown = _UNKNOWN.match(problem.message)
    if unknown and readers == "household" and unknown["path"] in record_view("staff").tags:
        return replace(problem, message=_LEAK.format(path=unknown["path"]))
    return problem


def _tags(docx: bytes, readers: Readers) -> frozenset[str]:
    """The tags of a template that has problems; none of one that can't be read."""
    try:
        package = read_form(docx).package
    except TemplateRefused:
        return frozenset()
    styles = read_styles(None)
    parts = package.named("document.main", "header", "footer")
    view = record_view(readers)
    read = [read_part(package.trees[name], kind="body", styles=styles, view=view) for name in parts]
    return frozenset(tag for part in read for tags in part.tags.values() for tag in tags)


def _shown(tags: frozenset[str], readers: Readers) -> frozenset[str]:
    """The fields that tags show, those shown in their lines and parts too."""
    whole = {path for path, names in filled_by(readers).items() if not names.isdisjoint(tags)}
    return tags | whole | (_OFTEN if HOW_OFTEN in tags else set())


def _nearest(tags: frozenset[str], readers: Readers) -> str:
    known = record_tags(readers)
    counts = Counter(known[path].template for path in _shown(tags, readers) if path in known)
    own = Counter(path.partition(".")[0] for path in tags)
    by_name = [(own[key], key) for key in plan_templates.load() if own[key]]
    return max(by_name)[1] if by_name else counts.most_common(1)[0][0] if counts else ""


def _missing(template: str, tags: frozenset[str], readers: Readers) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if template not in plan_templates.load():
        return ()
    shown, known = _shown(tags, readers), record_tags(readers)
    kept_at = {place for path in shown if path in known for place in known[path].field.at}
    parts: dict[str, list[str]] = {}
    for section in plan_templates.load()[template].sections:
        for field in section.fields:
            path = tag_path(template, field)
            is_shown = path in shown or (bool(field.at) and kept_at.issuperset(field.at))
            if is_due(field) and path in known and not is_shown:
                parts.setdefault(_BLOCKS.get(field.block, section.name), []).append(field.label)
    return tuple((part, tuple(labels)) for part, labels in parts.items())
