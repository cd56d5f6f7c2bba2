"""What a document is filled with for one reader: the fields it uses, and the frame every document has. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from server.plans.copy import plan_view
from server.plans.copy_parts import merged
from server.plans.copy_plan import staff_named
from server.plans.copy_words import day_in_words
from server.plans.document_gaps import fields_and_gaps
from server.plans.own_words import role_said
from server.plans.record_reader import Reader
from sheets_templates.document_spec import load_view
from sheets_templates.record_tags import record_tags

_FRAME = ("school.", "person.", "made_on", "left_out", "pupil.called", "plan.version")
_OF_COPY = frozenset(
    path for path in load_view("plan").tags if not path.startswith(_FRAME) and path not in record_tags("household")
) - {"outcome.number", "provision.how_often"}
"""What only the parents' copy of a plan says."""

LEFT_OUT = "Some details are left out of this copy."


def document_values(reader: Reader, *, wanted: Collection[str], gathered: Collection[str] = ()) -> Mapping[str, Any]:
    """The values of the tags ``wanted``, with the school, the child's name, whom to ask and the day of the copy;
    for a household also the plan in the words of its copy, where a document asks for them."""
    record = fields_and_gaps(reader, wanted=wanted, gathered=gathered)
    if not reader.is_staff and not _OF_COPY.isdisjoint(wanted):
        view = plan_view(reader.school, reader.pupil.pupil_id, reader.household)
        return merged(view.as_mapping(made_on=reader.today), record)
    values = merged(_frame(reader), record)
    return values | {"made_on": day_in_words(reader.today), "left_out": LEFT_OUT if reader.is_redacted else ""}


def _frame(reader: Reader) -> Mapping[str, Any]:
    settings = reader.school.settings
    return {
        "school": {"name": settings.name, "advice": settings.advice_service},
        "pupil": {"called": reader.pupil.called},
        "plan": {"version": reader.choice.version},
        "people": _people(reader),
    }


def _people(reader: Reader) -> list[Mapping[str, str]]:
    """Whom a family may ask: the main adult and the SEN lead teacher, with their work addresses."""
    pupil = reader.pupil
    adults = staff_named(reader.school, pupil.accountable_staff)
    lead = [person for person in staff_named(reader.school, (pupil.senco_staff,)) if person not in adults]
    told = [(adult, f"The main adult for {pupil.called}.") for adult in adults]
    told += [(person, "The SEN lead teacher, who organises extra help.") for person in lead]
    return [
        {"name": person.name, "role": role_said(reader.school, person), "about": about, "email": person.email}
        for person, about in told
    ]
