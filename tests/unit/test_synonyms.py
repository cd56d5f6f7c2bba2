"""What schools call things: every name leads to a field there is, however it is spelt and hinted at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_templates.record_tags import record_tags
from sheets_templates.synonyms import LEAST, NOT_OURS, guesses, synonyms

LISTS = {"contact", "outcome", "provision"}


def test_every_name_belongs_to_a_field_that_documents_or_tables_have() -> None:
    tags = {*record_tags("staff"), NOT_OURS}
    strange = []
    for path in synonyms():
        whole, repeats, _ = path.partition("[]")
        known = path.replace("[]", "") in tags or whole in tags or path.rpartition(".")[0] in tags
        if not known and not (repeats and whole in LISTS) and not whole.startswith(("provision_map", "review")):
            strange.append(path)
    assert strange == []


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("Date of birth:", "pupil.dob"),
        ("D.O.B.", "pupil.dob"),
        ("Pupil’s full name", "pupil.legal_name"),
        ("Who will help?", "provision[].who"),
        ("What we hope to achieve", "outcome[].outcome"),
        ("Date of review", "plan.review_date"),
        ("Broad area(s) of need (tick all that apply)", "pupil.area"),
        ("Parent/carer views", "sen_support_plan.parent_views"),
        ("Gender", NOT_OURS),
        ("Bicycle helmet colour", None),
    ],
)
def test_a_label_leads_to_the_field_it_means(label: str, path: str | None) -> None:
    found = guesses(label)
    assert (found[0].path if found else None) == path


def test_guesses_can_be_limited_to_some_fields() -> None:
    found = {guess.path for guess in guesses("Outcome", among={"outcome[].target"})}
    assert found <= {"outcome[].target", NOT_OURS}


@given(st.text(max_size=400))
def test_any_text_is_a_label_with_guesses_in_order_or_none(label: str) -> None:
    found = guesses(label)
    assert all(LEAST <= guess.score <= 1 for guess in found)
    assert sorted((guess.score for guess in found), reverse=True) == [guess.score for guess in found]
