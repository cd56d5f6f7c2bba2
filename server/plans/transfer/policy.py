"""What goes to the next school with a pupil, and what stays, with the reason. Everything not named here travels.

The whole record follows the pupil (Education (Pupil Information) Regulations 2005, reg. 9). It leaves out what adults
noted for their own use, what a child has not agreed to yet, and what is the business of one school alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheets_templates.schema import Catalogue, Column, Table

STAYING_TABLES: Mapping[str, str] = {
    "access_requests": "Who asked to see the file, and what they were given, stays with the school that answered.",
    "costs": "What help costs is this school's money; the next school works out its own.",
    "exceptions": "Which checks were kept quiet, and why, was this school's decision. The next one makes its own.",
    "questions": "What colleagues asked the SENCO is about the staff's work, not about the pupil.",
    "reads": "Who has read the plan is about this school's staff.",
    "training": "What adults have learned is about this school's staff.",
    "transfers": "Each school keeps its own list of files sent and received.",
}
STAYING_COLUMNS: Mapping[str, str] = {
    "agreements.staff_development": "What adults need to learn is about this school's staff.",
    "child_views.private": "The child has not said yet that it may be shared. Ask the child first.",
    "contacts.receives_plan_copy": "Who gets a copy is decided anew: until the next school ticks it, nobody does.",
    "provision.training_gap": "What adults need to learn is about this school's staff.",
    "pupils.joined": "The next school enters its own first day.",
    "pupils.left": "The last day here stands in Transfers.",
    "pupils.ready_to_share": "Nothing is shared by the next school before somebody there says so.",
    "relational.background": "Known to named adults only. Hand it over in person, through the safeguarding lead.",
    "reviews.mis_updated": "Whether this school's own system was updated.",
    "reviews.staff_note": "A note that adults made for their own use.",
}
STAYING_ROWS: Mapping[str, tuple[str, str]] = {
    "actions": ("staff_only", "Actions ticked “Staff only”, such as a training need, are about this school's staff."),
}
"""Rows that stay where their box is ticked: the column of the box, and the reason."""

BESIDE: Mapping[str, frozenset[str]] = {
    "staff": frozenset({"staff_id", "name", "role"}),
    "library": frozenset(
        {"strategy_id", "name", "needs", "kind", "what", "usual", "measure", "expertise", "evidence_basis"}
        | {"evidence_note", "page"}
    ),
}
"""Tables without a pupil. Only those rows go along that the pupil's own rows name, and only these columns of them."""


def travels(table: Table) -> bool:
    """Whether any row of this table goes to the next school."""
    if table.key in BESIDE:
        return True
    about_pupils = table.key == "pupils" or any(column.kind == "pupil" for column in table.columns)
    return about_pupils and table.key not in STAYING_TABLES and not table.service_owned


def travelling_columns(table: Table) -> tuple[Column, ...]:
    """The columns that go along, in the table's order."""
    if table.key in BESIDE:
        return tuple(column for column in table.inputs if column.key in BESIDE[table.key])
    return tuple(column for column in table.inputs if f"{table.key}.{column.key}" not in STAYING_COLUMNS)


def travelling_tables(catalogue: Catalogue) -> Iterator[Table]:
    """The tables of the file, in the order of their names."""
    return (catalogue.table(key) for key in sorted(catalogue.tables) if travels(catalogue.table(key)))
