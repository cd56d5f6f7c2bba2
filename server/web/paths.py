"""Where the add-on is called. The manifest, the routes and the buttons all read these."""

from __future__ import annotations

from addon.views import Links

HOME = "/addon/home"
SHEETS_HOME = "/addon/sheets/home"
FILE_GRANTED = "/addon/file-granted"
PUPIL = "/addon/pupil"
PUBLISH = "/addon/publish"
SYNC = "/addon/sync"
CHECK = "/addon/check"
SETUP = "/addon/setup"
FILE_SCOPE = "/addon/file-scope"
FORM = "/addon/form"
SHEET = "/addon/sheet"
WORKBOOKS = "/addon/workbooks"
FINDING = "/addon/finding"
REVIEW = "/addon/review"
WORK = "/addon/worklist"
TODAY = "/addon/today"
HEALTH = "/healthz"
LOGO = "/static/logo.png"

TRIGGERS = (HOME, SHEETS_HOME, FILE_GRANTED)
WIDGETS = (PUPIL, PUBLISH, SYNC, CHECK, SETUP, FILE_SCOPE, FORM, SHEET, WORKBOOKS, FINDING, REVIEW, WORK, TODAY)


def links_at(base_url: str) -> Links:
    """What the buttons of our cards call, at this address."""
    base = base_url.rstrip("/")
    return Links(
        pupil=base + PUPIL,
        publish=base + PUBLISH,
        sync=base + SYNC,
        check=base + CHECK,
        setup=base + SETUP,
        file_scope=base + FILE_SCOPE,
        form=base + FORM,
        sheet=base + SHEET,
        workbooks=base + WORKBOOKS,
        finding=base + FINDING,
        review=base + REVIEW,
        work=base + WORK,
        today=base + TODAY,
    )
