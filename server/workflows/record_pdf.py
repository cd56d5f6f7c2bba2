"""A pupil's record as PDF, printed by Drive from a Doc that nobody else can open and that goes to the bin at once."""

from __future__ import annotations

from collections.abc import Sequence

from server.plans.transfer.pages import Tables, record_document
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
    about = [line.format(school=sent.found.school.settings.name, day=run.today.isoformat()) for line in _ABOUT]
    stays = [f"Not in it: {each.what}. {each.why}" for each in sent.left]
    return record_pdf(run, sent.found, sent.leaving.file.tables, title=TRANSFER, about=[*about, *stays])


def record_pdf(run: Run, found: Survey, tables: Tables, *, title: str, about: Sequence[str]) -> bytes:
    """These rows as PDF. Three calls."""
    spec = record_document(run.catalogue, found.school, tables, title=title, about=about)
    folder = found.files.folder.file_id if found.files.folder else ""
    return as_pdf(run.google.drive, folder, build_docx(spec))
