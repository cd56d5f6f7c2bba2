"""Make what a school owns: a folder, the SENCO workbook, a plan workbook, the template Doc.

Each step looks first and makes only what is missing, so a crash anywhere heals on the next run. Files are made with
the app properties they are found by. The run that makes the SENCO workbook holds its lease from the first moment."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from server.plans import files as known
from server.plans.files import SchoolFiles, of_school
from server.plans.groups import WHOLE_SCHOOL, fold
from server.plans.ledger import SELF, Entry, Ledger, version_entry
from server.plans.model import Problem
from server.plans.ports import RemoteFile, Request
from server.plans.trouble import AlreadyThere, InUse, Refused, Trouble
from server.workflows.lease import SECONDS, Lease, acquire
from server.workflows.run import Run
from server.workflows.starting import Rows, Starter, by_group
from server.workflows.workbooks import create_file, id_salt, is_made
from sheets_templates.document import build_docx, load_spec
from sheets_templates.reading import Row
from sheets_templates.schema import Catalogue, Workbook
from sheets_templates.words import relabelled, words_in
from sheets_templates.workbook import make_requests

__all__ = ["Installed", "Starter", "install", "lease_of", "missing_parts"]

TEMPLATE = "sen_support_plan"
TEMPLATE_TITLE = "Template: SEN support plan for parents"
GAVE_WAY = "Somebody else is setting up this school at this moment. Nothing of theirs was changed; try again soon."


@dataclass(frozen=True, kw_only=True)
class Installed:
    """The school's files, all there now. ``holds_lease`` where this run made the SENCO workbook."""

    files: SchoolFiles
    holds_lease: bool = False
    made: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def missing_parts(run: Run, files: SchoolFiles, starter: Starter) -> tuple[str, ...]:
    """What an install would make, in its order."""
    groups = missing_groups(run, files, starter)
    first = {"folder": files.folder, "SENCO workbook": files.senco}
    return (
        *(name for name, part in first.items() if not part),
        *("plan workbook" if group == WHOLE_SCHOOL else f"plan workbook {group}" for group in groups),
        *(() if files.template else ("template Doc",)),
    )


def missing_groups(run: Run, files: SchoolFiles, starter: Starter) -> tuple[str, ...]:
    """Groups whose plan workbook an install would make.

    Once the template Doc stands the install was whole, and what workbooks there are is the school's own affair."""
    if files.plans and (files.template or starter.shape == WHOLE_SCHOOL):
        return ()
    return tuple(group for group in by_group(run.catalogue, starter) if not files.plan_of(group))


def install(run: Run, starter: Starter) -> Installed:
    """Make whatever the school lacks. A second install makes nothing: it costs one files.list.

    The template Doc is made last, so where it stands everything before it does. Raises InUse where somebody else
    is at work on the school: whoever came second gives way."""
    files = of_school(run.google.drive.list_files(), starter.school_id)
    missing = missing_parts(run, files, starter)
    if not missing:
        return Installed(files=files)
    maker = _Maker(run, starter)
    try:
        parts = maker.make(files)
    except Trouble:
        maker.give_up()
        raise
    listed = of_school([*parts, *files.every_copy], starter.school_id)
    return Installed(files=listed, holds_lease=True, made=missing, problems=tuple(maker.problems))


class _Maker:
    """Makes the parts of one school in order, under the school's lease."""

    def __init__(self, run: Run, starter: Starter) -> None:
        self.run = run
        self.starter = starter
        self.drive = run.google.drive
        self.problems: list[Problem] = []
        self.lease: Lease | None = None

    def make(self, files: SchoolFiles) -> tuple[RemoteFile, ...]:
        folder = files.folder or self._folder()
        if files.senco is None:
            senco = self._claim(folder)
            self._fill(senco, "senco")
        else:
            senco = files.senco
            self._take_up(senco)
        plans = self._plans(replace(files, folder=folder))
        return folder, senco, *plans, files.template or self._template(folder)

    def _plans(self, files: SchoolFiles) -> list[RemoteFile]:
        """One plan workbook for each group, those that stand and those still to be made."""
        groups = {fold(group): rows for group, rows in by_group(self.run.catalogue, self.starter).items()}
        for plan in () if files.template else files.plans:
            if not is_made(self.run, plan, "plan"):
                self._fill(plan, "plan", groups.get(fold(known.group_in(plan)), {}))
        made = []
        for group in missing_groups(self.run, files, self.starter):
            made.append(create_file(self.run, files, self.starter.name, group, self.starter.shape))
            self._fill(made[-1], "plan", groups[fold(group)])
        return [*files.plans, *made]

    def give_up(self) -> None:
        """Leave the school to whoever comes next, without making them wait."""
        if self.lease:
            with suppress(Trouble):
                self.run.google.sheets.batch(self.lease.spreadsheet_id, self.lease.release())

    def _take_up(self, senco: RemoteFile) -> None:
        """Go on where a run that died left off."""
        if is_made(self.run, senco, "senco"):
            lease = lease_of(self.run, senco.file_id)
            acquire(self.run.google.sheets, lease, self.run.now())
            self.lease = lease
        else:
            self._fill(senco, "senco")

    def _claim(self, folder: RemoteFile) -> RemoteFile:
        """Make the SENCO workbook, unless somebody made one in the same moment: the older one stands."""
        own = self._senco_file(folder)
        files = of_school(self.drive.list_files(), self.starter.school_id)
        if files.senco is not None and files.senco.file_id != own.file_id:
            self.drive.trash(own.file_id)
            if files.folder is not None and files.folder.file_id != folder.file_id:
                self.drive.trash(folder.file_id)
            raise InUse(GAVE_WAY, until=self.run.now() + SECONDS)
        return own

    def _folder(self) -> RemoteFile:
        properties = known.properties(self.starter.school_id, known.FOLDER_KIND)
        return self.drive.create_folder(f"SEN plans – {self.starter.name}", properties)

    def _senco_file(self, folder: RemoteFile) -> RemoteFile:
        properties = known.properties(self.starter.school_id, known.SENCO_KIND)
        return self.drive.create_spreadsheet(f"SENCO workbook – {self.starter.name}", folder.file_id, properties)

    def _template(self, folder: RemoteFile) -> RemoteFile:
        properties = known.properties(self.starter.school_id, known.TEMPLATE_KIND, template=TEMPLATE)
        return self.drive.create_document(TEMPLATE_TITLE, folder.file_id, properties, built_in_template())

    def _fill(self, file: RemoteFile, which: Workbook, tables: Mapping[str, Rows] | None = None) -> None:
        """Give a workbook its tabs, in one atomic call: it fails where somebody else just did."""
        made = make_requests(self._worded(), which, **self._options(file, which, tables or {}))
        self.problems += (Problem(cell=p.cell, message=p.message) for p in made.problems)
        lease: Sequence[Request] = ()
        if which == "senco":
            self.lease = lease_of(self.run, file.file_id)
            lease = self.lease.take(self.run.now())
        try:
            self.run.google.sheets.batch(file.file_id, [*made.requests, *lease])
        except Refused as refused:
            if isinstance(refused, AlreadyThere) or is_made(self.run, file, which):
                raise InUse(GAVE_WAY, until=self.run.now() + SECONDS) from refused
            raise

    def _worded(self) -> Catalogue:
        """The catalogue with the school's own words, where it begins with some."""
        rows = (Row(id="", values=row, cells={}) for row in self.starter.settings())
        return relabelled(self.run.catalogue, words_in(rows))[0]

    def _options(self, file: RemoteFile, which: Workbook, tables: Mapping[str, Rows]) -> dict[str, Any]:
        if which == "senco":
            own_tables = {table.key for table in self.run.catalogue.workbook(which)}
            tables = {key: rows for key, rows in self.starter.tables.items() if key in own_tables}
            own = Entry(kind=SELF[0], key=SELF[1], remote_id=file.file_id)
            version = version_entry(self.run.catalogue.version)
            ledger = Ledger.of([own, version], workbook_id=file.file_id).rows()
            tables = {**tables, "settings": self.starter.settings(), "senplans": ledger}
        school_id = self.starter.school_id
        return {
            "starter": tables,
            "lists": self.starter.lists,
            "editors": [self.run.publisher],
            "id_salt": f"{school_id}/senco" if which == "senco" else id_salt(school_id, file),
            "time_zone": self.starter.time_zone,
        }


@functools.cache
def built_in_template() -> bytes:
    """The template Doc a school starts with. It holds no school's data."""
    return build_docx(load_spec(TEMPLATE))


def lease_of(run: Run, senco_id: str) -> Lease:
    return Lease(spreadsheet_id=senco_id, sheet_id=run.catalogue.table("senplans").sheet_id, run_id=run.run_id)
