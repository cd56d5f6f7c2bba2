"""One vocabulary of tags for every document, and nothing for parents that only staff may read."""

from __future__ import annotations

import pytest

from sheets_templates import plan_templates
from sheets_templates.record_tags import Readers, record_tags, record_view, tag_path


@pytest.mark.parametrize("readers", ["household", "staff"])
def test_every_field_of_every_template_has_a_tag_for_those_who_may_read_it(readers: Readers) -> None:
    fields = [(each.key, field) for each in plan_templates.load().values() for field in each.fields]
    missing = {tag_path(key, f) for key, f in fields if readers == "staff" or f.audience != "S"}
    assert missing - set(record_view(readers).tags) == set()


def test_a_parents_document_has_no_name_for_what_only_staff_may_read() -> None:
    parents, staff = record_view("household").tags, record_view("staff").tags
    only_staff = {path for path, tag in record_tags("staff").items() if tag.field.audience == "S"}
    assert only_staff & set(parents) == set()
    assert {"review.staff_note", "relational_plan.background", "provision.rate", "pupil.upn"} <= set(staff) - set(
        parents
    )


def test_a_list_can_be_shown_whole_or_line_by_line() -> None:
    view = record_view("household")
    assert view.item_of("relational_plan_calm.text") == "relational_plan_calm"
    assert view.lists["relational_plan_calm"] == "relational_plan.calm_lines"
    assert "relational_plan.calm" in view.tags


def test_no_tag_stands_for_two_fields() -> None:
    places: dict[str, set[tuple[str, ...]]] = {}
    for template in plan_templates.load().values():
        for field in template.fields:
            places.setdefault(tag_path(template.key, field), set()).add((*field.at, field.auto))
    assert {path: at for path, at in places.items() if len(at) > 1} == {}
