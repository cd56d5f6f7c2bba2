"""A pupil's papers from the built-in templates: which fit, each filled for its reader, and as PDF by way of Drive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from server.plans.document_values import document_values
from server.plans.fitting import misfit
from server.plans.model import School
from server.plans.ports import Drive
from server.plans.record_reader import Reader, household_reader, staff_reader
from server.plans.trouble import Invalid
from sheets_templates import plan_templates
from sheets_templates.document import Logo, Template, build_docx, load_spec, parse
from sheets_templates.document_problem import TemplateRefused
from sheets_templates.ids import leading_id

NO_TEMPLATE = "There is no such template. “senplans templates list” shows them all."
_TOLD = ("none", "redact")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One document, filled. ``left`` says why it is not for this pupil; then ``docx`` is empty, unless asked for."""

    key: str
    docx: bytes = b""
    left: str = ""


def built_in(key: str, logo: Logo | None = None) -> Template:
    """The built-in template of that name, parsed once however many pupils it is filled for.

    Raises Invalid where there is none, or the logo can't be used."""
    return _parsed(key, logo)


@lru_cache(maxsize=64)
def _parsed(key: str, logo: Logo | None) -> Template:
    if key not in plan_templates.load():
        raise Invalid(NO_TEMPLATE, place=key)
    spec = load_spec(key)
    try:
        return parse(build_docx(spec), spec.view, logo=logo)
    except TemplateRefused as refused:
        raise Invalid(refused.problems[0].message, place=refused.problems[0].place) from refused


def households_of(school: School, pupil_id: str) -> tuple[str, ...]:
    """The households with somebody who may be told about the pupil, in the order of the Contacts tab."""
    told = (c for c in school.contacts if leading_id(c.pupil) == pupil_id and c.restriction_kind in _TOLD)
    return tuple(dict.fromkeys(contact.household_key for contact in told))


def reader_of(school: School, pupil_id: str, key: str, household: str, today: date) -> Reader:
    """Who reads a paper: staff what is for staff, else the household, or the first one where none is named.

    Raises Invalid where there is no such pupil or template, or nobody who may be told."""
    if key not in plan_templates.load():
        raise Invalid(NO_TEMPLATE, place=key)
    if load_spec(key).view.name == "staff":
        return staff_reader(school, pupil_id, today)
    staff_reader(school, pupil_id, today)
    first = next(iter(households_of(school, pupil_id)), "")
    return household_reader(school, pupil_id, household or first, today)


def paper(reader: Reader, key: str, logo: Logo | None = None, *, anyway: bool = False) -> Paper:
    """One template filled for its reader; where it is not for this pupil, why, and the document only ``anyway``."""
    template, left = built_in(key, logo), misfit(plan_templates.load()[key], reader)
    if left and not anyway:
        return Paper(key=key, left=left)
    values = document_values(reader, wanted=template.tags, gathered=template.gathered)
    return Paper(key=key, docx=template.render(values), left=left)


def papers(
    school: School, pupil_id: str, *, household: str = "", today: date, logo: Logo | None = None
) -> Iterator[Paper]:
    """Every template in alphabetical order, filled where it is for this pupil."""
    for key in plan_templates.load():
        yield paper(reader_of(school, pupil_id, key, household, today), key, logo)


def as_pdf(drive: Drive, folder_id: str, docx: bytes) -> bytes:
    """The paper as Drive prints it. Makes a Doc nobody else can open, and bins it whatever happens. Three calls."""
    made = drive.create_document("Preview", folder_id, {}, docx)
    try:
        return drive.export_pdf(made.file_id)
    finally:
        drive.trash(made.file_id)


def pages_in(pdf: bytes) -> int:
    """How many pages a printed paper has."""
    return len(_PAGE.findall(pdf))
