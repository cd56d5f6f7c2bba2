"""One ``batchUpdate`` under way: the document, its named ranges, and where a request's locations point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from docx.document import Document

from sandbox.docs import footnotes, margins, named_ranges, tree
from sandbox.docs.named_ranges import NamedRange
from sandbox.docs.tree import Paragraph, Segment, Table

TAB = "t.0"
"""The id of every document's one tab."""


class Refused(ValueError):
    """A request that Docs refuses, in the words behind ``Invalid requests[n].kind:``."""


@dataclass(kw_only=True)
class Edit:
    """The working copy that all requests of a batch change in turn. ``fetch`` gives what stands at an address, None
    where nothing can be had."""

    document: Document
    ranges: dict[str, NamedRange]
    new_id: Callable[[], str]
    fetch: Callable[[str], bytes | None] = lambda _: None

    def segment(self, segment_id: str = "") -> Segment:
        """The body or the header, footer or footnote of that id, as it is laid out now."""
        if not segment_id:
            return tree.body(self.document)
        for segment in self.segments():
            if segment.id == segment_id:
                return segment
        raise Refused(f"Segment with ID {segment_id} was not found.")

    def segments(self) -> list[Segment]:
        """Everything that holds text."""
        edges = [margin.segment for margin in margins.of(self.document)]
        return [tree.body(self.document), *edges, *footnotes.of(self.document).values()]

    def place(self, request: Mapping[str, Any]) -> tuple[Segment, int]:
        """Where ``location`` or ``endOfSegmentLocation`` points."""
        location = request.get("location") or request.get("endOfSegmentLocation")
        if location is None:
            raise Refused("The location must be specified.")
        check_tab(location)
        segment = self.segment(str(location.get("segmentId", "")))
        return segment, int(location.get("index", 0)) if "location" in request else segment.end - 1

    def range(self, request: Mapping[str, Any], field: str = "range") -> tuple[Segment, int, int]:
        """The segment and bounds of a request's range."""
        asked = request.get(field)
        if asked is None:
            raise Refused(f"The {field} must be specified.")
        check_tab(asked)
        segment = self.segment(str(asked.get("segmentId", "")))
        start, end = int(asked.get("startIndex", 0)), int(asked.get("endIndex", 0))
        if start >= end:
            raise Refused("The range should not be empty.")
        if end > segment.end:
            raise beyond(segment, end - 1)
        return segment, start, end

    def inserted(self, segment: Segment, at: int, length: int) -> None:
        named_ranges.inserted(self.ranges, segment.id, at, length)

    def removed(self, segment: Segment, start: int, end: int) -> None:
        named_ranges.removed(self.ranges, segment.id, start, end)

    def replaced(self, segment: Segment, start: int, end: int, length: int) -> None:
        """Text of that length stands now where the range was."""
        named_ranges.inserted(self.ranges, segment.id, end, length)
        for one in self.ranges.values():
            if one.segment == segment.id and one.start <= start and one.end == end:
                one.end += length
        named_ranges.removed(self.ranges, segment.id, start, end)


def beyond(segment: Segment, index: int) -> Refused:
    """The refusal of an index behind the segment's end."""
    return Refused(f"Index {index} must be less than the end index of the referenced segment, {segment.end}.")


def check_tab(location: Mapping[str, Any]) -> None:
    """Every document here has the one tab."""
    if location.get("tabId", TAB) not in ("", TAB):
        raise Refused(f"Tab with ID {location['tabId']} was not found.")


def paragraph_at(segment: Segment, index: int) -> Paragraph:
    """The paragraph that holds an index. Refused outside the segment and between paragraphs."""
    if index >= segment.end:
        raise beyond(segment, index)
    for paragraph in segment.paragraphs():
        if paragraph.start <= index < paragraph.end:
            return paragraph
    raise Refused(
        "The insertion index must be inside the bounds of an existing paragraph. You can still create new paragraphs"
        " by inserting newlines."
    )


def paragraphs_in(segment: Segment, start: int, end: int) -> list[Paragraph]:
    """Every paragraph that shares an index with the range."""
    return [one for one in segment.paragraphs() if one.start < end and start < one.end]


def table_at(segment: Segment, index: int) -> Table:
    """The table that begins there."""
    for table in segment.tables():
        if table.start == index:
            return table
    raise Refused(f"Invalid table start location. Must specify the start index of the table: {index}.")
