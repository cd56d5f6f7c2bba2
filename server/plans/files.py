"""Which Drive file is which. A file is known by the app properties it was made with, never by its name.

App properties are private to our OAuth client, so a person cannot forge them by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from server.plans.groups import WHOLE_SCHOOL, fold
from server.plans.ports import RemoteFile

SCHOOL = "senplans_school"
KIND = "senplans_kind"
PUPIL = "senplans_pupil"
HOUSEHOLD = "senplans_household"
VIEW = "senplans_view"
REDACTED = "senplans_redacted"
GROUP = "senplans_group"
SHAPE = "senplans_shape"
SOURCE = "senplans_source"
"""On a template or a tagged copy: the file its words were taken from."""

FOLDER_KIND = "folder"
SENCO_KIND = "senco"
PLAN_KIND = "plan"
TEMPLATE_KIND = "template"
COPY_KIND = "copy"
ARCHIVE_KIND = "archive"
RETIRED_KIND = "retired"


def properties(school_id: str, kind: str, **more: str) -> dict[str, str]:
    """The app properties a file of this kind is made with."""
    return {SCHOOL: school_id, KIND: kind, **{f"senplans_{name}": value for name, value in more.items()}}


def group_in(file: RemoteFile) -> str:
    """The group of pupils a plan workbook is for, or the year of an archive."""
    return file.properties.get(GROUP, "") or WHOLE_SCHOOL


def shape_in(file: RemoteFile) -> str:
    """What kind of group a plan workbook was made for."""
    return file.properties.get(SHAPE, "") or WHOLE_SCHOOL


def _age(file: RemoteFile) -> tuple[str, str]:
    return file.created, file.file_id


@dataclass(frozen=True, kw_only=True)
class SchoolFiles:
    """The files of one school, as Drive lists them. Where one was doubled by a lost answer, the oldest counts.

    ``plans`` are in use; ``archives`` hold closed years; ``retired`` were put out of use when empty. ``pictures`` are
    any that can be read, whoever put them there: one may be the school's logo. ``unmade`` are plan workbooks that a
    run which died never gave their tabs: only a reading tells which those are."""

    school_id: str
    folder: RemoteFile | None
    senco: RemoteFile | None
    plans: tuple[RemoteFile, ...]
    template: RemoteFile | None
    copies: Mapping[tuple[str, str], tuple[RemoteFile, ...]]
    spare: tuple[RemoteFile, ...]
    archives: tuple[RemoteFile, ...] = ()
    retired: tuple[RemoteFile, ...] = ()
    pictures: tuple[RemoteFile, ...] = ()
    unmade: tuple[RemoteFile, ...] = ()

    def plan_of(self, group: str) -> RemoteFile | None:
        """The plan workbook in use of this group of pupils."""
        return next((file for file in self.plans if fold(group_in(file)) == fold(group)), None)

    @property
    def every_copy(self) -> tuple[RemoteFile, ...]:
        return tuple(file for files in self.copies.values() for file in files)


def schools_in(files: Iterable[RemoteFile]) -> tuple[str, ...]:
    """Ids of the schools that have a SENCO workbook among these files, in a stable order."""
    named = (f.properties.get(SCHOOL, "") for f in files if f.properties.get(KIND) == SENCO_KIND)
    return tuple(sorted(set(named) - {""}))


def school_of(files: Iterable[RemoteFile], file_id: str) -> str | None:
    """The school a file was made for, or None."""
    return next((f.properties.get(SCHOOL) for f in files if f.file_id == file_id), None)


def of_school(files: Iterable[RemoteFile], school_id: str) -> SchoolFiles:
    """Sort the files of one school by what they are, oldest first."""
    files = tuple(files)
    own = sorted((f for f in files if f.properties.get(SCHOOL) == school_id and f.owned_by_me), key=_age)
    by_kind: dict[str, list[RemoteFile]] = {}
    for file in own:
        by_kind.setdefault(file.properties.get(KIND, ""), []).append(file)
    copies: dict[tuple[str, str], tuple[RemoteFile, ...]] = {}
    for file in by_kind.get(COPY_KIND, ()):
        name = file.properties.get(PUPIL, ""), file.properties.get(HOUSEHOLD, "")
        copies[name] = (*copies.get(name, ()), file)
    single = {kind: by_kind.get(kind, []) for kind in (FOLDER_KIND, SENCO_KIND, TEMPLATE_KIND)}
    plans, doubled = _one_per_name(by_kind.get(PLAN_KIND, []))
    archives, doubled_archives = _one_per_name(by_kind.get(ARCHIVE_KIND, []))
    return SchoolFiles(
        school_id=school_id,
        folder=_first(single[FOLDER_KIND]),
        senco=_first(single[SENCO_KIND]),
        plans=plans,
        template=_first(single[TEMPLATE_KIND]),
        copies=copies,
        spare=tuple(file for kind in single.values() for file in kind[1:]) + doubled + doubled_archives,
        archives=archives,
        retired=tuple(by_kind.get(RETIRED_KIND, ())),
        pictures=tuple(file for file in files if file.mime_type.startswith("image/")),
    )


def _first(files: list[RemoteFile]) -> RemoteFile | None:
    return files[0] if files else None


def _one_per_name(files: list[RemoteFile]) -> tuple[tuple[RemoteFile, ...], tuple[RemoteFile, ...]]:
    """Plan workbooks are told apart by the group of pupils they are for."""
    kept: dict[str, RemoteFile] = {}
    for file in files:
        kept.setdefault(fold(group_in(file)), file)
    return tuple(kept.values()), tuple(f for f in files if f not in kept.values())
