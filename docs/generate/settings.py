"""``settings.md``: every environment variable the service reads, as ``server.settings`` documents it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import fields

from docs.generate import markdown
from server.settings import PREFIX, Settings

ABOUT = """
Settings are environment variables; there is no settings file. The one place that reads them is
`server/settings.py`. An option of a command wins over its setting."""
SCHOOL = """
What a school decides for itself (its name, half-terms, closed days, how often plans are reviewed) is not here: it
stands in the Settings tab of the school's own SENCO workbook. See [settings of a school](school-settings.md)."""


def page() -> str:
    said = meanings()
    rows = [
        (markdown.code(PREFIX + field.name.upper()), said[field.name], markdown.code(str(field.default)))
        for field in fields(Settings)
    ]
    return markdown.page("Settings", ABOUT, markdown.table(("Setting", "What it is", "If unset"), rows), SCHOOL)


def meanings() -> Mapping[str, str]:
    """What the docstring of ``Settings`` says of each field."""
    lines = (inspect.getdoc(Settings) or "").splitlines()
    found = (re.fullmatch(r"(\w+): (.+)", line) for line in lines)
    return {match[1]: match[2] for match in found if match}
