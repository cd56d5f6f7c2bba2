"""A school's own forms for the side panel: the workflows, and their results as the cards show them."""

from __future__ import annotations

from addon.views import FormTag, FormView
from server.plans.form_words import in_words
from server.plans.model import School
from server.web.ports import Done, FormAsk
from server.workflows import own_template
from server.workflows.own_template import OwnForm
from server.workflows.run import Run
from server.workflows.survey import survey
from sheets_templates.form_meaning import meanings
from sheets_templates.form_standing import Standing
from sheets_templates.form_tags import field_names, tag_of
from sheets_templates.record_tags import record_view


def do(run: Run, ask: FormAsk) -> OwnForm:
    """Do what is asked of a form and read how it then stands."""
    match ask.do:
        case "make":
            made = own_template.make_form(run, ask.file_id)
            return own_template.read_own_form(run, made.file.file_id)
        case "change":
            return own_template.change_field(run, ask.form_id, ask.number, ask.tag)
        case "confirm":
            return own_template.confirm(run, ask.form_id)
    return own_template.read_own_form(run, ask.form_id)


def school_of(run: Run) -> School:
    return survey(run).school


def view_of(form: OwnForm, school: School | None) -> FormView:
    """A copy as its card shows it."""
    pupils = school.pupils if school else ()
    return FormView(
        form_id=form.file.file_id,
        title=form.file.name,
        link=form.file.link,
        is_confirmed=form.is_confirmed,
        tags=tuple(_tag(standing) for standing in form.standing),
        left=form.left,
        problems=tuple(f"{problem.place}: {problem.message}" for problem in form.check.problems),
        missing=form.check.missing,
        fields=tuple(field_names("household").items()),
        pupils=tuple((pupil.pupil_id, pupil.label) for pupil in pupils),
    )


def _tag(standing: Standing) -> FormTag:
    known = record_view("household").tags.get(standing.tag)
    fits = [
        each.score
        for each in meanings(standing.said)
        if (tag := tag_of(each.field, "household")) and standing.tag in (tag.path, tag.item)
    ]
    return FormTag(
        number=standing.number,
        tag=standing.tag,
        said=standing.said,
        name=known.about if known else standing.tag or "Not a tag",
        confidence=in_words(max(fits, default=0.0)),
    )


def previewed(run: Run, form_id: str, pupil_id: str) -> Done:
    made = own_template.preview_doc(run, form_id, pupil_id)
    return Done(
        happened=(f"The preview stands in the school's folder: {made.name}.",),
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
