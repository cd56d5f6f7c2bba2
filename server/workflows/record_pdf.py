"""A pupil's record as PDF, printed by Drive from a Doc that nobody else can open and that goes to the bin at once."""

from __future__ import annotations

from collections.abc import Sequence

from server.plans.copy_words import day_in_words
from server.plans.transfer.pages import Part, document, parts
from server.workflows.papers import as_pdf
from server.workflows.run import Run
from server.workflows.survey import Survey
from server.workflows.transfer import SentFile
from sheets_templates.document import build_docx

TRANSFER = "SEN file"
_ABOUT = (
    "This is the pupil's special educational needs record, made by {school} on {day} from its workbooks. The same is "
    "in the file beside it, which the next school can bring into its own workbooks.",
    "Links lead to files of the school that wrote them: ask for those you can't open.",
)


def transfer_pdf(run: Run, sent: SentFile) -> bytes:
    """What the transfer file says, for people."""
    about = [line.format(school=sent.found.school.settings.name, day=day_in_words(run.today)) for line in _ABOUT]
    stays = [f"Not in it: {each.what}. {each.why}" for each in sent.left]
    told = parts(run.catalogue, sent.found.school, sent.leaving.file.tables)
    return record_pdf(run, sent.found, told, title=TRANSFER, about=[*about, *stays])


def record_pdf(run: Run, found: Survey, told: Sequence[Part], *, title: str, about: Sequence[str]) -> bytes:
    """These parts as PDF. Three calls."""
    folder = found.files.folder.file_id if found.files.folder else ""
    return as_pdf(run.google.drive, folder, build_docx(document(told, title=title, about=about), has_logo=False))
