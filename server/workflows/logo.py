"""A school's logo: the picture that Settings names, by its name in the folder of the plans or its link in Drive."""

from __future__ import annotations

import re

from server.plans.files import SchoolFiles
from server.plans.model import Settings
from server.plans.ports import Drive, RemoteFile
from server.plans.trouble import Invalid
from sheets_templates.document import Logo

NO_LOGO = (
    "The logo that Settings names can't be found, so it is left out. Put it into the folder of the plans and write "
    "its name or its Drive link in Settings."
)
ELSEWHERE = (
    "The logo in Settings is a web address, so it is left out: a document takes nothing from the web. Put the "
    "picture into the folder of the plans and write its name in Settings."
)
_LINK = re.compile(
    r"https://(?:drive|docs)\.google\.com/(?:file/d/|open\?id=|uc\?(?:\w+=\w+&)*id=)([\w-]{10,})", re.ASCII
)


def logo_file(drive: Drive, files: SchoolFiles, settings: Settings) -> RemoteFile | None:
    """The picture that Settings names; None where it names none. No call, but one for a link to a file that this app
    has not listed.

    Raises Invalid where there is no such picture."""
    named = settings.logo.strip()
    if not named:
        return None
    link = _LINK.match(named)
    if link is None and re.match(r"\w+://", named):
        raise Invalid(ELSEWHERE, place=named)
    inside = [file for file in files.pictures if files.folder and files.folder.file_id in file.parents]
    found = next((file for file in inside if file.name == named), None)
    if link is not None:
        listed = next((file for file in files.pictures if file.file_id == link[1]), None)
        found = listed or drive.find(link[1])
    if found is None:
        raise Invalid(NO_LOGO, place=named)
    return found


def read_logo(drive: Drive, file: RemoteFile, settings: Settings) -> Logo:
    """The picture itself, with the words for those who can't see it. One call."""
    return Logo(image=drive.download(file.file_id), shows=f"Logo of {settings.name}")


def logo_of(drive: Drive, files: SchoolFiles, settings: Settings) -> Logo | None:
    """The school's logo, or None where Settings names none. Raises Invalid where it can't be found."""
    file = logo_file(drive, files, settings)
    return read_logo(drive, file, settings) if file else None
