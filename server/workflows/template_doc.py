"""The template Doc of the parents' copies, with the school's logo: checked, parsed once, known from the ledger."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from functools import cached_property

from server.plans.files import SOURCE, SchoolFiles
from server.plans.ledger import Entry, Ledger
from server.plans.model import Settings
from server.plans.ports import RemoteFile
from server.plans.trouble import Invalid
from server.workflows.install import TEMPLATE
from server.workflows.logo import logo_file, read_logo
from server.workflows.run import Run
from sheets_templates.document import Logo, Template, load_view, parse
from sheets_templates.document_labels import composed
from sheets_templates.document_logo import LOGO_PLACE
from sheets_templates.document_problem import TemplateRefused
from sheets_templates.form_tags import form_view
from sheets_templates.record_tags import record_view

BAD_LOGO = "The logo that Settings names can't be used, so the copies have none."
BAD_TEMPLATE = "The template Doc for parents' copies can't be used, so no copy was changed."
NO_TEMPLATE = "The template Doc for parents' copies is missing. Nothing was changed. Run the set-up again to make it."

_PLAN_WORDS = frozenset(load_view("plan").tags) - frozenset(composed())
"""Tags that need no more than the plan in the words of its copy."""


@functools.lru_cache(maxsize=16)
def parsed_once(docx: bytes, *, is_own_form: bool = False, logo: Logo | None = None) -> Template:
    """The template in these bytes. Templates hold no child's data, so the last few are kept between runs."""
    return parse(docx, form_view("household") if is_own_form else record_view("household"), logo=logo)


@dataclass
class TemplateDoc:
    """The school's template Doc: its hash is known from the ledger until the Doc or the logo changes; read once per
    run. ``notes`` say why the logo is left out, if it is."""

    run: Run
    files: SchoolFiles
    ledger: Ledger
    settings: Settings = field(default_factory=Settings)
    notes: list[str] = field(default_factory=list)

    @cached_property
    def logo_file(self) -> RemoteFile | None:
        try:
            return logo_file(self.run.google.drive, self.files, self.settings)
        except Invalid as missing:
            self.notes.append(missing.message)
            return None

    @cached_property
    def parsed(self) -> Template:
        if self.files.template is None:
            raise Invalid(NO_TEMPLATE)
        docx = self.run.google.drive.export_docx(self.files.template.file_id)
        logo = read_logo(self.run.google.drive, self.logo_file, self.settings) if self.logo_file else None
        try:
            return self._parsed(docx, logo)
        except TemplateRefused as refused:
            first = refused.problems[0]
            if logo is None or first.place != LOGO_PLACE:
                raise Invalid(f"{BAD_TEMPLATE} {first.message}", place=first.place) from refused
            self.notes.append(f"{BAD_LOGO} {first.message}")
        return self._parsed(docx, None)

    def _parsed(self, docx: bytes, logo: Logo | None) -> Template:
        is_own_form = bool(self.files.template and self.files.template.properties.get(SOURCE))
        return parsed_once(docx, is_own_form=is_own_form, logo=logo)

    @property
    def _stands(self) -> str:
        """Names the Doc and the logo as they stand; without the logo where that was refused, to look again."""
        doc = self.files.template.modified if self.files.template else ""
        logo = self.logo_file
        return f"{doc} {logo.file_id} {logo.modified}" if logo else doc

    @cached_property
    def entry(self) -> Entry:
        file, known = self.files.template, self.ledger.get("template", TEMPLATE)
        if file is None:
            raise Invalid(NO_TEMPLATE)
        if known and known.remote_id == file.file_id and known.etag == self._stands and known.hash:
            return known
        return Entry(
            kind="template",
            key=TEMPLATE,
            remote_id=file.file_id,
            hash=self.parsed.hash[:16],
            etag=file.modified if self.notes else self._stands,
            agreed=" ".join(sorted(self.parsed.tags - _PLAN_WORDS)),
        )

    @property
    def fields(self) -> tuple[str, ...]:
        """The tags of the template that ask for more than the plan's own words."""
        return tuple(self.entry.agreed.split())
