"""What the workflows ask of Google, as types. ``server.google`` keeps these promises; tests keep them honest
by running against the sandbox. Every method may raise an error of ``server.plans.trouble``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sheets_templates.standing import Merge
from sheets_templates.standing import read_merges as read_merges

Cell = str | float | int | bool | None
Grid = tuple[tuple[Cell, ...], ...]
Request = Mapping[str, Any]

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
DOCUMENT = "application/vnd.google-apps.document"
FOLDER = "application/vnd.google-apps.folder"


@dataclass(frozen=True, kw_only=True)
class Permission:
    """Who may open a file. ``email`` is lower case; "" for anyone- and domain-wide grants."""

    permission_id: str
    type: str
    role: str
    email: str = ""
    inherited: bool = False


@dataclass(frozen=True, kw_only=True)
class RemoteFile:
    """A Drive file this app may see. ``permissions`` is None where Drive does not tell (shared drives)."""

    file_id: str
    name: str
    mime_type: str
    properties: Mapping[str, str] = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    permissions: tuple[Permission, ...] | None = None
    created: str = ""
    modified: str = ""
    link: str = ""
    owned_by_me: bool = True


@dataclass(frozen=True, kw_only=True)
class PermissionChange:
    """Give ``role`` to ``email`` (``permission_id`` empty) or take ``permission_id`` away."""

    file_id: str
    email: str = ""
    role: str = "reader"
    permission_id: str = ""
    message: str = ""

    @property
    def removes(self) -> bool:
        return bool(self.permission_id)


@dataclass(frozen=True, kw_only=True)
class PermissionOutcome:
    """``reason`` is "" when done; else Google's reason code. ``message`` is a sentence for the SENCO."""

    change: PermissionChange
    reason: str = ""
    message: str = ""

    @property
    def done(self) -> bool:
        return not self.reason


@dataclass(frozen=True, kw_only=True)
class RemoteEvent:
    """A Calendar event as Google holds it. ``start``/``end`` are ISO texts: a date for all-day, else a
    date-time with offset. A cancelled event may carry nothing but its id."""

    event_id: str
    status: str
    etag: str = ""
    summary: str = ""
    start: str = ""
    end: str = ""
    guests: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EventWrite:
    """One effect on a calendar. ``kind`` is insert, update or cancel; ``body`` is the whole event resource
    (update is a PUT guarded by ``etag``); cancel needs only the id."""

    kind: str
    event_id: str
    body: Mapping[str, Any] = field(default_factory=dict)
    etag: str = ""


@dataclass(frozen=True, kw_only=True)
class EventOutcome:
    """``reason`` is "" when done. ``etag`` is that of the event as written."""

    write: EventWrite
    etag: str = ""
    reason: str = ""
    message: str = ""

    @property
    def done(self) -> bool:
        return not self.reason


@dataclass(frozen=True, kw_only=True)
class CalendarListing:
    """All events of a calendar, cancelled ones too, with what the calendar says of itself."""

    summary: str
    description: str
    time_zone: str
    events: tuple[RemoteEvent, ...]


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What a spreadsheet is made of: ``titles`` by sheet id, ``version`` of its template (1 where it says
    none), ``merges`` by sheet id."""

    titles: Mapping[int, str]
    version: int = 1
    merges: Mapping[int, tuple[Merge, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TaggedRow:
    """A row that carries a tag: where it is now, and its cells as CellData (value as entered, look, note)."""

    sheet_id: int
    row_index: int
    cells: tuple[Mapping[str, Any], ...] = ()


class Sheets(Protocol):
    def read(self, spreadsheet_id: str, sheet_ids: Sequence[int]) -> Mapping[int, Grid]:
        """The values of whole sheets, unformatted, dates as serial numbers. One call.

        Raises NotMade where a sheet id does not exist in that spreadsheet."""

    def batch(self, spreadsheet_id: str, requests: Sequence[Request]) -> Sequence[Mapping[str, Any]]:
        """Apply requests as one atomic batchUpdate; their replies. One call.

        Raises AlreadyThere where a named range's fixed id exists."""

    def named_ranges(self, spreadsheet_id: str) -> Mapping[str, str]:
        """Named-range id to name. One call."""

    def outline(self, spreadsheet_id: str) -> Outline:
        """Today's tabs, and the version of the template they were made by. One call."""

    def standing(self, spreadsheet_id: str, fields: str) -> Mapping[str, Any]:
        """What ``spreadsheets.get`` says of these fields. One call."""

    def column_tags(self, spreadsheet_id: str) -> Mapping[tuple[int, int], str]:
        """(sheet id, 0-based column) to the column key that our developer metadata carries. One call."""

    def tagged_rows(self, spreadsheet_id: str, key: str) -> Mapping[str, tuple[Cell, ...]]:
        """Metadata value to the row's values, of the rows that carry metadata ``key``. One call."""

    def tagged_cells(self, spreadsheet_id: str, key: str) -> Mapping[str, TaggedRow]:
        """Metadata value to the whole row, of the rows that carry metadata ``key``. One call."""

    def write_tagged(self, spreadsheet_id: str, key: str, values: Mapping[str, Sequence[Cell]]) -> None:
        """Write each tagged row's values (None leaves a cell alone), wherever the row is now. One call."""


class Drive(Protocol):
    def list_files(self) -> tuple[RemoteFile, ...]:
        """Every untrashed file this app may see, with permissions. One call a page."""

    def find(self, file_id: str) -> RemoteFile | None:
        """One file, or None if it can't be seen or is in the bin. One call."""

    def create_folder(self, name: str, properties: Mapping[str, str]) -> RemoteFile: ...

    def create_spreadsheet(self, name: str, parent: str, properties: Mapping[str, str]) -> RemoteFile: ...

    def create_document(self, name: str, parent: str, properties: Mapping[str, str], docx: bytes) -> RemoteFile:
        """Make a Google Doc from a .docx, by conversion. One call. Nobody but the owner can open it."""

    def update_document(self, file_id: str, name: str, properties: Mapping[str, str], docx: bytes) -> RemoteFile:
        """Replace a Doc's whole content in place: id, link and permissions stay. One call."""

    def rename(self, file_id: str, name: str, properties: Mapping[str, str]) -> RemoteFile:
        """Give a file another name and set these properties; its content and its other properties stay. One call."""

    def export_docx(self, file_id: str) -> bytes: ...

    def export_text(self, file_id: str) -> str: ...

    def export_pdf(self, file_id: str) -> bytes:
        """A Doc as PDF, as Drive prints it. One call."""

    def download(self, file_id: str) -> bytes:
        """What a file that is no Google format holds, such as a picture. One call."""

    def trash(self, file_id: str) -> None: ...

    def change_permissions(self, changes: Sequence[PermissionChange]) -> tuple[PermissionOutcome, ...]:
        """Apply changes in HTTP batches, at most one change per file in a batch, removals first."""


class Calendar(Protocol):
    def find_calendar(self, marker: str) -> str | None:
        """The id of the calendar whose description holds ``marker``, or None. One call."""

    def create_calendar(self, summary: str, description: str, time_zone: str) -> str: ...

    def list_events(self, calendar_id: str) -> CalendarListing | None:
        """Everything in the calendar, cancelled events too; None if the calendar is gone. One call a page."""

    def write_events(self, calendar_id: str, writes: Sequence[EventWrite]) -> tuple[EventOutcome, ...]:
        """Apply writes in HTTP batches. A duplicate insert or a failed etag is an outcome, not an error."""


class Google(Protocol):
    """One person's (or one service account's) door to Google."""

    @property
    def sheets(self) -> Sheets: ...

    @property
    def drive(self) -> Drive: ...

    @property
    def calendar(self) -> Calendar: ...
