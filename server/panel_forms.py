"""A school's own forms for the side panel: the workflows, and their results as the cards show them."""

from __future__ import annotations

from functools import cache

from addon.views import FormTag, FormView
from server.plans.form_words import in_words
from server.web.ports import Done, FormAsk
from server.workflows import own_template, own_template_preview
from server.workflows.own_template import OwnForm
from server.workflows.run import Run
from sheets_templates import plan_templates
from sheets_templates.form_standing import Standing
from sheets_templates.record_tags import RecordTag, record_tags, record_view

BY_HAND = "Put there by hand: please check"
_OWNERS = {"H": "Pupil", "O": "Each target", "V": "Each piece of help"}


def do(run: Run, ask: FormAsk) -> OwnForm:
    """Do what is asked of a form and read how it then stands."""
    match ask.do:
        case "make":
            return own_template.make_form(run, ask.file_id)
        case "change":
            return own_template.change_field(run, ask.form_id, ask.number, ask.tag, was=ask.was)
        case "confirm":
            return own_template.confirm(run, ask.form_id)
    return own_template.read_own_form(run, ask.form_id)


def view_of(form: OwnForm) -> FormView:
    """A copy as its card shows it."""
    return FormView(
        form_id=form.file.file_id,
        title=form.file.name,
        link=form.file.link,
        is_confirmed=form.is_confirmed,
        tags=tuple(map(_tag, form.standing, form.scores)),
        left=form.left,
        problems=tuple(f"{problem.place}: {problem.message}" for problem in form.check.problems),
        missing=tuple((part, ", ".join(labels)) for part, labels in form.check.missing_parts),
        fields=_fields(),
    )


def _tag(standing: Standing, score: float | None) -> FormTag:
    known = record_view("household").tags.get(standing.tag)
    return FormTag(
        number=standing.number,
        tag=standing.tag,
        said=standing.said,
        name=known.about if known else standing.tag or "Not a tag",
        confidence=BY_HAND if score is None else in_words(score),
    )


@cache
def _fields() -> tuple[tuple[str, str], ...]:
    """Every field to choose from, by its tag: what it belongs to comes first, as several are called "Review date"."""
    known = record_tags("household").items()
    return tuple((path, f"{_owner(tag)}: {tag.field.label}") for path, tag in known if not tag.is_variant)


def _owner(tag: RecordTag) -> str:
    return _OWNERS.get(tag.field.block) or plan_templates.load()[tag.template].name


def pupils(run: Run) -> tuple[tuple[str, str], ...]:
    """The pupils a form may be seen with, as (id, name)."""
    return tuple((pupil.pupil_id, pupil.label) for pupil in own_template_preview.pupils_to_see(run))


def previewed(run: Run, form_id: str, pupil_id: str) -> Done:
    made = own_template_preview.preview_doc(run, form_id, pupil_id)
    return Done(
        happened=(f"The preview stands in the school's folder: {made.name}. The one before it is in the bin.",),
        not_changed=("No copy of a plan was changed, and nobody else can open the preview.",),
        next_steps=(f"Open it in Drive: {made.link}", "Put it in the bin when you have seen it."),
        changed=False,
    )


def used(run: Run, form_id: str) -> Done:
    own_template.use_for_copies(run, form_id)
    return Done(
        happened=("Parents' copies are made from your own form from now on.",),
        not_changed=("No copy was changed yet. The form itself stays as it is.",),
        next_steps=("Share with parents to write the copies anew.",),
    )
