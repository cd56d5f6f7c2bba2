"""Where things are on the host page, and Google's own addresses turned into them."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from sandbox.drive.files import DOCUMENT, FOLDER, SPREADSHEET

_FILE = re.compile(
    r"https://(?:docs\.google\.com/(?:document|spreadsheets|presentation)|drive\.google\.com/file)/(?:u/\d/)?d/([\w-]+)"
)
_OPEN = re.compile(r"https://drive\.google\.com/open\?(?:.*&)?id=([\w-]+)")
_CALENDAR = re.compile(r"https://(?:www\.google\.com/calendar|calendar\.google\.com)/")
_TAB = re.compile(r"#gid=(\d+)")

KINDS = {SPREADSHEET: "Sheet", DOCUMENT: "Doc", FOLDER: "Folder"}


def file_place(file_id: str, *, tab: int | None = None) -> str:
    return "/?" + urlencode({"file": file_id, **({"tab": tab} if tab is not None else {})})


def view_place(view: str) -> str:
    return "/?" + urlencode({"view": view})


def local(url: str) -> str:
    """A link to Google's files or calendar as the page's own; any other link as it is."""
    found = _FILE.match(url) or _OPEN.match(url)
    if found:
        tab = _TAB.search(url)
        return file_place(found[1], tab=int(tab[1]) if tab else None)
    return view_place("calendar") if _CALENDAR.match(url) else url


def is_local(url: str) -> bool:
    return local(url) != url or url.startswith("/?")


def safe(url: str) -> str:
    """The link, or "" where it leads neither to the web, to mail nor to this page."""
    return url if re.match(r"(https?://|mailto:|/\?)", url, re.IGNORECASE) else ""
