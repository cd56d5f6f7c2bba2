"""How sure each tag of a tagged copy is: the score that its field has for the label it stands at. Pure.

A copy keeps its tags and nothing else, so the labels are read anew, with the tags taken for blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sheets_templates.document_package import open_package, xml_bytes, zip_parts
from sheets_templates.document_places import own_texts
from sheets_templates.document_styles import W
from sheets_templates.document_tags import TAG, tag_path
from sheets_templates.form_nearby import Proposal
from sheets_templates.form_propose import recognise
from sheets_templates.form_reading import Form
from sheets_templates.form_tags import FieldTag, tag_of
from sheets_templates.form_tidying import lines_of, write_over
from sheets_templates.form_wanting import HOW_OFTEN
from sheets_templates.record_tags import filled_by, record_tags

_BLANK = "________"
_PARAGRAPH = re.compile(r" p\d+$")
_PARTS = ("document.main", "header", "footer")


@dataclass(frozen=True, kw_only=True)
class _Tag:
    """A tag and where it stands: the part and the number of the paragraph in it."""

    path: str
    place: tuple[str, int]


def tag_scores(docx: bytes) -> tuple[float | None, ...]:
    """For each tag in reading order a score from 0 to 1; None where its label would get another field, or there is
    no label: somebody put it there by hand. Raises TemplateRefused for an unsafe file."""
    tags, bare = _without_tags(docx)
    found = recognise(bare)
    places = _places(found.form)
    return tuple(_score(tag, found.proposals, places.get(tag.place, "")) for tag in tags)


def _without_tags(docx: bytes) -> tuple[list[_Tag], bytes]:
    package = open_package(docx)
    tags: list[_Tag] = []
    for name in package.named(*_PARTS):
        for number, paragraph in enumerate(package.trees[name].iter(f"{W}p")):
            texts = list(own_texts(paragraph))
            joined = "".join(text.text or "" for text in texts)
            blank = _BLANK if TAG.sub("", joined).strip() else ""
            matches = list(TAG.finditer(joined))
            tags += [_Tag(path=tag_path(match[0]), place=(name, number)) for match in matches]
            for match in reversed(matches):
                write_over(texts, *match.span(), blank)
    parts = ((n, xml_bytes(package.trees[n]) if n in package.trees else package.blobs[n]) for n in package.order)
    return tags, zip_parts(parts)


def _places(form: Form) -> dict[tuple[str, int], str]:
    """The address of each paragraph, by its part and its number in it."""
    margins = (block for margin in form.margins for block in margin)
    where = {line.element: line.where for line in lines_of((*form.body, *margins))}
    names = form.package.named(*_PARTS)
    numbered = ((name, *each) for name in names for each in enumerate(form.package.trees[name].iter(f"{W}p")))
    return {(name, number): where[paragraph] for name, number, paragraph in numbered if paragraph in where}


def _score(tag: _Tag, proposals: Iterable[Proposal], where: str) -> float | None:
    cell = _PARAGRAPH.sub("", where)
    here = [each for each in proposals if where and each.spot.answer in (where, cell)]
    return max((score for each in here for score in _scores(each, tag.path)), default=None)


def _scores(proposal: Proposal, path: str) -> Iterator[float]:
    known = tag_of(proposal.field, "household") if proposal.field else None
    if known is not None and _shows(path, known):
        yield proposal.score


def _shows(path: str, known: FieldTag) -> bool:
    """Whether a tag says what a field does: all of it, a part of it or the same in fewer words."""
    tags = record_tags("household")
    whole, other = tags.get(known.path), tags.get(path)
    same = whole is not None and other is not None and whole.field.key == other.field.key
    parts = filled_by("household").get(known.path, frozenset())
    often = (path, known.path) == (HOW_OFTEN, "provision.per_week")
    return path == known.path or path in parts or often or (same and path.startswith(f"{known.path}_"))
