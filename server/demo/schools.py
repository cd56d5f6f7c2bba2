"""The sample schools as records, read through the same reader as a school's workbooks, without Google."""

from __future__ import annotations

from server.demo.sample import SampleFile, starters
from server.plans.model import School
from server.plans.school import assemble
from server.workflows.install import Starter
from sheets_templates import catalogue
from sheets_templates.grids import grids_from
from sheets_templates.readback import Reading, read
from sheets_templates.schema import Workbook


def sample_schools(sample: SampleFile) -> tuple[School, ...]:
    """Every school of the file, as its workbooks would be read."""
    return tuple(_school(starter) for starter in starters(sample))


def _school(starter: Starter) -> School:
    return assemble(_reading(starter, "senco"), (_reading(starter, "plan"),))


def _reading(starter: Starter, which: Workbook) -> Reading:
    tables = catalogue.load()
    own = {table.key: starter.tables[table.key] for table in tables.workbook(which) if table.key in starter.tables}
    return read(tables, which, grids_from(tables, which, starter=own, id_salt="sample"))
